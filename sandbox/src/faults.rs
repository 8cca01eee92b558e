//! What is to go wrong, or at least differently.

use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

/// How the sandbox behaves until told otherwise. [`Faults::default`] is a platform on its best day.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Faults {
    /// In which form the code is sent.
    pub qr_form: QrForm,
    /// For how many seconds WeChat takes a code, and what the shop is told; none tells it nothing.
    pub timeout: Option<i64>,
    /// How the shop is told.
    pub timeout_as: TimeoutForm,
    /// How long an acknowledgement takes.
    pub ack_delay_ms: u64,
    /// How long it takes until there is a code.
    pub display_delay_ms: u64,
    /// How long every other callback is held back.
    pub callback_delay_ms: u64,
    /// How many more times a callback is sent after it was answered with 200.
    pub duplicate_callbacks: u64,
    /// Whether an older callback arrives again after the one that overtook it.
    pub reorder_callbacks: bool,
    /// How many of the next sends get lost on their way. They are redelivered like any unanswered one.
    pub drop_callbacks: u64,
    /// How often, 0 to 1, a request is taken and answered with 500 all the same.
    pub ack_error_rate: f64,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            qr_form: QrForm::Data,
            timeout: Some(600),
            timeout_as: TimeoutForm::String,
            ack_delay_ms: 0,
            display_delay_ms: 0,
            callback_delay_ms: 0,
            duplicate_callbacks: 0,
            reorder_callbacks: false,
            drop_callbacks: 0,
            ack_error_rate: 0.0,
        }
    }
}

/// In which form a code is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum QrForm {
    /// Its text.
    #[serde(rename = "qr_data")]
    Data,
    /// A picture in bare Base64.
    #[serde(rename = "qr_img")]
    Image,
    /// A picture in a `data:` address.
    #[serde(rename = "qr_img_data_uri")]
    ImageDataUri,
    /// The address of a picture.
    #[serde(rename = "qr_url")]
    Url,
}

/// How a code's remaining time is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TimeoutForm {
    /// Seconds, as text.
    String,
    /// Seconds, as a number.
    Number,
    /// The end as a Unix time, as text.
    Unix,
}

/// A fault nobody can have meant.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field}: {expected}")]
pub struct InvalidFault {
    /// The member.
    pub field: String,
    /// What is expected instead.
    pub expected: &'static str,
}

impl Faults {
    /// Reads a JSON object; what it does not name is as it is by default.
    pub fn from_value(value: &Value) -> Result<Self, InvalidFault> {
        let members = value.as_object().ok_or_else(|| invalid("faults", "a JSON object is expected"))?;
        if let Some(unknown) = members.keys().find(|name| !NAMES.contains(&name.as_str())) {
            return Err(invalid(unknown, "there is no such fault"));
        }
        let mut faults = Self::default();
        match members.get("timeout") {
            None => {}
            Some(Value::Null) => faults.timeout = None,
            Some(given) => faults.timeout = Some(timeout(given)?),
        }
        if let Some(given) = members.get("qr_form") {
            faults.qr_form = match given.as_str() {
                Some("qr_data") => QrForm::Data,
                Some("qr_img") => QrForm::Image,
                Some("qr_img_data_uri") => QrForm::ImageDataUri,
                Some("qr_url") => QrForm::Url,
                _ => return Err(invalid("qr_form", "qr_data, qr_img, qr_img_data_uri or qr_url is expected")),
            };
        }
        if let Some(given) = members.get("timeout_as") {
            faults.timeout_as = match given.as_str() {
                Some("string") => TimeoutForm::String,
                Some("number") => TimeoutForm::Number,
                Some("unix") => TimeoutForm::Unix,
                _ => return Err(invalid("timeout_as", "string, number or unix is expected")),
            };
        }
        const DAY: u64 = 86_400_000;
        const MS: &str = "a whole number of milliseconds, at most a day, is expected";
        faults.ack_delay_ms = whole(members, "ack_delay_ms", DAY, MS)?;
        faults.display_delay_ms = whole(members, "display_delay_ms", DAY, MS)?;
        faults.callback_delay_ms = whole(members, "callback_delay_ms", DAY, MS)?;
        faults.duplicate_callbacks = whole(members, "duplicate_callbacks", 100, "0 to 100 is expected")?;
        faults.drop_callbacks = whole(members, "drop_callbacks", 1_000_000, "0 to 1000000 is expected")?;
        if let Some(given) = members.get("reorder_callbacks") {
            faults.reorder_callbacks =
                given.as_bool().ok_or_else(|| invalid("reorder_callbacks", "true or false is expected"))?;
        }
        if let Some(given) = members.get("ack_error_rate") {
            let rate = given.as_f64().filter(|rate| (0.0..=1.0).contains(rate));
            faults.ack_error_rate =
                rate.ok_or_else(|| invalid("ack_error_rate", "a number from 0 to 1 is expected"))?;
        }
        Ok(faults)
    }
}

const NAMES: [&str; 10] = [
    "qr_form",
    "timeout",
    "timeout_as",
    "ack_delay_ms",
    "display_delay_ms",
    "callback_delay_ms",
    "duplicate_callbacks",
    "reorder_callbacks",
    "drop_callbacks",
    "ack_error_rate",
];

fn invalid(field: &str, expected: &'static str) -> InvalidFault {
    InvalidFault { field: field.to_owned(), expected }
}

fn timeout(given: &Value) -> Result<i64, InvalidFault> {
    let seconds = given.as_i64().or_else(|| given.as_str()?.parse().ok());
    // Negative and absurdly long ones are wanted: a shop must not be taken in by them.
    seconds
        .filter(|seconds| (-86_400..=1_000_000_000).contains(seconds))
        .ok_or_else(|| invalid("timeout", "seconds as a number or as text, or null, are expected"))
}

fn whole(members: &Map<String, Value>, name: &str, largest: u64, expected: &'static str) -> Result<u64, InvalidFault> {
    match members.get(name) {
        None => Ok(0),
        Some(given) => given.as_u64().filter(|number| *number <= largest).ok_or_else(|| invalid(name, expected)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let value = serde_json::to_value(Faults::default()).unwrap();
        assert_eq!(value.as_object().unwrap().len(), NAMES.len());
        assert_eq!(Faults::from_value(&value), Ok(Faults::default()));
        assert_eq!(Faults::from_value(&json!({})), Ok(Faults::default()));
    }

    #[test]
    fn a_timeout_is_a_number_a_text_or_nothing() {
        let timeout = |value| Faults::from_value(&json!({ "timeout": value })).map(|faults| faults.timeout);
        assert_eq!(timeout(json!(5)), Ok(Some(5)));
        assert_eq!(timeout(json!("5")), Ok(Some(5)));
        assert_eq!(timeout(json!(-5)), Ok(Some(-5)));
        assert_eq!(timeout(Value::Null), Ok(None));
    }

    #[test]
    fn what_nobody_can_have_meant_is_refused_by_name() {
        let bad = [
            ("qr_form", json!("svg")),
            ("timeout", json!("soon")),
            ("timeout", json!(1.5)),
            ("timeout_as", json!("date")),
            ("ack_delay_ms", json!(-1)),
            ("display_delay_ms", json!("1")),
            ("callback_delay_ms", json!(86_400_001)),
            ("duplicate_callbacks", json!(101)),
            ("reorder_callbacks", json!(1)),
            ("drop_callbacks", json!(null)),
            ("ack_error_rate", json!(1.01)),
            ("drop_callback", json!(1)),
        ];
        for (field, value) in bad {
            let error = Faults::from_value(&json!({ field: value })).unwrap_err();
            assert_eq!(error.field, field, "{value}");
        }
        assert_eq!(Faults::from_value(&json!([])).unwrap_err().field, "faults");
    }
}
