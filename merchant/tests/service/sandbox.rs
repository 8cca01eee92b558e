//! The merchant and the platform that the rest of this project is tried against, with its faults.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use reqwest::{Client, Method, StatusCode};
use sandbox::{Config, Running};
use serde_json::{Value, json};
use wechat_checkout_merchant::clock::SystemClock;
use wechat_checkout_merchant::server::Server;
use wechat_checkout_merchant::settings::Settings;
use wechat_checkout_merchant::timing::Timing;

pub(crate) struct Town {
    pub(crate) platform: Running,
    server: Option<Server>,
    pub(crate) address: SocketAddr,
    database: PathBuf,
    timing: Timing,
    pub(crate) client: Client,
}

impl Town {
    pub(crate) async fn open(name: &str) -> Self {
        let timing = Timing {
            tick: Duration::from_millis(10),
            resend_first: Duration::from_millis(30),
            resend_longest: Duration::from_millis(200),
            silence: Duration::from_millis(300),
            silence_growth: 1.2,
            ..Timing::default()
        };
        // The platform has to know where the merchant will be, and the merchant where the platform is.
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut config = Config::default();
        config.redelivery_scale = 0.01;
        let platform = sandbox::spawn(([127, 0, 0, 1], 0).into(), config).await.unwrap();
        let database =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("town-{name}-{}.db", std::process::id()));
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
        let mut town = Self { platform, server: None, address, database, timing, client };
        town.start().await;
        town
    }

    async fn start(&mut self) {
        let project = self.control(Method::GET, "/control/project", &Value::Null).await;
        let set = |name: &str| {
            Some(match name {
                "ECOMMPAY_PROJECT_ID" => project["project_id"].to_string(),
                "ECOMMPAY_SECRET_KEY" => project["secret_key"].as_str()?.to_owned(),
                "ECOMMPAY_GATE_URL" | "ECOMMPAY_PAYMENT_PAGE_URL" => self.platform.url(""),
                "DATABASE_URL" => format!("sqlite:{}", self.database.display()),
                "MERCHANT_ADDR" => self.address.to_string(),
                "MERCHANT_PUBLIC_URL" => format!("http://{}", self.address),
                _ => return None,
            })
        };
        let settings = Settings::read(set).unwrap();
        self.server =
            Some(Server::start_with(settings, self.timing.clone(), std::sync::Arc::new(SystemClock)).await.unwrap());
    }

    pub(crate) async fn control(&self, method: Method, path: &str, body: &Value) -> Value {
        let request = self.client.request(method, self.platform.url(path));
        let request = if body.is_null() { request } else { request.json(body) };
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.unwrap()
    }

    pub(crate) async fn faults(&self, faults: &Value) {
        self.control(Method::PUT, "/control/faults", faults).await;
    }

    /// Makes something happen to a payment; says whether it could.
    pub(crate) async fn happen(&self, document: &Value, event: &str, body: &Value) -> bool {
        let id = document["payment"]["id"].as_str().unwrap();
        let request = self.client.post(self.platform.url(&format!("/control/payments/{id}/{event}"))).json(body);
        request.send().await.unwrap().status().is_success()
    }

    async fn buy(&self, currency: &str) -> String {
        let body = json!({"items": [{"sku": "longjing", "quantity": 2}], "currency": currency, "method": "gate"});
        let response =
            self.client.post(format!("http://{}/api/checkouts", self.address)).json(&body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        let location = response.headers()["location"].to_str().unwrap();
        location.to_owned()
    }

    pub(crate) async fn read(&self, path: &str) -> Value {
        self.client.get(format!("http://{}{path}", self.address)).send().await.unwrap().json().await.unwrap()
    }

    pub(crate) async fn until(&self, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut last = Value::Null;
        for _ in 0..1000 {
            last = self.read(path).await;
            if wanted(&last) {
                return last;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("this did not come: {last}");
    }

    async fn with_code(&self, path: &str) -> Value {
        self.until(path, |document| document.get("display_data").is_some()).await
    }

    pub(crate) async fn with_status(&self, path: &str, status: &str) -> Value {
        self.until(path, |document| document["payment"]["status"] == status).await
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.server = None;
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.database.display()));
        }
    }
}

#[tokio::test]
async fn in_each_currency_a_code_is_shown_and_paid() {
    let town = Town::open("currencies").await;
    for (currency, amount) in
        [("CNY", 13600), ("EUR", 1840), ("HKD", 15600), ("JPY", 2900), ("SGD", 2700), ("THB", 66000), ("USD", 1960)]
    {
        let path = town.buy(currency).await;
        let document = town.with_code(&path).await;
        assert_eq!(document["payment"]["sum"], json!({"amount": amount, "currency": currency}));
        assert!(document["display_data"][0]["data"].as_str().unwrap().starts_with("weixin://"), "{document}");
        let left = document["checkout"]["expires_in"].as_f64().unwrap();
        assert!(left > 590.0 && left <= 600.0, "{left}");
        assert!(town.happen(&document, "pay", &json!({})).await);
        let paid = town.with_status(&path, "success").await;
        assert_eq!(paid["operation"]["code"], "0");
    }
}

#[tokio::test]
async fn a_refusal_comes_with_its_code() {
    let town = Town::open("decline").await;
    let path = town.buy("EUR").await;
    let document = town.with_code(&path).await;
    assert!(town.happen(&document, "decline", &json!({"code": "20105"})).await);
    let refused = town.with_status(&path, "decline").await;
    assert_eq!(refused["operation"]["code"], "20105");
}

#[tokio::test]
async fn the_time_that_is_left_is_the_same_however_it_is_told() {
    let town = Town::open("timeouts").await;
    for form in ["string", "number", "unix"] {
        town.faults(&json!({"timeout": 300, "timeout_as": form})).await;
        let path = town.buy("EUR").await;
        let left = town.with_code(&path).await["checkout"]["expires_in"].as_f64().unwrap();
        assert!(left > 290.0 && left <= 300.5, "{form}: {left}");
    }
    town.faults(&json!({"timeout": null})).await;
    let path = town.buy("EUR").await;
    assert!(town.with_code(&path).await["checkout"].get("expires_in").is_none());
}

#[tokio::test]
async fn a_question_of_the_platforms_is_answered_and_the_code_follows() {
    let town = Town::open("clarify").await;
    for shape in ["schema", "list"] {
        let path = town.buy("EUR").await;
        let document = town.with_code(&path).await;
        assert!(town.happen(&document, "clarify", &json!({"shape": shape})).await);
        let asked = town.until(&path, |document| document.get("clarification_fields").is_some()).await;
        let link = asked["checkout"]["links"]["clarify"].as_str().unwrap();
        let answer = json!({"customer": {"email": "payer@example.com", "phone": "861234567890"}});
        let response = town.client.post(format!("http://{}{link}", town.address)).json(&answer).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{shape}: {}", response.text().await.unwrap());
        let document = town.until(&path, |document| document["payment"]["status"] != "awaiting clarification").await;
        assert!(town.happen(&document, "pay", &json!({})).await);
        town.with_status(&path, "success").await;
    }
}

#[tokio::test]
async fn whatever_the_network_does_each_payment_ends_as_it_ended_and_once() {
    let town = Town::open("faults").await;
    town.faults(
        &json!({"ack_error_rate": 0.5, "duplicate_callbacks": 2, "reorder_callbacks": true, "drop_callbacks": 20,
        "callback_delay_ms": 20, "display_delay_ms": 10}),
    )
    .await;
    let mut paths = Vec::new();
    for _ in 0..20 {
        paths.push(town.buy("EUR").await);
    }
    for (number, path) in paths.iter().enumerate() {
        let document = town.with_code(path).await;
        let event = if number % 4 == 3 { "decline" } else { "pay" };
        assert!(town.happen(&document, event, &json!({})).await);
    }
    for (number, path) in paths.iter().enumerate() {
        let status = if number % 4 == 3 { "decline" } else { "success" };
        town.with_status(path, status).await;
    }
    let payments = town.control(Method::GET, "/control/payments", &Value::Null).await;
    assert_eq!(payments.as_array().unwrap().len(), 20, "no sale became two payments");
    let metrics =
        town.client.get(format!("http://{}/metrics", town.address)).send().await.unwrap().text().await.unwrap();
    for line in [
        "merchant_checkouts{state=\"paid\"} 15",
        "merchant_checkouts{state=\"declined\"} 5",
        "merchant_doubled_payments 0",
        "merchant_held_payments 0",
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line} is missing in\n{metrics}");
    }
}

#[tokio::test]
async fn a_payment_whose_every_callback_is_lost_is_paid_all_the_same() {
    let town = Town::open("dropped").await;
    let path = town.buy("EUR").await;
    let document = town.with_code(&path).await;
    town.faults(&json!({"drop_callbacks": 1_000_000})).await;
    assert!(town.happen(&document, "pay", &json!({})).await);
    let paid = town.with_status(&path, "success").await;
    assert_eq!(paid["payment"]["sum"]["amount"], 1840);
}

#[tokio::test]
async fn a_merchant_that_is_down_while_the_payer_pays_knows_it_when_it_is_back() {
    let mut town = Town::open("restart").await;
    let path = town.buy("EUR").await;
    let document = town.with_code(&path).await;
    town.server = None;
    assert!(town.happen(&document, "pay", &json!({})).await);
    town.start().await;
    town.with_status(&path, "success").await;
}
