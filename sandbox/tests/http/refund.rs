//! A shop gives money back.

use protocol::callback::Callback;
use protocol::gate::REFUND_PATH;
use protocol::status::{OperationStatus, OperationType, PaymentStatus};
use serde_json::{Value, json};

use crate::bench::{Bench, until};

fn refund(payment: Value) -> Value {
    json!({"general": {"project_id": 238, "payment_id": "order-1"}, "customer": {"ip_address": "1.2.3.4"}, "payment": payment})
}

async fn refused(bench: &Bench, payment: Value) -> String {
    let (status, body) = bench.ask(REFUND_PATH, refund(payment)).await;
    assert_eq!((status, &body["status"]), (400, &json!("error")), "{body}");
    body["code"].as_str().unwrap().to_owned()
}

/// Waits for the callback about the refund that was acknowledged with this request.
async fn outcome(bench: &Bench, ack: &Value) -> Value {
    until("the refund's callback", || async {
        let received = bench.shop.received();
        received.into_iter().map(|(_, body)| body).find(|body| body["operation"]["request_id"] == ack["request_id"])
    })
    .await
}

#[tokio::test]
async fn parts_are_given_back_until_nothing_is_left() {
    let bench = Bench::new().await;
    bench.paid("order-1").await;
    let part = json!({"amount": 1000, "currency": "EUR", "description": "half", "merchant_refund_id": "r-1"});
    let (_, ack) = bench.ask(REFUND_PATH, refund(part)).await;
    let body = outcome(&bench, &ack).await;
    assert_eq!(body["payment"]["merchant_refund_id"], "r-1");
    assert_eq!(body["payment"]["sum"]["amount"], 840);
    let callback = Callback::from_value(body).unwrap();
    assert_eq!(callback.payment.unwrap().status, Some(PaymentStatus::PartiallyRefunded));
    let operation = callback.operation.unwrap();
    assert_eq!((operation.kind, operation.status), (Some(OperationType::Refund), Some(OperationStatus::Success)));
    assert_eq!(operation.sum_initial.unwrap().amount, 1000);

    let (_, ack) = bench.ask(REFUND_PATH, refund(json!({"description": "the rest"}))).await;
    let body = outcome(&bench, &ack).await;
    assert_eq!(body["payment"]["status"], "refunded");
    assert_eq!(body["operation"]["sum_initial"]["amount"], 840);
    assert_eq!(refused(&bench, json!({"description": "again"})).await, "3060");
}

#[tokio::test]
async fn too_much_is_acknowledged_and_declined_while_the_payment_stays_paid() {
    let bench = Bench::new().await;
    bench.paid("order-1").await;
    let (status, ack) =
        bench.ask(REFUND_PATH, refund(json!({"amount": 1841, "currency": "EUR", "description": "x"}))).await;
    assert_eq!(status, 200);
    let body = outcome(&bench, &ack).await;
    assert_eq!((&body["operation"]["type"], &body["operation"]["status"]), (&json!("refund"), &json!("decline")));
    assert_eq!((&body["operation"]["code"], &body["payment"]["status"]), (&json!("3283"), &json!("success")));
}

#[tokio::test]
async fn a_refund_that_makes_no_sense_is_refused_with_its_code() {
    let bench = Bench::new().await;
    assert_eq!(refused(&bench, json!({"description": "x"})).await, "3061");
    bench.code("order-1").await;
    assert_eq!(refused(&bench, json!({"description": "x"})).await, "3060");
    bench.happen("order-1", "pay", json!({})).await;
    assert_eq!(refused(&bench, json!({"amount": 1})).await, "3287");
    assert_eq!(refused(&bench, json!({"currency": "EUR"})).await, "3286");
    assert_eq!(refused(&bench, json!({"amount": 1, "currency": "USD"})).await, "3284");
    assert_eq!(refused(&bench, json!({"amount": 1, "currency": "euro"})).await, "3121");
    assert_eq!(refused(&bench, json!({"amount": 0, "currency": "EUR"})).await, "502");
    let named = json!({"amount": 1, "currency": "EUR", "merchant_refund_id": "r-1"});
    assert_eq!(bench.ask(REFUND_PATH, refund(named.clone())).await.0, 200);
    assert_eq!(refused(&bench, named).await, "3230");
}

#[tokio::test]
async fn of_two_refunds_at_once_only_what_is_left_is_given() {
    let bench = Bench::new().await;
    bench.paid("order-1").await;
    bench.faults(json!({"callback_delay_ms": 60_000})).await;
    let most = json!({"amount": 1000, "currency": "EUR", "description": "most"});
    let (_, first) = bench.ask(REFUND_PATH, refund(most.clone())).await;
    let (_, second) = bench.ask(REFUND_PATH, refund(most)).await;
    bench.sandbox.clock().advance(std::time::Duration::from_secs(61));
    let statuses =
        [outcome(&bench, &first).await, outcome(&bench, &second).await].map(|body| body["operation"]["status"].clone());
    assert!(statuses.contains(&json!("success")) && statuses.contains(&json!("decline")), "{statuses:?}");
}
