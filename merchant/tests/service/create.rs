//! A browser buys something.

use std::time::{Duration, Instant};

use protocol::gate::{SALE_PATH, STATUS_PATH};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::gate::Answer;
use crate::world::{SECRET, World, basket, bought, sale};

#[tokio::test]
async fn a_purchase_is_priced_here_sent_signed_and_answered_with_its_document() {
    let world = World::open().await;
    let response = world.post("/api/checkouts").json(&basket()).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    let headers = response.headers().clone();
    let bought = bought(response).await;
    assert_eq!(headers["cache-control"], "no-store");
    assert!(headers.contains_key("date") && headers.contains_key("etag"), "{headers:?}");
    assert_eq!(bought.document["payment"]["sum"], json!({"amount": 1840, "currency": "EUR"}));
    assert_eq!(bought.document["payment"]["status"], "processing");
    assert_eq!(bought.document["operation"]["type"], "sale");
    assert_eq!(bought.document["checkout"]["payee"], "Camellia Tea");

    let sales = world.gate.sales();
    assert_eq!(sales.len(), 1);
    let mut sent = sales[0].clone();
    let general = sent["general"].as_object_mut().unwrap();
    assert_eq!(general.remove("signature").unwrap().as_str().map(str::len), Some(88));
    assert_eq!(general.remove("payment_id").unwrap(), bought.payment_id().as_str());
    assert!(sent["customer"].as_object_mut().unwrap().remove("id").unwrap().as_str().unwrap().starts_with("guest-"));
    assert_eq!(
        sent,
        json!({
            "general": {"project_id": 238, "merchant_callback_url": "http://merchant.example/callbacks/ecommpay"},
            "customer": {"ip_address": "127.0.0.1", "email": "payer@example.com", "phone": "861234567890"},
            "payment": {"amount": 1840, "currency": "EUR", "description": "2 × Longjing, 50 g"}
        })
    );
}

#[tokio::test]
async fn the_document_of_a_purchase_holds_nothing_that_a_browser_must_not_have() {
    let world = World::open().await;
    let bought = world.buy().await;
    world.callback(&sale(&bought.payment_id(), "success")).await;
    let text = world.document(&bought.token).await.to_string();
    for hidden in [SECRET, "signature", "payer@example.com", "861234567890", "127.0.0.1", "guest-", "423163569"] {
        assert!(!text.contains(hidden), "{hidden} is in {text}");
    }
}

#[tokio::test]
async fn what_cannot_be_bought_is_refused_in_json_that_names_the_member() {
    let world = World::open().await;
    let mut body = basket();
    body["method"] = json!("cash");
    let response = world.post("/api/checkouts").json(&body).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let answer: Value = response.json().await.unwrap();
    let reason = "`gate`, `payment_page` or `both` is expected";
    assert_eq!(answer, json!({"error": {"code": "method-unknown", "field": "method", "reason": reason}}));

    body["method"] = json!("gate");
    body["items"][0]["quantity"] = json!(-1);
    let answer: Value = world.post("/api/checkouts").json(&body).send().await.unwrap().json().await.unwrap();
    assert_eq!(
        (&answer["error"]["code"], &answer["error"]["field"]),
        (&json!("quantity-invalid"), &json!("items[0].quantity"))
    );

    let response = world.post("/api/checkouts").body("{").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "body-invalid");

    let response = world.post("/api/checkouts").body("x".repeat(20_000)).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "body-too-large");
    assert_eq!(world.gate.sales().len(), 0);
    assert_eq!(world.metric("merchant_refusals_total{code=\"quantity-invalid\"}").await, 1);
}

#[tokio::test]
async fn the_same_key_and_wish_lead_to_the_same_checkout_however_often_it_is_sent() {
    let world = World::open().await;
    let requests = (0..10).map(|_| {
        let request = world.post("/api/checkouts").header("Idempotency-Key", "b3f1").json(&basket());
        tokio::spawn(async move {
            let response = request.send().await.unwrap();
            (response.status(), bought(response).await)
        })
    });
    let mut answers = Vec::new();
    for request in requests.collect::<Vec<_>>() {
        answers.push(request.await.unwrap());
    }
    assert_eq!(answers.iter().filter(|(status, _)| *status == StatusCode::CREATED).count(), 1);
    assert_eq!(answers.iter().filter(|(status, _)| *status == StatusCode::OK).count(), 9);
    assert!(answers.iter().all(|(_, bought)| bought.token == answers[0].1.token));
    world.gate.heard(SALE_PATH, 1).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM payments").await, 1);
    assert_eq!(world.gate.sales().len(), 1);
}

#[tokio::test]
async fn the_same_key_for_another_wish_is_refused() {
    let world = World::open().await;
    let with_key =
        |key: &'static str, body: &Value| world.post("/api/checkouts").header("Idempotency-Key", key).json(body).send();
    assert_eq!(with_key("b3f1", &basket()).await.unwrap().status(), StatusCode::CREATED);
    let mut other = basket();
    other["items"][0]["quantity"] = json!(3);
    let response = with_key("b3f1", &other).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "idempotency-key-reused");
    assert_eq!(with_key("b3f2", &other).await.unwrap().status(), StatusCode::CREATED);

    let response = with_key("", &other).await.unwrap();
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "idempotency-key-invalid");

    world.clock.pass(24 * 60 * 60 + 1);
    assert_eq!(with_key("b3f1", &other).await.unwrap().status(), StatusCode::CREATED, "a key lives for a day");
}

#[tokio::test]
async fn a_silent_gate_does_not_keep_the_browser_waiting() {
    let mut timing = crate::world::quick();
    timing.gate_timeout = Duration::from_secs(30);
    let world = World::open_with(timing).await;
    world.gate.next_sale(Answer::Silence);
    let start = Instant::now();
    let response = world.post("/api/checkouts").json(&basket()).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    assert!(start.elapsed() < Duration::from_millis(1500), "{:?}", start.elapsed());
    assert_eq!(bought(response).await.document["payment"]["status"], "processing");
}

#[tokio::test]
async fn a_sale_is_sent_at_once_and_answered_as_soon_as_gate_has_it() {
    let mut timing = crate::world::quick();
    timing.tick = Duration::from_secs(60);
    timing.acknowledgement = Duration::from_secs(60);
    let world = World::open_with(timing).await;
    let start = Instant::now();
    world.buy().await;
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_refusal_of_gate_is_in_the_first_answer_already_with_its_code_and_a_way_on() {
    let world = World::open().await;
    world.gate.next_sale(Answer::Http(400, json!({"status": "error", "code": "3023", "message": "Currency disabled"})));
    let response = world.post("/api/checkouts").json(&basket()).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    let refused = bought(response).await;
    assert_eq!(refused.document["payment"]["status"], "error");
    assert_eq!(refused.document["operation"]["code"], "3023");
    assert!(refused.document["checkout"]["links"]["renew"].is_string());
    world.clock.pass(7200);
    let document: Value = world.renew(&refused.token).await.json().await.unwrap();
    assert_eq!(document["payment"]["status"], "processing");
    assert_eq!(world.gate.sales().len(), 2);
    assert_eq!(world.metric("merchant_gate_requests_total{request=\"sale\",result=\"refused\"}").await, 1);
}

#[tokio::test]
async fn a_sale_without_answer_is_sent_again_as_it_was_until_gate_has_it() {
    let world = World::open().await;
    world.gate.next_sale(Answer::Http(500, json!({})));
    world.gate.next_sale(Answer::Http(503, Value::Null));
    world.gate.next_sale(Answer::LostAcknowledgement);
    let bought = world.buy().await;
    for attempt in 2..=3 {
        assert_eq!(world.gate.sales().len(), attempt - 1, "the gap has not passed yet");
        until_noted(&world, attempt - 1).await;
        world.clock.pass(60);
        world.gate.heard(SALE_PATH, attempt).await;
    }
    until_noted(&world, 3).await;
    world.clock.pass(60);
    world.gate.heard(SALE_PATH, 4).await;
    let sales = world.gate.sales();
    assert!(sales.iter().all(|sale| *sale == sales[0]), "every attempt is the same, with the same payment id");

    // The last attempt was refused as a repeat, so the one before had arrived: what happened since is asked for.
    world.gate.heard(STATUS_PATH, 1).await;
    assert_eq!(world.metric("merchant_gate_requests_total{request=\"sale\",result=\"repeated\"}").await, 1);
    assert_eq!(world.status(&bought.token).await, "processing");
    world.callback(&sale(&bought.payment_id(), "success")).await;
    assert_eq!(world.status(&bought.token).await, "success");
}

/// An attempt is over when its failure is written down.
async fn until_noted(world: &World, attempts: usize) {
    for _ in 0..1000 {
        if world.count("SELECT attempts FROM payments").await == i64::try_from(attempts).unwrap() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("attempt {attempts} was not noted");
}

#[tokio::test]
async fn the_payers_address_is_the_connections_unless_the_shops_own_proxy_says_otherwise() {
    let mut world = World::open().await;
    let buy = |world: &World| {
        world.post("/api/checkouts").header("X-Forwarded-For", "6.6.6.6, 198.51.100.1").json(&basket()).send()
    };
    buy(&world).await.unwrap();
    assert_eq!(world.gate.sales()[0]["customer"]["ip_address"], "127.0.0.1");
    world.restart_behind_proxy().await;
    buy(&world).await.unwrap();
    assert_eq!(world.gate.sales()[1]["customer"]["ip_address"], "198.51.100.1");
}

#[tokio::test]
async fn the_page_reads_the_prices_that_are_charged() {
    let world = World::open().await;
    let catalogue: Value = world.get("/api/catalogue").await.json().await.unwrap();
    let longjing = &catalogue["goods"][0];
    assert_eq!((&longjing["sku"], &longjing["prices"]["EUR"]), (&json!("longjing"), &json!(920)));
    assert_eq!(catalogue["currencies"].as_array().unwrap().len(), 7);
    assert_eq!(catalogue["payment_page_url"], "https://paymentpage.ecommpay.com");
}
