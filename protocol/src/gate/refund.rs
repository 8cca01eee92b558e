//! Giving money back.

use serde::{Deserialize, Serialize};

use super::General;
use super::invalid::{Invalid, Reason, at_most, required};
use super::sale::ip_address;
use crate::lenient;
use crate::money::{Currency, Money};

/// Gives a payment back, wholly or in part: the body of a POST to [`REFUND_PATH`](super::REFUND_PATH).
///
/// `general.payment_id` is the name of the payment that was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRequest {
    /// Which payment is given back.
    pub general: General,
    /// Who asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<RefundCustomer>,
    /// What is given back.
    pub payment: RefundPayment,
}

impl RefundRequest {
    /// Gives back what is left of the payment.
    pub fn whole(general: General, description: impl Into<String>) -> Result<Self, Invalid> {
        let request = Self { general, customer: None, payment: RefundPayment::new(description) };
        request.validate().map(|()| request)
    }

    /// Gives back a part of the payment.
    pub fn part(general: General, description: impl Into<String>, sum: Money) -> Result<Self, Invalid> {
        let payment =
            RefundPayment { amount: Some(sum.amount), currency: Some(sum.currency), ..RefundPayment::new(description) };
        let request = Self { general, customer: None, payment };
        request.validate().map(|()| request)
    }

    /// The first member ECommPay would refuse, if there is one. To be asked after members were set.
    pub fn validate(&self) -> Result<(), Invalid> {
        self.general.validate()?;
        if let Some(customer) = &self.customer {
            ip_address(&customer.ip_address)?;
        }
        self.payment.validate()
    }
}

/// Who asks for a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundCustomer {
    /// The address the request came from.
    pub ip_address: String,
}

/// What is given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundPayment {
    /// Minor units of `currency`; none for all that is left.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_integer")]
    pub amount: Option<i64>,
    /// The payment's currency; stands and falls with `amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Why; at most 255 characters.
    #[serde(default)]
    pub description: String,
    /// The shop's name for this refund. Without it, a refund that is sent twice may pay twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merchant_refund_id: Option<String>,
}

impl RefundPayment {
    fn new(description: impl Into<String>) -> Self {
        Self { amount: None, currency: None, description: description.into(), merchant_refund_id: None }
    }

    fn validate(&self) -> Result<(), Invalid> {
        match (self.amount, self.currency) {
            (Some(amount), Some(_)) if amount < 1 => return Err(Invalid::new("payment.amount", Reason::Range)),
            (Some(_), None) => return Err(Invalid::new("payment.amount", Reason::Alone)),
            (None, Some(_)) => return Err(Invalid::new("payment.currency", Reason::Alone)),
            _ => {}
        }
        required("payment.description", &self.description, 255)?;
        match &self.merchant_refund_id {
            Some(id) if id.is_empty() => Err(Invalid::new("payment.merchant_refund_id", Reason::Missing)),
            Some(id) => at_most("payment.merchant_refund_id", id, 255),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::gate::{PaymentId, ProjectId};

    fn general() -> General {
        General::new(ProjectId::new(239).unwrap(), PaymentId::new("refund_02").unwrap())
    }

    #[test]
    fn a_whole_refund_names_no_amount() {
        let refund = RefundRequest::whole(general(), "refund_02").unwrap();
        let expected =
            json!({"general": {"project_id": 239, "payment_id": "refund_02"}, "payment": {"description": "refund_02"}});
        assert_eq!(serde_json::to_value(&refund).unwrap(), expected);
    }

    #[test]
    fn a_part_names_amount_and_currency_together() {
        let sum = Money::new(500, Currency::parse("USD").unwrap());
        let mut refund = RefundRequest::part(general(), "half", sum).unwrap();
        refund.payment.merchant_refund_id = Some("r-1".into());
        assert_eq!(refund.validate(), Ok(()));
        refund.payment.currency = None;
        assert_eq!(refund.validate(), Err(Invalid::new("payment.amount", Reason::Alone)));
        refund.payment = RefundPayment { currency: Some(sum.currency), ..RefundPayment::new("half") };
        assert_eq!(refund.validate(), Err(Invalid::new("payment.currency", Reason::Alone)));
    }

    #[test]
    fn a_refund_of_nothing_or_without_a_word_is_refused() {
        let currency = Currency::parse("USD").unwrap();
        let nothing = RefundRequest::part(general(), "x", Money::new(0, currency)).unwrap_err();
        assert_eq!(nothing, Invalid::new("payment.amount", Reason::Range));
        let wordless = RefundRequest::whole(general(), "").unwrap_err();
        assert_eq!(wordless, Invalid::new("payment.description", Reason::Missing));
    }
}
