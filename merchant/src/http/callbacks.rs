//! `POST /callbacks/ecommpay`: what ECommPay says by itself.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::json_body::{Body, bytes};
use super::problem::Problem;
use crate::shop::{CallbackError, Shop};

/// 200 tells ECommPay not to send it again, so it is said for repeats and for payments of somebody else too;
/// anything but 200 has it sent again.
pub(super) async fn receive(State(shop): State<Arc<Shop>>, body: Body) -> Result<StatusCode, Problem> {
    let body = bytes(body).map_err(|problem| problem.counted(&shop.metrics, "callback-unreadable"))?;
    match shop.take_callback(&body).await {
        Ok(taken) => {
            shop.metrics.callback(taken.as_str());
            Ok(StatusCode::OK)
        }
        Err(CallbackError::Store(error)) => {
            shop.metrics.callback(error.code());
            Err(error.into())
        }
        Err(error) => {
            let code = error.code();
            shop.metrics.callback(code);
            tracing::warn!(code, bytes = body.len(), "a callback was refused: {error}");
            Err(Problem::new(StatusCode::BAD_REQUEST, code, error.to_string()))
        }
    }
}
