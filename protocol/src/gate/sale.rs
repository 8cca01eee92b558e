//! Asking for a WeChat Pay code.

use serde::{Deserialize, Serialize};

use super::General;
use super::invalid::{Invalid, Reason, at_most, email, phone, required, url};
use crate::lenient;
use crate::money::{Currency, Money};

/// Asks for a WeChat Pay code: the body of a POST to [`SALE_PATH`](super::SALE_PATH).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleRequest {
    /// Whose payment this is.
    pub general: General,
    /// Who pays.
    pub customer: Customer,
    /// What is paid.
    pub payment: PaymentRequest,
    /// Where the payer goes afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_url: Option<ReturnUrl>,
    /// How callbacks about this payment are sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<CallbackOptions>,
}

impl SaleRequest {
    /// A request with what is required; refused where ECommPay would refuse it.
    pub fn new(general: General, customer: Customer, sum: Money) -> Result<Self, Invalid> {
        let request = Self { general, customer, payment: PaymentRequest::new(sum), return_url: None, callback: None };
        request.validate().map(|()| request)
    }

    /// The first member ECommPay would refuse, if there is one. To be asked after members were set.
    pub fn validate(&self) -> Result<(), Invalid> {
        self.general.validate()?;
        self.customer.validate()?;
        self.payment.validate()?;
        self.return_url.as_ref().map_or(Ok(()), ReturnUrl::validate)?;
        self.callback.as_ref().map_or(Ok(()), CallbackOptions::validate)
    }
}

/// Who pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The shop's name for its customer.
    #[serde(deserialize_with = "lenient::text")]
    pub id: String,
    /// The address the customer's browser came from.
    pub ip_address: String,
    /// Wanted by some providers; without it the platform may ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Wanted by some providers; 4 to 24 digits without a plus sign.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub phone: Option<String>,
    /// The given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// The family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
}

impl Customer {
    /// The required members.
    pub fn new(id: impl Into<String>, ip_address: impl Into<String>) -> Self {
        let (id, ip_address) = (id.into(), ip_address.into());
        Self { id, ip_address, email: None, phone: None, first_name: None, last_name: None }
    }

    /// The first member ECommPay would refuse, if there is one.
    pub fn validate(&self) -> Result<(), Invalid> {
        required("customer.id", &self.id, 255)?;
        ip_address(&self.ip_address)?;
        if let Some(text) = &self.email {
            email("customer.email", text)?;
        }
        if let Some(text) = &self.phone {
            phone("customer.phone", text)?;
        }
        for (field, name) in [("customer.first_name", &self.first_name), ("customer.last_name", &self.last_name)] {
            if let Some(name) = name {
                at_most(field, name, 255)?;
            }
        }
        Ok(())
    }
}

/// What is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRequest {
    /// Minor units of `currency`, at least 1.
    #[serde(deserialize_with = "lenient::integer")]
    pub amount: i64,
    /// The currency.
    pub currency: Currency,
    /// What the payer reads in WeChat; at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Until when the payer may confirm, `YYYY-MM-DDThh:mm:ss±hh:mm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_before: Option<String>,
}

impl PaymentRequest {
    /// The required members.
    pub fn new(sum: Money) -> Self {
        Self { amount: sum.amount, currency: sum.currency, description: None, best_before: None }
    }

    /// The sum.
    pub fn sum(&self) -> Money {
        Money::new(self.amount, self.currency)
    }

    /// The first member ECommPay would refuse, if there is one.
    pub fn validate(&self) -> Result<(), Invalid> {
        if self.amount < 1 {
            return Err(Invalid::new("payment.amount", Reason::Range));
        }
        if let Some(text) = &self.description {
            at_most("payment.description", text, 255)?;
        }
        match &self.best_before {
            Some(text) if crate::date::UnixMillis::parse_iso(text).is_none() => {
                Err(Invalid::new("payment.best_before", Reason::Form))
            }
            _ => Ok(()),
        }
    }
}

/// Where the payer goes afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnUrl {
    /// After a success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<String>,
    /// After a decline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decline: Option<String>,
    /// When the payer goes back before the end.
    #[serde(default, rename = "return", skip_serializing_if = "Option::is_none")]
    pub back: Option<String>,
}

impl ReturnUrl {
    fn validate(&self) -> Result<(), Invalid> {
        let addresses = [
            ("return_url.success", &self.success),
            ("return_url.decline", &self.decline),
            ("return_url.return", &self.back),
        ];
        for (field, address) in addresses {
            if let Some(address) = address {
                url(field, address)?;
            }
        }
        Ok(())
    }
}

/// How callbacks about a payment are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallbackOptions {
    /// Seconds to wait before sending, at most 600.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<u32>,
    /// Send none of those that only inform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force_disable: Option<bool>,
}

impl CallbackOptions {
    fn validate(&self) -> Result<(), Invalid> {
        match self.delay {
            Some(delay) if delay > 600 => Err(Invalid::new("callback.delay", Reason::Range)),
            _ => Ok(()),
        }
    }
}

pub(super) fn ip_address(text: &str) -> Result<(), Invalid> {
    const FIELD: &str = "customer.ip_address";
    required(FIELD, text, 45)?;
    text.parse::<std::net::IpAddr>().map(|_| ()).map_err(|_| Invalid::new(FIELD, Reason::Form))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::gate::{PaymentId, ProjectId};

    fn sale() -> SaleRequest {
        let general = General::new(ProjectId::new(200).unwrap(), PaymentId::new("order-1").unwrap());
        let sum = Money::new(1000, Currency::parse("EUR").unwrap());
        SaleRequest::new(general, Customer::new("customer123", "185.123.193.224"), sum).unwrap()
    }

    fn refused(change: impl FnOnce(&mut SaleRequest)) -> (String, Reason) {
        let mut request = sale();
        change(&mut request);
        let invalid = request.validate().unwrap_err();
        (invalid.field, invalid.reason)
    }

    #[test]
    fn members_that_were_not_set_are_not_written() {
        let expected = json!({"general": {"project_id": 200, "payment_id": "order-1"},
            "customer": {"id": "customer123", "ip_address": "185.123.193.224"},
            "payment": {"amount": 1000, "currency": "EUR"}});
        assert_eq!(serde_json::to_value(sale()).unwrap(), expected);
    }

    #[test]
    fn every_member_that_would_be_refused_is_named() {
        let long = || Some("x".repeat(256));
        let cases = [
            (refused(|r| r.customer.id.clear()), "customer.id", Reason::Missing),
            (refused(|r| r.customer.ip_address.clear()), "customer.ip_address", Reason::Missing),
            (refused(|r| r.customer.ip_address = "1.2.3".into()), "customer.ip_address", Reason::Form),
            (refused(|r| r.customer.phone = Some("+861234".into())), "customer.phone", Reason::Form),
            (refused(|r| r.customer.phone = Some("123".into())), "customer.phone", Reason::Form),
            (refused(|r| r.customer.phone = Some("1".repeat(25))), "customer.phone", Reason::Form),
            (refused(|r| r.customer.email = long()), "customer.email", Reason::TooLong),
            (refused(|r| r.customer.email = Some("nobody".into())), "customer.email", Reason::Form),
            (refused(|r| r.payment.amount = 0), "payment.amount", Reason::Range),
            (refused(|r| r.payment.amount = -1), "payment.amount", Reason::Range),
            (refused(|r| r.payment.description = long()), "payment.description", Reason::TooLong),
            (refused(|r| r.payment.best_before = Some("soon".into())), "payment.best_before", Reason::Form),
            (
                refused(|r| r.general.merchant_callback_url = Some("shop".into())),
                "general.merchant_callback_url",
                Reason::Form,
            ),
            (
                refused(|r| r.callback = Some(CallbackOptions { delay: Some(601), force_disable: None })),
                "callback.delay",
                Reason::Range,
            ),
            (
                refused(|r| {
                    r.return_url = Some(ReturnUrl { back: Some("javascript:0".into()), ..ReturnUrl::default() });
                }),
                "return_url.return",
                Reason::Form,
            ),
        ];
        for ((field, reason), expected_field, expected_reason) in cases {
            assert_eq!((field.as_str(), reason), (expected_field, expected_reason));
        }
    }

    #[test]
    fn the_edges_of_what_is_allowed_are_allowed() {
        let mut request = sale();
        request.customer.phone = Some("1".repeat(24));
        request.customer.email = Some(format!("{}@example.com", "x".repeat(243)));
        request.payment.description = Some("支".repeat(255));
        request.payment.amount = 1;
        request.payment.best_before = Some("2055-05-05T00:00:00+00:00".into());
        request.customer.ip_address = "2001:db8::1".into();
        assert_eq!(request.validate(), Ok(()));
    }
}
