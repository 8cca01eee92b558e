//! What the shop sells. Prices live here, on the server: whatever a browser claims to pay, this is what counts.

use protocol::money::{Currency, WECHAT_CURRENCIES};
use serde::Serialize;

use crate::settings::BaseUrl;

/// Who is paid, as payers read it.
pub const PAYEE: &str = "Camellia Tea";

/// Something the shop sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Good {
    /// The shop's name for it.
    pub sku: &'static str,
    /// What payers read, in English.
    pub name: &'static str,
    /// What payers read, in Chinese.
    pub name_zh: &'static str,
    /// Minor units, in the order of [`WECHAT_CURRENCIES`].
    prices: [i64; 7],
}

/// All goods, in the order they are shown.
pub const GOODS: [Good; 3] = [
    Good {
        sku: "longjing",
        name: "Longjing, 50 g",
        name_zh: "龙井 50 克",
        prices: [6800, 920, 7800, 1450, 1350, 33000, 980],
    },
    Good {
        sku: "da-hong-pao",
        name: "Da Hong Pao, 50 g",
        name_zh: "大红袍 50 克",
        prices: [10800, 1450, 12200, 2300, 2100, 52000, 1550],
    },
    Good {
        sku: "shou-puer",
        name: "Shou Pu'er, 100 g",
        name_zh: "熟普洱 100 克",
        prices: [8800, 1180, 9900, 1900, 1700, 42500, 1280],
    },
];

/// The language of a description.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese.
    Chinese,
}

impl Language {
    /// The language that fits a locale such as `zh-CN`.
    pub fn of(locale: &str) -> Self {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") { Self::Chinese } else { Self::English }
    }
}

impl Good {
    /// The good with this `sku`.
    pub fn find(sku: &str) -> Option<&'static Self> {
        GOODS.iter().find(|good| good.sku == sku)
    }

    /// Its price in minor units; none in a currency the shop does not take.
    pub fn price(&self, currency: Currency) -> Option<i64> {
        WECHAT_CURRENCIES.iter().zip(self.prices).find(|(code, _)| **code == currency.code()).map(|(_, price)| price)
    }

    /// Its name.
    pub fn name(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.name,
            Language::Chinese => self.name_zh,
        }
    }
}

#[derive(Serialize)]
struct Listing {
    payee: &'static str,
    payment_page_url: String,
    currencies: [&'static str; 7],
    goods: Vec<ListedGood>,
}

#[derive(Serialize)]
struct ListedGood {
    sku: &'static str,
    name: &'static str,
    names: Names,
    prices: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct Names {
    en: &'static str,
    zh: &'static str,
}

/// The catalogue as the shop's page reads it; prices are minor units. `payment_page` is where a hosted page may
/// be: the browser opens no other.
pub fn listing(payment_page: &BaseUrl) -> impl Serialize + use<> {
    let goods = GOODS.iter().map(|good| ListedGood {
        sku: good.sku,
        name: good.name,
        names: Names { en: good.name, zh: good.name_zh },
        prices: WECHAT_CURRENCIES
            .iter()
            .zip(good.prices)
            .map(|(code, price)| ((*code).to_owned(), price.into()))
            .collect(),
    });
    Listing {
        payee: PAYEE,
        payment_page_url: payment_page.to_string(),
        currencies: WECHAT_CURRENCIES,
        goods: goods.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_good_has_a_price_in_every_currency_of_wechat_pay() {
        for good in GOODS {
            for code in WECHAT_CURRENCIES {
                let price = good.price(Currency::parse(code).unwrap()).unwrap();
                assert!(price > 0, "{} in {code}", good.sku);
            }
            assert_eq!(good.price(Currency::parse("CHF").unwrap()), None);
        }
        let longjing = Good::find("longjing").unwrap();
        assert_eq!(longjing.price(Currency::parse("EUR").unwrap()), Some(920));
        assert_eq!(longjing.price(Currency::parse("JPY").unwrap()), Some(1450));
    }

    #[test]
    fn no_name_holds_what_cannot_be_signed_for_the_hosted_page() {
        assert!(GOODS.iter().all(|good| !good.name.contains(';') && !good.name_zh.contains(';')));
    }

    #[test]
    fn the_page_reads_what_the_server_charges() {
        let listing = serde_json::to_value(listing(&BaseUrl::read("https://page.example/").unwrap())).unwrap();
        assert_eq!(listing["payee"], "Camellia Tea");
        assert_eq!(listing["payment_page_url"], "https://page.example");
        assert_eq!(listing["goods"][0]["sku"], "longjing");
        assert_eq!(listing["goods"][0]["prices"]["EUR"], 920);
        assert_eq!(listing["goods"].as_array().map(Vec::len), Some(3));
    }

    #[test]
    fn chinese_payers_read_chinese_names() {
        for (locale, language) in [
            ("zh-CN", Language::Chinese),
            ("ZH", Language::Chinese),
            ("zh_TW", Language::Chinese),
            ("en", Language::English),
            ("zhx", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of(locale), language, "{locale}");
        }
        assert_eq!(GOODS[0].name(Language::Chinese), "龙井 50 克");
    }
}
