//! The operator watches.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::world::{World, sale};

#[tokio::test]
async fn health_and_metrics_tell_how_things_stand() {
    let world = World::open().await;
    let response = world.get("/health").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.json::<Value>().await.unwrap(), json!({"status": "ok"}));

    let bought = world.buy_with_code().await;
    world.buy().await;
    world.callback(&sale(&bought.payment_id(), "success")).await;
    let response = world.get("/metrics").await;
    assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
    for (line, value) in [
        ("merchant_checkouts{state=\"paid\"}", 1),
        ("merchant_checkouts{state=\"open\"}", 1),
        ("merchant_callbacks_total{result=\"applied\"}", 2),
        ("merchant_gate_requests_total{request=\"sale\",result=\"accepted\"}", 2),
        ("merchant_unacknowledged_sales", 0),
    ] {
        assert_eq!(world.metric(line).await, value, "{line}");
    }
}
