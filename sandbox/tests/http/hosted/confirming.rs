//! The payer confirms, scans or pays here, and is perhaps asked for more.

use std::time::Duration;

use protocol::gate::STATUS_PATH;
use protocol::sign;
use serde_json::json;

use crate::bench::Bench;

#[tokio::test]
async fn with_the_confirmation_the_payment_exists_and_shows_a_code() {
    let bench = Bench::new().await;
    let request_id = bench.confirmed("order-1").await;
    let progress = bench.step(&request_id, "wechat").await;
    let payment = bench.payment("order-1").await;
    assert_eq!(progress["code"]["text"], payment["code"]);
    assert_eq!(payment["display_data"][0]["data"], payment["code"]);
    assert_eq!(
        (&payment["interface"], &payment["status"]),
        (&json!("payment_page"), &json!("awaiting customer action"))
    );
    assert_eq!(payment["operations"][0]["request_id"], json!(request_id));
    assert_eq!(payment["customer"]["ip_address"], "127.0.0.1");
    assert!(progress["code"]["expires_in"].as_f64().unwrap() > 590.0);
    let picture = bench.sandbox.url(progress["code"]["picture"].as_str().unwrap());
    assert!(bench.http.get(picture).send().await.unwrap().bytes().await.unwrap().starts_with(b"\x89PNG"));
    assert_eq!(bench.status("order-1").await["payment"]["status"], "awaiting customer action");
}

#[tokio::test]
async fn a_payer_who_confirms_twice_has_one_payment() {
    let bench = Bench::new().await;
    let parameters = bench.signed(bench.parameters("order-1"));
    let (one, two) = tokio::join!(bench.confirm(&parameters), bench.confirm(&parameters));
    assert_eq!((one.0, two.0), (201, 201));
    assert_eq!(one.1["request_id"], two.1["request_id"]);
    let list = bench.http.get(bench.sandbox.url("/control/payments")).send().await.unwrap();
    assert_eq!(list.json::<serde_json::Value>().await.unwrap().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_payer_scans_with_the_phone_and_the_shop_is_told_once_with_the_outcome_alone() {
    let bench = Bench::new().await;
    let request_id = bench.confirmed("order-1").await;
    let code = bench.step(&request_id, "wechat").await["code"]["text"].clone();
    assert_eq!(bench.post("/phone/scan", &json!({"code": code})).await.1["shop"], "2 × tea");
    assert_eq!(bench.post("/phone/pay", &json!({"code": code, "accept": true})).await.0, 200);
    let body = bench.callback("order-1", "success").await;
    assert_eq!((&body["operation"]["type"], &body["operation"]["code"]), (&json!("sale"), &json!("0")));
    assert_eq!(body["operation"]["request_id"], json!(request_id));
    assert_eq!(body["payment"]["sum"], json!({"amount": 1840, "currency": "EUR"}));
    assert!(body.get("display_data").is_none());
    assert_eq!(bench.shop.statuses(), ["success"]);
}

#[tokio::test]
async fn a_payer_pays_or_refuses_on_this_device() {
    let bench = Bench::new().await;
    for (payment_id, accept, status, code) in
        [("order-1", true, "success", "0"), ("order-2", false, "decline", "20301")]
    {
        let request_id = bench.confirmed(payment_id).await;
        bench.step(&request_id, "wechat").await;
        let (answered, progress) = bench.act(&request_id, "wechat", json!({"accept": accept})).await;
        assert_eq!((answered, &progress["step"]), (200, &json!("result")));
        assert_eq!(progress["outcome"]["is_paid"], accept);
        assert_eq!(bench.callback(payment_id, status).await["operation"]["code"], code);
        assert_eq!(bench.act(&request_id, "wechat", json!({"accept": true})).await.0, if accept { 409 } else { 410 });
    }
    assert_eq!(bench.act("anything", "wechat", json!({})).await.0, 400);
    assert_eq!(bench.act("anything", "wechat", json!({"accept": true})).await.1["error"], "request-unknown");
}

#[tokio::test]
async fn behind_the_scenes_a_payment_of_the_page_is_like_any_other() {
    let bench = Bench::new().await;
    for (event, status, code) in
        [("pay", "success", "0"), ("decline", "decline", "20105"), ("expire", "decline", "20602")]
    {
        let request_id = bench.confirmed(event).await;
        assert_eq!(bench.happen(event, event, json!({})).await.0, 200);
        assert_eq!(bench.callback(event, status).await["operation"]["code"], code);
        assert_eq!(bench.step(&request_id, "result").await["outcome"]["is_paid"], status == "success");
    }
}

#[tokio::test]
async fn a_callback_that_is_not_taken_is_sent_again() {
    let bench = Bench::with(|config| config.redelivery_scale = 0.001).await;
    bench.shop.answer_with(500);
    bench.confirmed("order-1").await;
    bench.happen("order-1", "pay", json!({})).await;
    crate::bench::until("three attempts", || async { (bench.shop.received().len() >= 3).then_some(()) }).await;
}

#[tokio::test]
async fn a_code_that_ran_out_gives_way_to_another_and_is_dead_from_then_on() {
    let bench = Bench::new().await;
    let request_id = bench.confirmed("order-1").await;
    let old = bench.step(&request_id, "wechat").await["code"]["text"].clone();
    bench.sandbox.clock().advance(Duration::from_secs(601));
    assert!(bench.progress(&request_id).await.1["code"]["expires_in"].as_f64().unwrap() < 0.0);
    assert_eq!(bench.act(&request_id, "wechat", json!({"accept": true})).await.0, 410);
    assert_eq!(bench.act(&request_id, "code", json!({})).await.0, 200);
    let new = bench.step(&request_id, "wechat").await["code"]["text"].clone();
    assert_ne!(old, new);
    assert_eq!(bench.post("/phone/scan", &json!({"code": old})).await.0, 410);
    assert_eq!(bench.post("/phone/pay", &json!({"code": new, "accept": true})).await.0, 200);
    assert_eq!(bench.act(&request_id, "code", json!({})).await.1["error"], "request-no-code-wanted");
}

#[tokio::test]
async fn what_the_platform_wants_to_know_is_asked_on_the_page_and_not_of_the_shop() {
    let bench = Bench::new().await;
    let request_id = bench.confirmed("order-1").await;
    bench.step(&request_id, "wechat").await;
    assert_eq!(bench.act(&request_id, "clarification", json!({})).await.1["error"], "request-nothing-asked");
    bench.happen("order-1", "clarify", json!({})).await;
    let asked = bench.step(&request_id, "clarification").await["wanted"].clone();
    assert_eq!(asked, json!([{"name": "email", "is_wrong": false}, {"name": "phone", "is_wrong": false}]));
    let part = json!({"email": "a@example.com", "phone": "+86"});
    let (_, progress) = bench.act(&request_id, "clarification", part).await;
    assert_eq!(progress["wanted"], json!([{"name": "phone", "is_wrong": true}]));
    assert_eq!(bench.act(&request_id, "clarification", json!({"phone": "861234567890"})).await.0, 200);
    bench.step(&request_id, "wechat").await;
    assert_eq!(bench.payment("order-1").await["customer"]["email"], "a@example.com");
    assert!(bench.shop.received().is_empty());
}

#[tokio::test]
async fn a_request_of_gates_is_none_of_the_pages() {
    let bench = Bench::new().await;
    let request_id = bench.sell("order-1").await["request_id"].as_str().unwrap().to_owned();
    for (what, body) in [("code", json!({})), ("clarification", json!({})), ("wechat", json!({"accept": true}))] {
        assert_eq!(bench.act(&request_id, what, body).await.1["error"], "request-unknown", "{what}");
    }
    assert_eq!(bench.progress(&request_id).await.0, 404);
}

#[tokio::test]
async fn a_payment_of_the_page_is_found_by_its_request_and_refunded_through_gate() {
    let bench = Bench::new().await;
    let request_id = bench.confirmed("order-1").await;
    bench.happen("order-1", "pay", json!({})).await;
    let mut question = json!({"project_id": 238, "request_id": request_id});
    sign::sign_top_level(&mut question, &bench.key).unwrap();
    let (_, answer) = bench.post("/v2/payment/status/request", &question).await;
    assert_eq!(answer["payment"]["status"], "success");
    assert_ne!(STATUS_PATH, "/v2/payment/status/request");
    let refund = json!({"general": {"project_id": 238, "payment_id": "order-1"}, "payment": {"description": "back"}});
    assert_eq!(bench.ask(protocol::gate::REFUND_PATH, refund).await.0, 200);
    assert_eq!(bench.callback("order-1", "refunded").await["operation"]["type"], "refund");
}
