//! `POST /api/checkouts/{token}/renew`, `/cancel` and `/clarification`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::checkouts::{idempotency_key, written};
use super::json_body::{Body, json};
use super::problem::Problem;
use crate::shop::{ActError, ClarifyError, DeniedFor, RenewError, Shop};
use crate::token::Token;

pub(super) async fn renew(
    State(shop): State<Arc<Shop>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let token = Token::read(&token).ok_or_else(Problem::unknown_checkout)?;
    let key = idempotency_key(&headers)?;
    let checkout = shop.renew(&token, key.as_ref()).await.map_err(|error| match error {
        RenewError::Act(error) => refused(&shop, error),
        RenewError::Sale(error) => Problem::internal("sale-failed", &error),
    })?;
    Ok(written(shop.document(&checkout)?))
}

pub(super) async fn cancel(State(shop): State<Arc<Shop>>, Path(token): Path<String>) -> Result<Response, Problem> {
    let token = Token::read(&token).ok_or_else(Problem::unknown_checkout)?;
    let checkout = shop.cancel(&token).await.map_err(|error| refused(&shop, error))?;
    Ok(written(shop.document(&checkout)?))
}

pub(super) async fn clarify(
    State(shop): State<Arc<Shop>>,
    Path(token): Path<String>,
    body: Body,
) -> Result<Response, Problem> {
    let token = Token::read(&token).ok_or_else(Problem::unknown_checkout)?;
    let body = json(body)?;
    let checkout = shop.clarify(&token, &body).await.map_err(|error| unclarified(&shop, error))?;
    Ok(written(shop.document(&checkout)?))
}

fn refused(shop: &Shop, error: ActError) -> Problem {
    match error {
        ActError::Unknown => Problem::unknown_checkout(),
        ActError::Store(error) => error.into(),
        ActError::Denied(DeniedFor { why, checkout }) => match shop.document(&checkout) {
            Ok(document) => Problem::new(StatusCode::CONFLICT, why.code(), why.to_string())
                .document(document.into_value())
                .counted(&shop.metrics, why.code()),
            Err(error) => error.into(),
        },
    }
}

fn unclarified(shop: &Shop, error: ClarifyError) -> Problem {
    const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
    let reason = error.to_string();
    let (status, code, field) = match error {
        ClarifyError::Act(error) => return refused(shop, error),
        ClarifyError::Missing { field } => (WRONG, "field-missing", Some(field)),
        ClarifyError::Invalid { field } => (WRONG, "field-invalid", Some(field)),
        ClarifyError::Unasked { field } => (WRONG, "field-unasked", Some(field)),
        ClarifyError::NotAnObject => (WRONG, "body-invalid", None),
        ClarifyError::Refused(refusal) => {
            tracing::warn!("Gate refused a clarification: {refusal}");
            let field = refusal.errors.into_iter().find_map(|error| error.field);
            let field = field.map(|field| field.strip_prefix("additional_data.").map(str::to_owned).unwrap_or(field));
            (WRONG, "clarification-refused", field)
        }
        ClarifyError::Unreachable => (StatusCode::SERVICE_UNAVAILABLE, "platform-unreachable", None),
    };
    let problem = Problem::new(status, code, reason).field(field).counted(&shop.metrics, code);
    if status == StatusCode::SERVICE_UNAVAILABLE { problem.retry_after(2) } else { problem }
}
