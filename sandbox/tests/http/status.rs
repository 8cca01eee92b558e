//! A shop asks what became of a payment.

use protocol::gate::{REQUEST_STATUS_PATH, STATUS_PATH, StatusAnswer, Unknown};
use protocol::sign;
use protocol::status::PaymentStatus;
use serde_json::{Value, json};

use crate::bench::Bench;

fn question(payment_id: &str) -> Value {
    json!({"general": {"project_id": 238, "payment_id": payment_id}})
}

#[tokio::test]
async fn a_payment_is_answered_with_all_its_operations_and_no_code_to_show() {
    let bench = Bench::new().await;
    bench.code("order-1").await;
    let (status, body) = bench.ask(STATUS_PATH, question("ORDER-1")).await;
    assert_eq!(status, 200);
    sign::verify(&body, &bench.key).unwrap();
    let answer: StatusAnswer = serde_json::from_value(body).unwrap();
    assert_eq!(answer.payment.as_ref().unwrap().id.as_deref(), Some("order-1"));
    assert_eq!(answer.payment.as_ref().unwrap().status, Some(PaymentStatus::AwaitingCustomerAction));
    assert_eq!((answer.operations.len(), answer.unknown()), (1, None));
    assert_eq!(answer.display_data, None);

    bench.happen("order-1", "pay", json!({})).await;
    let (_, body) = bench.ask(STATUS_PATH, question("order-1")).await;
    assert_eq!((&body["payment"]["status"], &body["operations"][0]["code"]), (&json!("success"), &json!("0")));
    assert_eq!(body["operations"][0]["provider"]["payment_id"].as_str().map(str::len), Some(9));
}

#[tokio::test]
async fn an_unknown_payment_is_answered_with_200_and_a_code() {
    let bench = Bench::new().await;
    let (status, body) = bench.ask(STATUS_PATH, question("nobody")).await;
    assert_eq!((status, &body["errors"][0]["code"]), (200, &json!("3061")));
    sign::verify(&body, &bench.key).unwrap();
    let answer: StatusAnswer = serde_json::from_value(body).unwrap();
    assert_eq!(answer.unknown(), Some(Unknown::Never));
}

#[tokio::test]
async fn the_terminal_format_and_the_state_of_a_request_are_signed_in_general() {
    let bench = Bench::new().await;
    let ack = bench.sell("order-1").await;
    let mut terminal = question("order-1");
    terminal["destination"] = json!("terminal");
    let (_, body) = bench.ask(STATUS_PATH, terminal.clone()).await;
    sign::verify(&body, &bench.key).unwrap();
    assert_eq!((&body["general"]["payment_id"], &body["signature"]), (&json!("order-1"), &Value::Null));

    let mut request = json!({"project_id": 238, "request_id": ack["request_id"]});
    sign::sign_top_level(&mut request, &bench.key).unwrap();
    let (status, body) = bench.post(REQUEST_STATUS_PATH, &request).await;
    assert_eq!((status, &body["request_id"]), (200, &ack["request_id"]));
    sign::verify(&body, &bench.key).unwrap();

    request["request_id"] = json!("nobody");
    sign::sign_top_level(&mut request, &bench.key).unwrap();
    assert_eq!(bench.post(REQUEST_STATUS_PATH, &request).await.0, 404);
    terminal["destination"] = json!("moon");
    assert_eq!(bench.ask(STATUS_PATH, terminal).await.0, 400);
}

#[tokio::test]
async fn a_question_must_be_signed() {
    let bench = Bench::new().await;
    let (status, body) = bench.post(STATUS_PATH, &question("order-1")).await;
    assert_eq!((status, &body["code"]), (400, &json!("3262")));
}
