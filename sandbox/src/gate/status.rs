//! A shop asks what became of a payment or of a request.

use protocol::gate::PaymentId;
use protocol::sign;
use serde_json::Value;

use super::Refused;
use super::request::{Kind, Request};
use crate::message;
use crate::payment::{Operation, Payment};
use crate::platform::Platform;

/// The state of a payment. One that nobody asked for is answered with 200 and code 3061.
pub(super) fn of_payment(platform: &Platform, body: &[u8]) -> Result<Value, Refused> {
    let request = Request::open(platform, body, "/general/project_id")?;
    request.require("/general/payment_id", Kind::Text)?;
    PaymentId::new(request.text("/general/payment_id"))?;
    let is_terminal = match request.text("/destination") {
        "" | "merchant" => false,
        "terminal" => true,
        _ => return Err(Refused::new("502").because("destination", "merchant or terminal")),
    };
    let state = platform.state();
    let Some(payment) = state.ledger.find(request.text("/general/payment_id")) else {
        return Ok(platform.signed(message::unknown()));
    };
    match payment.operations.last() {
        Some(operation) if is_terminal => Ok(terminal(platform, payment, operation)),
        _ => Ok(platform.signed(message::status_answer(payment))),
    }
}

/// The state of one request.
pub(super) fn of_request(platform: &Platform, body: &[u8]) -> Result<Value, Refused> {
    let request = Request::open(platform, body, "/project_id")?;
    request.require("/request_id", Kind::Text)?;
    let state = platform.state();
    let found = state.ledger.find_by_request(request.text("/request_id"));
    let (payment, operation) = found.ok_or_else(Refused::no_such_request)?;
    Ok(terminal(platform, payment, operation))
}

fn terminal(platform: &Platform, payment: &Payment, operation: &Operation) -> Value {
    let mut answer = message::terminal_answer(platform.config.project_id, payment, operation);
    // Only what is no object cannot be signed, and this is one.
    let _ = sign::sign_into_general(&mut answer, &platform.config.secret_key);
    answer
}
