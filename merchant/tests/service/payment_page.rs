//! A payer pays on the hosted page.

use protocol::gate::STATUS_PATH;
use protocol::hosted::PaymentPageConfig;
use protocol::payment_page::Parameters;
use protocol::sign::{self, SecretKey};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::world::{SECRET, World, as_answer, basket, bought, hosted_id, payment_id, sale};

/// Gives background work the time to do what it must not do.
async fn nothing_happens() {
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
}

#[tokio::test]
async fn the_document_carries_the_signed_config_and_nothing_is_sent_to_gate() {
    let world = World::open().await;
    let bought = world.buy_by("payment_page").await;
    assert_eq!(bought.document["payment"]["status"], "processing");
    assert_eq!(bought.document["checkout"]["payment_page_url"], "https://paymentpage.ecommpay.com");
    let config = &bought.document["checkout"]["payment_page"];
    assert_eq!(hosted_id(&bought.document), bought.payment_id());

    let mut sent = config.clone();
    let members = sent.as_object_mut().unwrap();
    assert_eq!(members.remove("signature").unwrap().as_str().map(str::len), Some(88));
    assert!(members.remove("customer_id").unwrap().as_str().unwrap().starts_with("guest-"));
    let back = format!("https://shop.example/#/checkout/{}", bought.token);
    assert_eq!(
        sent,
        json!({
            "project_id": 238, "payment_id": bought.payment_id(), "payment_amount": 1840, "payment_currency": "EUR",
            "payment_description": "2 × Longjing, 50 g", "force_payment_method": "wechat", "language_code": "en",
            "best_before": "2019-01-28T10:00:00+00:00",
            "customer_email": "payer@example.com", "customer_phone": "861234567890",
            "merchant_callback_url": "http://merchant.example/callbacks/ecommpay",
            "merchant_success_url": back, "merchant_success_enabled": 2, "merchant_success_redirect_mode": "parent_page",
            "merchant_fail_url": back, "merchant_fail_enabled": 2, "merchant_fail_redirect_mode": "parent_page",
            "merchant_return_url": back, "merchant_return_enabled": 2, "merchant_return_redirect_mode": "parent_page"
        })
    );
    nothing_happens().await;
    assert_eq!((world.gate.sales().len(), world.gate.questions()), (0, 0));
    assert_eq!(world.metric("merchant_unacknowledged_sales").await, 0);
}

#[tokio::test]
async fn what_is_signed_is_what_is_sent_and_the_browser_finds_no_fault_in_it() {
    let world = World::open().await;
    let bought = world.buy_by("payment_page").await;
    let config = &bought.document["checkout"]["payment_page"];
    sign::verify(config, &SecretKey::new(SECRET).unwrap()).unwrap();
    Parameters::from_value(config).unwrap();
    let as_text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let parameters: Vec<_> =
        config.as_object().unwrap().iter().map(|(name, value)| (name.clone(), as_text(value))).collect();
    assert!(parameters.iter().all(|(_, value)| !value.is_empty() && !value.contains(';')), "{parameters:?}");
    let now = protocol::date::UnixMillis::parse_iso("2019-01-28T08:00:00Z");
    PaymentPageConfig { parameters }.check(now, "https://paymentpage.ecommpay.com").unwrap();
    assert!(!bought.document.to_string().contains(SECRET));
}

#[tokio::test]
async fn what_is_not_known_is_neither_signed_nor_sent() {
    let world = World::open().await;
    let body = json!({"items": [{"sku": "longjing", "quantity": 1}], "currency": "EUR", "method": "payment_page"});
    let bought = bought(world.post("/api/checkouts").json(&body).send().await.unwrap()).await;
    let config = bought.document["checkout"]["payment_page"].as_object().unwrap();
    for absent in
        ["language_code", "customer_email", "customer_phone", "merchant_success_url", "merchant_return_enabled"]
    {
        assert!(!config.contains_key(absent), "{absent}");
    }
}

#[tokio::test]
async fn a_way_back_to_somebody_elses_page_is_refused_by_name() {
    let world = World::open().await;
    let mut body = basket();
    body["method"] = json!("payment_page");
    body["return_url"] = json!("https://shop.example/c/{token}");
    for origin in [Some("https://evil.example"), Some("null"), None] {
        let mut request = world.post("/api/checkouts").json(&body);
        if let Some(origin) = origin {
            request = request.header("Origin", origin).header("Referer", "https://shop.example/c");
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{origin:?}");
        let answer: Value = response.json().await.unwrap();
        assert_eq!(
            (&answer["error"]["code"], &answer["error"]["field"]),
            (&json!("return-url-invalid"), &json!("return_url"))
        );
    }
    let request = world.post("/api/checkouts").header("Referer", "https://shop.example/cart").json(&body);
    let bought = bought(request.send().await.unwrap()).await;
    let back = format!("https://shop.example/c/{}", bought.token);
    assert_eq!(bought.document["checkout"]["payment_page"]["merchant_fail_url"], back);
    assert_eq!(world.count("SELECT COUNT(*) FROM checkouts").await, 1);
}

#[tokio::test]
async fn the_page_is_offered_while_the_payer_is_at_work_on_it_and_no_longer_once_it_is_over() {
    for outcome in ["success", "decline", "error"] {
        let world = World::open().await;
        let bought = world.buy_by("payment_page").await;
        let id = bought.payment_id();
        let offered = bought.document["checkout"]["payment_page"].clone();
        for status in ["processing", "awaiting customer action"] {
            assert_eq!(world.callback(&sale(&id, status)).await, StatusCode::OK);
            let document = world.document(&bought.token).await;
            assert_eq!(document["payment"]["status"], status);
            assert_eq!(document["checkout"]["payment_page"], offered, "byte for byte");
        }
        world.callback(&sale(&id, outcome)).await;
        let document = world.document(&bought.token).await;
        assert_eq!(document["payment"]["status"], outcome);
        assert!(document["checkout"].get("payment_page").is_none());
        assert!(document["checkout"].get("payment_page_url").is_none());
    }
}

#[tokio::test]
async fn a_callback_that_comes_twice_or_late_changes_nothing() {
    let world = World::open().await;
    let bought = world.buy_by("payment_page").await;
    let id = bought.payment_id();
    world.callback(&sale(&id, "success")).await;
    let paid = world.document(&bought.token).await;
    for late in ["success", "processing", "awaiting customer action", "decline", "error"] {
        assert_eq!(world.callback(&sale(&id, late)).await, StatusCode::OK, "{late}");
    }
    assert_eq!(world.document(&bought.token).await, paid);
    assert_eq!(world.metric("merchant_callbacks_total{result=\"repeated\"}").await, 1);
    assert_eq!(world.metric("merchant_checkouts{state=\"paid\"}").await, 1);
}

#[tokio::test]
async fn money_that_comes_after_a_refusal_or_after_giving_up_is_shown() {
    let world = World::open().await;
    for first in ["decline", "cancel"] {
        let bought = world.buy_by("payment_page").await;
        if first == "cancel" {
            let response = world.post(&format!("/api/checkouts/{}/cancel", bought.token)).send().await.unwrap();
            let document: Value = response.json().await.unwrap();
            assert!(document["checkout"].get("payment_page").is_none());
        } else {
            world.callback(&sale(&bought.payment_id(), first)).await;
        }
        world.callback(&sale(&bought.payment_id(), "success")).await;
        assert_eq!(world.status(&bought.token).await, "success", "{first}");
    }
}

#[tokio::test]
async fn a_sum_that_is_not_the_orders_is_held_and_the_page_is_not_offered_again() {
    let world = World::open().await;
    let bought = world.buy_by("payment_page").await;
    let mut message = sale(&bought.payment_id(), "success");
    message["payment"]["sum"]["amount"] = json!(1);
    world.callback(&message).await;
    let document = world.document(&bought.token).await;
    assert_eq!(document["operation"]["message"], "The payment is being checked");
    assert!(document["checkout"].get("payment_page").is_none());
    assert_eq!(world.metric("merchant_held_payments").await, 1);
}

#[tokio::test]
async fn not_found_means_not_begun_and_is_asked_again_later_and_later() {
    let world = World::open().await;
    let bought = world.buy_by("payment_page").await;
    world.clock.pass(59);
    nothing_happens().await;
    assert_eq!(world.gate.questions(), 0);
    world.clock.pass(1);
    world.gate.heard(STATUS_PATH, 1).await;
    nothing_happens().await;
    world.clock.pass(90);
    nothing_happens().await;
    assert_eq!(world.gate.questions(), 1, "the next gap is longer");
    world.clock.pass(6);
    world.gate.heard(STATUS_PATH, 2).await;
    nothing_happens().await;
    assert_eq!(world.document(&bought.token).await, bought.document);

    world.gate.knows(&bought.payment_id(), as_answer(&sale(&bought.payment_id(), "success")));
    world.clock.pass(1000);
    world.until(&bought.token, |document| document["payment"]["status"] == "success").await;
}

#[tokio::test]
async fn an_offered_page_survives_a_restart() {
    let mut world = World::open().await;
    let bought = world.buy_by("payment_page").await;
    world.crash();
    world.start().await;
    assert_eq!(world.document(&bought.token).await, bought.document);
    world.callback(&sale(&bought.payment_id(), "success")).await;
    assert_eq!(world.status(&bought.token).await, "success");
    assert_eq!(world.gate.sales().len(), 0);
}

#[tokio::test]
async fn another_page_is_offered_after_a_refusal_or_when_its_time_is_over_and_not_before() {
    let world = World::open().await;
    let first = world.buy_by("payment_page").await;
    world.clock.pass(100);
    let kept: Value = world.renew(&first.token).await.json().await.unwrap();
    assert_eq!(hosted_id(&kept), first.payment_id(), "the page can still be opened");

    world.callback(&sale(&first.payment_id(), "decline")).await;
    let second: Value = world.renew(&first.token).await.json().await.unwrap();
    assert_ne!(payment_id(&second), first.payment_id());
    assert_eq!(hosted_id(&second), payment_id(&second));
    let mut config = second["checkout"]["payment_page"].clone();
    sign::verify(&config, &SecretKey::new(SECRET).unwrap()).unwrap();
    assert_eq!(config["best_before"], "2019-01-28T10:01:40+00:00");
    for member in ["payment_id", "best_before", "signature"] {
        config[member] = first.document["checkout"]["payment_page"][member].clone();
    }
    assert_eq!(config, first.document["checkout"]["payment_page"], "all else is as before");

    world.clock.pass(7200);
    let third: Value = world.renew(&first.token).await.json().await.unwrap();
    assert_ne!(payment_id(&third), payment_id(&second));
    assert_eq!(world.gate.sales().len(), 0);
}

#[tokio::test]
async fn a_page_whose_time_is_over_is_offered_no_longer_and_whoever_asks_is_told() {
    let world = World::open().await;
    let bought = world.buy_by("payment_page").await;
    let path = format!("/api/checkouts/{}", bought.token);
    let tag = world.get(&path).await.headers()["etag"].clone();
    let ask = || world.client.get(world.url(&path)).header("If-None-Match", &tag).send();
    world.clock.pass(7199);
    assert_eq!(ask().await.unwrap().status(), StatusCode::NOT_MODIFIED);
    world.clock.pass(1);
    let response = ask().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let document: Value = response.json().await.unwrap();
    assert_eq!(document["payment"]["status"], "processing");
    assert!(document["checkout"].get("payment_page").is_none() && document["checkout"]["links"]["renew"].is_string());
}

#[tokio::test]
async fn the_same_key_and_wish_offer_the_same_page() {
    let world = World::open().await;
    let mut body = basket();
    body["method"] = json!("payment_page");
    let buy = || world.post("/api/checkouts").header("Idempotency-Key", "b3f1").json(&body).send();
    let first = bought(buy().await.unwrap()).await;
    let again = bought(buy().await.unwrap()).await;
    assert_eq!((first.token, first.document), (again.token, again.document));
}

#[tokio::test]
async fn a_payments_name_can_be_read_aloud_and_is_taken_by_gate_and_page_alike() {
    let world = World::open().await;
    for id in [world.buy().await.payment_id(), world.buy_by("payment_page").await.payment_id()] {
        let signs = id.strip_prefix("WX-").unwrap();
        assert!(signs.len() == 12 && signs.bytes().all(|sign| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&sign)));
    }
}
