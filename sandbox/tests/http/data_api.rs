//! The Data API.

use protocol::data_api::{OPERATIONS_PATH, OperationsAnswer};
use protocol::gate::REFUND_PATH;
use protocol::sign::{self, SecretKey};
use serde_json::{Value, json};

use crate::bench::{Bench, until};

async fn ask(bench: &Bench, question: Value) -> (u16, Value) {
    let key = SecretKey::new("sandbox-user-key").unwrap();
    let mut body = json!({"token": "sandbox-user-token"});
    body.as_object_mut().unwrap().extend(question.as_object().unwrap().clone());
    sign::sign_top_level(&mut body, &key).unwrap();
    let (status, answer) = bench.post(OPERATIONS_PATH, &body).await;
    if status == 200 {
        sign::verify(&answer, &key).unwrap();
    }
    (status, answer)
}

async fn names(bench: &Bench, question: Value) -> Vec<String> {
    let answer: OperationsAnswer = serde_json::from_value(ask(bench, question).await.1).unwrap();
    let name = |payment_id: Option<String>, kind: Option<String>| format!("{} {}", payment_id.unwrap(), kind.unwrap());
    answer.operations.into_iter().map(|one| name(one.payment_id, one.operation_type)).collect()
}

/// Two payments, the first of them paid and given back.
async fn history() -> Bench {
    let bench = Bench::new().await;
    bench.paid("order-1").await;
    bench.code("order-2").await;
    let refund = json!({"general": {"project_id": 238, "payment_id": "order-1"}, "payment": {"description": "x"}});
    assert_eq!(bench.ask(REFUND_PATH, refund).await.0, 200);
    until("the refund", || async { (bench.payment("order-1").await["status"] == "refunded").then_some(()) }).await;
    bench
}

#[tokio::test]
async fn every_operation_is_told_in_order_and_as_text() {
    let bench = history().await;
    assert_eq!(names(&bench, json!({})).await, ["order-1 sale", "order-2 sale", "order-1 refund"]);
    let (_, answer) = ask(&bench, json!({"limit": 1})).await;
    let operation = &answer["operations"][0];
    assert_eq!((&operation["project_id"], &operation["sum_initial"]["amount"]), (&json!("238"), &json!("1840")));
    assert_eq!(
        (&operation["operation_status"], &operation["payment_method_type"]),
        (&json!("success"), &json!("wechat"))
    );
    assert_eq!(operation["operation_created_at"].as_str().map(str::len), Some(19));
}

#[tokio::test]
async fn a_question_may_be_narrowed() {
    let bench = history().await;
    assert_eq!(names(&bench, json!({"operation_type": "refund"})).await, ["order-1 refund"]);
    assert_eq!(names(&bench, json!({"operation_status": ["awaiting customer action"]})).await, ["order-2 sale"]);
    assert_eq!(names(&bench, json!({"limit": 1, "offset": 1})).await, ["order-2 sale"]);
    assert!(names(&bench, json!({"project_id": [1]})).await.is_empty());
    assert!(names(&bench, json!({"customer_id": "nobody"})).await.is_empty());
    assert!(
        names(&bench, json!({"interval": {"from": "2019-01-28 00:00:00", "to": "2019-01-29 00:00:00"}}))
            .await
            .is_empty()
    );
    let always = json!({"from": "2019-01-28 00:00:00", "to": "2199-01-01 00:00:00"});
    assert_eq!(names(&bench, json!({"interval": always, "tz": "+08:00"})).await.len(), 3);
    let (_, answer) = ask(&bench, json!({"fields": ["payment_id"], "limit": 1})).await;
    assert_eq!(answer["operations"][0], json!({"payment_id": "order-1"}));
}

#[tokio::test]
async fn a_question_that_cannot_be_answered_is_refused() {
    let bench = Bench::new().await;
    assert_eq!(ask(&bench, json!({"limit": 1001})).await.0, 400);
    assert_eq!(ask(&bench, json!({"tz": "Nowhere/Town"})).await.0, 400);
    assert_eq!(ask(&bench, json!({"interval": {"from": "yesterday", "to": "today"}})).await.0, 400);
    let (status, error) = ask(&bench, json!({"token": "somebody-else"})).await;
    assert_eq!((status, &error["status"]), (401, &json!("401")));
    let unsigned = json!({"token": "sandbox-user-token"});
    assert_eq!(bench.post(OPERATIONS_PATH, &unsigned).await.0, 400);
    let mut wrong_key = unsigned;
    sign::sign_top_level(&mut wrong_key, &bench.key).unwrap();
    assert_eq!(bench.post(OPERATIONS_PATH, &wrong_key).await.0, 400, "the project's key is not the user's");
}
