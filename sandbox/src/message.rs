//! Payments in ECommPay's words: callbacks and status answers, unsigned.

use protocol::gate::ProjectId;
use protocol::money::Money;
use protocol::status::PaymentStatus;
use serde_json::{Value, json};

use crate::date::iso;
use crate::object::Object;
use crate::payment::{Operation, Payment, Wanted};
use crate::result_code;

/// The number of the provider that ECommPay's examples name.
const PROVIDER: i64 = 1173;

/// A callback about an operation. The project is added when it is signed.
pub(crate) fn callback(payment: &Payment, operation: Option<&Operation>) -> Object {
    let refund_id = operation.and_then(|operation| operation.merchant_refund_id.clone());
    Object::of(json!({"customer": {"id": payment.customer.id}}))
        .with("payment", payment_object(payment).with_some("merchant_refund_id", refund_id))
        .with_some("operation", operation.map(operation_object))
        .with_some("errors", errors(payment))
}

/// The answer to a status query, in the merchant's format. It has no `display_data`: ECommPay promises none.
pub(crate) fn status_answer(payment: &Payment) -> Object {
    let operations: Vec<Value> = payment.operations.iter().map(operation_object).collect();
    Object::of(json!({"customer": {"id": payment.customer.id}, "operations": operations}))
        .with("payment", payment_object(payment))
        .with_some("errors", errors(payment))
        .with_some("clarification_fields", payment.wanted.as_ref().map(Wanted::to_value))
}

/// The same in the Payment Page's format, for one operation.
pub(crate) fn terminal_answer(project: ProjectId, payment: &Payment, operation: &Operation) -> Value {
    let operations: Vec<Value> = payment.operations.iter().map(operation_object).collect();
    let answered = if payment.status == PaymentStatus::Error { "error" } else { "success" };
    json!({
        "general": {"project_id": project, "payment_id": payment.id},
        "request_id": operation.request_id,
        "status": answered,
        "transaction": {"id": operation.id, "date": iso(operation.updated), "type": operation.kind},
        "payment": {"id": payment.id, "method": "wechat", "status": payment.status, "date": iso(payment.updated),
            "result_code": operation.code, "result_message": operation.message(),
            "is_new_attempts_available": false, "attempts_timeout": 0},
        "sum_request": sum(operation.sum),
        "sum_real": sum(operation.sum),
        "operations": operations,
        "errors": payment.errors,
    })
}

/// The answer to a query about a payment nobody asked for. Its `error` is no status of a payment.
pub(crate) fn unknown() -> Object {
    let error = json!({"code": "3061", "message": result_code::text("3061")});
    Object::of(json!({"payment": {"status": "error"}, "errors": [error]}))
}

fn payment_object(payment: &Payment) -> Object {
    let object = Object::of(json!({
        "id": payment.id,
        "type": "purchase",
        "status": payment.status,
        "date": iso(payment.updated),
        "method": "wechat",
        "sum": sum(payment.shown_sum()),
    }));
    object.with_some("description", payment.description.clone())
}

fn operation_object(operation: &Operation) -> Value {
    let (number, date) = operation.receipt.clone().unzip();
    let provider = Object::of(json!({"id": PROVIDER, "payment_id": number.unwrap_or_default(), "auth_code": ""}))
        .with_some("date", date.map(iso));
    let object = Object::of(json!({
        "id": operation.id,
        "type": operation.kind,
        "status": operation.status,
        "date": iso(operation.updated),
        "created_date": iso(operation.created),
        "request_id": operation.request_id,
        "sum_initial": sum(operation.sum),
        "sum_converted": sum(operation.sum),
        "code": operation.code,
        "message": operation.message(),
    }));
    object.with("provider", provider).into()
}

fn errors(payment: &Payment) -> Option<Value> {
    (!payment.errors.is_empty()).then(|| json!(payment.errors))
}

fn sum(money: Money) -> Value {
    json!({"amount": money.amount, "currency": money.currency})
}
