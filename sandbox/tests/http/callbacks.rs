//! How callbacks travel.

use std::time::Duration;

use protocol::gate::SALE_PATH;
use serde_json::json;

use crate::bench::{Bench, until};

#[tokio::test]
async fn a_callback_is_sent_again_until_it_is_answered_with_200() {
    let bench = Bench::with(|config| config.redelivery_scale = 0.001).await;
    bench.shop.answer_with(500);
    bench.sell("order-1").await;
    until("four attempts", || async { (bench.shop.received().len() >= 4).then_some(()) }).await;
    bench.shop.answer_with(200);
    let answers = until("a taken callback", || async {
        let payment = bench.payment("order-1").await;
        let answers: Vec<_> =
            payment["callbacks"].as_array().unwrap().iter().map(|sent| sent["answer"].clone()).collect();
        answers.contains(&json!(200)).then_some(answers)
    })
    .await;
    assert!(answers[..answers.len() - 1].iter().all(|answer| *answer == json!(500)), "{answers:?}");
    bench.sandbox.clock().advance(Duration::from_secs(3600));
    assert_eq!(bench.payment("order-1").await["callbacks"].as_array().unwrap().len(), answers.len());
    let first = &bench.shop.received()[0].1;
    assert!(bench.shop.received().iter().all(|(_, body)| body == first), "always the same body");
}

#[tokio::test]
async fn a_redirect_is_no_200_and_a_shop_that_is_away_is_recorded_as_no_answer() {
    let bench = Bench::new().await;
    bench.shop.answer_with(307);
    bench.sell("order-1").await;
    until("a second attempt", || async { (bench.shop.received().len() >= 2).then_some(()) }).await;

    let mut sale = bench.sale("order-2");
    sale["general"]["merchant_callback_url"] = json!("http://127.0.0.1:9/callbacks");
    assert_eq!(bench.ask(SALE_PATH, sale).await.0, 200);
    until("a failed attempt", || async {
        let payment = bench.payment("order-2").await;
        payment["callbacks"].get(0).map(|sent| assert_eq!(sent["answer"], json!(null)))
    })
    .await;
}

#[tokio::test]
async fn the_pauses_are_ecommpays() {
    let bench = Bench::with(|config| config.redelivery_scale = 1.0).await;
    bench.shop.answer_with(500);
    bench.sell("order-1").await;
    let attempts = async |count: usize| {
        until(&format!("{count} attempts"), || async {
            (bench.payment("order-1").await["callbacks"].as_array().unwrap().len() == count).then_some(())
        })
        .await;
        // The pause begins after the attempt was recorded.
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    for attempt in 1..=6 {
        attempts(attempt).await;
        bench.sandbox.clock().advance(Duration::from_secs(10));
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    attempts(6).await;
    bench.sandbox.clock().advance(Duration::from_secs(80));
    attempts(7).await;
}

#[tokio::test]
async fn outcomes_go_to_their_own_addresses_where_there_are_any() {
    let bench = Bench::new().await;
    for (payment_id, event, status, place) in
        [("order-1", "pay", "success", "good"), ("order-2", "decline", "decline", "bad")]
    {
        let mut sale = bench.sale(payment_id);
        sale["general"]["merchant_success_callback_url"] = json!(bench.shop.address("good"));
        sale["general"]["merchant_decline_callback_url"] = json!(bench.shop.address("bad"));
        assert_eq!(bench.ask(SALE_PATH, sale).await.0, 200);
        bench.callback(payment_id, "awaiting customer action").await;
        bench.happen(payment_id, event, json!({})).await;
        bench.callback(payment_id, status).await;
        let places: Vec<_> = bench
            .shop
            .received()
            .into_iter()
            .filter(|(_, body)| body["payment"]["id"] == payment_id)
            .map(|(place, _)| place)
            .collect();
        assert_eq!(places, ["any", place]);
    }
}

#[tokio::test]
async fn the_projects_address_is_used_when_a_request_names_none() {
    let bench = Bench::new().await;
    let address = bench.shop.address("project");
    let other = Bench::with(|config| config.callback_url = Some(address)).await;
    let mut sale = other.sale("order-1");
    sale["general"].as_object_mut().unwrap().remove("merchant_callback_url");
    assert_eq!(other.ask(SALE_PATH, sale).await.0, 200);
    bench.callback("order-1", "awaiting customer action").await;
    assert_eq!(bench.shop.received()[0].0, "project");
}

#[tokio::test]
async fn a_success_is_told_as_ecommpays_page_prints_it() {
    let bench = Bench::new().await;
    bench.paid("order-1").await;
    let body = bench.callback("order-1", "success").await;
    let operation = &body["operation"];
    assert_eq!(
        (&operation["type"], &operation["status"], &operation["code"]),
        (&json!("sale"), &json!("success"), &json!("0"))
    );
    assert_eq!((&body["payment"]["type"], &body["payment"]["method"]), (&json!("purchase"), &json!("wechat")));
    assert_eq!(body["payment"]["sum"], json!({"amount": 1840, "currency": "EUR"}));
    assert_eq!(body["project_id"], 238);
    assert!(operation["date"].as_str().unwrap().ends_with("+0000"));
    assert!(body.get("display_data").is_none());
}

#[tokio::test]
async fn duplicates_lost_ones_and_late_older_ones_come_on_demand() {
    let bench = Bench::new().await;
    bench.faults(json!({"duplicate_callbacks": 2})).await;
    bench.sell("order-1").await;
    until("three of the same", || async { (bench.shop.received().len() == 3).then_some(()) }).await;

    let bench = Bench::new().await;
    bench.faults(json!({"drop_callbacks": 2})).await;
    bench.sell("order-1").await;
    bench.callback("order-1", "awaiting customer action").await;
    let callbacks = until("a recorded answer", || async {
        let callbacks = bench.payment("order-1").await["callbacks"].clone();
        (callbacks.as_array().unwrap().len() == 3).then_some(callbacks)
    })
    .await;
    let answers: Vec<_> = callbacks.as_array().unwrap().iter().map(|sent| sent["answer"].clone()).collect();
    assert_eq!(answers, [json!(null), json!(null), json!(200)]);
    assert_eq!(bench.shop.received().len(), 1);

    let bench = Bench::new().await;
    bench.faults(json!({"reorder_callbacks": true})).await;
    bench.code("order-1").await;
    bench.callback("order-1", "awaiting customer action").await;
    bench.happen("order-1", "pay", json!({})).await;
    until("an old one after the new one", || async { (bench.shop.received().len() == 3).then_some(()) }).await;
    assert_eq!(bench.shop.statuses(), ["awaiting customer action", "success", "awaiting customer action"]);
}

#[tokio::test]
async fn an_outcome_is_held_back_as_long_as_it_is_told_to() {
    let bench = Bench::new().await;
    bench.faults(json!({"callback_delay_ms": 600_000})).await;
    bench.paid("order-1").await;
    assert_eq!(bench.payment("order-1").await["status"], "success");
    assert_eq!(bench.shop.statuses(), ["awaiting customer action"]);
    bench.sandbox.clock().advance(Duration::from_secs(601));
    bench.callback("order-1", "success").await;
}

#[tokio::test]
async fn a_shop_may_ask_for_fewer_and_later_callbacks() {
    let bench = Bench::new().await;
    let mut sale = bench.sale("quiet");
    sale["callback"] = json!({"force_disable": true});
    assert_eq!(bench.ask(SALE_PATH, sale).await.0, 200);
    bench.callback("quiet", "awaiting customer action").await;
    bench.happen("quiet", "pay", json!({})).await;

    let mut sale = bench.sale("late");
    sale["callback"] = json!({"delay": 600});
    assert_eq!(bench.ask(SALE_PATH, sale).await.0, 200);
    bench.callback("late", "awaiting customer action").await;
    bench.happen("late", "pay", json!({})).await;
    bench.sandbox.clock().advance(Duration::from_secs(601));
    bench.callback("late", "success").await;
    assert!(
        !bench
            .shop
            .received()
            .iter()
            .any(|(_, body)| body["payment"]["id"] == "quiet" && body["payment"]["status"] == "success")
    );
}

#[tokio::test]
async fn a_code_nobody_uses_ends_in_a_decline_after_two_hours_and_not_before() {
    let bench = Bench::new().await;
    bench.code("order-1").await;
    bench.callback("order-1", "awaiting customer action").await;
    bench.sandbox.clock().advance(Duration::from_secs(7190));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(bench.payment("order-1").await["status"], "awaiting customer action");
    bench.sandbox.clock().advance(Duration::from_secs(11));
    assert_eq!(bench.callback("order-1", "decline").await["operation"]["code"], "20602");
}
