//! The strings behind the scenes: for tests, and for the curious.

mod view;
mod wrong;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Json;
use axum::routing::{Router, get, post};
use serde_json::{Value, json};

use crate::faults::Faults;
use crate::payment::{Settled, Shape, Wanted};
use crate::platform::Platform;
use crate::result_code;
use wrong::Wrong;

pub(crate) fn router() -> Router<Arc<Platform>> {
    Router::new()
        .route("/control/project", get(project))
        .route("/control/payments", get(payments))
        .route("/control/payments/{payment_id}", get(payment))
        .route("/control/payments/{payment_id}/{event}", post(happen))
        .route("/control/faults", get(faults).put(set_faults).delete(reset_faults))
}

/// What a shop has to be set up with.
async fn project(State(platform): State<Arc<Platform>>) -> Json<Value> {
    let config = &platform.config;
    Json(json!({
        "project_id": config.project_id,
        "secret_key": config.secret_key.reveal(),
        "data_token": config.data_token,
        "data_key": config.data_key.reveal(),
    }))
}

async fn payments(State(platform): State<Arc<Platform>>) -> Json<Value> {
    let now = platform.now();
    Json(platform.state().ledger.payments().map(|payment| view::of(payment, now)).collect())
}

async fn payment(State(platform): State<Arc<Platform>>, Path(payment_id): Path<String>) -> Result<Json<Value>, Wrong> {
    found(&platform, &payment_id)
}

/// Makes something happen to a payment, now.
async fn happen(
    State(platform): State<Arc<Platform>>,
    Path((payment_id, event)): Path<(String, String)>,
    body: Bytes,
) -> Result<Json<Value>, Wrong> {
    let name = payment_id.to_lowercase();
    if platform.state().ledger.find(&name).is_none() {
        return Err(Wrong::UnknownPayment);
    }
    let options = options(&body)?;
    let decline = |code: String| platform.settle(&name, |payment, now| payment.decline(now, &code));
    let happened = match event.as_str() {
        "pay" => platform.pay(&name),
        "decline" => decline(code(&options, "20105")?),
        "expire" => decline(code(&options, &platform.config.unpaid_code)?),
        "error" => {
            let code = code(&options, "702")?;
            platform.settle(&name, |payment, now| payment.fail(now, &code))
        }
        "clarify" => ask(&platform, &name, shape(&options)?),
        _ => return Err(Wrong::UnknownEvent),
    };
    happened.map_err(|Settled| Wrong::Settled)?;
    found(&platform, &name)
}

fn ask(platform: &Arc<Platform>, name: &str, shape: Shape) -> Result<(), Settled> {
    let now = platform.now();
    if let Some(payment) = platform.state().ledger.find_mut(name) {
        payment.ask(now, Wanted::new(now, shape))?;
    }
    platform.tell_wanted(name);
    Ok(())
}

async fn faults(State(platform): State<Arc<Platform>>) -> Json<Faults> {
    Json(platform.state().faults.clone())
}

/// Sets all faults at once; those that are not named are reset.
async fn set_faults(State(platform): State<Arc<Platform>>, body: Bytes) -> Result<Json<Faults>, Wrong> {
    let given: Value =
        serde_json::from_slice(&body).map_err(|_| Wrong::field("faults", "a JSON object is expected"))?;
    let faults = Faults::from_value(&given).map_err(|invalid| Wrong::field(invalid.field, invalid.expected))?;
    platform.state().faults = faults.clone();
    Ok(Json(faults))
}

async fn reset_faults(State(platform): State<Arc<Platform>>) -> Json<Faults> {
    platform.state().faults = Faults::default();
    Json(Faults::default())
}

fn found(platform: &Platform, payment_id: &str) -> Result<Json<Value>, Wrong> {
    let now = platform.now();
    let state = platform.state();
    let payment = state.ledger.find(payment_id).ok_or(Wrong::UnknownPayment)?;
    Ok(Json(view::of(payment, now)))
}

/// The body of a request, which may be empty.
fn options(body: &[u8]) -> Result<Value, Wrong> {
    if body.trim_ascii().is_empty() {
        return Ok(json!({}));
    }
    let options: Option<Value> = serde_json::from_slice(body).ok();
    options.filter(Value::is_object).ok_or_else(|| Wrong::field("body", "a JSON object, or nothing, is expected"))
}

fn code(options: &Value, default: &str) -> Result<String, Wrong> {
    let code = match options.get("code") {
        None => default.to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => String::new(),
    };
    if result_code::is_decline(&code) {
        Ok(code)
    } else {
        Err(Wrong::field("code", "the code of a decline is expected"))
    }
}

fn shape(options: &Value) -> Result<Shape, Wrong> {
    match options.get("shape").map(Value::as_str) {
        None | Some(Some("schema")) => Ok(Shape::Schema),
        Some(Some("list")) => Ok(Shape::List),
        Some(_) => Err(Wrong::field("shape", "schema or list is expected")),
    }
}
