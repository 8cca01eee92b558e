//! What happens when a code is scanned.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use protocol::date::UnixMillis;
use protocol::status::PaymentStatus;
use serde_json::{Value, json};
use thiserror::Error;

use crate::object::Object;
use crate::payment::Payment;
use crate::platform::Platform;
use crate::wechat::{WechatCode, token_of};

/// Why a scan leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum ScanError {
    /// It is no code of WeChat Pay's.
    #[error("Not a WeChat Pay code")]
    NotWechat,
    /// The payer was too late, or the shop made a newer one, or the payment was refused.
    #[error("This code is no longer valid")]
    Dead,
    /// Somebody paid it.
    #[error("Already paid")]
    Paid,
    /// The request makes no sense.
    #[error("code, and accept to pay, are expected")]
    Malformed,
}

impl ScanError {
    fn code(self) -> &'static str {
        match self {
            Self::NotWechat => "not-wechat",
            Self::Dead => "code-dead",
            Self::Paid => "already-paid",
            Self::Malformed => "request-invalid",
        }
    }
}

impl IntoResponse for ScanError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::NotWechat => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Dead => StatusCode::GONE,
            Self::Paid => StatusCode::CONFLICT,
            Self::Malformed => StatusCode::BAD_REQUEST,
        };
        (status, Json(json!({"error": self.code(), "message": self.to_string()}))).into_response()
    }
}

/// What a payer sees after scanning.
pub(super) fn scan(platform: &Platform, scanned: &str) -> Result<Value, ScanError> {
    let now = platform.now();
    let state = platform.state();
    let token = token_of(scanned).ok_or(ScanError::NotWechat)?;
    let payment = state.ledger.find_by_code(token).ok_or(ScanError::Dead)?;
    check(payment, token, now)?;
    Ok(offer(payment).into())
}

/// Pays, or refuses to.
pub(crate) fn pay(platform: &Arc<Platform>, scanned: &str, accept: bool) -> Result<(), ScanError> {
    let now = platform.now();
    let token = token_of(scanned).ok_or(ScanError::NotWechat)?;
    let name = {
        let state = platform.state();
        let payment = state.ledger.find_by_code(token).ok_or(ScanError::Dead)?;
        check(payment, token, now)?;
        payment.id.folded()
    };
    if accept {
        platform.pay(&name).map_err(|_| ScanError::Paid)
    } else {
        platform.settle(&name, |payment, now| payment.decline(now, "20301")).map_err(|_| ScanError::Dead)
    }
}

/// The codes that could be scanned, the newest first.
pub(super) fn waiting(platform: &Platform) -> Value {
    let now = platform.now();
    let state = platform.state();
    let mut codes: Vec<Value> = state
        .ledger
        .payments()
        .filter(|payment| payment.status == PaymentStatus::AwaitingCustomerAction)
        .filter_map(|payment| Some((payment, payment.code.as_ref().filter(|code| code.is_alive(now))?)))
        .map(|(payment, code)| offer(payment).with("code", code.text()).into())
        .collect();
    codes.reverse();
    codes.truncate(20);
    Value::Array(codes)
}

fn check(payment: &Payment, token: &str, now: UnixMillis) -> Result<(), ScanError> {
    let is_newest = |code: &WechatCode| code.token == token && code.is_alive(now);
    if payment.status.is_paid() || payment.status.is_returned() {
        Err(ScanError::Paid)
    } else if payment.status == PaymentStatus::AwaitingCustomerAction && payment.code.as_ref().is_some_and(is_newest) {
        Ok(())
    } else {
        Err(ScanError::Dead)
    }
}

fn offer(payment: &Payment) -> Object {
    Object::of(json!({
        "payment_id": payment.id,
        "shop": payment.description.as_deref().unwrap_or(payment.id.as_str()),
        "amount": payment.sum.to_decimal(),
        "currency": payment.sum.currency,
    }))
}
