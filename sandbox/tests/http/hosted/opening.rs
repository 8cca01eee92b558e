//! A shop opens the page.

use std::time::Duration;

use crate::bench::Bench;

#[tokio::test]
async fn the_page_opens_by_address_and_by_form_and_no_payment_exists_yet() {
    let bench = Bench::new().await;
    let parameters = bench.signed(bench.parameters("order-1"));
    for page in [bench.open(&parameters).await, bench.post_form(&parameters).await] {
        assert_eq!(page.status, 200);
        assert!(page.html.contains("<h1>2 × tea</h1>") && page.html.contains("18.40 EUR"));
        assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    }
    assert_eq!(bench.payment("order-1").await["error"], "payment-unknown");
    assert_eq!(bench.status("order-1").await["errors"][0]["code"], "3061");
    assert!(bench.shop.received().is_empty());
}

#[tokio::test]
async fn what_is_added_after_signing_is_not_signed_and_everything_else_is() {
    let bench = Bench::new().await;
    let mut parameters = bench.signed(bench.parameters("order-1"));
    for (name, value) in [("frame_mode", "popup"), ("_sw", "1280"), ("_referrer", "https://shop.example/?a;b")] {
        parameters.push((name.to_owned(), value.to_owned()));
    }
    assert_eq!(bench.open(&parameters).await.status, 200);
    parameters.push(("target_element".to_owned(), "here".to_owned()));
    assert_eq!(bench.open(&parameters).await.refusal(), (400, "page-signature-wrong"));
}

#[tokio::test]
async fn a_wrong_and_a_missing_signature_and_a_changed_value_are_an_error_page() {
    let bench = Bench::new().await;
    assert_eq!(bench.open(&bench.parameters("order-1")).await.refusal(), (400, "page-signature-missing"));
    let mut parameters = bench.signed(bench.parameters("order-1"));
    parameters[2].1 = "1".to_owned();
    let page = bench.post_form(&parameters).await;
    assert_eq!(page.refusal(), (400, "page-signature-wrong"));
    assert!(page.html.contains("You were not charged"));
    assert_eq!(bench.confirm(&parameters).await.0, 400);
    assert_eq!(bench.payment("order-1").await["error"], "payment-unknown");
    assert!(bench.shop.received().is_empty());
}

#[tokio::test]
async fn every_mandatory_parameter_is_missed_by_name() {
    let bench = Bench::new().await;
    for name in ["project_id", "payment_id", "payment_amount", "payment_currency", "customer_id"] {
        let mut parameters = bench.parameters("order-1");
        parameters.retain(|(known, _)| known != name);
        let page = bench.open(&bench.signed(parameters)).await;
        assert_eq!(page.refusal(), (400, "page-parameter"), "{name}");
        assert_eq!(page.text("reason"), format!("{name}: it is required"));
    }
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_by_name() {
    let bench = Bench::new().await;
    let long = "x".repeat(256);
    let cases = [
        ("payment_id", long.as_str()),
        ("payment_id", " order"),
        ("payment_amount", "0"),
        ("payment_amount", "18.40"),
        ("payment_amount", "10000000000001"),
        ("payment_currency", "eur"),
        ("customer_id", &long),
        ("customer_phone", "+8612345678"),
        ("customer_email", "nobody"),
        ("payment_description", &long),
        ("payment_description", "a;b"),
        ("best_before", "tomorrow"),
        ("merchant_callback_url", "shop"),
        ("merchant_success_url", "javascript:alert(1)"),
        ("merchant_success_enabled", "3"),
        ("redirect_fail_mode", "top"),
        ("mode", "payout"),
        ("operation_type", "auth"),
        ("secret_key", "oops"),
    ];
    for (name, value) in cases {
        let page = bench.open_signed("order-1", &[(name, value)]).await;
        assert_eq!(page.refusal(), (400, "page-parameter"), "{name} = {value}");
        assert!(page.text("reason").starts_with(&format!("{name}: ")), "{name}: {}", page.text("reason"));
    }
    let mut twice = bench.parameters("order-1");
    twice.push(("payment_amount".to_owned(), "1".to_owned()));
    assert_eq!(bench.open(&bench.signed(twice)).await.text("reason"), "payment_amount: it is there twice");
}

#[tokio::test]
async fn another_project_a_currency_without_a_method_and_a_body_that_is_no_form_have_their_own_pages() {
    let bench = Bench::new().await;
    assert_eq!(bench.open_signed("order-1", &[("project_id", "239")]).await.refusal(), (404, "page-project-unknown"));
    assert_eq!(bench.open_signed("order-1", &[("payment_currency", "CHF")]).await.refusal(), (400, "page-no-method"));
    let url = bench.sandbox.url("/payment");
    let answer = bench.http.post(url).header("content-type", "application/json").body("{}").send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("page-unreadable"));
}

#[tokio::test]
async fn a_limit_is_counted_down_refused_when_past_and_ignored_when_far_away() {
    let bench = Bench::new().await;
    let opened = async |limit: &str| bench.open_signed("order-1", &[("best_before", limit)]).await;
    assert_eq!(opened("2020-01-01T00:00:00+03").await.refusal(), (410, "page-past"));
    assert!(opened("2099-01-01T00:00:00+00:00").await.html.contains("data-seconds-left=\"\""));
    let page = opened(&bench.in_an_hour()).await;
    let left = page.html.split_once("data-seconds-left=\"").unwrap().1.split_once('"').unwrap().0;
    assert!((3500.0..3601.0).contains(&left.parse::<f64>().unwrap()), "{left}");
}

#[tokio::test]
async fn the_limit_ends_confirming_and_not_paying() {
    let bench = Bench::new().await;
    let limit = bench.in_an_hour();
    let early = bench.signed(bench.with_parameters("early", &[("best_before", &limit)]));
    let late = bench.signed(bench.with_parameters("late", &[("best_before", &limit)]));
    let (_, begun) = bench.confirm(&early).await;
    bench.sandbox.clock().advance(Duration::from_secs(3601));
    let (status, refused) = bench.confirm(&late).await;
    assert_eq!((status, refused["error"].as_str()), (410, Some("page-past")));
    assert_eq!(bench.payment("late").await["error"], "payment-unknown");
    assert_eq!(bench.happen("early", "pay", serde_json::json!({})).await.0, 200);
    bench.step(begun["request_id"].as_str().unwrap(), "result").await;
}

#[tokio::test]
async fn a_name_that_is_taken_is_an_error_page_and_one_under_way_goes_on() {
    let bench = Bench::new().await;
    bench.code("gate").await;
    assert_eq!(bench.open_signed("gate", &[]).await.refusal(), (409, "page-taken"), "Gate has it");

    let request_id = bench.confirmed("Order_314").await;
    let again = bench.open_signed("Order_314", &[]).await;
    assert!(again.html.contains(&format!("data-request=\"{request_id}\"")));
    assert_eq!(bench.open_signed("order_314", &[]).await.refusal(), (409, "page-taken"), "another case");
    for other in [("payment_amount", "1841"), ("customer_id", "another")] {
        assert_eq!(bench.open_signed("Order_314", &[other]).await.refusal(), (409, "page-taken"), "another order");
    }
    bench.happen("Order_314", "pay", serde_json::json!({})).await;
    let page = bench.open_signed("Order_314", &[]).await;
    assert_eq!(page.refusal(), (409, "page-paid"));
    assert!(page.html.contains("This order is paid"));

    bench.confirmed("declined").await;
    bench.happen("declined", "decline", serde_json::json!({})).await;
    assert_eq!(bench.open_signed("declined", &[]).await.refusal(), (409, "page-taken"));
    bench.confirmed("failed").await;
    bench.happen("failed", "error", serde_json::json!({})).await;
    assert_eq!(bench.open_signed("failed", &[]).await.status, 200, "after an error the name is free");
}

#[tokio::test]
async fn the_page_speaks_the_shops_language_or_the_browsers() {
    let bench = Bench::new().await;
    let page = bench.open_signed("order-1", &[("language_code", "zh")]).await;
    assert!(page.html.contains("<html lang=\"zh-CN\">") && page.html.contains("前往微信支付"));
    let page = bench.open_signed("order-1", &[("language_code", "EN")]).await;
    assert!(page.html.contains("<html lang=\"en\">") && page.html.contains("Continue to WeChat"));
    let url = bench.sandbox.url("/payment");
    let request = bench.http.get(url).query(&bench.signed(bench.parameters("order-1")));
    let answer = request.header("accept-language", "zh-CN,zh;q=0.9,en;q=0.8").send().await.unwrap();
    assert!(answer.text().await.unwrap().contains("<html lang=\"zh-CN\">"));
    let page = bench.open_signed("order-1", &[("language_code", "zh"), ("payment_amount", "0")]).await;
    assert!(page.html.contains("无法打开支付页面"));
}

#[tokio::test]
async fn wechat_is_the_only_choice_when_forced_and_one_of_several_otherwise() {
    let bench = Bench::new().await;
    let list = |page: &str| !page.contains("id=\"methods\" hidden");
    let forced = bench.open_signed("order-1", &[]).await;
    assert!(!list(&forced.html) && forced.html.contains("Confirm your payment"));
    let free = bench.open_signed("order-1", &[("force_payment_method", "")]).await;
    assert!(list(&free.html) && free.html.contains("Not part of this sandbox") && !free.html.contains(" checked>"));
    let preset =
        bench.open_signed("order-1", &[("force_payment_method", ""), ("default_payment_method", "wechat")]).await;
    assert!(list(&preset.html) && preset.html.contains("value=\"wechat\" data-name=\"WeChat Pay\" checked>"));
    let card = bench.signed(bench.with_parameters("order-1", &[("force_payment_method", "card")]));
    assert!(bench.open(&card).await.html.contains("type=\"submit\" disabled>"));
    assert_eq!(bench.confirm(&card).await.0, 400);
}
