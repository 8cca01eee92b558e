//! What ECommPay tells a shop's server about a payment.
//!
//! Callbacks come late, twice, out of order and customised per project: everything may be missing, what is
//! unknown is ignored, and what cannot be read is none. Verify the signature first
//! ([`sign::verify`](crate::sign::verify)), read `operation.type` before any status, and answer 200 also to
//! a repeat.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::date::UnixMillis;
use crate::lenient;
use crate::money::Money;
use crate::status::{OperationStatus, OperationType, PaymentStatus};

/// A callback in the merchant's format.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Callback {
    /// The project.
    #[serde(deserialize_with = "integer")]
    pub project_id: Option<i64>,
    /// The payment as it stands.
    #[serde(deserialize_with = "object")]
    pub payment: Option<Payment>,
    /// The operation this callback is about.
    #[serde(deserialize_with = "object")]
    pub operation: Option<Operation>,
    /// What is known of the payer.
    #[serde(deserialize_with = "object")]
    pub customer: Option<CustomerData>,
    /// What the payer paid with.
    #[serde(deserialize_with = "object")]
    pub account: Option<Account>,
    /// The code to show, as [`Document`](crate::document::Document) reads it.
    pub display_data: Option<Value>,
    /// What the platform wants to know, in either of its shapes.
    pub clarification_fields: Option<Value>,
    /// What went wrong.
    #[serde(deserialize_with = "objects")]
    pub errors: Vec<ErrorItem>,
    /// The signature at the top level, as it came.
    #[serde(deserialize_with = "readable")]
    pub signature: Option<String>,
}

impl Callback {
    /// Reads the body of a request.
    ///
    /// To check its signature as well, parse the body once and hand the same value to
    /// [`sign::verify`](crate::sign::verify) and to [`Callback::from_value`].
    pub fn from_slice(body: &[u8]) -> Result<Self, CallbackError> {
        Self::from_value(serde_json::from_slice(body).map_err(|_| CallbackError::NotJson)?)
    }

    /// Reads a body that was parsed already.
    pub fn from_value(body: Value) -> Result<Self, CallbackError> {
        if !body.is_object() {
            return Err(CallbackError::NotAnObject);
        }
        serde_json::from_value(body).map_err(|_| CallbackError::NotAnObject)
    }

    /// The shop's name for the payment.
    pub fn payment_id(&self) -> Option<&str> {
        self.payment.as_ref()?.id.as_deref()
    }
}

/// Why a body is no callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// It is no JSON.
    NotJson,
    /// It is JSON, but no object.
    NotAnObject,
}

impl CallbackError {
    /// A stable code for logs and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotJson => "callback-not-json",
            Self::NotAnObject => "callback-not-an-object",
        }
    }
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson => "callback: the body is no JSON",
            Self::NotAnObject => "callback: the body is no JSON object",
        })
    }
}

impl std::error::Error for CallbackError {}

/// A payment as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Payment {
    /// The shop's name for it.
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    /// Its kind, `purchase` for WeChat.
    #[serde(rename = "type", deserialize_with = "readable")]
    pub kind: Option<String>,
    /// Its state. Read `operation.type` first.
    #[serde(deserialize_with = "readable")]
    pub status: Option<PaymentStatus>,
    /// When it last changed.
    #[serde(deserialize_with = "date")]
    pub date: Option<UnixMillis>,
    /// How it is paid, `wechat`.
    #[serde(deserialize_with = "readable")]
    pub method: Option<String>,
    /// What was paid, which need not be what was asked for; after a refund perhaps what is left.
    #[serde(deserialize_with = "readable")]
    pub sum: Option<Money>,
    /// What the payer read.
    #[serde(deserialize_with = "text")]
    pub description: Option<String>,
    /// The shop's name for the refund.
    #[serde(deserialize_with = "text")]
    pub merchant_refund_id: Option<String>,
}

/// One operation upon a payment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Operation {
    /// ECommPay's number for it. It exceeds 32 bits.
    #[serde(deserialize_with = "integer")]
    pub id: Option<i64>,
    /// Its kind. To be read before any status.
    #[serde(rename = "type", deserialize_with = "readable")]
    pub kind: Option<OperationType>,
    /// Its state.
    #[serde(deserialize_with = "readable")]
    pub status: Option<OperationStatus>,
    /// When it last changed.
    #[serde(deserialize_with = "date")]
    pub date: Option<UnixMillis>,
    /// When it began.
    #[serde(deserialize_with = "date")]
    pub created_date: Option<UnixMillis>,
    /// The request that began it, as its acknowledgement named it.
    #[serde(deserialize_with = "text")]
    pub request_id: Option<String>,
    /// The sum in the currency it was asked for.
    #[serde(deserialize_with = "readable")]
    pub sum_initial: Option<Money>,
    /// The sum in the currency it was done in.
    #[serde(deserialize_with = "readable")]
    pub sum_converted: Option<Money>,
    /// Who did it for ECommPay.
    #[serde(deserialize_with = "object")]
    pub provider: Option<Provider>,
    /// ECommPay's code for the outcome; `0` is success.
    #[serde(deserialize_with = "text")]
    pub code: Option<String>,
    /// The code in words, meant for the shop and not for the payer.
    #[serde(deserialize_with = "text")]
    pub message: Option<String>,
}

/// Who did an operation for ECommPay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Provider {
    /// Its number at ECommPay.
    #[serde(deserialize_with = "integer")]
    pub id: Option<i64>,
    /// Its own name for the payment, perhaps empty.
    #[serde(deserialize_with = "text")]
    pub payment_id: Option<String>,
    /// When it was done there.
    #[serde(deserialize_with = "date")]
    pub date: Option<UnixMillis>,
    /// Its approval, perhaps empty.
    #[serde(deserialize_with = "text")]
    pub auth_code: Option<String>,
}

/// What is known of the payer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CustomerData {
    /// The shop's name for its customer.
    #[serde(deserialize_with = "text")]
    pub id: Option<String>,
    /// The telephone number.
    #[serde(deserialize_with = "text")]
    pub phone: Option<String>,
    /// The e-mail address.
    #[serde(deserialize_with = "text")]
    pub email: Option<String>,
}

/// What the payer paid with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Account {
    /// Its number.
    #[serde(deserialize_with = "text")]
    pub number: Option<String>,
}

/// One thing that went wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ErrorItem {
    /// ECommPay's code; it comes as a number or as text.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub code: Option<String>,
    /// The code in words.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub message: Option<String>,
    /// The member it is about.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub field: Option<String>,
    /// The rule that was broken, or more words.
    #[serde(alias = "constraint", skip_serializing_if = "Option::is_none", deserialize_with = "readable")]
    pub description: Option<String>,
}

/// Whatever can be read as a `T`; the default of `T` otherwise.
fn readable<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).unwrap_or_default())
}

/// An object that can be read as a `T`. Serde would read a list as a struct as well.
pub(crate) fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    Value::deserialize(deserializer).map(one)
}

/// The objects of a list that can be read as a `T`.
pub(crate) fn objects<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Array(items) => Ok(items.into_iter().filter_map(one).collect()),
        _ => Ok(Vec::new()),
    }
}

/// Text or a number; none where there is neither.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(lenient::optional_text(Value::deserialize(deserializer)?).unwrap_or_default())
}

/// A whole number or its text; none where there is neither.
pub(crate) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(lenient::optional_integer(Value::deserialize(deserializer)?).unwrap_or_default())
}

fn one<T: DeserializeOwned>(value: Value) -> Option<T> {
    if value.is_object() { serde_json::from_value(value).ok() } else { None }
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<UnixMillis>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(value.as_str().and_then(UnixMillis::parse_iso))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::money::Currency;

    #[test]
    fn numbers_and_texts_may_stand_for_each_other() {
        let callback = Callback::from_value(json!({"project_id": "238",
            "payment": {"id": 42, "sum": {"amount": "100", "currency": "JPY"}},
            "operation": {"id": "9227000002916", "code": 20105, "provider": {"id": "1173", "payment_id": 5}},
            "customer": {"id": 1}, "errors": [{"code": 2004}]}))
        .unwrap();
        assert_eq!(callback.project_id, Some(238));
        assert_eq!(callback.payment_id(), Some("42"));
        assert_eq!(callback.payment.unwrap().sum, Some(Money::new(100, Currency::parse("JPY").unwrap())));
        let operation = callback.operation.unwrap();
        assert_eq!(operation.id, Some(9_227_000_002_916));
        assert_eq!(operation.code.as_deref(), Some("20105"));
        assert_eq!(operation.provider.unwrap().payment_id.as_deref(), Some("5"));
        assert_eq!(callback.customer.unwrap().id.as_deref(), Some("1"));
        assert_eq!(callback.errors[0].code.as_deref(), Some("2004"));
    }

    #[test]
    fn what_is_missing_or_cannot_be_read_is_none() {
        assert_eq!(Callback::from_value(json!({})).unwrap(), Callback::default());
        let callback =
            Callback::from_value(json!({"payment": {"id": "P1", "date": "yesterday", "sum": "[23] transactionSum",
            "status": null}, "operation": [], "account": "x", "errors": {}, "surprise": {"deep": [1]}}))
            .unwrap();
        let payment = callback.payment.unwrap();
        assert_eq!((payment.date, payment.sum, payment.status), (None, None, None));
        assert_eq!((callback.operation, callback.account, callback.errors.len()), (None, None, 0));
    }

    #[test]
    fn a_body_that_is_no_object_is_refused_with_a_code() {
        for (body, code) in [
            ("", "callback-not-json"),
            ("{", "callback-not-json"),
            ("[]", "callback-not-an-object"),
            ("null", "callback-not-an-object"),
        ] {
            assert_eq!(Callback::from_slice(body.as_bytes()).unwrap_err().code(), code, "{body}");
        }
        let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
        assert_eq!(Callback::from_slice(&deep).unwrap_err(), CallbackError::NotJson);
    }

    #[test]
    fn an_operation_number_beyond_53_bits_keeps_every_digit() {
        let callback = Callback::from_slice(br#"{"operation":{"id":9223372036854775807}}"#).unwrap();
        assert_eq!(callback.operation.unwrap().id, Some(i64::MAX));
    }
}
