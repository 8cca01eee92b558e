//! What a shop asks the page to be opened with.

use std::collections::HashSet;
use std::time::Duration;

use protocol::date::UnixMillis;
use protocol::gate::{PaymentId, ProjectId};
use protocol::money::{Currency, Money};
use protocol::payment_page::{Parameters, is_signed};
use protocol::sign::{self, SignatureError};
use protocol::status::PaymentStatus;
use serde_json::{Map, Value};

use super::refused::Refused;
use super::returns::Returns;
use crate::clock::after;
use crate::ledger::Ledger;
use crate::payment::Door;
use crate::platform::Platform;

/// A limit further away than this does not count, as ECommPay's platform has it.
const LONGEST_LIMIT: Duration = Duration::from_secs(30 * 86_400);

/// Parameters that the page can be opened with.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    /// As they came.
    pub(super) sent: Vec<(String, String)>,
    pub(super) project: ProjectId,
    pub(super) payment_id: PaymentId,
    pub(super) sum: Money,
    /// Until when the payer may confirm.
    pub(super) best_before: Option<UnixMillis>,
    pub(super) returns: Returns,
}

impl Opening {
    /// Checks parameters as ECommPay does, as far as that is known. Which of several faults it names first is
    /// UNCONFIRMED; here the project comes before the signature, and the signature before everything else.
    pub(super) fn read(platform: &Platform, sent: Vec<(String, String)>) -> Result<Self, Refused> {
        let mut names = HashSet::new();
        if let Some((twice, _)) = sent.iter().find(|(name, _)| !names.insert(name.as_str())) {
            return Err(Refused::parameter(twice, "it is there twice"));
        }
        let project = value(&sent, "project_id").ok_or_else(|| Refused::parameter("project_id", "it is required"))?;
        let project = project.parse().ok().filter(|project| *project == platform.config.project_id);
        let project = project.ok_or(Refused::UnknownProject)?;
        check_signature(platform, &sent)?;
        let sum = check_parameters(&sent)?;
        let best_before = limit(platform.now(), &sent)?;
        let payment_id = PaymentId::new(value(&sent, "payment_id").unwrap_or_default())
            .map_err(|invalid| Refused::parameter("payment_id", &invalid.reason.to_string()))?;
        let returns = Returns::read(|name| value(&sent, name))?;
        let opening = Self { project, payment_id, sum, best_before, returns, sent };
        if !sum.currency.is_wechat() {
            return Err(Refused::NoMethod);
        }
        Ok(opening)
    }

    /// One of the parameters, empty ones not counted.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        value(&self.sent, name)
    }

    /// The request that a payer who was here before confirmed with, if the payment is under way.
    ///
    /// UNCONFIRMED: that ECommPay's page goes on where it was when its address is opened again.
    pub(super) fn under_way(&self, ledger: &Ledger) -> Result<Option<String>, Refused> {
        let Some(payment) = ledger.find(self.payment_id.as_str()) else { return Ok(None) };
        if payment.status == PaymentStatus::Error {
            return Ok(None);
        }
        if payment.id != self.payment_id {
            return Err(Refused::Taken);
        }
        if payment.status.is_paid() {
            return Err(Refused::Paid);
        }
        let is_same = payment.door == Door::Page
            && payment.sum == self.sum
            && Some(payment.customer.id.as_str()) == self.value("customer_id");
        if payment.is_settled() || !is_same {
            return Err(Refused::Taken);
        }
        Ok(payment.sale().map(|sale| sale.request_id.clone()))
    }
}

/// The value of a parameter. What is empty counts as absent: forms send fields that nobody filled in.
pub(super) fn value<'a>(sent: &'a [(String, String)], name: &str) -> Option<&'a str> {
    sent.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

/// The signature covers the parameters as they were sent, but for those that are added after signing.
fn check_signature(platform: &Platform, sent: &[(String, String)]) -> Result<(), Refused> {
    let covered = sent.iter().filter(|(name, _)| name == "signature" || is_signed(name));
    let message: Map<_, _> = covered.map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
    match sign::verify(&Value::Object(message), &platform.config.secret_key) {
        Ok(order) => tracing::debug!(order = order.as_str(), "signature of a payment page"),
        Err(SignatureError::Missing) => return Err(Refused::SignatureMissing),
        Err(_) => return Err(Refused::SignatureWrong),
    }
    Ok(())
}

fn check_parameters(sent: &[(String, String)]) -> Result<Money, Refused> {
    // ECommPay's plugins send `language_code` in capitals too; it is read elsewhere, and never refused.
    let checked = sent.iter().filter(|(name, _)| is_signed(name) && name != "language_code");
    let checked: Map<_, _> = checked.map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
    Parameters::from_value(&Value::Object(checked))
        .map_err(|invalid| Refused::parameter(&invalid.field, &invalid.reason.to_string()))?;
    if value(sent, "payment_description").is_some_and(|text| text.chars().count() > 255) {
        return Err(Refused::parameter("payment_description", "it is too long"));
    }
    for (name, played) in [("mode", "purchase"), ("operation_type", "sale")] {
        if value(sent, name).is_some_and(|given| given != played) {
            return Err(Refused::parameter(name, &format!("WeChat Pay, and this sandbox, know only {played}")));
        }
    }
    let amount = value(sent, "payment_amount").and_then(|text| text.parse().ok());
    let amount = amount.ok_or_else(|| Refused::parameter("payment_amount", "a whole number is expected"))?;
    let currency = Currency::parse(value(sent, "payment_currency").unwrap_or_default())
        .map_err(|error| Refused::parameter("payment_currency", &error.to_string()))?;
    Ok(Money::new(amount, currency))
}

fn limit(now: UnixMillis, sent: &[(String, String)]) -> Result<Option<UnixMillis>, Refused> {
    let limit = value(sent, "best_before").and_then(UnixMillis::parse_iso);
    if limit.is_some_and(|limit| limit <= now) {
        return Err(Refused::Past);
    }
    Ok(limit.filter(|limit| *limit <= after(now, LONGEST_LIMIT)))
}
