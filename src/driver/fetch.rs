//! One request to the shop's backend, whatever the host page did to `fetch`.
//!
//! Pages patch `fetch` (analytics, mocks, service-worker shims), and badly: it throws, rejects with a
//! string, resolves to something that is no `Response`. So nothing here trusts a type; every step may fail
//! and every failure is an [`Answer`].

use crate::promise::settle;
use crate::window::window;
use js_sys::{Function, Object, Promise, Reflect};
use protocol::date::UnixMillis;
use session::{Call, Failure, IdempotencyKey, Millis, RequestId};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::AbortController;

/// What became of a request.
#[derive(Debug)]
pub(super) enum Answer {
    /// A body that may be a checkout document.
    Document { body: JsValue, date: Option<UnixMillis> },
    /// Anything else.
    Failed(Failure),
}

/// A request that is out. Dropping it aborts it.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) id: RequestId,
    abort: Option<AbortController>,
}

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some(abort) = &self.abort {
            // Without a reason: what a reason becomes when the page's own code sees it is not ours to guess.
            abort.abort();
        }
    }
}

/// Sends a request; `then` is called once, later, with what became of it.
pub(super) fn send(id: RequestId, call: &Call, address: Option<&str>, then: impl FnOnce(Answer) + 'static) -> Pending {
    let abort = AbortController::new().ok();
    let sent = address.and_then(|address| fetch(address, &request_init(call, abort.as_ref())));
    settle(&sent.unwrap_or_else(|| Promise::reject(&JsValue::NULL)), move |response| {
        match response.ok().and_then(|response| Arrived::read(&response)) {
            Some(Arrived::Body { body, status, date }) => {
                settle(&body, move |body| then(read(body.ok(), status, date)));
            }
            Some(Arrived::Failed(failure)) => then(Answer::Failed(failure)),
            None => then(Answer::Failed(Failure::Network)),
        }
    });
    Pending { id, abort }
}

fn request_init(call: &Call, abort: Option<&AbortController>) -> Object {
    let init = Object::new();
    let headers = Object::new();
    set(&headers, "Accept", &"application/json".into());
    set(&init, "cache", &"no-store".into());
    set(&init, "credentials", &"same-origin".into());
    if let Some(abort) = abort {
        set(&init, "signal", &abort.signal());
    }
    if let Call::Renew(IdempotencyKey(key)) | Call::Cancel(IdempotencyKey(key)) = call {
        set(&headers, "Idempotency-Key", &key.as_str().into());
    }
    if *call != Call::Status {
        set(&init, "method", &"POST".into());
        set(&headers, "Content-Type", &"application/json".into());
        set(&init, "body", &body_of(call));
    }
    set(&init, "headers", &headers);
    init
}

fn body_of(call: &Call) -> JsValue {
    let body = Object::new();
    if let Call::Clarify(values) = call {
        for (path, value) in values {
            let (object, name) = path.split_once('.').unwrap_or(("customer", path));
            let group = match Reflect::get(&body, &object.into()) {
                Ok(group) if group.is_object() => group.unchecked_into::<Object>(),
                _ => Object::new(),
            };
            set(&group, name, &value.as_str().into());
            set(&body, object, &group);
        }
    }
    js_sys::JSON::stringify(&body).map_or(JsValue::from_str("{}"), JsValue::from)
}

/// The page's `fetch` is looked up at each call, so that a page that repairs or replaces it is heard.
fn fetch(address: &str, init: &Object) -> Option<Promise> {
    let fetch: Function = Reflect::get(&window(), &"fetch".into()).ok()?.dyn_into().ok()?;
    let promised = fetch.call2(&JsValue::UNDEFINED, &address.into(), init).ok()?;
    Some(Promise::resolve(&promised))
}

/// The head of an answer, and what it says.
enum Arrived {
    /// Its body may be a document.
    Body { body: Promise, status: u16, date: Option<UnixMillis> },
    /// It is none.
    Failed(Failure),
}

impl Arrived {
    fn read(response: &JsValue) -> Option<Self> {
        let status = Reflect::get(response, &"status".into()).ok()?.as_f64()? as u16;
        let header = |name: &str| -> Option<String> {
            let headers = Reflect::get(response, &"headers".into()).ok()?;
            let get: Function = Reflect::get(&headers, &"get".into()).ok()?.dyn_into().ok()?;
            get.call1(&headers, &name.into()).ok()?.as_string()
        };
        let date = header("Date").and_then(|text| http_date(&text));
        // A shop that refuses an action may say how things stand; a conflict is an answer.
        if !is_success(status) && status != 409 {
            let retry_after = header("Retry-After").and_then(|text| retry_after(&text, date));
            return Some(Self::Failed(Failure::Http { status, retry_after }));
        }
        let json: Function = Reflect::get(response, &"json".into()).ok()?.dyn_into().ok()?;
        let body = Promise::resolve(&json.call0(response).ok()?);
        Some(Self::Body { body, status, date })
    }
}

fn read(body: Option<JsValue>, status: u16, date: Option<UnixMillis>) -> Answer {
    match body {
        Some(body) => Answer::Document { body, date },
        // A success that is no JSON: a proxy's log-in page, say. Reading it as a document gives the reason.
        None if is_success(status) => Answer::Document { body: JsValue::NULL, date },
        None => Answer::Failed(Failure::Http { status, retry_after: None }),
    }
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// `Retry-After` in seconds, or as a date on the server's own clock (RFC 9110, 10.2.3).
fn retry_after(text: &str, date: Option<UnixMillis>) -> Option<Millis> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Millis::from_secs(seconds));
    }
    let until = http_date(text.trim())?;
    Some(Millis(until.since(date?).max(0) as u64))
}

/// A date as HTTP has it (RFC 9110, 5.6.7). The browser reads it, and would read other things for dates as well.
fn http_date(text: &str) -> Option<UnixMillis> {
    let millis = js_sys::Date::parse(text);
    (text.ends_with(" GMT") && millis.is_finite()).then_some(UnixMillis(millis as i64))
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a member of a plain object that we just made does not fail.
    let _ = Reflect::set(object, &name.into(), value);
}
