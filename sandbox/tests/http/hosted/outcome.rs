//! What the page is told of the outcome, and passes on to the shop's page.

use protocol::sign;
use serde_json::json;

use crate::bench::Bench;

#[tokio::test]
async fn the_shops_page_gets_the_platforms_other_format_signed() {
    let bench = Bench::new().await;
    let address = "https://shop.example/thanks";
    let parameters = bench.signed(bench.with_parameters("order-1", &[("redirect_success_url", address)]));
    let (_, begun) = bench.confirm(&parameters).await;
    bench.happen("order-1", "pay", json!({})).await;
    let outcome = bench.step(begun["request_id"].as_str().unwrap(), "result").await["outcome"].clone();
    let event = &outcome["event"];
    sign::verify(event, &bench.key).unwrap();
    assert_eq!(event["request_id"], begun["request_id"]);
    assert_eq!((&event["general"]["payment_id"], &event["general"]["project_id"]), (&json!("order-1"), &json!(238)));
    let payment = &event["payment"];
    assert_eq!((&payment["method"], &payment["status"]), (&json!("wechat"), &json!("success")));
    assert_eq!((&payment["result_code"], &payment["result_message"]), (&json!("0"), &json!("Success")));
    assert_eq!(payment["is_new_attempts_available"], false);
    assert_eq!(event["sum_request"], json!({"amount": 1840, "currency": "EUR"}));
    assert_eq!(event["sum_real"], event["sum_request"]);
    assert_eq!(event["transaction"]["type"], "purchase");
    assert_eq!(event["operations"][0]["type"], "sale");
    assert_eq!((&event["return_url"], &event["customer"]["id"]), (&json!(address), &json!("customer123")));
}

#[tokio::test]
async fn a_decline_names_its_code() {
    let bench = Bench::new().await;
    let request_id = bench.confirmed("order-1").await;
    bench.happen("order-1", "decline", json!({"code": "20101"})).await;
    let outcome = bench.step(&request_id, "result").await["outcome"].clone();
    assert_eq!(outcome["is_paid"], false);
    assert_eq!(outcome["event"]["payment"]["result_code"], "20101");
    assert!(outcome["event"].get("return_url").is_none());
}

#[tokio::test]
async fn the_page_knows_the_outcome_before_a_callback_that_is_held_back() {
    let bench = Bench::new().await;
    bench.faults(json!({"callback_delay_ms": 600_000})).await;
    let request_id = bench.confirmed("order-1").await;
    bench.happen("order-1", "pay", json!({})).await;
    bench.step(&request_id, "result").await;
    assert!(bench.shop.received().is_empty());
    bench.sandbox.clock().advance(std::time::Duration::from_secs(601));
    bench.callback("order-1", "success").await;
}
