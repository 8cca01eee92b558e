//! Reading JSON bodies.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use serde_json::Value;

use super::problem::Problem;

/// A body that was read, or was not.
pub(super) type Body = Result<Bytes, BytesRejection>;

/// The bytes of a body.
pub(super) fn bytes(body: Body) -> Result<Bytes, Problem> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "the body is too large")
        }
        status => Problem::new(status, "body-unreadable", "the body cannot be read"),
    })
}

/// The JSON of a body.
pub(super) fn json(body: Body) -> Result<Value, Problem> {
    let bytes = bytes(body)?;
    serde_json::from_slice(&bytes)
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "body-invalid", "a JSON body is expected"))
}
