//! What ECommPay calls the state of a payment and of an operation.
//!
//! Source: ECommPay's callback pages and plugins; the lists differ in the letter, so a status nobody
//! knows is kept as text and is never final.

/// The kind of an operation. Read it before any status: a declined refund arrives with
/// `payment.status: success`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OperationType {
    /// Money comes from the payer.
    Sale,
    /// Money is held for the payer's purchase.
    Auth,
    /// Held money is taken.
    Capture,
    /// Held money is let go.
    Cancel,
    /// Money goes back to the payer.
    Refund,
    /// The whole sum goes back before the operational day closes.
    Reversal,
    /// Anything else, as it was written.
    Other(String),
}

impl OperationType {
    /// Reads ECommPay's word.
    pub fn read(word: &str) -> Self {
        match word {
            "sale" => Self::Sale,
            "auth" => Self::Auth,
            "capture" => Self::Capture,
            "cancel" => Self::Cancel,
            "refund" => Self::Refund,
            "reversal" => Self::Reversal,
            other => Self::Other(other.to_owned()),
        }
    }

    /// ECommPay's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sale => "sale",
            Self::Auth => "auth",
            Self::Capture => "capture",
            Self::Cancel => "cancel",
            Self::Refund => "refund",
            Self::Reversal => "reversal",
            Self::Other(word) => word,
        }
    }

    /// Whether money flows back to the payer.
    pub fn returns_money(&self) -> bool {
        matches!(self, Self::Refund | Self::Reversal)
    }
}

/// The state of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OperationStatus {
    /// In work.
    Processing,
    /// Waiting for what the payer does at WeChat.
    AwaitingCustomerAction,
    /// Waiting for the payment system after a redirect.
    AwaitingRedirectResult,
    /// Data is wanted.
    AwaitingClarification,
    /// Refused. Final.
    Decline,
    /// Done. Final.
    Success,
    /// Anything else, as it was written. Never final.
    Other(String),
}

impl OperationStatus {
    /// Reads ECommPay's word.
    pub fn read(word: &str) -> Self {
        match word {
            "processing" => Self::Processing,
            "awaiting customer action" => Self::AwaitingCustomerAction,
            "awaiting redirect result" => Self::AwaitingRedirectResult,
            "awaiting clarification" => Self::AwaitingClarification,
            "decline" => Self::Decline,
            "success" => Self::Success,
            other => Self::Other(other.to_owned()),
        }
    }

    /// ECommPay's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Processing => "processing",
            Self::AwaitingCustomerAction => "awaiting customer action",
            Self::AwaitingRedirectResult => "awaiting redirect result",
            Self::AwaitingClarification => "awaiting clarification",
            Self::Decline => "decline",
            Self::Success => "success",
            Self::Other(word) => word,
        }
    }

    /// Whether the operation can no longer change.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Decline | Self::Success)
    }
}

/// The state of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PaymentStatus {
    /// In work.
    Processing,
    /// Waiting for what the payer does at WeChat.
    AwaitingCustomerAction,
    /// Waiting for the payment system after a redirect.
    AwaitingRedirectResult,
    /// Data is wanted; after 30 minutes without it the payment is declined.
    AwaitingClarification,
    /// Further attempts of the payer are running.
    AwaitingCustomer,
    /// The initial check failed; the same payment id may be sent again. Final.
    Error,
    /// Refused. Final.
    Decline,
    /// Given up. Final. Both spellings are read.
    Cancelled,
    /// Paid. Final; a refund may follow.
    Success,
    /// A split payment is partly done. Final; a refund may follow.
    PartiallyPaid,
    /// Part of the money went back. Final.
    PartiallyRefunded,
    /// All of the money went back. Final.
    Refunded,
    /// Part of the money went back before the business day closed. Final.
    PartiallyReversed,
    /// All of the money went back before the business day closed. Final.
    Reversed,
    /// Anything else, as it was written. Never final.
    Other(String),
}

impl PaymentStatus {
    /// Reads ECommPay's word.
    pub fn read(word: &str) -> Self {
        match word {
            "processing" => Self::Processing,
            "awaiting customer action" => Self::AwaitingCustomerAction,
            "awaiting redirect result" => Self::AwaitingRedirectResult,
            "awaiting clarification" => Self::AwaitingClarification,
            "awaiting customer" => Self::AwaitingCustomer,
            "error" => Self::Error,
            "decline" => Self::Decline,
            "cancelled" | "canceled" => Self::Cancelled,
            "success" => Self::Success,
            "partially paid" => Self::PartiallyPaid,
            "partially refunded" => Self::PartiallyRefunded,
            "refunded" => Self::Refunded,
            "partially reversed" => Self::PartiallyReversed,
            "reversed" => Self::Reversed,
            other => Self::Other(other.to_owned()),
        }
    }

    /// ECommPay's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Processing => "processing",
            Self::AwaitingCustomerAction => "awaiting customer action",
            Self::AwaitingRedirectResult => "awaiting redirect result",
            Self::AwaitingClarification => "awaiting clarification",
            Self::AwaitingCustomer => "awaiting customer",
            Self::Error => "error",
            Self::Decline => "decline",
            Self::Cancelled => "cancelled",
            Self::Success => "success",
            Self::PartiallyPaid => "partially paid",
            Self::PartiallyRefunded => "partially refunded",
            Self::Refunded => "refunded",
            Self::PartiallyReversed => "partially reversed",
            Self::Reversed => "reversed",
            Self::Other(word) => word,
        }
    }

    /// Whether the payment has an outcome. It may still move on from paid to refunded.
    pub fn is_final(&self) -> bool {
        self.is_paid() || self.is_returned() || matches!(self, Self::Error | Self::Decline | Self::Cancelled)
    }

    /// Whether the shop has the payer's money.
    pub fn is_paid(&self) -> bool {
        matches!(self, Self::Success | Self::PartiallyPaid)
    }

    /// Whether money went back to the payer, wholly or in part.
    pub fn is_returned(&self) -> bool {
        matches!(self, Self::PartiallyRefunded | Self::Refunded | Self::PartiallyReversed | Self::Reversed)
    }
}

#[cfg(feature = "json")]
mod json {
    use super::{OperationStatus, OperationType, PaymentStatus};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    macro_rules! as_word {
        ($($name:ident),*) => {$(
            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.as_str())
                }
            }
            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    crate::lenient::text(deserializer).map(|word| Self::read(&word))
                }
            }
        )*};
    }

    as_word!(OperationType, OperationStatus, PaymentStatus);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_survives_reading_and_writing() {
        for word in ["processing", "awaiting customer action", "decline", "success", "refunded", "expired", "succes"] {
            assert_eq!(PaymentStatus::read(word).as_str(), word);
            assert_eq!(OperationStatus::read(word).as_str(), word);
        }
        assert_eq!(OperationType::read("refund reverse").as_str(), "refund reverse");
    }

    #[test]
    fn a_status_nobody_knows_is_never_final() {
        for word in ["", "expired", "SUCCESS", "internal error", "awaiting payment"] {
            assert!(!PaymentStatus::read(word).is_final(), "{word}");
            assert!(!OperationStatus::read(word).is_final(), "{word}");
        }
    }

    #[test]
    fn both_spellings_of_cancelled_are_read() {
        assert_eq!(PaymentStatus::read("canceled"), PaymentStatus::Cancelled);
        assert_eq!(PaymentStatus::read("cancelled"), PaymentStatus::Cancelled);
    }
}
