//! `GET /api/catalogue`: what the shop sells.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

use crate::shop::Shop;

pub(super) async fn read(State(shop): State<Arc<Shop>>) -> impl IntoResponse {
    Json(crate::catalogue::listing(&shop.settings.payment_page))
}
