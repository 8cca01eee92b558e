//! Parameters of the hosted Payment Page.
//!
//! They are flat, and all of them are signed but `frame_mode` and those that begin with an underscore. What
//! is signed must be sent as it is: a browser that adds, sorts or re-encodes one of them breaks the page.
//!
//! ```
//! use wechat_checkout_protocol::gate::{PaymentId, ProjectId};
//! use wechat_checkout_protocol::money::{Currency, Money};
//! use wechat_checkout_protocol::payment_page::Parameters;
//!
//! let sum = Money::new(10000, Currency::parse("EUR")?);
//! let mut parameters = Parameters::new(ProjectId::new(239)?, &PaymentId::new("X03936")?, sum, "customer1")?;
//! parameters.set("force_payment_method", "wechat")?;
//! parameters.set("language_code", "zh")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use serde::Serialize;
use serde_json::{Map, Number, Value};

use crate::date::UnixMillis;
use crate::gate::invalid::{at_most, email, phone, required, url};
use crate::gate::{Invalid, PaymentId, ProjectId, Reason};
use crate::money::{Currency, Money};

/// Where the live Payment Page is.
pub const LIVE_HOST: &str = "https://paymentpage.ecommpay.com";
/// The page itself, opened with the parameters by GET or by POST of a form.
pub const PAYMENT_PATH: &str = "/payment";
/// The widget's script.
pub const SCRIPT_PATH: &str = "/shared/merchant.js";
/// The widget's stylesheet.
pub const STYLE_PATH: &str = "/shared/merchant.css";

/// The parameters without which no page opens, but for `signature`.
pub const MANDATORY: [&str; 5] = ["project_id", "payment_id", "payment_amount", "payment_currency", "customer_id"];

/// The largest amount the page takes, in minor units.
pub const LARGEST_AMOUNT: i64 = 10_000_000_000_000;

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Parameter {
    /// A whole number.
    Integer(i64),
    /// Text; nested data travel as the text of their JSON.
    Text(String),
}

impl Parameter {
    /// The value as it stands in an address and in the string to sign.
    pub fn to_text(&self) -> String {
        match self {
            Self::Integer(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

impl From<i64> for Parameter {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Parameter {
    /// The page wants 1 and 0: `true` would be signed as `1` and arrive as `true`.
    fn from(flag: bool) -> Self {
        Self::Integer(i64::from(flag))
    }
}

impl From<&str> for Parameter {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Parameter {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// What a Payment Page is opened with, in the order it was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters(Vec<(String, Parameter)>);

impl Parameters {
    /// The mandatory parameters.
    pub fn new(project: ProjectId, payment: &PaymentId, sum: Money, customer: &str) -> Result<Self, Invalid> {
        let mut parameters = Self(Vec::new());
        parameters.set("project_id", i64::from(project.number()))?;
        parameters.set("payment_id", payment.as_str())?;
        parameters.set("payment_amount", sum.amount)?;
        parameters.set("payment_currency", sum.currency.code())?;
        required("customer_id", customer, 255)?;
        parameters.set("customer_id", customer)?;
        Ok(parameters)
    }

    /// Sets one parameter; an earlier value of it is replaced where it stands.
    ///
    /// Empty text sets nothing: whatever is signed must be sent, and forms drop empty fields.
    pub fn set(&mut self, name: &str, value: impl Into<Parameter>) -> Result<(), Invalid> {
        let value = value.into();
        check(name, &value)?;
        if value == Parameter::Text(String::new()) {
            return Ok(());
        }
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
        Ok(())
    }

    /// The value of one parameter.
    pub fn find(&self, name: &str) -> Option<&Parameter> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// All parameters in the order they were set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Reads parameters that somebody else made, `signature` not counted: mandatory ones missing, a value that is neither
    /// text nor a number nor a boolean, and whatever [`Parameters::set`] refuses is an error.
    pub fn from_value(config: &Value) -> Result<Self, Invalid> {
        let members = config.as_object().ok_or_else(|| Invalid::new("config", Reason::Form))?;
        let mut parameters = Self(Vec::new());
        for (name, value) in members.iter().filter(|(name, _)| *name != "signature") {
            match value {
                Value::Null => {}
                Value::Bool(flag) => parameters.set(name, *flag)?,
                Value::String(text) => parameters.set(name, text.as_str())?,
                Value::Number(number) => {
                    let whole = number.as_i64().ok_or_else(|| Invalid::new(name, Reason::Range))?;
                    parameters.set(name, whole)?;
                }
                _ => return Err(Invalid::new(name, Reason::Form)),
            }
        }
        match MANDATORY.into_iter().find(|name| parameters.find(name).is_none()) {
            Some(missing) => Err(Invalid::new(missing, Reason::Missing)),
            None => Ok(parameters),
        }
    }

    /// The parameters as one flat JSON object, without a signature.
    pub fn to_value(&self) -> Value {
        Value::Object(self.members(|_| true))
    }

    /// The parameters as one flat JSON object with their `signature`: what a browser is given.
    #[cfg(feature = "sign")]
    pub fn signed(&self, key: &crate::sign::SecretKey) -> Value {
        let mut members = self.members(|_| true);
        members.insert("signature".to_owned(), Value::String(self.signature(key)));
        Value::Object(members)
    }

    /// The signature over the parameters that are signed.
    #[cfg(feature = "sign")]
    pub fn signature(&self, key: &crate::sign::SecretKey) -> String {
        crate::sign::sign(&Value::Object(self.members(is_signed)), key)
    }

    fn members(&self, wanted: impl Fn(&str) -> bool) -> Map<String, Value> {
        let member = |value: &Parameter| match value {
            Parameter::Integer(number) => Value::Number(Number::from(*number)),
            Parameter::Text(text) => Value::String(text.clone()),
        };
        self.iter().filter(|(name, _)| wanted(name)).map(|(name, value)| (name.to_owned(), member(value))).collect()
    }
}

/// Whether the signature covers a parameter of this name.
pub fn is_signed(name: &str) -> bool {
    name != "frame_mode" && name != "signature" && !name.starts_with('_')
}

fn check(name: &str, value: &Parameter) -> Result<(), Invalid> {
    let refused = |reason| Err(Invalid::new(name, reason));
    if name == "signature" || name.contains("secret") {
        return refused(Reason::Reserved);
    }
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return refused(Reason::Character);
    }
    let text = match value {
        Parameter::Integer(number) => return check_number(name, *number),
        Parameter::Text(text) => text.as_str(),
    };
    if text.contains(';') {
        return refused(Reason::Character);
    }
    if text.is_empty() {
        return if MANDATORY.contains(&name) { refused(Reason::Missing) } else { Ok(()) };
    }
    match name {
        "project_id" | "payment_amount" => match text.parse() {
            Ok(number) => check_number(name, number),
            Err(_) => refused(Reason::Range),
        },
        "payment_id" => PaymentId::new(text).map(|_| ()).map_err(|invalid| Invalid::new(name, invalid.reason)),
        "payment_currency" => Currency::parse(text).map(|_| ()).or_else(|_| refused(Reason::Form)),
        "customer_id" => at_most(name, text, 255),
        "customer_phone" => phone(name, text),
        "customer_email" => email(name, text),
        "language_code" => match text.as_bytes() {
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Ok(()),
            _ => refused(Reason::Form),
        },
        "best_before" if UnixMillis::parse_iso(text).is_none() => refused(Reason::Form),
        _ if name.ends_with("_url") => url(name, text),
        _ => Ok(()),
    }
}

fn check_number(name: &str, number: i64) -> Result<(), Invalid> {
    let good = match name {
        "project_id" => (1..=i64::from(u32::MAX)).contains(&number),
        "payment_amount" => (1..=LARGEST_AMOUNT).contains(&number),
        _ => true,
    };
    if good { Ok(()) } else { Err(Invalid::new(name, Reason::Range)) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parameters() -> Parameters {
        let sum = Money::new(10_000, Currency::parse("EUR").unwrap());
        Parameters::new(ProjectId::new(239).unwrap(), &PaymentId::new("X03936").unwrap(), sum, "customer1").unwrap()
    }

    fn refused(name: &str, value: impl Into<Parameter>) -> Reason {
        let invalid = parameters().set(name, value).unwrap_err();
        assert_eq!(invalid.field, name);
        invalid.reason
    }

    #[test]
    fn parameters_keep_the_order_they_were_set_in() {
        let mut parameters = parameters();
        parameters.set("force_payment_method", "wechat").unwrap();
        parameters.set("payment_id", "X1").unwrap();
        let names: Vec<_> = parameters.iter().map(|(name, _)| name).collect();
        assert_eq!(
            names,
            ["project_id", "payment_id", "payment_amount", "payment_currency", "customer_id", "force_payment_method"]
        );
        assert_eq!(parameters.find("payment_id"), Some(&Parameter::from("X1")));
    }

    #[test]
    fn a_boolean_is_1_or_0_and_empty_text_is_nothing() {
        let mut parameters = parameters();
        parameters.set("redirect", true).unwrap();
        parameters.set("hide", false).unwrap();
        parameters.set("payment_description", "").unwrap();
        assert_eq!(parameters.to_value()["redirect"], 1);
        assert_eq!(parameters.to_value()["hide"], 0);
        assert_eq!(parameters.find("payment_description"), None);
    }

    #[test]
    fn what_the_page_would_refuse_is_refused_here_and_named() {
        assert_eq!(refused("payment_description", "a;b"), Reason::Character);
        assert_eq!(refused("a;b", "x"), Reason::Character);
        assert_eq!(refused("signature", "x"), Reason::Reserved);
        assert_eq!(refused("secret_key", "x"), Reason::Reserved);
        assert_eq!(refused("payment_amount", 0), Reason::Range);
        assert_eq!(refused("payment_amount", LARGEST_AMOUNT + 1), Reason::Range);
        assert_eq!(refused("payment_amount", "10.00"), Reason::Range);
        assert_eq!(refused("payment_currency", "eur"), Reason::Form);
        assert_eq!(refused("customer_id", ""), Reason::Missing);
        assert_eq!(refused("customer_phone", "+86123"), Reason::Form);
        assert_eq!(refused("language_code", "zh-CN"), Reason::Form);
        assert_eq!(refused("best_before", "tomorrow"), Reason::Form);
        assert_eq!(refused("redirect_success_url", "/thanks"), Reason::Form);
    }

    #[test]
    fn a_config_of_somebody_elses_is_read_or_refused_by_name() {
        let config = json!({"project_id": "239", "payment_id": "X03936", "payment_amount": 10000, "payment_currency": "EUR",
            "customer_id": "customer1", "redirect": true, "customer_email": null, "signature": "x"});
        let parameters = Parameters::from_value(&config).unwrap();
        assert_eq!(parameters.find("redirect"), Some(&Parameter::Integer(1)));
        assert_eq!(parameters.find("signature"), None);
        for name in MANDATORY {
            let mut config = config.clone();
            config.as_object_mut().unwrap().remove(name);
            assert_eq!(Parameters::from_value(&config), Err(Invalid::new(name, Reason::Missing)));
        }
        let nested = json!({"payment_methods_options": {"a": 1}});
        assert_eq!(Parameters::from_value(&nested), Err(Invalid::new("payment_methods_options", Reason::Form)));
    }

    #[cfg(feature = "sign")]
    #[test]
    fn frame_mode_and_leading_underscores_are_sent_and_not_signed() {
        let key = crate::sign::SecretKey::new("secret").unwrap();
        let plain = parameters().signature(&key);
        let mut extended = parameters();
        extended.set("frame_mode", "popup").unwrap();
        extended.set("_plugin_version", "1").unwrap();
        assert_eq!(extended.signature(&key), plain);
        let sent = extended.signed(&key);
        assert_eq!(
            (&sent["frame_mode"], &sent["_plugin_version"], &sent["signature"]),
            (&json!("popup"), &json!("1"), &json!(plain))
        );
        extended.set("language_code", "zh").unwrap();
        assert_ne!(extended.signature(&key), plain);
    }
}
