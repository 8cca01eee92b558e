//! The payer confirms, and with that the payment begins to exist.

use std::sync::Arc;

use protocol::gate::{Customer, General, PaymentRequest, ReturnUrl, SaleRequest};
use protocol::status::OperationType;

use super::opening::Opening;
use super::refused::Refused;
use crate::payment::{Door, Payment};
use crate::platform::Platform;

/// Begins the payment, and hands back the request it began with. A payer who confirms twice has one payment.
pub(super) fn take(platform: &Arc<Platform>, opening: &Opening, ip_address: &str) -> Result<String, Refused> {
    if opening.value("force_payment_method").is_some_and(|method| method != "wechat") {
        return Err(Refused::parameter("force_payment_method", "only wechat is part of this sandbox"));
    }
    let request_id = {
        let ledger = &mut platform.state().ledger;
        if let Some(request_id) = opening.under_way(ledger)? {
            return Ok(request_id);
        }
        let sale = ledger.begin(OperationType::Sale, &platform.config.clock, opening.sum);
        let request_id = sale.request_id.clone();
        ledger.add(Payment::new(Door::Page, order(opening, ip_address), sale));
        request_id
    };
    platform.order_code(opening.payment_id.folded());
    Ok(request_id)
}

/// The same as a shop's server would have asked Gate for.
fn order(opening: &Opening, ip_address: &str) -> SaleRequest {
    let text = |name: &str| opening.value(name).map(str::to_owned);
    let mut general = General::new(opening.project, opening.payment_id.clone());
    general.merchant_callback_url = text("merchant_callback_url");
    let mut customer = Customer::new(text("customer_id").unwrap_or_default(), ip_address);
    customer.email = text("customer_email");
    customer.phone = text("customer_phone");
    let mut payment = PaymentRequest::new(opening.sum);
    payment.description = text("payment_description");
    let returns = &opening.returns;
    let return_url = ReturnUrl {
        success: returns.after(true).map(str::to_owned),
        decline: returns.after(false).map(str::to_owned),
        back: returns.back().map(str::to_owned),
    };
    SaleRequest { general, customer, payment, return_url: Some(return_url), callback: None }
}
