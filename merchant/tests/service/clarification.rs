//! ECommPay wants to know something about the payer.

use std::time::Duration;

use protocol::gate::CLARIFICATION_PATH;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use crate::world::{Bought, World, code, quick, sale};

async fn asked(world: &World) -> Bought {
    let bought = world.buy().await;
    let mut message = sale(&bought.payment_id(), "awaiting clarification");
    message["clarification_fields"] = json!({"customer": {"type": "object", "properties": {"email": {"type": "string"}, "phone": {"type": "string"}},
        "required": ["email"], "errors": []}});
    assert_eq!(world.callback(&message).await, StatusCode::OK);
    bought
}

async fn answer(world: &World, bought: &Bought, body: &Value) -> Response {
    world.post(&format!("/api/checkouts/{}/clarification", bought.token)).json(body).send().await.unwrap()
}

#[tokio::test]
async fn what_is_asked_is_shown_answered_signed_and_not_asked_again() {
    let world = World::open().await;
    let bought = asked(&world).await;
    let document = world.document(&bought.token).await;
    assert_eq!(document["payment"]["status"], "awaiting clarification");
    assert_eq!(document["clarification_fields"]["customer"]["required"], json!(["email"]));
    let link = document["checkout"]["links"]["clarify"].as_str().unwrap();
    assert_eq!(link, format!("/api/checkouts/{}/clarification", bought.token));

    let response =
        answer(&world, &bought, &json!({"customer": {"email": "payer@example.com", "phone": "+86 123 4567890"}})).await;
    assert_eq!(response.status(), StatusCode::OK);
    let document: Value = response.json().await.unwrap();
    assert_eq!(document["payment"]["status"], "processing");
    assert!(document.get("clarification_fields").is_none());
    let sent = &world.gate.asked(CLARIFICATION_PATH)[0];
    assert_eq!(sent["additional_data"], json!({"customer": {"email": "payer@example.com", "phone": "861234567890"}}));
    assert_eq!(sent["general"]["payment_id"], bought.payment_id().as_str());
}

#[tokio::test]
async fn the_code_that_follows_has_its_whole_life_before_it_however_long_the_answer_took() {
    let world = World::open().await;
    let bought = asked(&world).await;
    world.clock.pass(1200);
    answer(&world, &bought, &json!({"customer": {"email": "payer@example.com"}})).await;
    let mut message = code(&bought.payment_id(), "a");
    message["operation"]["date"] = json!("2019-01-28T08:20:01+0000");
    world.clock.pass(2);
    world.callback(&message).await;
    assert_eq!(world.document(&bought.token).await["checkout"]["expires_in"], 598.0);
}

#[tokio::test]
async fn a_second_question_that_comes_while_the_first_is_answered_stays() {
    let mut timing = quick();
    timing.gate_timeout = Duration::from_secs(30);
    let world = World::open_with(timing).await;
    let bought = asked(&world).await;
    world.gate.hold(true);
    let body = json!({"customer": {"email": "payer@example.com"}});
    let meanwhile = async {
        world.gate.heard(CLARIFICATION_PATH, 1).await;
        let mut message = sale(&bought.payment_id(), "awaiting clarification");
        message["clarification_fields"] = json!({"customer": ["phone"]});
        assert_eq!(world.callback(&message).await, StatusCode::OK);
        world.gate.hold(false);
    };
    let (response, ()) = tokio::join!(answer(&world, &bought, &body), meanwhile);
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.json::<Value>().await.unwrap()["clarification_fields"], json!({"customer": ["phone"]}));
    assert_eq!(world.status(&bought.token).await, "awaiting clarification");
}

#[tokio::test]
async fn an_answer_that_cannot_be_right_is_refused_before_it_is_sent() {
    let world = World::open().await;
    let bought = asked(&world).await;
    let response = answer(&world, &bought, &json!({"customer": {"email": "nobody"}})).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = response.json().await.unwrap();
    assert_eq!(
        (&problem["error"]["code"], &problem["error"]["field"]),
        (&json!("field-invalid"), &json!("customer.email"))
    );
    assert_eq!(world.gate.asked(CLARIFICATION_PATH).len(), 0);
}

#[tokio::test]
async fn what_ecommpay_refuses_is_told_by_its_field() {
    let world = World::open().await;
    let bought = asked(&world).await;
    world.gate.next_clarification(400, json!({"status": "error", "code": "2004", "errors": [{"code": 2004, "field": "additional_data.customer.email"}]}));
    let response = answer(&world, &bought, &json!({"customer": {"email": "payer@example.com"}})).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = response.json().await.unwrap();
    assert_eq!(
        (&problem["error"]["code"], &problem["error"]["field"]),
        (&json!("clarification-refused"), &json!("customer.email"))
    );
    assert_eq!(world.status(&bought.token).await, "awaiting clarification");
}

#[tokio::test]
async fn while_ecommpay_cannot_be_reached_the_answer_may_be_sent_again() {
    let world = World::open().await;
    let bought = asked(&world).await;
    world.gate.next_clarification(502, Value::Null);
    let response = answer(&world, &bought, &json!({"customer": {"email": "payer@example.com"}})).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(response.headers().contains_key("retry-after"));
    let response = answer(&world, &bought, &json!({"customer": {"email": "payer@example.com"}})).await;
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_answer_to_no_question_is_answered_with_the_document() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let response = answer(&world, &bought, &json!({"customer": {"email": "payer@example.com"}})).await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["error"]["code"], "nothing-asked");
    assert_eq!(problem["payment"]["status"], "awaiting customer action");
}
