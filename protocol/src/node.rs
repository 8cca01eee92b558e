//! A value of a JSON document, whoever parsed it.
//!
//! The browser has parsed the shop's answer before Rust sees it, and serde's machinery costs more bytes
//! than the whole checkout. So documents are read through this small trait: `serde_json::Value` has it
//! with feature `json`, the browser driver gives it to `JsValue`. Members nobody asks for are never
//! looked at, however deep or strange they are.

use std::borrow::Cow;

/// A JSON value that can be asked for its parts.
pub trait Node: Sized {
    /// The own member `name` of an object; none where this is no object or the member is absent or null.
    fn member(&self, name: &str) -> Option<Self>;

    /// The elements of an array, at most `limit` of them; none where this is no array.
    fn elements(&self, limit: usize) -> Option<Vec<Self>>;

    /// The names of an object's own members, at most `limit` of them; none where this is no object.
    fn names(&self, limit: usize) -> Option<Vec<String>>;

    /// The text of a string.
    fn as_text(&self) -> Option<Cow<'_, str>>;

    /// The value of a number.
    fn as_number(&self) -> Option<f64>;

    /// The value of a boolean.
    fn as_flag(&self) -> Option<bool>;

    /// A string as it is, a number as its shortest decimal text: ECommPay sends ids and codes either way.
    fn to_text(&self) -> Option<String> {
        match self.as_number() {
            Some(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some((number as i64).to_string()),
            Some(number) => Some(number.to_string()),
            None => self.as_text().map(Cow::into_owned),
        }
    }

    /// A number, or a string that is the decimal text of one.
    fn to_number(&self) -> Option<f64> {
        self.as_number().or_else(|| decimal(self.as_text()?.trim())).filter(|number| number.is_finite())
    }
}

/// The value of a plain decimal text such as `-12.50`; none for anything else, exponents included.
///
/// Not by `f64::from_str`: its tables are a tenth of what a browser downloads for a checkout. The nearest
/// number is found all the same for as many digits as amounts and times have.
pub(crate) fn decimal(text: &str) -> Option<f64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = [whole, part].concat();
    if !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let scale = part.bytes().fold(1.0, |scale, _| scale * 10.0);
    Some(sign * all.parse::<u64>().ok()? as f64 / scale)
}

#[cfg(feature = "json")]
impl Node for serde_json::Value {
    fn member(&self, name: &str) -> Option<Self> {
        self.get(name).filter(|value| !value.is_null()).cloned()
    }

    fn elements(&self, limit: usize) -> Option<Vec<Self>> {
        self.as_array().map(|list| list.iter().take(limit).cloned().collect())
    }

    fn names(&self, limit: usize) -> Option<Vec<String>> {
        self.as_object().map(|map| map.keys().take(limit).cloned().collect())
    }

    fn as_text(&self) -> Option<Cow<'_, str>> {
        self.as_str().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn as_flag(&self) -> Option<bool> {
        self.as_bool()
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn plain_decimal_texts_are_numbers() {
        for (text, number) in [
            ("0", 0.0),
            ("600", 600.0),
            ("543.2", 543.2),
            ("-0.5", -0.5),
            ("007", 7.0),
            (".5", 0.5),
            ("1790000000000", 1.79e12),
            ("9007199254740991", 9_007_199_254_740_991.0),
        ] {
            assert_eq!(decimal(text), Some(number), "{text}");
        }
    }

    #[test]
    fn anything_else_is_none() {
        for text in
            ["", "-", ".", "x", "1e3", "0x10", "1 000", "+1", "--1", "1.2.3", "NaN", "infinity", "99999999999999999999"]
        {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
