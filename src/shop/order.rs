//! Ordering what is in the basket.

use super::address::{Place, go};
use super::api::{self, Trouble};
use super::basket::Basket;
use super::language::Language;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use wasm_bindgen::JsValue;

/// How an order stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing was asked yet.
    #[default]
    Open,
    /// The backend is being asked.
    Sent,
    /// It came to nothing.
    Failed(Trouble),
}

/// A way to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A code here; on a phone the hosted page too, because a code cannot be scanned from its own screen.
    Code,
    /// ECommPay's hosted page.
    Page,
}

impl Way {
    fn method(self) -> &'static str {
        match self {
            Self::Code => "both",
            Self::Page => "payment_page",
        }
    }
}

/// Orders the basket and goes to the till. A second click meanwhile does nothing.
pub(super) fn order(
    basket: RwSignal<Basket>,
    way: Way,
    language: Language,
    place: RwSignal<Place>,
    standing: RwSignal<Standing>,
) {
    if standing.get_untracked() == Standing::Sent || basket.with_untracked(Basket::is_empty) {
        return;
    }
    standing.set(Standing::Sent);
    let key = basket.try_update_untracked(|basket| basket.key(fresh_key)).unwrap_or_default();
    // Another way to pay is another order.
    let key = [key.as_str(), "-", way.method()].concat();
    let wish = basket.with_untracked(|basket| wish(basket, way, language));
    spawn_local_scoped_with_cancellation(async move {
        let made = match wish {
            Ok(wish) => api::post("/api/checkouts", &wish, &key).await,
            Err(_) => Err(Trouble::Unreadable),
        };
        match made.map(|location| token(&location)) {
            Ok(Some(token)) => {
                basket.try_update_untracked(Basket::ordered);
                standing.try_set(Standing::Open);
                go(place, Place::Till(token));
            }
            Ok(None) => drop(standing.try_set(Standing::Failed(Trouble::Unreadable))),
            Err(trouble) => drop(standing.try_set(Standing::Failed(trouble))),
        }
    });
}

fn wish(basket: &Basket, way: Way, language: Language) -> Result<JsValue, JsValue> {
    let items = Array::new();
    for (sku, quantity) in basket.bought() {
        items.push(&object(&[("sku", sku.into()), ("quantity", quantity.into())])?);
    }
    object(&[
        ("items", items.into()),
        ("currency", basket.currency().map_or(JsValue::NULL, |currency| currency.code().into())),
        ("method", way.method().into()),
        ("locale", language.tag().into()),
        ("return_url", [&window().location().origin()?, "/?checkout={token}"].concat().into()),
    ])
}

fn object(members: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}

/// The last part of `/api/checkouts/TOKEN`.
fn token(location: &str) -> Option<String> {
    let token = location.rsplit('/').next().unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (!token.is_empty() && token.bytes().all(plain)).then(|| token.to_owned())
}

fn fresh_key() -> String {
    let mut random = [0u8; 16];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    // Without chance the clock will do: a key has to be new, not secret.
    let clock = if filled.is_ok() { String::new() } else { js_sys::Date::now().to_string() };
    let digits = random.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).chain(clock.chars()).collect()
}
