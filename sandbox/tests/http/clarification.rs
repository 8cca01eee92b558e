//! The platform wants to know something about the payer.

use protocol::clarification::ClarificationField;
use protocol::gate::CLARIFICATION_PATH;
use serde_json::{Value, json};

use crate::bench::{Bench, until};

fn answer(additional_data: Value) -> Value {
    json!({"general": {"project_id": 238, "payment_id": "order-1"}, "additional_data": additional_data})
}

#[tokio::test]
async fn a_complete_answer_leads_to_a_new_code() {
    let bench = Bench::new().await;
    let old = bench.code("order-1").await;
    bench.happen("order-1", "clarify", json!({})).await;
    let body = bench.callback("order-1", "awaiting clarification").await;
    assert_eq!(
        (&body["operation"]["status"], &body["operation"]["code"]),
        (&json!("awaiting clarification"), &json!("9999"))
    );
    let fields = ClarificationField::read_all(&body["clarification_fields"]);
    let paths: Vec<_> = fields.iter().map(ClarificationField::path).collect();
    assert_eq!(paths, ["customer.email", "customer.phone"]);

    let data = json!({"customer": {"email": "a@example.com", "phone": "861234567890"}});
    let (status, ack) = bench.ask(CLARIFICATION_PATH, answer(data)).await;
    assert_eq!((status, &ack["status"]), (200, &json!("success")));
    let new =
        until("a new code", || async { bench.payment("order-1").await["code"].as_str().map(str::to_owned) }).await;
    assert_ne!(new, old);
    assert_eq!(bench.payment("order-1").await["customer"]["phone"], "861234567890");
    let scan = bench.post("/phone/scan", &json!({ "code": old })).await;
    assert_eq!((scan.0, &scan.1["error"]), (410, &json!("code-dead")));
    assert_eq!(bench.post("/phone/scan", &json!({ "code": new })).await.0, 200);
}

#[tokio::test]
async fn a_part_and_a_wrong_value_are_asked_for_again() {
    let bench = Bench::new().await;
    bench.code("order-1").await;
    bench.happen("order-1", "clarify", json!({"shape": "schema"})).await;
    let (status, refusal) =
        bench.ask(CLARIFICATION_PATH, answer(json!({"customer": {"email": "a@example.com", "phone": "+86"}}))).await;
    assert_eq!((status, &refusal["code"]), (400, &json!("3191")));
    let again = until("another question", || async {
        let received = bench.shop.received();
        received
            .into_iter()
            .map(|(_, body)| body)
            .find(|body| body["clarification_fields"]["customer"]["errors"].is_array())
    })
    .await;
    let fields = ClarificationField::read_all(&again["clarification_fields"]);
    assert_eq!(fields.len(), 1);
    assert_eq!((fields[0].name.as_str(), fields[0].error.is_some()), ("phone", true));
    assert_eq!(bench.ask(CLARIFICATION_PATH, answer(json!({"customer": {"phone": "8612345678"}}))).await.0, 200);
}

#[tokio::test]
async fn both_published_shapes_can_be_asked_for() {
    let bench = Bench::new().await;
    bench.code("order-1").await;
    bench.happen("order-1", "clarify", json!({"shape": "list"})).await;
    let body = bench.callback("order-1", "awaiting clarification").await;
    assert_eq!(body["clarification_fields"], json!({"customer": ["email", "phone"]}));
    assert_eq!(bench.happen("order-1", "clarify", json!({"shape": "circle"})).await.1["field"], "shape");
}

#[tokio::test]
async fn an_answer_nobody_asked_for_and_one_without_data_are_refused() {
    let bench = Bench::new().await;
    let code = |answer: (u16, Value)| (answer.0, answer.1["code"].as_str().unwrap().to_owned());
    assert_eq!(code(bench.ask(CLARIFICATION_PATH, answer(json!({}))).await), (400, "3061".into()));
    bench.code("order-1").await;
    assert_eq!(code(bench.ask(CLARIFICATION_PATH, answer(json!({}))).await), (400, "3060".into()));
    assert_eq!(code(bench.ask(CLARIFICATION_PATH, answer(Value::Null)).await), (400, "2004".into()));
}

#[tokio::test]
async fn without_an_answer_the_payment_is_declined_after_half_an_hour() {
    let bench = Bench::new().await;
    bench.code("order-1").await;
    bench.happen("order-1", "clarify", json!({})).await;
    bench.callback("order-1", "awaiting clarification").await;
    bench.sandbox.clock().advance(std::time::Duration::from_secs(1801));
    assert_eq!(bench.callback("order-1", "decline").await["operation"]["code"], "20602");
}
