//! Gate, as shops' servers know it.

mod clarification;
mod refund;
mod refused;
mod request;
mod sale;
mod status;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{Router, post};
use protocol::gate::{Acknowledgement, CLARIFICATION_PATH, REFUND_PATH, REQUEST_STATUS_PATH, SALE_PATH, STATUS_PATH};
use serde_json::json;

use crate::platform::Platform;
use crate::{result_code, token};
use refused::Refused;

pub(crate) fn router() -> Router<Arc<Platform>> {
    Router::new()
        .route(SALE_PATH, post(sale))
        .route(REFUND_PATH, post(refund))
        .route(CLARIFICATION_PATH, post(clarify))
        .route(STATUS_PATH, post(status))
        .route(REQUEST_STATUS_PATH, post(request_status))
}

async fn sale(State(platform): State<Arc<Platform>>, body: Bytes) -> Response {
    acknowledge(&platform, sale::take(&platform, &body)).await
}

async fn refund(State(platform): State<Arc<Platform>>, body: Bytes) -> Response {
    acknowledge(&platform, refund::take(&platform, &body)).await
}

async fn clarify(State(platform): State<Arc<Platform>>, body: Bytes) -> Response {
    acknowledge(&platform, clarification::take(&platform, &body)).await
}

async fn status(State(platform): State<Arc<Platform>>, body: Bytes) -> Response {
    status::of_payment(&platform, &body).map(Json).into_response()
}

async fn request_status(State(platform): State<Arc<Platform>>, body: Bytes) -> Response {
    status::of_request(&platform, &body).map(Json).into_response()
}

/// Answers a request that was taken or refused, late or wrongly if that is wanted.
async fn acknowledge(platform: &Platform, taken: Result<Acknowledgement, Refused>) -> Response {
    let (delay, rate) = {
        let faults = &platform.state().faults;
        (Duration::from_millis(faults.ack_delay_ms), faults.ack_error_rate)
    };
    platform.config.clock.wait(delay).await;
    match taken {
        Ok(_) if token::happens(rate) => {
            let trouble = json!({"status": "error", "code": "501", "message": result_code::text("501")});
            (axum::http::StatusCode::INTERNAL_SERVER_ERROR, Json(trouble)).into_response()
        }
        Ok(acknowledgement) => Json(acknowledgement).into_response(),
        Err(refused) => refused.into_response(),
    }
}
