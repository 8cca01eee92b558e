//! A WeChat phone in a browser: scan, look, pay or refuse.

mod scan;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{Router, get, post};
use serde_json::{Value, json};

use crate::platform::Platform;
use crate::wechat::png;

pub(crate) use scan::{ScanError, pay};
use scan::{scan, waiting};

pub(crate) fn router() -> Router<Arc<Platform>> {
    Router::new()
        .route("/phone", get(page))
        .route("/phone/phone.css", get(style))
        .route("/phone/phone.js", get(script))
        .route("/phone/icon.svg", get(icon))
        .route("/phone/codes", get(codes))
        .route("/phone/scan", post(scan_code))
        .route("/phone/pay", post(pay_code))
        .route("/codes/{file}", get(picture))
}

async fn page() -> impl IntoResponse {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
        img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
        require-trusted-types-for 'script'; trusted-types 'none'";
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, include_str!("phone.html"))
}

async fn style() -> impl IntoResponse {
    file("text/css; charset=utf-8", include_str!("phone.css"))
}

async fn script() -> impl IntoResponse {
    file("text/javascript; charset=utf-8", include_str!("phone.js"))
}

async fn icon() -> impl IntoResponse {
    file("image/svg+xml", include_str!("icon.svg"))
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text)
}

/// The codes that could be scanned right now, the newest first. A real phone has no such list.
async fn codes(State(platform): State<Arc<Platform>>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], Json(waiting(&platform)))
}

async fn scan_code(State(platform): State<Arc<Platform>>, body: Bytes) -> Result<Json<Value>, ScanError> {
    let body = json_body(&body)?;
    let code = body.get("code").and_then(Value::as_str).ok_or(ScanError::Malformed)?;
    scan(&platform, code).map(Json)
}

async fn pay_code(State(platform): State<Arc<Platform>>, body: Bytes) -> Result<Json<Value>, ScanError> {
    let body = json_body(&body)?;
    let code = body.get("code").and_then(Value::as_str).ok_or(ScanError::Malformed)?;
    let accept = body.get("accept").and_then(Value::as_bool).ok_or(ScanError::Malformed)?;
    pay(&platform, code, accept)?;
    Ok(Json(json!({"result": if accept { "paid" } else { "refused" }})))
}

fn json_body(body: &[u8]) -> Result<Value, ScanError> {
    serde_json::from_slice(body).map_err(|_| ScanError::Malformed)
}

/// The picture of a code, for shops that are sent its address.
async fn picture(State(platform): State<Arc<Platform>>, Path(file): Path<String>) -> Response {
    let text = file.strip_suffix(".png").and_then(|token| {
        let state = platform.state();
        // A newer code of the same payment has a picture of its own.
        let code = state.ledger.find_by_code(token)?.code.as_ref().filter(|code| code.token == token)?;
        Some(code.text())
    });
    match text.as_deref().and_then(png) {
        Some(picture) => {
            ([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "no-store")], picture).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
