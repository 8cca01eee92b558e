//! How a caller is told no: `{"error": {"code", "field", "reason"}}`.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::metrics::Metrics;
use crate::store::StoreError;

/// A request that is not done. Where it is about a checkout, the answer is also that checkout's document, so
/// that whoever asked sees at once how things stand.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: String,
    field: Option<String>,
    reason: String,
    document: Option<Value>,
    retry_after: Option<u32>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { status, code: code.into(), field: None, reason: reason.into(), document: None, retry_after: None }
    }

    pub(crate) fn field(self, field: impl Into<Option<String>>) -> Self {
        Self { field: field.into(), ..self }
    }

    pub(crate) fn document(self, document: Value) -> Self {
        Self { document: Some(document), ..self }
    }

    pub(crate) fn retry_after(self, seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// There is no such checkout. Whether there ever was one is not told.
    pub(crate) fn unknown_checkout() -> Self {
        Self::new(StatusCode::NOT_FOUND, "checkout-unknown", "there is no such checkout")
    }

    /// Counts it for the operator.
    pub(crate) fn counted(self, metrics: &Metrics, code: &'static str) -> Self {
        metrics.refusal(code);
        self
    }

    /// Something is broken here. What exactly is for the log only.
    pub(crate) fn internal(code: &'static str, error: &dyn std::fmt::Display) -> Self {
        tracing::error!(code, "a request failed: {error}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "something went wrong here").retry_after(2)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::internal(error.code(), &error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut error = Map::new();
        error.insert("code".to_owned(), self.code.into());
        error.extend(self.field.map(|field| ("field".to_owned(), field.into())));
        error.insert("reason".to_owned(), self.reason.into());
        let mut body = self.document.unwrap_or_else(|| json!({}));
        if let Some(members) = body.as_object_mut() {
            members.insert("error".to_owned(), Value::Object(error));
        }
        let mut response = (self.status, Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
