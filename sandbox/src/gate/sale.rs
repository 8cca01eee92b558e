//! A shop asks for a code.

use std::sync::Arc;

use protocol::gate::{Acknowledgement, PaymentId, SaleRequest};
use protocol::money::Currency;
use protocol::status::{OperationType, PaymentStatus};

use super::Refused;
use super::request::{Kind, Request};
use crate::payment::{Door, Payment};
use crate::platform::Platform;

/// Takes or refuses a request for a code.
pub(super) fn take(platform: &Arc<Platform>, body: &[u8]) -> Result<Acknowledgement, Refused> {
    let request = Request::open(platform, body, "/general/project_id")?;
    check(&request)?;
    let sale: SaleRequest = request.read()?;
    sale.validate()?;
    let (name, payment_id) = (sale.general.payment_id.folded(), sale.general.payment_id.as_str().to_owned());
    let request_id = {
        let ledger = &mut platform.state().ledger;
        if ledger.find(&name).is_some_and(|payment| payment.status != PaymentStatus::Error) {
            return Err(Refused::new("3041").about(&payment_id));
        }
        let operation = ledger.begin(OperationType::Sale, &platform.config.clock, sale.payment.sum());
        let request_id = operation.request_id.clone();
        ledger.add(Payment::new(Door::Gate, sale, operation));
        request_id
    };
    platform.order_code(name);
    Ok(accepted(platform, request_id, payment_id))
}

/// The answer to a request that was taken.
pub(super) fn accepted(platform: &Platform, request_id: String, payment_id: String) -> Acknowledgement {
    Acknowledgement::Accepted {
        request_id: Some(request_id),
        project_id: Some(platform.config.project_id.number().into()),
        payment_id: Some(payment_id),
    }
}

fn check(request: &Request) -> Result<(), Refused> {
    request.require("/general/payment_id", Kind::Text)?;
    PaymentId::new(request.text("/general/payment_id"))?;
    request.require("/customer/id", Kind::Text)?;
    request.require("/customer/ip_address", Kind::Text)?;
    request.allow("/customer/email", Kind::Text)?;
    request.allow("/customer/phone", Kind::Text)?;
    request.require("/payment/amount", Kind::Whole)?;
    request.require("/payment/currency", Kind::Text)?;
    request.allow("/payment/description", Kind::Text)?;
    match Currency::parse(request.text("/payment/currency")) {
        Ok(currency) if currency.is_wechat() => Ok(()),
        Ok(_) => Err(Refused::new("3023").because("payment.currency", "CNY, EUR, HKD, JPY, SGD, THB or USD")),
        Err(_) => Err(Refused::new("3121").because("payment.currency", "^[A-Z]{3}$")),
    }
}
