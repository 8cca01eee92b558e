//! A shop gives money back.

use std::sync::Arc;

use protocol::gate::{Acknowledgement, PaymentId, RefundRequest};
use protocol::money::{Currency, Money};
use protocol::status::{OperationType, PaymentStatus};

use super::Refused;
use super::request::{Kind, Request};
use super::sale::accepted;
use crate::delivery::Callback;
use crate::ledger::Ledger;
use crate::message;
use crate::platform::{Platform, receipt};

/// Takes or refuses a request for a refund. One that asks for too much is taken and declined by callback, as
/// ECommPay's WeChat page shows it.
pub(super) fn take(platform: &Arc<Platform>, body: &[u8]) -> Result<Acknowledgement, Refused> {
    let request = Request::open(platform, body, "/general/project_id")?;
    check(&request)?;
    let refund: RefundRequest = request.read()?;
    let (name, payment_id) = (refund.general.payment_id.folded(), refund.general.payment_id.as_str().to_owned());
    let (operation, request_id) = {
        let ledger = &mut platform.state().ledger;
        let sum = refundable(ledger, &refund).map_err(|refused| refused.about(&payment_id))?;
        let mut operation = ledger.begin(OperationType::Refund, &platform.config.clock, sum);
        operation.merchant_refund_id = refund.payment.merchant_refund_id;
        let known = (operation.id, operation.request_id.clone());
        if let Some(payment) = ledger.find_mut(&name) {
            payment.operations.push(operation);
        }
        known
    };
    settle_later(platform, name, operation);
    Ok(accepted(platform, request_id, payment_id))
}

fn check(request: &Request) -> Result<(), Refused> {
    request.require("/general/payment_id", Kind::Text)?;
    PaymentId::new(request.text("/general/payment_id"))?;
    request.require("/payment", Kind::Object)?;
    request.allow("/payment/amount", Kind::Whole)?;
    request.allow("/payment/currency", Kind::Text)?;
    request.allow("/payment/description", Kind::Text)?;
    request.allow("/payment/merchant_refund_id", Kind::Text)?;
    match (request.has("/payment/amount"), request.has("/payment/currency")) {
        (true, false) => return Err(Refused::new("3287").because("payment.currency", "required with amount")),
        (false, true) => return Err(Refused::new("3286").because("payment.amount", "required with currency")),
        (false, false) => return Ok(()),
        (true, true) => {}
    }
    if Currency::parse(request.text("/payment/currency")).is_err() {
        return Err(Refused::new("3121").because("payment.currency", "^[A-Z]{3}$"));
    }
    if request.at("/payment/amount").as_i64().is_none_or(|amount| amount < 1) {
        return Err(Refused::new("502").because("payment.amount", "at least 1"));
    }
    Ok(())
}

/// What is to go back, where the payment allows it.
fn refundable(ledger: &Ledger, refund: &RefundRequest) -> Result<Money, Refused> {
    let payment = ledger.find(refund.general.payment_id.as_str()).ok_or(Refused::new("3061"))?;
    if let Some(id) = &refund.payment.merchant_refund_id
        && ledger.operations().any(|(_, operation)| operation.merchant_refund_id.as_ref() == Some(id))
    {
        return Err(Refused::new("3230").because("payment.merchant_refund_id", "unique"));
    }
    if !matches!(payment.status, PaymentStatus::Success | PaymentStatus::PartiallyRefunded) {
        return Err(Refused::new("3060"));
    }
    match (refund.payment.amount, refund.payment.currency) {
        (Some(amount), Some(currency)) if currency == payment.sum.currency => Ok(Money::new(amount, currency)),
        (Some(_), _) => Err(Refused::new("3284").because("payment.currency", payment.sum.currency.code())),
        (None, _) => Ok(Money::new(payment.sum.amount - payment.refunded(), payment.sum.currency)),
    }
}

fn settle_later(platform: &Arc<Platform>, name: String, operation: i64) {
    let delay = platform.callback_delay();
    let platform = Arc::clone(platform);
    platform.clone().spawn(async move {
        platform.config.clock.wait(delay).await;
        let callback = {
            let now = platform.now();
            let mut state = platform.state();
            let Some(payment) = state.ledger.find_mut(&name) else { return };
            payment.settle_refund(now, operation, receipt());
            Callback::informative(payment, message::callback(payment, payment.operation(operation)))
        };
        platform.deliver(callback, std::time::Duration::ZERO);
    });
}
