//! A Gate that remembers what it was asked, and answers what the test says.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use protocol::gate::{CLARIFICATION_PATH, SALE_PATH, STATUS_PATH};
use protocol::sign::{self, SecretKey};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How the next sale is answered.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Not at all; the sale is not taken.
    Silence,
    /// Not at all, but the sale is taken.
    LostAcknowledgement,
    /// With this status and body; the sale is not taken.
    Http(u16, Value),
}

/// A Gate that remembers and obeys.
pub(crate) struct Gate {
    pub(crate) url: String,
    state: Arc<Inner>,
    task: JoinHandle<()>,
}

struct Inner {
    key: SecretKey,
    memory: Mutex<Memory>,
    heard: watch::Sender<usize>,
    held: watch::Sender<bool>,
}

#[derive(Default)]
struct Memory {
    requests: Vec<(String, Value)>,
    sales: HashMap<String, Value>,
    answers: VecDeque<Answer>,
    states: HashMap<String, Value>,
    clarification: Option<(u16, Value)>,
}

impl Gate {
    pub(crate) async fn open(key: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let key = SecretKey::new(key).unwrap();
        let state = Arc::new(Inner {
            key,
            memory: Mutex::default(),
            heard: watch::channel(0).0,
            held: watch::channel(false).0,
        });
        let app = Router::new().fallback(answer).with_state(Arc::clone(&state));
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { url, state, task }
    }

    /// Answers the next sale like this; without it sales are taken.
    pub(crate) fn next_sale(&self, answer: Answer) {
        self.memory(|memory| memory.answers.push_back(answer));
    }

    /// Answers every question about a payment like this, signed.
    pub(crate) fn knows(&self, payment_id: &str, mut answer: Value) {
        sign::sign_top_level(&mut answer, &self.state.key).unwrap();
        self.knows_unsigned(payment_id, answer);
    }

    /// Answers every question about a payment like this, as it stands.
    pub(crate) fn knows_unsigned(&self, payment_id: &str, answer: Value) {
        self.memory(|memory| memory.states.insert(payment_id.to_owned(), answer));
    }

    /// Answers clarifications like this; without it they are accepted.
    pub(crate) fn next_clarification(&self, status: u16, body: Value) {
        self.memory(|memory| memory.clarification = Some((status, body)));
    }

    /// Answers nothing until it is told to go on.
    pub(crate) fn hold(&self, held: bool) {
        self.state.held.send_replace(held);
    }

    /// What was asked under this path, in order.
    pub(crate) fn asked(&self, path: &str) -> Vec<Value> {
        self.memory(|memory| {
            memory.requests.iter().filter(|(at, _)| at == path).map(|(_, body)| body.clone()).collect()
        })
    }

    pub(crate) fn sales(&self) -> Vec<Value> {
        self.asked(SALE_PATH)
    }

    pub(crate) fn questions(&self) -> usize {
        self.asked(STATUS_PATH).len()
    }

    /// Waits until that many requests came under this path.
    pub(crate) async fn heard(&self, path: &str, count: usize) {
        let mut heard = self.state.heard.subscribe();
        let enough = async {
            while self.asked(path).len() < count {
                heard.changed().await.unwrap();
            }
        };
        let waited = tokio::time::timeout(std::time::Duration::from_secs(10), enough).await;
        assert!(waited.is_ok(), "{path} was asked {} times instead of {count}", self.asked(path).len());
    }

    fn memory<T>(&self, look: impl FnOnce(&mut Memory) -> T) -> T {
        look(&mut self.state.memory.lock().unwrap())
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(gate): State<Arc<Inner>>, uri: Uri, body: String) -> Response {
    let path = uri.path().to_owned();
    let body: Value = serde_json::from_str(&body).unwrap();
    let verified = sign::verify(&body, &gate.key).is_ok() && body["general"]["signature"].is_string();
    let answer = {
        let mut memory = gate.memory.lock().unwrap();
        memory.requests.push((path.clone(), body.clone()));
        if verified {
            memory.answer(&path, &body, &gate.key)
        } else {
            Some((400, refusal("3261", "Invalid signature")))
        }
    };
    gate.heard.send_modify(|count| *count += 1);
    gate.held.subscribe().wait_for(|held| !held).await.unwrap();
    match answer {
        Some((status, body)) => (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response(),
        None => std::future::pending().await,
    }
}

impl Memory {
    fn answer(&mut self, path: &str, body: &Value, key: &SecretKey) -> Option<(u16, Value)> {
        let id = body["general"]["payment_id"].as_str().unwrap().to_owned();
        match path {
            SALE_PATH => match self.answers.pop_front() {
                Some(Answer::Silence) => None,
                Some(Answer::Http(status, body)) => Some((status, body)),
                Some(Answer::LostAcknowledgement) => {
                    self.sales.insert(id, body.clone());
                    None
                }
                None if self.sales.contains_key(&id) => Some((400, refusal("3041", "Payment ID already exists"))),
                None => {
                    self.sales.insert(id.clone(), body.clone());
                    Some((
                        200,
                        json!({"status": "success", "request_id": format!("r-{id}"), "project_id": 238, "payment_id": id}),
                    ))
                }
            },
            STATUS_PATH => Some((200, self.states.get(&id).cloned().unwrap_or_else(|| unknown(key)))),
            CLARIFICATION_PATH => Some(self.clarification.take().unwrap_or((
                200,
                json!({"status": "success", "request_id": "c-1", "project_id": 238, "payment_id": id}),
            ))),
            _ => Some((404, refusal("2442", "not found"))),
        }
    }
}

fn refusal(code: &str, message: &str) -> Value {
    json!({"status": "error", "code": code, "message": message})
}

fn unknown(key: &SecretKey) -> Value {
    let mut answer =
        json!({"payment": {"status": "error"}, "errors": [{"code": "3061", "message": "Transaction not found"}]});
    sign::sign_top_level(&mut answer, key).unwrap();
    answer
}
