//! A payment as the sandbox shows it to those behind the scenes.

use protocol::date::UnixMillis;
use serde_json::{Value, json};

use crate::date::iso;
use crate::payment::{Door, Payment};
use crate::wechat::WechatCode;

/// Everything the sandbox knows of a payment.
pub(super) fn of(payment: &Payment, now: UnixMillis) -> Value {
    let callbacks = payment.sent.iter().map(|sent| json!({"body": sent.body, "answer": sent.answer}));
    let operations = payment.operations.iter().map(|operation| {
        json!({
            "id": operation.id,
            "type": operation.kind,
            "status": operation.status,
            "code": operation.code,
            "request_id": operation.request_id,
            "sum": {"amount": operation.sum.amount, "currency": operation.sum.currency},
        })
    });
    let code = payment.code.as_ref();
    json!({
        "payment_id": payment.id,
        "interface": if payment.door == Door::Page { "payment_page" } else { "gate" },
        "status": payment.status,
        "sum": {"amount": payment.sum.amount, "currency": payment.sum.currency},
        "description": payment.description,
        "created_date": payment.sale().map(|sale| iso(sale.created)),
        "customer": {"id": payment.customer.id, "ip_address": payment.customer.ip_address,
            "email": payment.customer.email, "phone": payment.customer.phone},
        "code": code.map(WechatCode::text),
        "code_expires_in": code.map(|code| code.ends.since(now) as f64 / 1000.0),
        "display_data": payment.display_data,
        "operations": operations.collect::<Vec<_>>(),
        "callbacks": callbacks.collect::<Vec<_>>(),
    })
}
