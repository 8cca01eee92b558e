//! What the shop sells, as its backend tells.

use super::api::{Trouble, member, read_text};
use super::language::Language;
use js_sys::{Array, Reflect};
use protocol::money::{Currency, Money};
use wasm_bindgen::{JsCast, JsValue};

/// All that is sold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Catalogue {
    pub(super) currencies: Vec<Currency>,
    pub(super) goods: Vec<Good>,
}

/// Something that is sold.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Good {
    pub(super) sku: String,
    english: String,
    chinese: String,
    prices: Vec<Money>,
}

impl Catalogue {
    /// Reads `GET /api/catalogue`.
    pub(super) fn read(body: &JsValue) -> Result<Self, Trouble> {
        let list = |value: JsValue| value.dyn_into::<Array>().map_err(|_| Trouble::Unreadable);
        let currencies = list(member(body, "currencies"))?;
        let currencies = currencies.iter().filter_map(|code| Currency::parse(&code.as_string()?).ok()).collect();
        let goods = list(member(body, "goods"))?.iter().filter_map(|good| Good::read(&good)).collect();
        let catalogue = Self { currencies, goods };
        let complete = !catalogue.currencies.is_empty() && !catalogue.goods.is_empty();
        if complete { Ok(catalogue) } else { Err(Trouble::Unreadable) }
    }
}

impl Good {
    fn read(good: &JsValue) -> Option<Self> {
        let name = read_text(good, "name")?;
        let names = member(good, "names");
        let prices = member(good, "prices");
        let price = |code: JsValue| {
            let amount = Reflect::get(&prices, &code).ok()?.as_f64()?;
            Some(Money::new(amount as i64, Currency::parse(&code.as_string()?).ok()?))
        };
        Some(Self {
            sku: read_text(good, "sku")?,
            chinese: read_text(&names, "zh").unwrap_or_else(|| name.clone()),
            english: name,
            prices: Reflect::own_keys(&prices).ok()?.iter().filter_map(price).collect(),
        })
    }

    pub(super) fn name(&self, language: Language) -> &str {
        match language {
            Language::English => &self.english,
            Language::Chinese => &self.chinese,
        }
    }

    pub(super) fn price(&self, currency: Currency) -> Option<Money> {
        self.prices.iter().find(|price| price.currency == currency).copied()
    }
}
