//! Talking to the shop's backend.

use js_sys::{JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, Request, RequestInit, Response};

/// Why the backend's answer is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// There was none.
    Silent,
    /// It does not do what was asked.
    Refused,
    /// It makes no sense.
    Unreadable,
}

/// How long an answer may take, in milliseconds.
const PATIENCE: u32 = 15_000;

pub(super) async fn get(path: &str) -> Result<JsValue, Trouble> {
    let response = send(path, &RequestInit::new()).await?;
    body(&response).await
}

/// Sends JSON under a key and returns where what was made can be found.
pub(super) async fn post(path: &str, json: &JsValue, key: &str) -> Result<String, Trouble> {
    let text = JSON::stringify(json).map_err(|_| Trouble::Unreadable)?;
    let headers = Headers::new().map_err(|_| Trouble::Silent)?;
    for (name, value) in [("content-type", "application/json"), ("idempotency-key", key)] {
        headers.set(name, value).map_err(|_| Trouble::Unreadable)?;
    }
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_headers(&headers);
    options.set_body(&text);
    let response = send(path, &options).await?;
    response.headers().get("location").ok().flatten().ok_or(Trouble::Unreadable)
}

async fn send(path: &str, options: &RequestInit) -> Result<Response, Trouble> {
    options.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let request = Request::new_with_str_and_init(path, options).map_err(|_| Trouble::Silent)?;
    let window = web_sys::window().ok_or(Trouble::Silent)?;
    let answer = JsFuture::from(window.fetch_with_request(&request)).await.map_err(|_| Trouble::Silent)?;
    let response: Response = answer.dyn_into().map_err(|_| Trouble::Silent)?;
    match response.status() {
        200..=299 => Ok(response),
        // A proxy in front of a backend that is away says so with one of these.
        408 | 429 | 500..=599 => Err(Trouble::Silent),
        _ => Err(Trouble::Refused),
    }
}

async fn body(response: &Response) -> Result<JsValue, Trouble> {
    let json = response.json().map_err(|_| Trouble::Unreadable)?;
    JsFuture::from(json).await.map_err(|_| Trouble::Unreadable)
}

/// A member of an object; undefined where there is none.
pub(super) fn member(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A member that is text.
pub(super) fn read_text(value: &JsValue, name: &str) -> Option<String> {
    member(value, name).as_string()
}
