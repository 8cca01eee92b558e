//! A request that is not taken.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use protocol::gate::{Invalid, Reason};
use serde_json::{Value, json};

use crate::object::Object;
use crate::result_code;

/// Why a request is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    status: StatusCode,
    code: &'static str,
    field: Option<String>,
    constraint: Option<String>,
    payment_id: Option<String>,
}

impl Refused {
    /// Refused with one of ECommPay's codes. Which HTTP status goes with most of them is UNCONFIRMED; 400 is
    /// what its documents say in general.
    pub(crate) fn new(code: &'static str) -> Self {
        let status = match code {
            "2003" => StatusCode::UNPROCESSABLE_ENTITY,
            "2442" => StatusCode::NOT_FOUND,
            _ => StatusCode::BAD_REQUEST,
        };
        Self { status, code, field: None, constraint: None, payment_id: None }
    }

    /// A request nobody made.
    pub(crate) fn no_such_request() -> Self {
        Self { status: StatusCode::NOT_FOUND, ..Self::new("3061") }
    }

    /// Names the member that is to blame.
    pub(crate) fn because(mut self, field: impl Into<String>, constraint: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self.constraint = Some(constraint.into());
        self
    }

    /// Names the payment.
    pub(crate) fn about(mut self, payment_id: &str) -> Self {
        self.payment_id = Some(payment_id.to_owned());
        self
    }
}

impl From<Invalid> for Refused {
    fn from(invalid: Invalid) -> Self {
        let code = match (invalid.reason, invalid.field.as_str()) {
            (Reason::Missing, _) => "2004",
            (_, "payment.currency") => "3121",
            _ => "502",
        };
        let constraint = invalid.reason.to_string();
        Self::new(code).because(invalid.field, constraint)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let message = result_code::text(self.code);
        // Text here and a number in `errors`: ECommPay's documents have both, and a shop must read both.
        let number: i64 = self.code.parse().unwrap_or_default();
        let error = Object::of(json!({"code": number, "message": message}))
            .with_some("field", self.field)
            .with_some("constraint", self.constraint);
        let body = Object::of(json!({"status": "error", "code": self.code, "message": message}))
            .with_some("payment_id", self.payment_id)
            .with("errors", vec![Value::from(error)]);
        tracing::info!(code = self.code, message, "refused");
        (self.status, Json(Value::from(body))).into_response()
    }
}
