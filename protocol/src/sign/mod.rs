//! ECommPay's signature: HMAC-SHA512 over the sorted lines of a message, in Base64.
//!
//! ```
//! use serde_json::json;
//! use wechat_checkout_protocol::sign::{self, SecretKey, SortOrder};
//!
//! let key = SecretKey::new("secret")?;
//! let mut callback = json!({"payment": {"id": "000049", "status": "success"}});
//! assert_eq!(sign::string_to_sign(&callback), "payment:id:000049;payment:status:success");
//!
//! sign::sign_top_level(&mut callback, &key)?;
//! assert_eq!(sign::verify(&callback, &key), Ok(SortOrder::Natural));
//! # Ok::<(), sign::SignatureError>(())
//! ```

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac as _};
use serde_json::{Map, Value};
use sha2::Sha512;
use subtle::ConstantTimeEq as _;

mod flatten;
mod order;

pub use order::SortOrder;

use flatten::{Limits, Line};

/// A key that messages are signed with. It has no [`fmt::Display`], and its [`fmt::Debug`] keeps silent.
#[derive(Clone)]
pub struct SecretKey(String);

impl SecretKey {
    /// A key as ECommPay gave it. An empty one is refused: anybody could sign with it.
    pub fn new(key: impl Into<String>) -> Result<Self, SignatureError> {
        let key = key.into();
        if key.is_empty() { Err(SignatureError::EmptyKey) } else { Ok(Self(key)) }
    }

    /// The key itself, for the one who must hand it on. Never for a log, an error text or a browser.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

/// Why a message could not be signed, or its signature not be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// There is no signature, or it is empty.
    Missing,
    /// The signature belongs to another message or another key.
    Mismatch,
    /// The message is no JSON object.
    NotAnObject,
    /// Objects and lists lie deeper within each other than in any message of ECommPay's.
    TooDeep,
    /// The string to sign would be larger than that of any message of ECommPay's.
    TooLarge,
    /// The secret key is empty.
    EmptyKey,
}

impl SignatureError {
    /// A stable code for logs and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "signature-missing",
            Self::Mismatch => "signature-mismatch",
            Self::NotAnObject => "signature-not-an-object",
            Self::TooDeep => "signature-too-deep",
            Self::TooLarge => "signature-too-large",
            Self::EmptyKey => "signature-key-empty",
        }
    }
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "signature: there is none",
            Self::Mismatch => "signature: it does not belong to this message and key",
            Self::NotAnObject => "signature: the message is no JSON object",
            Self::TooDeep => "signature: the message is nested too deeply",
            Self::TooLarge => "signature: the message is too large",
            Self::EmptyKey => "secret key: it is empty",
        })
    }
}

impl std::error::Error for SignatureError {}

/// The text that [`sign`] signs, in natural order. Any `signature` the message has is left out of it.
pub fn string_to_sign(message: &Value) -> String {
    let mut lines = flatten::lines(message, Limits::NONE).unwrap_or_default();
    flatten::join(&mut lines, SortOrder::Natural)
}

/// The signature of a message. Any `signature` the message has already does not count.
pub fn sign(message: &Value, key: &SecretKey) -> String {
    digest(&string_to_sign(message), key)
}

/// Signs a request to Gate: the signature goes to `general.signature`.
pub fn sign_into_general(message: &mut Value, key: &SecretKey) -> Result<(), SignatureError> {
    let signature = sign(message, key);
    let general = message
        .as_object_mut()
        .ok_or(SignatureError::NotAnObject)?
        .entry("general")
        .or_insert_with(|| Value::Object(Map::new()));
    insert(general, signature)
}

/// Signs a callback, a status answer, Payment Page parameters or a Data API message: the signature goes to
/// the top level.
pub fn sign_top_level(message: &mut Value, key: &SecretKey) -> Result<(), SignatureError> {
    let signature = sign(message, key);
    insert(message, signature)
}

/// Checks a message against the signature at its top level, or else the one in `general`, and tells which
/// order of lines it was made with.
///
/// `signature` is left out wherever it stands, as ECommPay's PHP library does it. Takes the same time
/// however much of a wrong signature is right.
pub fn verify(message: &Value, key: &SecretKey) -> Result<SortOrder, SignatureError> {
    let message = message.is_object().then_some(message).ok_or(SignatureError::NotAnObject)?;
    let given = signature_of(message).ok_or(SignatureError::Missing)?;
    let mut lines = flatten::lines(message, Limits::FOREIGN)?;
    [SortOrder::Natural, SortOrder::Bytes]
        .into_iter()
        .find(|order| matches(&mut lines, *order, key, given))
        .ok_or(SignatureError::Mismatch)
}

/// The signature a message carries, empty ones not counted.
pub fn signature_of(message: &Value) -> Option<&str> {
    let top = message.get("signature");
    let signature = top.or_else(|| message.get("general")?.get("signature"));
    signature?.as_str().filter(|text| !text.is_empty())
}

fn matches(lines: &mut [Line], order: SortOrder, key: &SecretKey, given: &str) -> bool {
    let expected = digest(&flatten::join(lines, order), key);
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}

fn insert(target: &mut Value, signature: String) -> Result<(), SignatureError> {
    let members = target.as_object_mut().ok_or(SignatureError::NotAnObject)?;
    members.insert("signature".to_owned(), Value::String(signature));
    Ok(())
}

fn digest(text: &str, key: &SecretKey) -> String {
    // HMAC takes keys of every length, so the empty text never comes out.
    let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(key.0.as_bytes()) else {
        return String::new();
    };
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(text: &str) -> SecretKey {
        SecretKey::new(text).unwrap()
    }

    #[test]
    fn the_key_does_not_show_itself() {
        assert_eq!(format!("{:?}", key("qwerty")), "SecretKey(..)");
        assert_eq!(SecretKey::new("").unwrap_err(), SignatureError::EmptyKey);
    }

    #[test]
    fn a_request_is_signed_in_general_and_verified_from_there() {
        let mut request = json!({"general": {"project_id": 200}, "payment": {"amount": 1000}});
        sign_into_general(&mut request, &key("secret")).unwrap();
        assert_eq!(request["general"]["signature"].as_str().map(str::len), Some(88));
        assert_eq!(verify(&request, &key("secret")), Ok(SortOrder::Natural));
        assert_eq!(verify(&request, &key("other")), Err(SignatureError::Mismatch));
    }

    #[test]
    fn signing_again_gives_the_same_signature() {
        let mut message = json!({"a": 1});
        sign_into_general(&mut message, &key("secret")).unwrap();
        let once = message.clone();
        sign_into_general(&mut message, &key("secret")).unwrap();
        assert_eq!(message, once);
    }

    #[test]
    fn a_message_signed_in_byte_order_is_accepted_and_told_apart() {
        let mut message = json!({"p": (0..12).collect::<Vec<_>>()});
        let mut lines = flatten::lines(&message, Limits::NONE).unwrap();
        let signature = digest(&flatten::join(&mut lines, SortOrder::Bytes), &key("secret"));
        insert(&mut message, signature).unwrap();
        assert_eq!(verify(&message, &key("secret")), Ok(SortOrder::Bytes));
    }

    #[test]
    fn the_signature_at_the_top_level_wins_over_the_one_in_general() {
        let mut message = json!({"general": {"signature": "wrong"}, "a": 1});
        sign_top_level(&mut message, &key("secret")).unwrap();
        assert_eq!(verify(&message, &key("secret")), Ok(SortOrder::Natural));
        message["general"]["signature"] = message["signature"].clone();
        message["signature"] = json!("wrong");
        assert_eq!(verify(&message, &key("secret")), Err(SignatureError::Mismatch));
    }

    #[test]
    fn a_signature_of_any_length_is_a_mismatch_and_an_absent_one_is_missing() {
        let mut message = json!({"a": 1});
        assert_eq!(verify(&message, &key("secret")), Err(SignatureError::Missing));
        for (signature, expected) in [("", SignatureError::Missing), ("x", SignatureError::Mismatch)] {
            message["signature"] = json!(signature);
            assert_eq!(verify(&message, &key("secret")), Err(expected), "{signature:?}");
        }
        message["signature"] = json!(sign(&message, &key("secret")) + "=");
        assert_eq!(verify(&message, &key("secret")), Err(SignatureError::Mismatch));
        assert_eq!(verify(&json!([1]), &key("secret")), Err(SignatureError::NotAnObject));
    }
}
