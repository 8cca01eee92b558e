//! What browsers, ECommPay and the operator call.

mod actions;
mod callbacks;
mod catalogue;
mod checkouts;
mod client_ip;
mod events;
mod json_body;
mod log;
mod operator;
mod problem;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::FromRef;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use tokio::sync::watch;

use crate::shop::Shop;
use problem::Problem;

/// What every handler can reach.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) shop: Arc<Shop>,
    /// True once the server is to stop: streams that would go on for ever end then.
    pub(crate) stop: watch::Receiver<bool>,
}

impl FromRef<Context> for Arc<Shop> {
    fn from_ref(context: &Context) -> Self {
        Self::clone(&context.shop)
    }
}

const API_BODY: usize = 16 * 1024;
const CALLBACK_BODY: usize = 64 * 1024;

/// All there is to call.
pub(crate) fn router(context: Context) -> Router {
    let api = Router::new()
        .route("/api/catalogue", get(catalogue::read))
        .route("/api/checkouts", post(checkouts::create))
        .route("/api/checkouts/{token}", get(checkouts::read))
        .route("/api/checkouts/{token}/events", get(events::stream))
        .route("/api/checkouts/{token}/renew", post(actions::renew))
        .route("/api/checkouts/{token}/clarification", post(actions::clarify))
        .route("/api/checkouts/{token}/cancel", post(actions::cancel))
        .layer(DefaultBodyLimit::max(API_BODY))
        .layer(middleware::map_response(not_kept));
    let callbacks = Router::new()
        .route("/callbacks/ecommpay", post(callbacks::receive))
        .layer(DefaultBodyLimit::max(CALLBACK_BODY));
    Router::new()
        .merge(api)
        .merge(callbacks)
        .route("/health", get(operator::health))
        .route("/metrics", get(operator::metrics))
        .fallback(|| async { Problem::new(StatusCode::NOT_FOUND, "not-found", "there is nothing here") })
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "this cannot be called that way")
        })
        .layer(middleware::from_fn(log::requests))
        .with_state(context)
}

/// What is true of a payment now is not true later, and is nobody else's business. The page that shows it
/// must not take it for anything but data.
async fn not_kept(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    response
}
