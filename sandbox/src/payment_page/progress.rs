//! How far a payment is that a payer confirmed, and what the payer may do next.
//!
//! The page asks by the request that it confirmed with. Nobody can guess one, so that no cookie is needed to
//! tell payers apart: none would arrive from within another site's frame.

use std::sync::Arc;

use protocol::sign;
use protocol::status::PaymentStatus;
use serde_json::{Map, Value, json};

use super::refused::Refused;
use crate::message;
use crate::object::Object;
use crate::payment::{Door, Operation, Payment, Wanted};
use crate::platform::Platform;
use crate::wechat::WechatCode;

/// What the page is to show.
pub(super) fn of(platform: &Platform, request_id: &str) -> Result<Value, Refused> {
    let now = platform.now();
    let state = platform.state();
    let (payment, sale) = find(state.ledger.find_by_request(request_id))?;
    let code = payment.code.as_ref().filter(|_| payment.status == PaymentStatus::AwaitingCustomerAction);
    let (step, code, wanted) = if payment.is_settled() {
        ("result", None, None)
    } else if let Some(wanted) = &payment.wanted {
        ("clarification", None, Some(wanted))
    } else {
        (if code.is_some() { "wechat" } else { "waiting" }, code, None)
    };
    let progress = Object::of(json!({"request_id": request_id, "step": step}))
        .with_some("code", code.map(|code| shown(code, code.ends.since(now))))
        .with_some("wanted", wanted.map(asked))
        .with_some("outcome", payment.is_settled().then(|| outcome(platform, payment, sale)));
    Ok(progress.into())
}

/// The payer hands in what was asked for.
pub(super) fn clarify(platform: &Arc<Platform>, request_id: &str, answer: &Value) -> Result<(), Refused> {
    let now = platform.now();
    let additional: Map<_, _> = [("customer".to_owned(), answer.clone())].into_iter().collect();
    let name = name(platform, request_id)?;
    let is_complete = {
        let ledger = &mut platform.state().ledger;
        let payment = ledger.find_mut(&name).ok_or(Refused::UnknownRequest)?;
        payment.take_answer(now, &additional).ok_or(Refused::NothingAsked)?
    };
    if is_complete {
        platform.order_code(name);
    } else {
        platform.tell_wanted(&name);
    }
    Ok(())
}

/// The payer wants another code in place of one that ran out. UNCONFIRMED that ECommPay's page offers it.
pub(super) fn renew(platform: &Arc<Platform>, request_id: &str) -> Result<(), Refused> {
    let name = name(platform, request_id)?;
    let now = platform.now();
    {
        let ledger = &mut platform.state().ledger;
        let payment = ledger.find_mut(&name).ok_or(Refused::UnknownRequest)?;
        payment.take_back_code(now).ok_or(Refused::NoCodeWanted)?;
    }
    platform.order_code(name);
    Ok(())
}

/// The text of the code that the payer could use now.
pub(super) fn code(platform: &Platform, request_id: &str) -> Result<String, Refused> {
    let state = platform.state();
    let (payment, _) = find(state.ledger.find_by_request(request_id))?;
    payment.code.as_ref().map(WechatCode::text).ok_or(Refused::NoCodeWanted)
}

fn name(platform: &Platform, request_id: &str) -> Result<String, Refused> {
    let state = platform.state();
    find(state.ledger.find_by_request(request_id)).map(|(payment, _)| payment.id.folded())
}

/// Requests that came through Gate are none of the page's.
fn find<'a>(found: Option<(&'a Payment, &'a Operation)>) -> Result<(&'a Payment, &'a Operation), Refused> {
    found.filter(|(payment, _)| payment.door == Door::Page).ok_or(Refused::UnknownRequest)
}

fn shown(code: &WechatCode, left: i64) -> Value {
    let picture = ["/codes/", &code.token, ".png"].concat();
    json!({"text": code.text(), "picture": picture, "expires_in": left as f64 / 1000.0})
}

fn asked(wanted: &Wanted) -> Value {
    wanted.fields().map(|(name, is_wrong)| json!({"name": name, "is_wrong": is_wrong})).collect()
}

/// What became of the payment, with the object that `onPaymentSuccess` and `onPaymentFail` are called with:
/// the platform's other format, signed as everything of its.
fn outcome(platform: &Platform, payment: &Payment, sale: &Operation) -> Value {
    let is_paid = payment.status.is_paid() || payment.status.is_returned();
    let return_url = if is_paid { &payment.return_url.success } else { &payment.return_url.decline };
    let event = Object::of(message::terminal_answer(platform.config.project_id, payment, sale))
        .with("customer", json!({"id": payment.customer.id}))
        .with("description", payment.description.as_deref().unwrap_or_default())
        .with("transaction", json!({"id": sale.id, "date": crate::date::iso(sale.updated), "type": "purchase"}))
        .with_some("return_url", return_url.clone());
    let mut event = Value::from(event);
    // Only what is no object cannot be signed, and this is one.
    let _ = sign::sign_into_general(&mut event, &platform.config.secret_key);
    json!({"is_paid": is_paid, "event": event})
}
