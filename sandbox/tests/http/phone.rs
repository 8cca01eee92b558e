//! A payer with a phone.

use std::time::Duration;

use serde_json::{Value, json};

use crate::bench::Bench;

async fn scan(bench: &Bench, code: &str) -> (u16, Value) {
    bench.post("/phone/scan", &json!({ "code": code })).await
}

async fn decide(bench: &Bench, code: &str, accept: bool) -> (u16, Value) {
    bench.post("/phone/pay", &json!({"code": code, "accept": accept})).await
}

#[tokio::test]
async fn a_payer_scans_sees_what_is_asked_and_pays() {
    let bench = Bench::new().await;
    let code = bench.code("order-1").await;
    let (status, offer) = scan(&bench, &format!("  {code}\n")).await;
    assert_eq!(status, 200);
    assert_eq!(offer, json!({"payment_id": "order-1", "shop": "2 × tea", "amount": "18.40", "currency": "EUR"}));
    assert_eq!(bench.payment("order-1").await["status"], "awaiting customer action", "looking is not paying");
    assert_eq!(decide(&bench, &code, true).await, (200, json!({"result": "paid"})));
    bench.callback("order-1", "success").await;
    for answer in [scan(&bench, &code).await, decide(&bench, &code, true).await, decide(&bench, &code, false).await] {
        assert_eq!((answer.0, &answer.1["message"]), (409, &json!("Already paid")));
    }
}

#[tokio::test]
async fn a_payer_who_refuses_ends_the_payment() {
    let bench = Bench::new().await;
    let code = bench.code("order-1").await;
    assert_eq!(decide(&bench, &code, false).await, (200, json!({"result": "refused"})));
    assert_eq!(bench.callback("order-1", "decline").await["operation"]["code"], "20301");
    assert_eq!(scan(&bench, &code).await.1["message"], "This code is no longer valid");
}

#[tokio::test]
async fn a_code_dies_at_its_time_while_the_payment_lives_on() {
    let bench = Bench::new().await;
    bench.faults(json!({"timeout": "30"})).await;
    let code = bench.code("order-1").await;
    bench.sandbox.clock().advance(Duration::from_secs(25));
    assert_eq!(scan(&bench, &code).await.0, 200);
    bench.sandbox.clock().advance(Duration::from_secs(6));
    for answer in [scan(&bench, &code).await, decide(&bench, &code, true).await] {
        assert_eq!((answer.0, &answer.1["message"]), (410, &json!("This code is no longer valid")));
    }
    assert_eq!(bench.payment("order-1").await["status"], "awaiting customer action");
    assert_eq!(bench.happen("order-1", "pay", json!({})).await.0, 200, "who paid in time may be told late");
}

#[tokio::test]
async fn what_is_no_code_is_called_so() {
    let bench = Bench::new().await;
    for code in ["", "hello", "https://example.com", "weixin://wxpay/other?pr=abc"] {
        let answer = scan(&bench, code).await;
        assert_eq!((answer.0, &answer.1["message"]), (422, &json!("Not a WeChat Pay code")), "{code}");
    }
    assert_eq!(scan(&bench, "weixin://wxpay/bizpayurl?pr=dMrSpJG").await.1["error"], "code-dead");
    for body in [json!({}), json!({"code": 5}), json!([])] {
        assert_eq!(bench.post("/phone/scan", &body).await.0, 400, "{body}");
    }
    assert_eq!(bench.post("/phone/pay", &json!({"code": "x"})).await.0, 400);
}

#[tokio::test]
async fn the_codes_that_wait_are_listed_the_newest_first() {
    let bench = Bench::new().await;
    let list = async || -> Value {
        bench.http.get(bench.sandbox.url("/phone/codes")).send().await.unwrap().json().await.unwrap()
    };
    assert_eq!(list().await, json!([]));
    let (old, new) = (bench.code("order-1").await, bench.code("order-2").await);
    assert_eq!((&list().await[0]["code"], &list().await[1]["code"]), (&json!(new), &json!(old)));
    decide(&bench, &new, true).await;
    assert_eq!(list().await.as_array().unwrap().len(), 1);
    bench.sandbox.clock().advance(Duration::from_secs(601));
    assert_eq!(list().await, json!([]));
}

#[tokio::test]
async fn the_page_needs_nothing_that_a_strict_policy_forbids() {
    let bench = Bench::new().await;
    let answer = bench.http.get(bench.sandbox.url("/phone")).send().await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let page = answer.text().await.unwrap();
    assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick="));
    for script in page.split("<script").skip(1) {
        assert!(script.trim_start().starts_with("src="), "inline script");
    }
    for (path, kind) in
        [("/phone/phone.js", "text/javascript"), ("/phone/phone.css", "text/css"), ("/phone/icon.svg", "image/svg")]
    {
        let answer = bench.http.get(bench.sandbox.url(path)).send().await.unwrap();
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with(kind), "{path}");
    }
    let root = bench.http.get(bench.sandbox.url("/")).send().await.unwrap();
    assert!(root.url().path().ends_with("/phone"));
}
