//! ECommPay speaks by itself: late, twice, out of order, and sometimes somebody else does in its name.

use protocol::sign::{self, SecretKey};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::world::{World, code, sale, signed};

const STORED: &str = "SELECT COUNT(*) FROM callbacks";

#[tokio::test]
async fn the_code_arrives_and_then_the_money() {
    let world = World::open().await;
    let bought = world.buy().await;
    assert_eq!(world.callback(&code(&bought.payment_id(), "dMrSpJG")).await, StatusCode::OK);
    let document = world.document(&bought.token).await;
    assert_eq!(document["payment"]["status"], "awaiting customer action");
    assert_eq!(document["display_data"][0]["data"], "weixin://wxpay/bizpayurl?pr=dMrSpJG");
    assert_eq!(world.callback(&sale(&bought.payment_id(), "success")).await, StatusCode::OK);
    let document = world.document(&bought.token).await;
    assert_eq!((&document["payment"]["status"], &document["operation"]["code"]), (&json!("success"), &json!("0")));
    assert_eq!(world.count(STORED).await, 2);
    assert_eq!(world.metric("merchant_checkouts{state=\"paid\"}").await, 1);
}

#[tokio::test]
async fn a_refusal_keeps_its_code() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    world.callback(&sale(&bought.payment_id(), "decline")).await;
    let document = world.document(&bought.token).await;
    assert_eq!((&document["payment"]["status"], &document["operation"]["code"]), (&json!("decline"), &json!("20105")));
}

#[tokio::test]
async fn what_is_not_ecommpays_is_refused_and_stored_nowhere() {
    let world = World::open().await;
    let bought = world.buy().await;
    let id = bought.payment_id();
    let unsigned = sale(&id, "success");
    let mut forged = unsigned.clone();
    sign::sign_top_level(&mut forged, &SecretKey::new("guess").unwrap()).unwrap();
    let mut changed = signed(&sale(&id, "processing"));
    changed["payment"]["status"] = json!("success");
    let mut foreign = unsigned.clone();
    foreign["project_id"] = json!(239);
    let nameless = json!({"project_id": 238, "operation": {"type": "sale", "status": "success"}});
    let bodies = [
        String::new(),
        "{".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        "\u{0}".to_owned(),
        unsigned.to_string(),
        forged.to_string(),
        changed.to_string(),
        signed(&foreign).to_string(),
        signed(&nameless).to_string(),
        ["[".repeat(30_000), "]".repeat(30_000)].concat(),
    ];
    for body in bodies {
        let start: String = body.chars().take(80).collect();
        assert_eq!(world.raw_callback(body).await, StatusCode::BAD_REQUEST, "{start}");
    }
    assert_eq!(world.raw_callback(b"\xff\xfe".to_vec()).await, StatusCode::BAD_REQUEST);
    assert_eq!(world.raw_callback("x".repeat(64 * 1024 + 1)).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.count(STORED).await, 0);
    assert_eq!(world.status(&bought.token).await, "processing");
    assert_eq!(world.metric("merchant_callbacks_total{result=\"signature-mismatch\"}").await, 2);
    assert_eq!(world.metric("merchant_callbacks_total{result=\"callback-project\"}").await, 1);
}

#[tokio::test]
async fn a_callback_for_somebody_elses_payment_is_taken_and_forgotten() {
    let world = World::open().await;
    world.buy().await;
    assert_eq!(world.callback(&sale("order-1", "success")).await, StatusCode::OK);
    assert_eq!(world.count(STORED).await, 0);
    assert_eq!(world.metric("merchant_callbacks_total{result=\"unknown-payment\"}").await, 1);
}

#[tokio::test]
async fn fifty_identical_callbacks_at_once_are_applied_once() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let revision = world.document(&bought.token).await["checkout"]["revision"].as_i64().unwrap();
    let body = signed(&sale(&bought.payment_id(), "success")).to_string();
    let sending: Vec<_> =
        (0..50).map(|_| tokio::spawn(world.post("/callbacks/ecommpay").body(body.clone()).send())).collect();
    for answer in sending {
        assert_eq!(answer.await.unwrap().unwrap().status(), StatusCode::OK);
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM callbacks WHERE operation_status = 'success'").await, 1);
    assert_eq!(world.document(&bought.token).await["checkout"]["revision"], revision + 1);
    assert_eq!(world.metric("merchant_callbacks_total{result=\"repeated\"}").await, 49);
    assert_eq!(world.metric("merchant_callbacks_total{result=\"applied\"}").await, 2);
}

#[tokio::test]
async fn a_repeat_that_is_written_differently_is_still_a_repeat() {
    let world = World::open().await;
    let bought = world.buy().await;
    let message = signed(&sale(&bought.payment_id(), "success"));
    assert_eq!(world.raw_callback(message.to_string()).await, StatusCode::OK);
    assert_eq!(world.raw_callback(format!(" {message:#}\n")).await, StatusCode::OK);
    assert_eq!(world.count(STORED).await, 1);
}

#[tokio::test]
async fn nothing_that_comes_after_the_money_unmakes_it() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let id = bought.payment_id();
    world.callback(&sale(&id, "success")).await;
    let paid = world.document(&bought.token).await;
    for late in ["processing", "awaiting customer action", "decline", "error", "awaiting clarification", "whatever"] {
        assert_eq!(world.callback(&sale(&id, late)).await, StatusCode::OK, "{late}");
    }
    assert_eq!(world.callback(&code(&id, "another")).await, StatusCode::OK);
    assert_eq!(world.document(&bought.token).await, paid);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM callbacks WHERE operation_status = 'decline'").await,
        1,
        "what was said is kept"
    );
}

#[tokio::test]
async fn a_payment_is_known_by_its_id_however_it_is_capitalised() {
    let world = World::open().await;
    let bought = world.buy().await;
    assert_eq!(world.callback(&sale(&bought.payment_id().to_lowercase(), "success")).await, StatusCode::OK);
    let document = world.document(&bought.token).await;
    assert_eq!(document["payment"]["status"], "success");
    assert_eq!(document["payment"]["id"], bought.payment_id().as_str());
}

#[tokio::test]
async fn a_sum_that_is_not_the_orders_is_never_shown_as_paid_and_rings_for_the_operator() {
    for (member, value) in [("amount", json!(1)), ("amount", json!(184_000)), ("currency", json!("USD"))] {
        let world = World::open().await;
        let bought = world.buy_with_code().await;
        let mut message = sale(&bought.payment_id(), "success");
        message["payment"]["sum"][member] = value.clone();
        assert_eq!(world.callback(&message).await, StatusCode::OK, "{member} {value}");
        let document = world.document(&bought.token).await;
        assert_eq!(document["payment"]["status"], "processing", "{member} {value}");
        assert_eq!(document["operation"]["message"], "The payment is being checked");
        assert!(document.get("display_data").is_none());
        assert_eq!(world.metric("merchant_held_payments").await, 1);
        let response = world.renew(&bought.token).await;
        assert_eq!(response.status(), StatusCode::CONFLICT);
        let answer: Value = response.json().await.unwrap();
        assert_eq!(
            (&answer["error"]["code"], &answer["payment"]["status"]),
            (&json!("already-paid"), &json!("processing"))
        );
    }
}

#[tokio::test]
async fn a_body_the_project_customised_is_understood() {
    let world = World::open().await;
    let bought = world.buy().await;
    let message = json!({"payment": {"id": bought.payment_id(), "status": "success", "sum": {"amount": "1840", "currency": "EUR"}},
        "operation": {"id": "9227000002916", "code": 0, "surprise": [1, 2]}, "more": {"of": "it"}});
    assert_eq!(world.callback(&message).await, StatusCode::OK);
    assert_eq!(world.status(&bought.token).await, "success");
}
