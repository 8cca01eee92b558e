//! Something that cannot be made to happen.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use serde_json::{Value, json};
use thiserror::Error;

use crate::object::Object;

/// Why something cannot be made to happen.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum Wrong {
    #[error("there is no such payment")]
    UnknownPayment,
    #[error("pay, decline, expire, clarify or error is expected")]
    UnknownEvent,
    #[error("the payment has its outcome already")]
    Settled,
    #[error("{field}: {expected}")]
    Field { field: String, expected: &'static str },
}

impl Wrong {
    /// A member of the request that is not as it should be.
    pub(super) fn field(field: impl Into<String>, expected: &'static str) -> Self {
        Self::Field { field: field.into(), expected }
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let (status, code) = match self {
            Self::UnknownPayment => (StatusCode::NOT_FOUND, "payment-unknown"),
            Self::UnknownEvent => (StatusCode::NOT_FOUND, "event-unknown"),
            Self::Settled => (StatusCode::CONFLICT, "payment-settled"),
            Self::Field { .. } => (StatusCode::BAD_REQUEST, "request-invalid"),
        };
        let body = Object::of(json!({"error": code, "message": self.to_string()}));
        let field = if let Self::Field { field, .. } = self { Some(field) } else { None };
        (status, Json(Value::from(body.with_some("field", field)))).into_response()
    }
}
