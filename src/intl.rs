//! Amounts, times and dates as people write them, by the browser's own `Intl`.
//!
//! That costs no download and knows every language, plural forms included. Where it fails, and where there
//! is no browser, plain forms take its place.

use protocol::date::UnixMillis;
use protocol::digits;
use protocol::money::Money;
use session::Millis;

/// A sum, such as `€18.40`.
pub fn money(money: Money, language: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    if let Ok(text) = browser::money(money, language) {
        return text;
    }
    let _ = language;
    [&money.to_decimal(), " ", money.currency.code()].concat()
}

/// A date and a time of day; none where it cannot be written.
pub(crate) fn date(date: UnixMillis, language: &str) -> Option<String> {
    #[cfg(target_arch = "wasm32")]
    return browser::date(date, language).ok();
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (date, language);
        None
    }
}

/// A span as it is spoken, such as `1 hour 5 minutes`; minutes and up are whole, and rounded up.
pub(crate) fn spoken(span: Millis, language: &str) -> String {
    let seconds = span.0.div_ceil(1000);
    if seconds < 60 {
        return unit(seconds, "second", language);
    }
    let minutes = seconds.div_ceil(60);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => unit(minutes, "minute", language),
        (hours, 0) => unit(hours, "hour", language),
        (hours, minutes) => [unit(hours, "hour", language), unit(minutes, "minute", language)].join(" "),
    }
}

fn unit(count: u64, unit: &str, language: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    if let Ok(text) = browser::unit(count, unit, language) {
        return text;
    }
    let _ = language;
    [&digits(count), " ", unit].concat()
}

/// Reached by reflection, because constructors that throw (on a language tag of nonsense, on a currency a
/// browser has not heard of) have to end in a fallback and not in a trap.
#[cfg(target_arch = "wasm32")]
mod browser {
    use super::{Money, UnixMillis};
    use crate::window::window;
    use js_sys::{Array, Function, Object, Reflect};
    use wasm_bindgen::{JsCast, JsValue};

    pub(super) fn money(money: Money, language: &str) -> Result<String, JsValue> {
        let options = [("style", "currency"), ("currency", money.currency.code())];
        // As text, so that no digit is lost on the way through a floating-point number.
        format("NumberFormat", language, &options, &money.to_decimal().into())
    }

    pub(super) fn date(date: UnixMillis, language: &str) -> Result<String, JsValue> {
        let options = [("dateStyle", "medium"), ("timeStyle", "short")];
        format("DateTimeFormat", language, &options, &JsValue::from_f64(date.0 as f64))
    }

    pub(super) fn unit(count: u64, unit: &str, language: &str) -> Result<String, JsValue> {
        let options = [("style", "unit"), ("unit", unit), ("unitDisplay", "long")];
        format("NumberFormat", language, &options, &JsValue::from_f64(count as f64))
    }

    fn format(kind: &str, language: &str, options: &[(&str, &str)], value: &JsValue) -> Result<String, JsValue> {
        let wanted = Object::new();
        for (name, value) in options {
            Reflect::set(&wanted, &(*name).into(), &(*value).into())?;
        }
        let intl = Reflect::get(&window(), &"Intl".into())?;
        let constructor: Function = Reflect::get(&intl, &kind.into())?.dyn_into()?;
        let arguments = |language: JsValue| Array::of2(&language, &wanted);
        let format = Reflect::construct(&constructor, &arguments(language.into()))
            // A tag of nonsense is no reason to write money badly: the browser's own language will do.
            .or_else(|_| Reflect::construct(&constructor, &arguments(JsValue::UNDEFINED)))?;
        let write: Function = Reflect::get(&format, &"format".into())?.dyn_into()?;
        write.call1(&format, value)?.as_string().ok_or(JsValue::UNDEFINED)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use protocol::money::Currency;

    #[test]
    fn without_a_browser_sums_are_plain_and_unmistakable() {
        assert_eq!(money(Money::new(1840, Currency::parse("EUR").unwrap()), "en"), "18.40 EUR");
        assert_eq!(money(Money::new(100, Currency::parse("JPY").unwrap()), "zh"), "100 JPY");
    }

    #[test]
    fn spans_are_rounded_up_to_what_is_spoken() {
        for (millis, text) in [
            (9_001, "10 second"),
            (59_000, "59 second"),
            (60_000, "1 minute"),
            (60_001, "2 minute"),
            (3_540_000, "59 minute"),
            (3_600_000, "1 hour"),
            (3_660_000, "1 hour 1 minute"),
        ] {
            assert_eq!(spoken(Millis(millis), "en"), text);
        }
    }
}
