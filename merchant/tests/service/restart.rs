//! The server is stopped at a bad moment and started on the same file.

use protocol::gate::SALE_PATH;
use reqwest::StatusCode;

use crate::gate::Answer;
use crate::world::{World, as_answer, basket, bought, code, sale, signed};

#[tokio::test]
async fn a_sale_that_was_stored_and_not_sent_is_sent_after_the_restart() {
    let mut world = World::open().await;
    world.gate.next_sale(Answer::Silence);
    let response = world.post("/api/checkouts").json(&basket()).send().await.unwrap();
    let bought = bought(response).await;
    world.crash();
    world.clock.pass(60);
    world.start().await;
    world.gate.heard(SALE_PATH, 2).await;
    let sales = world.gate.sales();
    assert_eq!(sales[0], sales[1]);
    assert_eq!(world.callback(&sale(&bought.payment_id(), "success")).await, StatusCode::OK);
    assert_eq!(world.status(&bought.token).await, "success");
}

#[tokio::test]
async fn a_payment_goes_on_where_it_was() {
    let mut world = World::open().await;
    let bought = world.buy_with_code().await;
    world.clock.pass(10);
    let before = world.document(&bought.token).await;
    assert_eq!(before["checkout"]["expires_in"], 590.0);
    world.crash();
    world.clock.pass(5);
    world.start().await;
    let mut after = world.document(&bought.token).await;
    assert_eq!(after["checkout"]["expires_in"], 585.0, "a restart gives a code no new life");
    after["checkout"]["expires_in"] = before["checkout"]["expires_in"].clone();
    assert_eq!(after, before);
    world.callback(&sale(&bought.payment_id(), "success")).await;
    world.crash();
    world.start().await;
    assert_eq!(world.status(&bought.token).await, "success");
    assert_eq!(world.gate.sales().len(), 1, "what Gate has is not sent again");
}

#[tokio::test]
async fn what_was_taken_before_the_restart_is_a_repeat_after_it() {
    let mut world = World::open().await;
    let bought = world.buy().await;
    let paid = sale(&bought.payment_id(), "success");
    world.callback(&paid).await;
    world.crash();
    world.start().await;
    assert_eq!(world.callback(&paid).await, StatusCode::OK);
    assert_eq!(world.count("SELECT COUNT(*) FROM callbacks").await, 1);
    assert_eq!(world.metric("merchant_callbacks_total{result=\"repeated\"}").await, 1);
}

#[tokio::test]
async fn money_that_came_while_nobody_listened_is_found() {
    let mut world = World::open().await;
    let bought = world.buy_with_code().await;
    world.crash();
    world.gate.knows(&bought.payment_id(), as_answer(&sale(&bought.payment_id(), "success")));
    world.clock.pass(300);
    world.start().await;
    world.until(&bought.token, |document| document["payment"]["status"] == "success").await;
}

#[tokio::test]
async fn while_the_old_server_hands_over_to_the_new_one_each_callback_is_applied_once() {
    let mut world = World::open().await;
    let mut paid = Vec::new();
    for _ in 0..10 {
        paid.push(world.buy().await);
    }
    let old = world.start_another().await;
    let sending: Vec<_> = (0..5)
        .flat_map(|_| paid.iter())
        .flat_map(|bought| {
            let body = signed(&sale(&bought.payment_id(), "success")).to_string();
            [world.url("/callbacks/ecommpay"), format!("http://{}/callbacks/ecommpay", old.address())]
                .map(|url| tokio::spawn(world.client.post(url).body(body.clone()).send()))
        })
        .collect();
    for answer in sending {
        assert_eq!(answer.await.unwrap().unwrap().status(), StatusCode::OK);
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM callbacks").await, 10);
    assert_eq!(world.metric("merchant_checkouts{state=\"paid\"}").await, 10);
    old.shutdown().await;
}

#[tokio::test]
async fn a_key_means_the_same_after_the_restart() {
    let mut world = World::open().await;
    let buy = |world: &World| world.post("/api/checkouts").header("Idempotency-Key", "b3f1").json(&basket()).send();
    let first = bought(buy(&world).await.unwrap()).await;
    world.callback(&code(&first.payment_id(), "a")).await;
    world.shutdown().await;
    world.start().await;
    let response = buy(&world).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(bought(response).await.token, first.token);
}
