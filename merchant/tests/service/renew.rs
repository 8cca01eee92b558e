//! A payer asks for another code.

use protocol::gate::SALE_PATH;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::gate::Answer;
use crate::world::{World, as_answer, code, payment_id, sale};

/// A checkout whose first code is old enough to be replaced, and the payment of its second code.
async fn renewed(world: &World) -> (crate::world::Bought, String) {
    let bought = world.buy_with_code().await;
    world.clock.pass(100);
    let document: Value = world.renew(&bought.token).await.json().await.unwrap();
    let second = payment_id(&document);
    assert_ne!(second, bought.payment_id());
    (bought, second)
}

#[tokio::test]
async fn a_new_code_is_a_new_payment_of_the_same_checkout() {
    let world = World::open().await;
    let (bought, second) = renewed(&world).await;
    let sales = world.gate.sales();
    assert_eq!(sales.len(), 2);
    assert_eq!(sales[1]["general"]["payment_id"], second.as_str());
    assert_eq!(sales[0]["payment"], sales[1]["payment"]);
    assert_eq!(sales[0]["customer"], sales[1]["customer"]);
    let document = world.document(&bought.token).await;
    assert!(document.get("display_data").is_none(), "the old code is not shown under the new payment");
    assert!(document["checkout"].get("expires_in").is_none());
    world.callback(&code(&second, "b")).await;
    assert_eq!(world.document(&bought.token).await["display_data"][0]["data"], "weixin://wxpay/bizpayurl?pr=b");
}

#[tokio::test]
async fn the_old_codes_refusal_is_not_shown_over_the_new_code() {
    let world = World::open().await;
    let (bought, second) = renewed(&world).await;
    world.callback(&code(&second, "b")).await;
    world.callback(&sale(&bought.payment_id(), "decline")).await;
    let document = world.document(&bought.token).await;
    assert_eq!(document["payment"]["status"], "awaiting customer action");
    assert_eq!(payment_id(&document), second);
    world.callback(&sale(&second, "decline")).await;
    assert_eq!(world.status(&bought.token).await, "decline");
}

#[tokio::test]
async fn money_through_the_old_code_is_shown_whatever_became_of_the_new_one() {
    let world = World::open().await;
    let (bought, second) = renewed(&world).await;
    world.callback(&sale(&second, "decline")).await;
    world.callback(&sale(&bought.payment_id(), "success")).await;
    let document = world.document(&bought.token).await;
    assert_eq!((document["payment"]["status"].as_str(), payment_id(&document)), (Some("success"), bought.payment_id()));
}

#[tokio::test]
async fn money_through_both_codes_is_paid_once_for_the_payer_and_told_to_the_operator() {
    let world = World::open().await;
    let (bought, second) = renewed(&world).await;
    world.callback(&sale(&second, "success")).await;
    let paid = world.document(&bought.token).await;
    world.clock.pass(1);
    world.callback(&sale(&bought.payment_id(), "success")).await;
    world.callback(&sale(&bought.payment_id(), "success")).await;
    let document = world.document(&bought.token).await;
    assert_eq!((&document["payment"], &document["operation"]), (&paid["payment"], &paid["operation"]));
    assert_eq!(world.metric("merchant_doubled_payments").await, 1);
    let noted = format!(
        "SELECT COUNT(*) FROM doubled WHERE first_payment = '{second}' AND second_payment = '{}'",
        bought.payment_id()
    );
    assert_eq!(world.count(&noted).await, 1);
}

#[tokio::test]
async fn many_clicks_in_many_tabs_make_one_new_payment() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    world.clock.pass(100);
    let path = format!("/api/checkouts/{}/renew", bought.token);
    let clicks: Vec<_> = (0..10)
        .map(|click| tokio::spawn(world.post(&path).header("Idempotency-Key", format!("click-{click}")).send()))
        .collect();
    let mut payments = std::collections::HashSet::new();
    for click in clicks {
        let response = click.await.unwrap().unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        payments.insert(payment_id(&response.json().await.unwrap()));
    }
    assert_eq!(payments.len(), 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM payments").await, 2);
    world.gate.heard(SALE_PATH, 2).await;
    assert_eq!(world.gate.sales().len(), 2);
}

#[tokio::test]
async fn the_same_key_makes_no_second_payment_however_late_it_is_repeated() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    world.clock.pass(100);
    let click =
        || world.post(&format!("/api/checkouts/{}/renew", bought.token)).header("Idempotency-Key", "click").send();
    let first: Value = click().await.unwrap().json().await.unwrap();
    world.callback(&code(&payment_id(&first), "b")).await;
    world.clock.pass(1000);
    let again: Value = click().await.unwrap().json().await.unwrap();
    assert_eq!(payment_id(&first), payment_id(&again));
    assert!(again.get("display_data").is_some(), "a repeat is answered with the document of now");
}

#[tokio::test]
async fn a_young_code_is_not_replaced() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let response = world.renew(&bought.token).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(payment_id(&response.json().await.unwrap()), bought.payment_id());
}

#[tokio::test]
async fn a_code_that_is_dead_already_is_replaced_however_young_its_payment_is() {
    let world = World::open().await;
    let bought = world.buy().await;
    let mut short = code(&bought.payment_id(), "a");
    short["display_data"][1]["data"] = json!("3");
    world.callback(&short).await;
    world.clock.pass(3);
    assert!(world.document(&bought.token).await["checkout"]["expires_in"].as_f64().unwrap() <= 0.0);
    let document: Value = world.renew(&bought.token).await.json().await.unwrap();
    assert_ne!(payment_id(&document), bought.payment_id());
    assert!(document.get("display_data").is_none() && document["checkout"].get("expires_in").is_none());
}

#[tokio::test]
async fn whoever_paid_gets_no_new_code_but_the_document_that_says_so() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    world.callback(&sale(&bought.payment_id(), "success")).await;
    world.clock.pass(100);
    let response = world.renew(&bought.token).await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["error"]["code"], "already-paid");
    assert_eq!(answer["payment"]["status"], "success");
    assert!(answer["checkout"]["revision"].is_i64());
    assert_eq!(world.gate.sales().len(), 1);
}

#[tokio::test]
async fn whoever_paid_without_anybody_hearing_of_it_gets_no_new_code_either() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    world.gate.knows(&bought.payment_id(), as_answer(&sale(&bought.payment_id(), "success")));
    world.clock.pass(30);
    let response = world.renew(&bought.token).await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let answer: Value = response.json().await.unwrap();
    assert_eq!((&answer["error"]["code"], &answer["payment"]["status"]), (&json!("already-paid"), &json!("success")));
    assert_eq!(world.gate.sales().len(), 1);
}

#[tokio::test]
async fn after_a_refusal_the_next_try_is_a_new_payment_at_once() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    world.callback(&sale(&bought.payment_id(), "decline")).await;
    let document: Value = world.renew(&bought.token).await.json().await.unwrap();
    assert_eq!(document["payment"]["status"], "processing");
    assert_ne!(payment_id(&document), bought.payment_id());
}

#[tokio::test]
async fn a_sale_that_gate_never_heard_of_is_not_doubled_by_impatience() {
    let world = World::open().await;
    world.gate.next_sale(Answer::Http(503, json!({})));
    let bought = world.buy().await;
    let document: Value = world.renew(&bought.token).await.json().await.unwrap();
    assert_eq!(payment_id(&document), bought.payment_id());
    assert_eq!(world.count("SELECT COUNT(*) FROM payments").await, 1);
}
