//! ECommPay's callbacks do not come, so it is asked.

use std::time::Duration;

use protocol::gate::STATUS_PATH;
use serde_json::{Value, json};

use crate::world::{World, as_answer, code, sale};

/// Gives background work the time to do what it must not do.
async fn nothing_happens() {
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::test]
async fn after_a_minute_of_silence_ecommpay_is_asked_and_believed() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    world.gate.knows(&bought.payment_id(), as_answer(&sale(&bought.payment_id(), "success")));
    world.clock.pass(59);
    nothing_happens().await;
    assert_eq!(world.gate.questions(), 0);
    world.clock.pass(1);
    let document = world.until(&bought.token, |document| document["payment"]["status"] == "success").await;
    assert_eq!(document["operation"]["code"], "0");
    assert_eq!(world.gate.questions(), 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM callbacks WHERE source = 'answer'").await, 1);
    world.clock.pass(7200);
    nothing_happens().await;
    assert_eq!(world.gate.questions(), 1, "what is settled is not asked for");
}

#[tokio::test]
async fn an_answer_without_the_code_does_not_take_the_code_away() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let before = world.document(&bought.token).await;
    world.gate.knows(&bought.payment_id(), as_answer(&code(&bought.payment_id(), "a")));
    world.clock.pass(60);
    world.gate.heard(STATUS_PATH, 1).await;
    nothing_happens().await;
    let mut after = world.document(&bought.token).await;
    after["checkout"]["expires_in"] = before["checkout"]["expires_in"].clone();
    assert_eq!(after, before, "nor is it news");
}

#[tokio::test]
async fn the_silence_between_two_questions_grows_and_ends_with_the_payment() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    world.gate.knows(&bought.payment_id(), as_answer(&sale(&bought.payment_id(), "processing")));
    let mut asked_at = Vec::new();
    let mut noted = 0;
    for second in (0..8000).step_by(20) {
        if second > 0 {
            world.clock.pass(20);
        }
        // Each question is over when its answer is written down.
        while world
            .count(&format!("SELECT COUNT(*) FROM payments WHERE ask_at <= {}", 1_548_662_400_000_i64 + second * 1000))
            .await
            > 0
        {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let questions = world.gate.questions();
        asked_at.extend((noted..questions).map(|_| second));
        noted = questions;
    }
    let gaps: Vec<i64> = asked_at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(asked_at.len() >= 10 && asked_at.len() <= 20, "{asked_at:?}");
    assert!(gaps.iter().all(|gap| *gap <= 920), "{gaps:?}");
    assert!(gaps.iter().take(5).zip([20, 100, 160, 260, 420]).all(|(gap, most)| *gap <= most + 420), "{gaps:?}");
    assert!(*asked_at.last().unwrap() <= 7200 && *asked_at.last().unwrap() >= 7180, "{asked_at:?}");
    assert!(asked_at.iter().any(|second| (600..=620).contains(second)), "at the end of the code: {asked_at:?}");
}

#[tokio::test]
async fn an_answer_that_is_not_proven_to_be_ecommpays_changes_nothing() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let id = bought.payment_id();
    let mut forged = as_answer(&sale(&id, "success"));
    forged["signature"] = json!("AAAA");
    for answer in [as_answer(&sale(&id, "success")), forged] {
        world.gate.knows_unsigned(&id, answer);
        let asked = world.gate.questions();
        world.clock.pass(600);
        world.gate.heard(STATUS_PATH, asked + 1).await;
        nothing_happens().await;
    }
    assert_eq!(world.status(&bought.token).await, "awaiting customer action");
    assert_eq!(world.metric("merchant_gate_requests_total{request=\"status\",result=\"unverified\"}").await, 2);
}

#[tokio::test]
async fn an_answer_about_another_payment_or_about_none_changes_nothing() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let unknown = json!({"payment": {"id": bought.payment_id(), "status": "error"}, "errors": [{"code": 3061}]});
    for answer in [as_answer(&sale("wx-other", "success")), unknown, json!({"status": "error", "code": "3062"})] {
        world.gate.knows(&bought.payment_id(), answer);
        let asked = world.gate.questions();
        world.clock.pass(600);
        world.gate.heard(STATUS_PATH, asked + 1).await;
        nothing_happens().await;
    }
    assert_eq!(world.status(&bought.token).await, "awaiting customer action");
}

#[tokio::test]
async fn a_code_that_comes_with_an_answer_is_shown() {
    let world = World::open().await;
    let bought = world.buy().await;
    let mut answer = as_answer(&code(&bought.payment_id(), "a"));
    answer["display_data"] = code(&bought.payment_id(), "a")["display_data"].clone();
    world.gate.knows(&bought.payment_id(), answer);
    world.clock.pass(60);
    let document: Value = world.until(&bought.token, |document| document.get("display_data").is_some()).await;
    assert_eq!(document["checkout"]["expires_in"], 540.0, "its life counts from its creation");
}
