//! The merchant's config is opened at the hosted page that the rest of this project is tried against.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::sandbox::Town;
use crate::world::{hosted_id, payment_id};

const SHOP: &str = "http://127.0.0.1:8080";

impl Town {
    async fn buy_by(&self, method: &str) -> String {
        let body = json!({"items": [{"sku": "longjing", "quantity": 2}], "currency": "EUR", "method": method,
            "locale": "zh-CN", "customer": {"email": "payer@example.com", "phone": "+86 1234567890"},
            "return_url": format!("{SHOP}/#/checkout/{{token}}")});
        let url = format!("http://{}/api/checkouts", self.address);
        let response = self.client.post(url).header("Origin", SHOP).json(&body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        response.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Posts the config as a browser posts a form.
    async fn post_config(&self, document: &Value, path: &str) -> (StatusCode, String) {
        let checkout = &document["checkout"];
        let as_text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let form: Vec<_> = checkout["payment_page"].as_object().unwrap().iter().map(|(n, v)| (n, as_text(v))).collect();
        let url = format!("{}{path}", checkout["payment_page_url"].as_str().unwrap());
        let response = self.client.post(url).form(&form).send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    }

    /// The payer opens the page and confirms; the request it confirmed with.
    async fn confirm(&self, document: &Value) -> String {
        let (status, page) = self.post_config(document, "/payment").await;
        assert_eq!(status, StatusCode::OK, "{page}");
        let (status, confirmed) = self.post_config(document, "/payment/requests").await;
        assert_eq!(status, StatusCode::CREATED, "{confirmed}");
        let confirmed: Value = serde_json::from_str(&confirmed).unwrap();
        confirmed["request_id"].as_str().unwrap().to_owned()
    }

    /// The payer pays, or refuses to, once the page shows the code; what the page says then.
    async fn settle(&self, request_id: &str, accept: bool) -> Value {
        let at = |path: &str| self.platform.url(&format!("/payment/requests/{request_id}{path}"));
        for _ in 0..500 {
            let progress: Value = self.client.get(at("")).send().await.unwrap().json().await.unwrap();
            if progress["step"] == "wechat" {
                let response = self.client.post(at("/wechat")).json(&json!({"accept": accept})).send().await.unwrap();
                assert_eq!(response.status(), StatusCode::OK);
                return response.json().await.unwrap();
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("the page shows no code");
    }
}

#[tokio::test]
async fn the_page_opens_with_the_config_as_it_is_and_in_the_payers_language() {
    let town = Town::open("page-opens").await;
    let path = town.buy_by("payment_page").await;
    let document = town.read(&path).await;
    let (status, page) = town.post_config(&document, "/payment").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("lang=\"zh"), "{page}");
    let payments = town.control(Method::GET, "/control/payments", &Value::Null).await;
    assert_eq!(payments, json!([]), "whoever only looks has begun nothing");

    let mut forged = document;
    forged["checkout"]["payment_page"]["payment_amount"] = json!(1);
    assert_ne!(town.post_config(&forged, "/payment").await.0, StatusCode::OK);
}

#[tokio::test]
async fn whoever_pays_on_the_page_has_paid() {
    let town = Town::open("page-paid").await;
    let path = town.buy_by("payment_page").await;
    let document = town.read(&path).await;
    let request = town.confirm(&document).await;
    let under_way = town.with_status(&path, "awaiting customer action").await;
    assert_eq!(under_way["checkout"]["payment_page"], document["checkout"]["payment_page"]);
    assert!(under_way.get("display_data").is_none());
    let result = town.settle(&request, true).await;
    assert_eq!(result["outcome"]["is_paid"], true);
    let token = path.rsplit('/').next().unwrap();
    assert_eq!(result["outcome"]["event"]["return_url"], format!("{SHOP}/#/checkout/{token}"));
    let paid = town.with_status(&path, "success").await;
    assert_eq!(payment_id(&paid), hosted_id(&document));
    assert_eq!(paid["payment"]["sum"], json!({"amount": 1840, "currency": "EUR"}));
    assert!(paid["checkout"].get("payment_page").is_none());
}

#[tokio::test]
async fn whoever_refuses_on_the_page_can_begin_another() {
    let town = Town::open("page-declined").await;
    let path = town.buy_by("payment_page").await;
    let request = town.confirm(&town.read(&path).await).await;
    town.settle(&request, false).await;
    let declined = town.with_status(&path, "decline").await;
    let renew = format!("http://{}{}", town.address, declined["checkout"]["links"]["renew"].as_str().unwrap());
    let second: Value = town.client.post(renew).send().await.unwrap().json().await.unwrap();
    let request = town.confirm(&second).await;
    town.settle(&request, true).await;
    let paid = town.with_status(&path, "success").await;
    assert_eq!(payment_id(&paid), hosted_id(&second));
}

#[tokio::test]
async fn a_page_whose_every_callback_is_lost_is_paid_all_the_same() {
    let town = Town::open("page-dropped").await;
    town.faults(&json!({"drop_callbacks": 1_000_000})).await;
    let path = town.buy_by("payment_page").await;
    let request = town.confirm(&town.read(&path).await).await;
    town.settle(&request, true).await;
    town.with_status(&path, "success").await;
}

#[tokio::test]
async fn a_question_before_the_payer_confirms_is_no_refusal() {
    let town = Town::open("page-waits").await;
    let path = town.buy_by("payment_page").await;
    let document = town.read(&path).await;
    let asked = || async {
        let url = format!("http://{}/metrics", town.address);
        let text = town.client.get(url).send().await.unwrap().text().await.unwrap();
        text.contains("merchant_gate_requests_total{request=\"status\",result=\"unknown-payment\"}")
    };
    while !asked().await {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(town.read(&path).await, document);
    let request = town.confirm(&document).await;
    town.settle(&request, true).await;
    town.with_status(&path, "success").await;
}

#[tokio::test]
async fn with_both_ways_the_code_is_for_the_desktop_and_the_page_for_the_phone() {
    let town = Town::open("page-both").await;
    let path = town.buy_by("both").await;
    let document = town.until(&path, |document| document.get("display_data").is_some()).await;
    let request = town.confirm(&document).await;
    town.settle(&request, true).await;
    let paid = town.with_status(&path, "success").await;
    assert_eq!(payment_id(&paid), hosted_id(&document));

    let path = town.buy_by("both").await;
    let document = town.until(&path, |document| document.get("display_data").is_some()).await;
    assert!(town.happen(&document, "pay", &json!({})).await);
    let paid = town.with_status(&path, "success").await;
    assert_eq!(payment_id(&paid), payment_id(&document));
}
