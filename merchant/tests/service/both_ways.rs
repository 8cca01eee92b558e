//! A checkout offers a code and the hosted page beside it.

use protocol::gate::{SALE_PATH, STATUS_PATH};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::world::{World, as_answer, code, hosted_id, payment_id, sale};

#[tokio::test]
async fn the_document_has_the_code_and_the_page_under_two_names() {
    let world = World::open().await;
    let bought = world.buy_by("both").await;
    world.gate.heard(SALE_PATH, 1).await;
    assert_eq!(world.gate.sales()[0]["general"]["payment_id"], bought.payment_id().as_str());
    assert_ne!(hosted_id(&bought.document), bought.payment_id());
    world.callback(&code(&bought.payment_id(), "a")).await;
    let document = world.document(&bought.token).await;
    assert_eq!(payment_id(&document), bought.payment_id());
    assert_eq!(document["display_data"][0]["data"], "weixin://wxpay/bizpayurl?pr=a");
    assert_eq!(document["checkout"]["expires_in"], 600.0);
    assert_eq!(document["checkout"]["payment_page"], bought.document["checkout"]["payment_page"]);
    assert_eq!(world.gate.sales().len(), 1);
}

#[tokio::test]
async fn money_through_either_way_makes_it_paid_and_takes_both_away() {
    for by_page in [false, true] {
        let world = World::open().await;
        let bought = world.buy_by("both").await;
        world.callback(&code(&bought.payment_id(), "a")).await;
        let paid = if by_page { hosted_id(&bought.document) } else { bought.payment_id() };
        assert_eq!(world.callback(&sale(&paid, "success")).await, StatusCode::OK);
        let document = world.document(&bought.token).await;
        assert_eq!((document["payment"]["status"].as_str(), payment_id(&document)), (Some("success"), paid));
        assert!(document.get("display_data").is_none() && document["checkout"].get("payment_page").is_none());
    }
}

#[tokio::test]
async fn money_through_both_ways_is_told_to_the_operator() {
    let world = World::open().await;
    let bought = world.buy_by("both").await;
    let page = hosted_id(&bought.document);
    world.callback(&sale(&page, "success")).await;
    let paid = world.document(&bought.token).await;
    world.clock.pass(1);
    world.callback(&sale(&bought.payment_id(), "success")).await;
    assert_eq!(world.document(&bought.token).await["payment"], paid["payment"]);
    assert_eq!(world.metric("merchant_doubled_payments").await, 1);
    assert_eq!(world.count(&format!("SELECT COUNT(*) FROM doubled WHERE first_payment = '{page}'")).await, 1);
}

#[tokio::test]
async fn a_refusal_on_the_page_leaves_the_code() {
    let world = World::open().await;
    let bought = world.buy_by("both").await;
    world.callback(&code(&bought.payment_id(), "a")).await;
    world.callback(&sale(&hosted_id(&bought.document), "decline")).await;
    let document = world.document(&bought.token).await;
    assert_eq!(document["payment"]["status"], "awaiting customer action");
    assert!(document.get("display_data").is_some() && document["checkout"].get("payment_page").is_none());
    world.callback(&sale(&bought.payment_id(), "decline")).await;
    assert_eq!(world.status(&bought.token).await, "decline");
}

#[tokio::test]
async fn another_code_leaves_the_page_as_it_is() {
    let world = World::open().await;
    let bought = world.buy_by("both").await;
    world.callback(&code(&bought.payment_id(), "a")).await;
    world.clock.pass(100);
    let document: Value = world.renew(&bought.token).await.json().await.unwrap();
    assert_ne!(payment_id(&document), bought.payment_id());
    assert_eq!(document["checkout"]["payment_page"], bought.document["checkout"]["payment_page"]);
    assert_eq!(world.gate.sales().len(), 2);
    assert_eq!(world.count("SELECT COUNT(*) FROM payments").await, 3);
}

#[tokio::test]
async fn whoever_paid_on_the_page_without_anybody_hearing_of_it_gets_no_new_code() {
    let world = World::open().await;
    let bought = world.buy_by("both").await;
    let page = hosted_id(&bought.document);
    world.callback(&code(&bought.payment_id(), "a")).await;
    world.callback(&sale(&page, "processing")).await;
    world.gate.knows(&page, as_answer(&sale(&page, "success")));
    world.clock.pass(30);
    let response = world.renew(&bought.token).await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let answer: Value = response.json().await.unwrap();
    assert_eq!((&answer["error"]["code"], payment_id(&answer)), (&json!("already-paid"), page));
    assert_eq!(world.gate.sales().len(), 1);
}

#[tokio::test]
async fn a_page_nobody_began_is_not_asked_for_when_a_code_is_renewed() {
    let world = World::open().await;
    let bought = world.buy_by("both").await;
    world.callback(&code(&bought.payment_id(), "a")).await;
    world.clock.pass(30);
    assert_eq!(world.renew(&bought.token).await.status(), StatusCode::OK);
    let asked = world.gate.asked(STATUS_PATH);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["general"]["payment_id"], bought.payment_id().as_str());
}
