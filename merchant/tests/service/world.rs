//! A merchant, the Gate it talks to, the clock it goes by, and what a browser and ECommPay do with it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

use protocol::date::UnixMillis;
use protocol::gate::{ProjectId, SALE_PATH};
use protocol::sign::{self, SecretKey};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use wechat_checkout_merchant::clock::Clock;
use wechat_checkout_merchant::server::Server;
use wechat_checkout_merchant::settings::{BaseUrl, Settings};
use wechat_checkout_merchant::timing::Timing;

use crate::gate::Gate;

pub(crate) const SECRET: &str = "hush-hush-secret";
/// 2019-01-28T08:00:00Z
const START: i64 = 1_548_662_400_000;

/// A clock that moves when it is told to.
#[derive(Debug)]
pub(crate) struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> UnixMillis {
        UnixMillis(self.0.load(Ordering::SeqCst))
    }
}

impl HandClock {
    pub(crate) fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

/// A merchant and all around it.
pub(crate) struct World {
    pub(crate) gate: Gate,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) client: Client,
    timing: Timing,
    database: PathBuf,
    behind_proxy: bool,
    server: Option<Server>,
}

/// A checkout as its browser knows it.
#[derive(Clone, Debug)]
pub(crate) struct Bought {
    pub(crate) token: String,
    pub(crate) document: Value,
}

impl Bought {
    pub(crate) fn payment_id(&self) -> String {
        payment_id(&self.document)
    }
}

/// The payment that the hosted page of a document is about.
pub(crate) fn hosted_id(document: &Value) -> String {
    document["checkout"]["payment_page"]["payment_id"].as_str().unwrap().to_owned()
}

pub(crate) fn payment_id(document: &Value) -> String {
    document["payment"]["id"].as_str().unwrap().to_owned()
}

/// The timing of the tests: the clock is moved by hand, so background work looks often.
pub(crate) fn quick() -> Timing {
    Timing { tick: Duration::from_millis(5), gate_timeout: Duration::from_millis(400), ..Timing::default() }
}

impl World {
    pub(crate) async fn open() -> Self {
        Self::open_with(quick()).await
    }

    pub(crate) async fn open_with(timing: Timing) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("merchant-{}-{}.db", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        let database = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let clock = Arc::new(HandClock(AtomicI64::new(START)));
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
        let gate = Gate::open(SECRET).await;
        let mut world = Self { gate, clock, client, timing, database, behind_proxy: false, server: None };
        world.start().await;
        world
    }

    /// Starts the merchant on the same file as before.
    pub(crate) async fn start(&mut self) {
        let settings = self.settings();
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as _;
        self.server = Some(Server::start_with(settings, self.timing.clone(), clock).await.unwrap());
    }

    /// Starts a second merchant on the same file, and gives back the first.
    pub(crate) async fn start_another(&mut self) -> Server {
        let old = self.server.take().unwrap();
        self.start().await;
        old
    }

    /// Ends the merchant as a power cut would.
    pub(crate) fn crash(&mut self) {
        self.server = None;
    }

    pub(crate) async fn shutdown(&mut self) {
        self.server.take().unwrap().shutdown().await;
    }

    pub(crate) async fn restart_behind_proxy(&mut self) {
        self.crash();
        self.behind_proxy = true;
        self.start().await;
    }

    pub(crate) fn settings(&self) -> Settings {
        let set = |name: &str| {
            Some(match name {
                "ECOMMPAY_PROJECT_ID" => "238".to_owned(),
                "ECOMMPAY_SECRET_KEY" => SECRET.to_owned(),
                "ECOMMPAY_GATE_URL" => self.gate.url.clone(),
                "DATABASE_URL" => format!("sqlite:{}", self.database.display()),
                "MERCHANT_ADDR" => "127.0.0.1:0".to_owned(),
                "MERCHANT_BEHIND_PROXY" => u8::from(self.behind_proxy).to_string(),
                _ => return None,
            })
        };
        let settings = Settings::read(set).unwrap();
        assert_eq!(settings.project, ProjectId::new(238).unwrap());
        Settings { public: BaseUrl::read("http://merchant.example"), ..settings }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.as_ref().unwrap().address())
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.client.get(self.url(path)).send().await.unwrap()
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(self.url(path))
    }

    /// Buys two Longjing for 18.40 EUR, and waits until Gate has the sale.
    pub(crate) async fn buy(&self) -> Bought {
        let sales = self.gate.sales().len();
        let response = self.post("/api/checkouts").json(&basket()).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        let bought = bought(response).await;
        self.gate.heard(SALE_PATH, sales + 1).await;
        bought
    }

    /// Buys the same on the hosted page, or with a code and the hosted page.
    pub(crate) async fn buy_by(&self, method: &str) -> Bought {
        let mut body = basket();
        body["method"] = json!(method);
        body["return_url"] = json!("https://shop.example/#/checkout/{token}");
        let request = self.post("/api/checkouts").header("Origin", "https://shop.example").json(&body);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        bought(response).await
    }

    /// Buys, and has ECommPay send the code.
    pub(crate) async fn buy_with_code(&self) -> Bought {
        let bought = self.buy().await;
        assert_eq!(self.callback(&code(&bought.payment_id(), "a")).await, StatusCode::OK);
        bought
    }

    pub(crate) async fn document(&self, token: &str) -> Value {
        let response = self.get(&format!("/api/checkouts/{token}")).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.unwrap()
    }

    pub(crate) async fn status(&self, token: &str) -> String {
        self.document(token).await["payment"]["status"].as_str().unwrap().to_owned()
    }

    /// Waits until the document is as wanted.
    pub(crate) async fn until(&self, token: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut last = Value::Null;
        for _ in 0..1000 {
            last = self.document(token).await;
            if wanted(&last) {
                return last;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("this did not come: {last}");
    }

    pub(crate) async fn renew(&self, token: &str) -> Response {
        self.post(&format!("/api/checkouts/{token}/renew")).send().await.unwrap()
    }

    /// ECommPay sends a callback, signed as it should be.
    pub(crate) async fn callback(&self, message: &Value) -> StatusCode {
        self.raw_callback(signed(message).to_string()).await
    }

    pub(crate) async fn raw_callback(&self, body: impl Into<reqwest::Body>) -> StatusCode {
        self.post("/callbacks/ecommpay").body(body).send().await.unwrap().status()
    }

    pub(crate) async fn metric(&self, line: &str) -> i64 {
        let text = self.get("/metrics").await.text().await.unwrap();
        let value = text.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(' '));
        value.unwrap_or("0").parse().unwrap()
    }

    /// A look into the file itself.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        let options = SqliteConnectOptions::new().filename(&self.database).read_only(true);
        let pool = SqlitePool::connect_with(options).await.unwrap();
        let count = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
        pool.close().await;
        count
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.server = None;
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.database.display()));
        }
    }
}

pub(crate) fn basket() -> Value {
    json!({"items": [{"sku": "longjing", "quantity": 2}], "currency": "EUR", "method": "gate",
        "customer": {"email": "payer@example.com", "phone": "+86 1234567890"}, "locale": "en"})
}

pub(crate) async fn bought(response: Response) -> Bought {
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let token = location.strip_prefix("/api/checkouts/").unwrap().to_owned();
    Bought { token, document: response.json().await.unwrap() }
}

pub(crate) fn signed(message: &Value) -> Value {
    let mut message = message.clone();
    sign::sign_top_level(&mut message, &SecretKey::new(SECRET).unwrap()).unwrap();
    message
}

/// A callback about the sale of a payment over 18.40 EUR.
pub(crate) fn sale(payment_id: &str, status: &str) -> Value {
    let code = match status {
        "success" => "0",
        "decline" => "20105",
        _ => "9999",
    };
    json!({
        "project_id": 238,
        "payment": {"id": payment_id, "type": "purchase", "status": status, "date": "2019-01-28T08:00:20+0000", "method": "wechat",
            "sum": {"amount": 1840, "currency": "EUR"}, "description": "2 × Longjing, 50 g"},
        "customer": {"id": "guest-1", "phone": "861234567890"},
        "operation": {"id": 9_227_000_002_916_i64, "type": "sale", "status": status, "date": "2019-01-28T08:00:20+0000",
            "created_date": "2019-01-28T08:00:00+0000", "request_id": format!("r-{payment_id}"),
            "sum_initial": {"amount": 1840, "currency": "EUR"}, "sum_converted": {"amount": 1840, "currency": "EUR"},
            "provider": {"id": 1173, "payment_id": "423163569", "auth_code": ""}, "code": code, "message": "…"}
    })
}

/// The callback that brings the code.
pub(crate) fn code(payment_id: &str, text: &str) -> Value {
    let mut message = sale(payment_id, "awaiting customer action");
    message["payment"]["date"] = json!("2019-01-28T08:00:01+0000");
    message["operation"]["date"] = json!("2019-01-28T08:00:01+0000");
    message["display_data"] = json!([
        {"type": "qr_data", "title": "QR code", "data": format!("weixin://wxpay/bizpayurl?pr={text}")},
        {"type": "add_info", "title": "QR Code Timeout", "data": "600"}
    ]);
    message
}

/// A status answer that says the same as a callback.
pub(crate) fn as_answer(callback: &Value) -> Value {
    let mut answer = callback.clone();
    let members = answer.as_object_mut().unwrap();
    let operation = members.remove("operation").unwrap();
    members.remove("display_data");
    members.insert("operations".into(), json!([operation]));
    answer
}
