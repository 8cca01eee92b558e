//! A browser asks how things stand.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::world::{World, sale};

#[tokio::test]
async fn a_checkout_nobody_has_is_not_found_and_says_so_in_json() {
    let world = World::open().await;
    for token in ["short", "AbCdEfGhIjKlMnOpQrStUvWxYz012345"] {
        for path in ["", "/events"] {
            let response = world.get(&format!("/api/checkouts/{token}{path}")).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "checkout-unknown");
        }
        for path in ["renew", "cancel"] {
            let response = world.post(&format!("/api/checkouts/{token}/{path}")).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
    let response = world.get("/admin/payments/1").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "not-found");
    assert_eq!(world.get("/callbacks/ecommpay").await.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn an_unchanged_document_is_not_sent_again_but_the_time_that_is_left_is() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let path = format!("/api/checkouts/{}", bought.token);
    let first = world.get(&path).await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(first.headers()["checkout-expires-in"], "600.0");
    assert_eq!(first.json::<Value>().await.unwrap()["checkout"]["expires_in"], 600.0);

    world.clock.pass(59);
    let again = || world.client.get(world.url(&path)).header("If-None-Match", &tag).send();
    let second = again().await.unwrap();
    assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(second.headers()["checkout-expires-in"], "541.0");
    assert_eq!(second.headers()["etag"], tag.as_str());
    assert_eq!(second.headers()["cache-control"], "no-store");
    assert!(second.headers().contains_key("date"));
    assert_eq!(second.text().await.unwrap(), "");

    world.callback(&sale(&bought.payment_id(), "success")).await;
    let third = again().await.unwrap();
    assert_eq!(third.status(), StatusCode::OK);
    assert!(!third.headers().contains_key("checkout-expires-in"));
    assert_eq!(third.json::<Value>().await.unwrap()["payment"]["status"], "success");
}

#[tokio::test]
async fn the_revision_grows_with_each_change_and_only_then() {
    let world = World::open().await;
    let bought = world.buy().await;
    let revision = async || world.document(&bought.token).await["checkout"]["revision"].as_i64().unwrap();
    let created = revision().await;
    world.callback(&crate::world::code(&bought.payment_id(), "a")).await;
    let with_code = revision().await;
    assert!(with_code > created);
    world.callback(&crate::world::code(&bought.payment_id(), "a")).await;
    world.clock.pass(5);
    assert_eq!(revision().await, with_code);
    world.callback(&sale(&bought.payment_id(), "decline")).await;
    assert!(revision().await > with_code);
}

#[tokio::test]
async fn a_checkout_that_is_given_up_says_so_and_money_that_comes_later_is_shown() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let cancel = || world.post(&format!("/api/checkouts/{}/cancel", bought.token)).send();
    let response = cancel().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let document: Value = response.json().await.unwrap();
    assert_eq!(document["payment"]["status"], "cancelled");
    assert!(document.get("display_data").is_none() && document["checkout"]["links"].get("renew").is_none());
    assert_eq!(cancel().await.unwrap().status(), StatusCode::OK, "giving up twice is giving up");
    let response = world.renew(&bought.token).await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "cancelled");

    world.callback(&sale(&bought.payment_id(), "success")).await;
    assert_eq!(world.status(&bought.token).await, "success");
    let response = cancel().await.unwrap();
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(answer["error"]["code"], json!("already-paid"));
    assert_eq!(answer["payment"]["status"], "success");
}
