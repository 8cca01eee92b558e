//! `GET /health` and `GET /metrics`: for the operator's monitoring.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::problem::Problem;
use crate::shop::Shop;

pub(super) async fn health(State(shop): State<Arc<Shop>>) -> Response {
    match shop.store.answers().await {
        Ok(()) => Json(json!({"status": "ok"})).into_response(),
        Err(error) => {
            tracing::error!(code = error.code(), "the database does not answer: {error}");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"status": "database"}))).into_response()
        }
    }
}

pub(super) async fn metrics(State(shop): State<Arc<Shop>>) -> Result<Response, Problem> {
    let counts = shop.store.counts().await?;
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, shop.metrics.render(&counts)).into_response())
}
