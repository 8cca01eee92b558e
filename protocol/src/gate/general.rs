//! Whose payment a request is about.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::invalid::{Invalid, Reason, required, url};

/// A project's number at ECommPay: 1 to 4294967295.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct ProjectId(u32);

impl ProjectId {
    /// A project's number as ECommPay gave it.
    pub fn new(id: u64) -> Result<Self, Invalid> {
        match u32::try_from(id) {
            Ok(id) if id > 0 => Ok(Self(id)),
            _ => Err(Invalid::new("general.project_id", Reason::Range)),
        }
    }

    /// The number.
    pub fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for ProjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for ProjectId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.parse().map_err(|_| Invalid::new("general.project_id", Reason::Range)).and_then(Self::new)
    }
}

impl<'de> Deserialize<'de> for ProjectId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = crate::lenient::integer(deserializer)?;
        u64::try_from(id).map_err(D::Error::custom).and_then(|id| Self::new(id).map_err(D::Error::custom))
    }
}

/// A shop's name for a payment: 1 to 255 characters, no blanks at the ends, unique within a project.
///
/// ECommPay takes `order_314` and `Order_314` for the same payment: compare [`PaymentId::folded`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct PaymentId(String);

impl PaymentId {
    /// A name that keeps ECommPay's rules.
    pub fn new(id: impl Into<String>) -> Result<Self, Invalid> {
        const FIELD: &str = "general.payment_id";
        const BLANKS: [char; 6] = [' ', '\t', '\0', '\u{b}', '\n', '\r'];
        let id = id.into();
        required(FIELD, &id, 255)?;
        if id.starts_with(BLANKS) || id.ends_with(BLANKS) {
            return Err(Invalid::new(FIELD, Reason::Blank));
        }
        Ok(Self(id))
    }

    /// The name as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name by which ECommPay tells payments apart.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for PaymentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PaymentId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::lenient::text(deserializer).and_then(|id| Self::new(id).map_err(D::Error::custom))
    }
}

/// The `general` object that every request begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct General {
    /// The shop's project.
    pub project_id: ProjectId,
    /// The shop's name for the payment.
    pub payment_id: PaymentId,
    /// Set by [`sign_into_general`](crate::sign::sign_into_general).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// Where callbacks about this payment go, instead of the project's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merchant_callback_url: Option<String>,
    /// Where the callback about a success goes; beats `merchant_callback_url`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merchant_success_callback_url: Option<String>,
    /// Where the callback about a decline goes; beats `merchant_callback_url`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merchant_decline_callback_url: Option<String>,
    /// The page the payer came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer_url: Option<String>,
}

impl General {
    /// The required members.
    pub fn new(project_id: ProjectId, payment_id: PaymentId) -> Self {
        Self {
            project_id,
            payment_id,
            signature: None,
            merchant_callback_url: None,
            merchant_success_callback_url: None,
            merchant_decline_callback_url: None,
            referrer_url: None,
        }
    }

    /// The first member ECommPay would refuse, if there is one.
    pub fn validate(&self) -> Result<(), Invalid> {
        let addresses = [
            ("general.merchant_callback_url", &self.merchant_callback_url),
            ("general.merchant_success_callback_url", &self.merchant_success_callback_url),
            ("general.merchant_decline_callback_url", &self.merchant_decline_callback_url),
            ("general.referrer_url", &self.referrer_url),
        ];
        for (field, address) in addresses {
            if let Some(address) = address {
                url(field, address)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_number_has_32_bits_and_is_not_zero() {
        assert_eq!(ProjectId::new(4_294_967_295).unwrap().number(), u32::MAX);
        for bad in [0, 4_294_967_296] {
            assert_eq!(ProjectId::new(bad).unwrap_err().reason, Reason::Range, "{bad}");
        }
        assert_eq!("238".parse::<ProjectId>().unwrap().number(), 238);
        assert!("-1".parse::<ProjectId>().is_err());
    }

    #[test]
    fn a_payment_name_has_1_to_255_characters_and_no_blank_at_an_end() {
        assert!(PaymentId::new("支".repeat(255)).is_ok());
        assert_eq!(PaymentId::new("支".repeat(256)).unwrap_err().reason, Reason::TooLong);
        assert_eq!(PaymentId::new("").unwrap_err().reason, Reason::Missing);
        for blank in [" ", "\t", "\0", "\u{b}", "\n", "\r"] {
            assert_eq!(PaymentId::new(format!("a{blank}")).unwrap_err().reason, Reason::Blank, "{blank:?}");
            assert_eq!(PaymentId::new(format!("{blank}a")).unwrap_err().reason, Reason::Blank, "{blank:?}");
        }
        assert!(PaymentId::new("a b").is_ok());
    }

    #[test]
    fn payment_names_that_differ_in_case_only_are_the_same_to_the_platform() {
        let (a, b) = (PaymentId::new("order_314").unwrap(), PaymentId::new("Order_314").unwrap());
        assert_ne!(a, b);
        assert_eq!(a.folded(), b.folded());
    }
}
