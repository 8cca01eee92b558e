//! The hosted Payment Page: a shop opens it with signed parameters, the payer confirms and pays.
//!
//! As ECommPay's, as far as that is known. In the page and its scripts, what nobody outside ECommPay has
//! published is marked UNCONFIRMED.
//!
//! * A page that cannot be opened is a page for the payer: no payment comes of it and no callback.
//! * Until the payer confirms, the platform knows no payment; a payer who goes away was never there.
//! * Afterwards the shop is told the outcome like that of any other payment. That there is a code to show is
//!   no business of the shop's, because the page shows it: no callback has `display_data`.
//! * A decline is final. ECommPay may let the payer try again; whether it does for WeChat is UNCONFIRMED.

mod assets;
mod confirm;
mod language;
mod opening;
mod page;
mod progress;
mod refused;
mod returns;
mod template;
mod texts;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Form;
use axum::body::Bytes;
use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{Router, get, post};
use protocol::payment_page::PAYMENT_PATH;
use serde_json::Value;

use crate::phone;
use crate::platform::Platform;
use assets::PAGE_HEADERS;
use language::Language;
use opening::{Opening, value};
use refused::Refused;

type Parameters = Result<Form<Vec<(String, String)>>, FormRejection>;

pub(crate) fn router() -> Router<Arc<Platform>> {
    Router::new()
        .route(PAYMENT_PATH, get(open).post(open))
        .route("/payment/assets/{file}", get(assets::file))
        .route("/payment/requests", post(confirm))
        .route("/payment/requests/{request_id}", get(progress))
        .route("/payment/requests/{request_id}/code", post(renew))
        .route("/payment/requests/{request_id}/clarification", post(clarify))
        .route("/payment/requests/{request_id}/wechat", post(pay))
}

/// The page, or the reason why there is none.
async fn open(State(platform): State<Arc<Platform>>, headers: HeaderMap, parameters: Parameters) -> Response {
    let (sent, problem) = read(parameters);
    let language = choose_language(&sent, &headers);
    let opened = match problem {
        Some(refused) => Err(refused),
        None => Opening::read(&platform, sent.clone()),
    };
    let opened = opened.and_then(|opening| {
        let request = opening.under_way(&platform.state().ledger)?;
        Ok(page::payment(&opening, request.as_deref(), language, platform.now()))
    });
    match opened {
        Ok(page) => (PAGE_HEADERS, page).into_response(),
        Err(refused) => {
            tracing::info!(reason = %refused, "a payment page was not opened");
            (refused.status(), PAGE_HEADERS, page::error(&refused, &sent, language)).into_response()
        }
    }
}

/// The payer confirms. The page sends the parameters once more: they are all there is to trust.
async fn confirm(
    State(platform): State<Arc<Platform>>,
    headers: HeaderMap,
    extensions: Extensions,
    parameters: Parameters,
) -> Response {
    let (sent, problem) = read(parameters);
    let language = choose_language(&sent, &headers);
    let payer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip().to_string());
    let confirmed = match problem {
        Some(refused) => Err(refused),
        None => Opening::read(&platform, sent)
            .and_then(|opening| confirm::take(&platform, &opening, payer.as_deref().unwrap_or("127.0.0.1")))
            .and_then(|request_id| progress::of(&platform, &request_id)),
    };
    answer(confirmed.map(|progress| (StatusCode::CREATED, Json(progress))), language)
}

async fn progress(
    State(platform): State<Arc<Platform>>,
    headers: HeaderMap,
    Path(request_id): Path<String>,
) -> Response {
    answer(progress::of(&platform, &request_id).map(Json), choose_language(&[], &headers))
}

async fn renew(State(platform): State<Arc<Platform>>, headers: HeaderMap, Path(request_id): Path<String>) -> Response {
    let renewed = progress::renew(&platform, &request_id);
    answer(renewed.and_then(|()| progress::of(&platform, &request_id)).map(Json), choose_language(&[], &headers))
}

async fn clarify(
    State(platform): State<Arc<Platform>>,
    headers: HeaderMap,
    Path(request_id): Path<String>,
    body: Bytes,
) -> Response {
    let given: Value = serde_json::from_slice(&body).unwrap_or_default();
    let taken = progress::clarify(&platform, &request_id, &given);
    answer(taken.and_then(|()| progress::of(&platform, &request_id)).map(Json), choose_language(&[], &headers))
}

/// The payer pays, or refuses to, as if this device's WeChat had scanned the code.
async fn pay(
    State(platform): State<Arc<Platform>>,
    headers: HeaderMap,
    Path(request_id): Path<String>,
    body: Bytes,
) -> Response {
    let given: Value = serde_json::from_slice(&body).unwrap_or_default();
    let language = choose_language(&[], &headers);
    let Some(accept) = given.get("accept").and_then(Value::as_bool) else {
        return phone::ScanError::Malformed.into_response();
    };
    match progress::code(&platform, &request_id) {
        Ok(code) => match phone::pay(&platform, &code, accept) {
            Ok(()) => answer(progress::of(&platform, &request_id).map(Json), language),
            Err(error) => error.into_response(),
        },
        Err(refused) => answer(Err::<(), _>(refused), language),
    }
}

fn read(parameters: Parameters) -> (Vec<(String, String)>, Option<Refused>) {
    match parameters {
        Ok(Form(sent)) => (sent, None),
        Err(rejection) => (Vec::new(), Some(Refused::Unreadable(rejection.body_text()))),
    }
}

fn choose_language(sent: &[(String, String)], headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::choose(value(sent, "language_code"), accepted)
}

fn answer(done: Result<impl IntoResponse, Refused>, language: Language) -> Response {
    const HEADERS: [(axum::http::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];
    match done {
        Ok(done) => (HEADERS, done).into_response(),
        Err(refused) => (refused.status(), HEADERS, Json(page::trouble(&refused, language))).into_response(),
    }
}
