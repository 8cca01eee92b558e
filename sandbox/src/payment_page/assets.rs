//! The files of the page.

use axum::extract::Path;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// May stand in any shop's page, and runs and shows nothing but its own.
const POLICY: &str = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none'; \
    frame-ancestors *; require-trusted-types-for 'script'; trusted-types 'none'";

/// The headers of the page. None of them keeps it out of a frame.
pub(super) const PAGE_HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_TYPE, "text/html; charset=utf-8"),
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // The address holds signed parameters, which are nobody else's business.
    (header::REFERRER_POLICY, "strict-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

/// A script or a stylesheet.
pub(super) async fn file(Path(name): Path<String>) -> Response {
    let (kind, text) = match name.as_str() {
        "page.css" => ("text/css; charset=utf-8", include_str!("page.css")),
        "page.js" => (SCRIPT, include_str!("page.js")),
        "error.js" => (SCRIPT, include_str!("error.js")),
        "parent.js" => (SCRIPT, include_str!("parent.js")),
        "platform.js" => (SCRIPT, include_str!("platform.js")),
        "countdown.js" => (SCRIPT, include_str!("countdown.js")),
        "ways.js" => (SCRIPT, include_str!("ways.js")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}

const SCRIPT: &str = "text/javascript; charset=utf-8";
