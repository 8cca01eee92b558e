//! A shop asks for a code.

use protocol::callback::Callback;
use protocol::gate::{SALE_PATH, STATUS_PATH};
use protocol::sign::{self, SecretKey};
use serde_json::{Value, json};

use crate::bench::Bench;

/// The code of a refusal, which has to be the same in both places.
fn code(answer: &(u16, Value)) -> (u16, &str) {
    let code = answer.1["code"].as_str().unwrap();
    assert_eq!(answer.1["errors"][0]["code"], json!(code.parse::<i64>().unwrap()));
    assert_eq!(answer.1["status"], "error");
    (answer.0, code)
}

#[tokio::test]
async fn a_sale_is_acknowledged_and_a_signed_code_follows() {
    let bench = Bench::new().await;
    let ack = bench.sell("order-1").await;
    assert_eq!((&ack["project_id"], &ack["payment_id"]), (&json!(238), &json!("order-1")));
    let body = bench.callback("order-1", "awaiting customer action").await;
    let text = body["display_data"][0]["data"].as_str().unwrap();
    assert!(text.starts_with("weixin://wxpay/bizpayurl?pr=") && text.len() >= 35, "{text}");
    assert_eq!(body["display_data"][0]["type"], "qr_data");
    assert_eq!(body["display_data"][1], json!({"type": "add_info", "title": "QR Code Timeout", "data": "600"}));

    let callback = Callback::from_value(body).unwrap();
    assert_eq!((callback.project_id, callback.payment_id()), (Some(238), Some("order-1")));
    let operation = callback.operation.unwrap();
    assert_eq!(operation.request_id.as_deref(), ack["request_id"].as_str());
    assert_eq!(operation.code.as_deref(), Some("9999"));
    assert!(operation.created_date.is_some() && operation.id.unwrap() > i64::from(u32::MAX));
    let sum = callback.payment.unwrap().sum.unwrap();
    assert_eq!((sum.amount, sum.currency.code()), (1840, "EUR"));
}

#[tokio::test]
async fn a_wrong_and_an_empty_signature_are_told_apart() {
    let bench = Bench::new().await;
    let mut sale = bench.sale("order-1");
    assert_eq!(code(&bench.post(SALE_PATH, &sale).await), (400, "3262"));
    sale["general"]["signature"] = json!("");
    assert_eq!(code(&bench.post(SALE_PATH, &sale).await), (400, "3262"));
    sign::sign_into_general(&mut sale, &SecretKey::new("another key").unwrap()).unwrap();
    assert_eq!(code(&bench.post(SALE_PATH, &sale).await), (400, "3261"));
    sign::sign_into_general(&mut sale, &bench.key).unwrap();
    sale["payment"]["amount"] = json!(1);
    assert_eq!(code(&bench.post(SALE_PATH, &sale).await), (400, "3261"));
    assert!(bench.payment("order-1").await["error"] == "payment-unknown");
}

#[tokio::test]
async fn another_project_and_broken_json_have_their_own_answers() {
    let bench = Bench::new().await;
    let mut sale = bench.sale("order-1");
    sale["general"]["project_id"] = json!(239);
    assert_eq!(code(&bench.ask(SALE_PATH, sale).await), (404, "2442"));
    for path in [SALE_PATH, STATUS_PATH] {
        let answer = bench.http.post(bench.sandbox.url(path)).body("{\"general\":").send().await.unwrap();
        let answer = (answer.status().as_u16(), answer.json().await.unwrap());
        assert_eq!(code(&answer), (422, "2003"), "{path}");
    }
}

#[tokio::test]
async fn every_required_member_is_missed_by_name() {
    let bench = Bench::new().await;
    let required = [
        ("general", "project_id"),
        ("general", "payment_id"),
        ("customer", "id"),
        ("customer", "ip_address"),
        ("payment", "amount"),
        ("payment", "currency"),
    ];
    for (object, member) in required {
        let mut sale = bench.sale("order-1");
        sale[object].as_object_mut().unwrap().remove(member);
        let answer = bench.ask(SALE_PATH, sale).await;
        assert_eq!(code(&answer), (400, "2004"), "{object}.{member}");
        assert_eq!(answer.1["errors"][0]["field"], format!("{object}.{member}"));
    }
}

#[tokio::test]
async fn members_that_break_a_rule_are_refused_by_name() {
    let bench = Bench::new().await;
    let long = "x".repeat(256);
    let cases = [
        ("general", "payment_id", json!(" order"), "502"),
        ("general", "payment_id", json!(long), "502"),
        ("general", "payment_id", json!(5), "502"),
        ("general", "merchant_callback_url", json!("shop"), "502"),
        ("customer", "ip_address", json!("somewhere"), "502"),
        ("customer", "phone", json!("+8612345678"), "502"),
        ("customer", "email", json!("nobody"), "502"),
        ("payment", "amount", json!(0), "502"),
        ("payment", "amount", json!("1840"), "502"),
        ("payment", "amount", json!(18.4), "502"),
        ("payment", "description", json!(long), "502"),
        ("payment", "currency", json!("eur"), "3121"),
        ("payment", "currency", json!("CHF"), "3023"),
    ];
    for (object, member, value, expected) in cases {
        let mut sale = bench.sale("order-1");
        sale[object][member] = value.clone();
        let answer = bench.ask(SALE_PATH, sale).await;
        assert_eq!(code(&answer), (400, expected), "{object}.{member} = {value}");
        assert_eq!(answer.1["errors"][0]["field"], format!("{object}.{member}"), "{value}");
    }
}

#[tokio::test]
async fn a_name_is_taken_once_whatever_its_case_and_again_after_an_error() {
    let bench = Bench::new().await;
    bench.code("Order_314").await;
    assert_eq!(code(&bench.ask(SALE_PATH, bench.sale("order_314")).await), (400, "3041"));
    bench.happen("order_314", "error", json!({"code": "2642"})).await;
    let failed = bench.callback("Order_314", "error").await;
    assert_eq!(failed["errors"][0]["code"], 2642);
    bench.code("order_314").await;
    bench.happen("order_314", "decline", json!({})).await;
    assert_eq!(code(&bench.ask(SALE_PATH, bench.sale("ORDER_314")).await), (400, "3041"));
}

#[tokio::test]
async fn each_form_of_the_code_is_one_that_the_protocol_can_show() {
    let bench = Bench::new().await;
    for form in ["qr_data", "qr_img", "qr_img_data_uri", "qr_url"] {
        bench.faults(json!({"qr_form": form, "timeout_as": "number", "timeout": "90"})).await;
        bench.sell(form).await;
        let body = bench.callback(form, "awaiting customer action").await;
        let item = &body["display_data"][0];
        assert_eq!(item["type"], form.trim_end_matches("_data_uri"), "{form}");
        assert_eq!(body["display_data"][1]["data"], 90);
        if form == "qr_url" {
            let picture = bench.http.get(item["data"].as_str().unwrap()).send().await.unwrap();
            assert_eq!(picture.headers()["content-type"], "image/png");
            assert!(picture.bytes().await.unwrap().starts_with(b"\x89PNG"));
        }
    }
    let missing = bench.http.get(bench.sandbox.url("/codes/nothing.png")).send().await.unwrap();
    assert_eq!(missing.status(), 404);
}

#[tokio::test]
async fn a_lost_acknowledgement_means_that_the_request_was_taken() {
    let bench = Bench::new().await;
    bench.faults(json!({"ack_error_rate": 1, "ack_delay_ms": 20})).await;
    let answer = bench.ask(SALE_PATH, bench.sale("order-1")).await;
    assert_eq!((answer.0, &answer.1["code"]), (500, &json!("501")));
    assert_eq!(code(&bench.ask(SALE_PATH, bench.sale("order-1")).await), (400, "3041"));
    bench.callback("order-1", "awaiting customer action").await;
}

#[tokio::test]
async fn the_answer_and_the_code_take_as_long_as_they_are_told_to() {
    let bench = Bench::new().await;
    bench.faults(json!({"ack_delay_ms": 3_600_000, "display_delay_ms": 7_200_000})).await;
    let sale = bench.ask(SALE_PATH, bench.sale("order-1"));
    tokio::pin!(sale);
    let early = tokio::time::timeout(std::time::Duration::from_millis(100), &mut sale).await;
    assert!(early.is_err(), "no answer yet");
    bench.sandbox.clock().advance(std::time::Duration::from_secs(3601));
    assert_eq!(sale.await.0, 200);
    assert_eq!(bench.payment("order-1").await["status"], "processing");
    bench.sandbox.clock().advance(std::time::Duration::from_secs(3601));
    bench.callback("order-1", "awaiting customer action").await;
}
