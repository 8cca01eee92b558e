//! The Data API: every operation the sandbox knows, page by page.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{Router, post};
use jiff::tz::TimeZone;
use protocol::data_api::{ApiError, LARGEST_LIMIT, OPERATIONS_PATH, OperationRecord, OperationsRequest, RecordSum};
use protocol::date::UnixMillis;
use protocol::money::Money;
use protocol::sign;
use serde_json::{Value, json};

use crate::date;
use crate::payment::{Operation, Payment};
use crate::platform::Platform;

pub(crate) fn router() -> Router<Arc<Platform>> {
    Router::new().route(OPERATIONS_PATH, post(operations))
}

async fn operations(State(platform): State<Arc<Platform>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let body: Value = serde_json::from_slice(&body).map_err(|_| Refused::bad("the body is no JSON"))?;
    if body.get("token").and_then(Value::as_str) != Some(platform.config.data_token.as_str()) {
        return Err(Refused(StatusCode::UNAUTHORIZED, "the token is not known".to_owned()));
    }
    sign::verify(&body, &platform.config.data_key).map_err(|error| Refused::bad(&error.to_string()))?;
    let question: OperationsRequest = serde_json::from_value(body).map_err(|error| Refused::bad(&error.to_string()))?;
    question.validate().map_err(|invalid| Refused::bad(&invalid.to_string()))?;
    let mut answer = json!({ "operations": answer(&platform, &question)? });
    // Only what is no object cannot be signed, and this is one.
    let _ = sign::sign_top_level(&mut answer, &platform.config.data_key);
    Ok(Json(answer))
}

fn answer(platform: &Platform, question: &OperationsRequest) -> Result<Vec<Value>, Refused> {
    let zone = match &question.tz {
        Some(name) => date::zone(name).ok_or_else(|| Refused::bad("tz: no such zone"))?,
        None => TimeZone::UTC,
    };
    let time = |text: &str| date::from_local(text, &zone).ok_or_else(|| Refused::bad("interval: no such time"));
    let interval = match &question.interval {
        Some(interval) => Some((time(&interval.from)?, time(&interval.to)?)),
        None => None,
    };
    let project = platform.config.project_id.number();
    let ours = question.project_id.is_empty() || question.project_id.contains(&project);
    let state = platform.state();
    let mut found: Vec<_> = state
        .ledger
        .operations()
        .filter(|(payment, operation)| ours && is_wanted(question, interval, payment, operation))
        .collect();
    found.sort_by_key(|(_, operation)| operation.id);
    let page = found
        .into_iter()
        .skip(usize::try_from(question.offset.unwrap_or_default()).unwrap_or(usize::MAX))
        .take(usize::try_from(question.limit.unwrap_or(LARGEST_LIMIT)).unwrap_or(usize::MAX));
    Ok(page.map(|(payment, operation)| record(project, payment, operation, &zone, &question.fields)).collect())
}

fn is_wanted(
    question: &OperationsRequest,
    interval: Option<(UnixMillis, UnixMillis)>,
    payment: &Payment,
    operation: &Operation,
) -> bool {
    let one_of = |wanted: &[String], word: &str| wanted.is_empty() || wanted.iter().any(|one| one == word);
    interval.is_none_or(|(from, to)| (from..=to).contains(&operation.created))
        && one_of(&question.operation_type, operation.kind.as_str())
        && one_of(&question.operation_status, operation.status.as_str())
        && question.customer_id.as_ref().is_none_or(|id| *id == payment.customer.id)
        && question.customer_email.as_ref().is_none_or(|email| Some(email) == payment.customer.email.as_ref())
}

fn record(project: u32, payment: &Payment, operation: &Operation, zone: &TimeZone, fields: &[String]) -> Value {
    let sum = |money: Money| RecordSum {
        amount: Some(money.amount.to_string()),
        currency: Some(money.currency.code().to_owned()),
    };
    let record = OperationRecord {
        project_id: Some(project.to_string()),
        operation_id: Some(operation.id.to_string()),
        payment_id: Some(payment.id.as_str().to_owned()),
        operation_type: Some(operation.kind.as_str().to_owned()),
        operation_status: Some(operation.status.as_str().to_owned()),
        account_number: None,
        customer_ip: Some(payment.customer.ip_address.clone()),
        payment_method_name: Some("WeChat Pay".to_owned()),
        payment_method_type: Some("wechat".to_owned()),
        payment_description: payment.description.clone(),
        operation_created_at: Some(date::local(operation.created, zone)),
        operation_completed_at: operation.status.is_final().then(|| date::local(operation.updated, zone)),
        provider_date: operation.receipt.as_ref().map(|(_, done)| date::local(*done, zone)),
        sum_initial: Some(sum(operation.sum)),
        sum_converted: Some(sum(operation.sum)),
    };
    let mut value = json!(record);
    if let Some(members) = value.as_object_mut()
        && !fields.is_empty()
    {
        members.retain(|name, _| fields.contains(name));
    }
    value
}

/// A question that is not answered.
#[derive(Debug)]
struct Refused(StatusCode, String);

impl Refused {
    fn bad(message: &str) -> Self {
        Self(StatusCode::BAD_REQUEST, message.to_owned())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let name = self.0.canonical_reason().unwrap_or("Error");
        (self.0, Json(ApiError::new(name, self.1, self.0.as_u16()))).into_response()
    }
}
