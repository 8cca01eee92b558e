//! A sandbox, a shop that receives callbacks, and what they say to each other.

use std::future::Future;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Json;
use axum::routing::post;
use protocol::gate::SALE_PATH;
use protocol::sign::{self, SecretKey};
use sandbox::{Config, Running};
use serde_json::{Value, json};

/// A sandbox and a shop.
pub(crate) struct Bench {
    pub(crate) sandbox: Running,
    pub(crate) shop: Shop,
    pub(crate) http: reqwest::Client,
    pub(crate) key: SecretKey,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::default();
        change(&mut config);
        let key = config.secret_key.clone();
        let sandbox = sandbox::spawn(([127, 0, 0, 1], 0).into(), config).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { sandbox, shop: Shop::open().await, http, key }
    }

    /// A sale request that is in order, but for its signature.
    pub(crate) fn sale(&self, payment_id: &str) -> Value {
        json!({"general": {"project_id": 238, "payment_id": payment_id, "merchant_callback_url": self.shop.address("any")},
            "customer": {"ip_address": "185.123.193.224", "id": "customer123"},
            "payment": {"amount": 1840, "currency": "EUR", "description": "2 × tea"}})
    }

    /// Posts to Gate what was signed before.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let answer = self.http.post(self.sandbox.url(path)).json(body).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Signs in `general` and posts to Gate.
    pub(crate) async fn ask(&self, path: &str, mut body: Value) -> (u16, Value) {
        sign::sign_into_general(&mut body, &self.key).unwrap();
        self.post(path, &body).await
    }

    /// Asks for a code and has it accepted.
    pub(crate) async fn sell(&self, payment_id: &str) -> Value {
        let (status, ack) = self.ask(SALE_PATH, self.sale(payment_id)).await;
        assert_eq!((status, &ack["status"]), (200, &json!("success")), "{ack}");
        ack
    }

    /// Asks for a code and waits until there is one.
    pub(crate) async fn code(&self, payment_id: &str) -> String {
        self.sell(payment_id).await;
        until("a code", || async { self.payment(payment_id).await["code"].as_str().map(str::to_owned) }).await
    }

    /// Sells, and pays behind the scenes.
    pub(crate) async fn paid(&self, payment_id: &str) {
        self.code(payment_id).await;
        assert_eq!(self.happen(payment_id, "pay", json!({})).await.0, 200);
    }

    /// A payment as the sandbox shows it.
    pub(crate) async fn payment(&self, payment_id: &str) -> Value {
        let url = self.sandbox.url(&format!("/control/payments/{payment_id}"));
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Makes something happen to a payment.
    pub(crate) async fn happen(&self, payment_id: &str, event: &str, options: Value) -> (u16, Value) {
        self.post(&format!("/control/payments/{payment_id}/{event}"), &options).await
    }

    /// Sets faults and has them accepted.
    pub(crate) async fn faults(&self, faults: Value) {
        let answer = self.http.put(self.sandbox.url("/control/faults")).json(&faults).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }

    /// Waits for a callback about a payment, checks its signature and hands it over.
    pub(crate) async fn callback(&self, payment_id: &str, status: &str) -> Value {
        let body = until(&format!("a callback `{status}` about {payment_id}"), || async {
            let about = |body: &Value| body["payment"]["id"] == payment_id && body["payment"]["status"] == status;
            self.shop.received().into_iter().map(|(_, body)| body).find(about)
        })
        .await;
        sign::verify(&body, &self.key).unwrap();
        body
    }
}

/// A shop that receives callbacks.
pub(crate) struct Shop {
    address: String,
    desk: Arc<Desk>,
}

struct Desk {
    received: Mutex<Vec<(String, Value)>>,
    answer: AtomicU16,
}

impl Shop {
    async fn open() -> Self {
        let desk = Arc::new(Desk { received: Mutex::default(), answer: AtomicU16::new(200) });
        let routes = Router::new().route("/callbacks/{place}", post(receive)).with_state(Arc::clone(&desk));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { address, desk }
    }

    /// An address for callbacks.
    pub(crate) fn address(&self, place: &str) -> String {
        format!("{}/callbacks/{place}", self.address)
    }

    /// With which HTTP status callbacks are answered from now on.
    pub(crate) fn answer_with(&self, status: u16) {
        self.desk.answer.store(status, Ordering::SeqCst);
    }

    /// What arrived, with the place it arrived at.
    pub(crate) fn received(&self) -> Vec<(String, Value)> {
        self.desk.received.lock().unwrap().clone()
    }

    /// The payment's statuses in the order they arrived.
    pub(crate) fn statuses(&self) -> Vec<String> {
        self.received().iter().map(|(_, body)| body["payment"]["status"].as_str().unwrap().to_owned()).collect()
    }
}

async fn receive(
    State(desk): State<Arc<Desk>>,
    axum::extract::Path(place): axum::extract::Path<String>,
    Json(body): Json<Value>,
) -> StatusCode {
    desk.received.lock().unwrap().push((place, body));
    StatusCode::from_u16(desk.answer.load(Ordering::SeqCst)).unwrap()
}

/// Asks again and again until there is an answer.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut ask: impl FnMut() -> F) -> T {
    for _ in 0..1000 {
        if let Some(answer) = ask().await {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("waited in vain for {what}");
}
