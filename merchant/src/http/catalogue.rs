//! `GET /api/catalogue`: what the shop sells.

use axum::Json;
use axum::response::IntoResponse;

pub(super) async fn read() -> impl IntoResponse {
    Json(crate::catalogue::listing())
}
