//! What a shop's page loads from the Payment Page's host: the widget that opens the page in it.

use std::sync::Arc;

use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{Router, get};
use protocol::payment_page::{SCRIPT_PATH, STYLE_PATH};

use crate::platform::Platform;

pub(crate) fn router() -> Router<Arc<Platform>> {
    Router::new().route(SCRIPT_PATH, get(script)).route(STYLE_PATH, get(style))
}

async fn script() -> impl IntoResponse {
    file("text/javascript; charset=utf-8", include_str!("merchant.js"))
}

async fn style() -> impl IntoResponse {
    file("text/css; charset=utf-8", include_str!("merchant.css"))
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // For shops whose own policy lets in only what says that it may come.
        (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text)
}
