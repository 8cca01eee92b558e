//! The strings behind the scenes.

use serde_json::{Value, json};

use crate::bench::Bench;

#[tokio::test]
async fn the_project_is_told_so_that_any_shop_can_be_set_up() {
    let bench = Bench::new().await;
    let project: Value =
        bench.http.get(bench.sandbox.url("/control/project")).send().await.unwrap().json().await.unwrap();
    assert_eq!(project["project_id"], 238);
    assert_eq!(project["secret_key"], bench.key.reveal());
}

#[tokio::test]
async fn payments_are_listed_with_what_was_shown_and_sent() {
    let bench = Bench::new().await;
    let code = bench.code("order-1").await;
    bench.sell("order-2").await;
    let list: Value =
        bench.http.get(bench.sandbox.url("/control/payments")).send().await.unwrap().json().await.unwrap();
    let names: Vec<_> =
        list.as_array().unwrap().iter().map(|payment| payment["payment_id"].as_str().unwrap()).collect();
    assert_eq!(names, ["order-1", "order-2"]);
    assert_eq!(list[0]["status"], "awaiting customer action");
    assert_eq!(list[0]["display_data"][0]["data"], json!(code));
    let received = bench.callback("order-1", "awaiting customer action").await;
    let payment = crate::bench::until("a recorded callback", || async {
        let payment = bench.payment("order-1").await;
        payment["callbacks"].get(0).is_some().then_some(payment)
    })
    .await;
    assert_eq!(payment["callbacks"][0], json!({"body": received, "answer": 200}));
}

#[tokio::test]
async fn each_event_has_its_outcome_and_an_outcome_is_final() {
    let bench = Bench::new().await;
    let cases = [
        ("pay", json!({}), "success", "0"),
        ("decline", json!({}), "decline", "20105"),
        ("decline", json!({"code": "20101"}), "decline", "20101"),
        ("decline", json!({"code": 100}), "decline", "100"),
        ("expire", json!({}), "decline", "20602"),
    ];
    for (index, (event, options, status, code)) in cases.into_iter().enumerate() {
        let payment_id = format!("order-{index}");
        bench.code(&payment_id).await;
        assert_eq!(bench.happen(&payment_id, event, options).await.1["status"], status);
        assert_eq!(bench.callback(&payment_id, status).await["operation"]["code"], code);
        let again = bench.happen(&payment_id, "pay", json!({})).await;
        assert_eq!((again.0, &again.1["error"]), (409, &json!("payment-settled")));
    }
}

#[tokio::test]
async fn what_cannot_happen_is_refused_with_a_reason() {
    let bench = Bench::new().await;
    assert_eq!(bench.happen("nobody", "pay", json!({})).await.0, 404);
    bench.code("order-1").await;
    assert_eq!(bench.happen("order-1", "explode", json!({})).await.1["error"], "event-unknown");
    for code in [json!("0"), json!("9999"), json!("broke"), json!(null)] {
        let answer = bench.happen("order-1", "decline", json!({ "code": code })).await;
        assert_eq!((answer.0, &answer.1["field"]), (400, &json!("code")), "{code}");
    }
    let answer = bench.happen("order-1", "decline", json!([])).await;
    assert_eq!((answer.0, &answer.1["field"]), (400, &json!("body")));
    let empty = bench.http.post(bench.sandbox.url("/control/payments/ORDER-1/pay")).send().await.unwrap();
    assert_eq!(empty.status(), 200);
}

#[tokio::test]
async fn faults_are_set_as_a_whole_shown_and_reset() {
    let bench = Bench::new().await;
    let url = bench.sandbox.url("/control/faults");
    let show = async || -> Value { bench.http.get(&url).send().await.unwrap().json().await.unwrap() };
    let fresh = show().await;
    bench.faults(json!({"qr_form": "qr_img", "timeout": null})).await;
    assert_eq!((&show().await["qr_form"], &show().await["timeout"]), (&json!("qr_img"), &json!(null)));
    bench.faults(json!({"duplicate_callbacks": 1})).await;
    assert_eq!((&show().await["qr_form"], &show().await["duplicate_callbacks"]), (&json!("qr_data"), &json!(1)));
    let bad = bench.http.put(&url).json(&json!({"ack_error_rate": 2})).send().await.unwrap();
    assert_eq!(bad.status(), 400);
    assert_eq!(bad.json::<Value>().await.unwrap()["field"], "ack_error_rate");
    assert_eq!(show().await["duplicate_callbacks"], 1, "a refused change changes nothing");
    assert_eq!(bench.http.put(&url).body("{").send().await.unwrap().status(), 400);
    assert_eq!(bench.http.delete(&url).send().await.unwrap().status(), 200);
    assert_eq!(show().await, fresh);
}

#[tokio::test]
async fn an_address_in_use_is_told_and_a_dropped_sandbox_is_gone() {
    let bench = Bench::new().await;
    let addr = bench.sandbox.addr();
    let error = sandbox::spawn(addr, sandbox::Config::default()).await.unwrap_err();
    assert!(error.to_string().starts_with("cannot listen"), "{error}");
    let url = bench.sandbox.url("/control/project");
    drop(bench.sandbox);
    crate::bench::until("silence", || async { bench.http.get(&url).send().await.is_err().then_some(()) }).await;
}
