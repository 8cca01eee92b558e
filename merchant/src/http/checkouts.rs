//! `POST /api/checkouts` and `GET /api/checkouts/{token}`.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::client_ip::client_ip;
use super::json_body::{Body, json};
use super::problem::Problem;
use crate::checkout::Document;
use crate::order::{Order, OrderError};
use crate::return_url::asked_from;
use crate::shop::{CreateError, Creation, Shop};
use crate::store::IdempotencyKey;
use crate::token::Token;

/// The seconds that are left, for an answer that has no body to say it in.
const EXPIRES_IN: HeaderName = HeaderName::from_static("checkout-expires-in");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

pub(super) async fn create(
    State(shop): State<Arc<Shop>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let body = json(body)?;
    let order = Order::read(&body, asked_from(&headers)).map_err(|error| refused(&shop, &error))?;
    // Objects are sorted by name when they are written, so this is the same for the same wish.
    let key = idempotency_key(&headers)?.map(|key| (key, body.to_string()));
    let ip = client_ip(&headers, peer, shop.settings.behind_proxy);
    let created = shop.create(Creation { order, ip, key }).await.map_err(|error| match error {
        CreateError::KeyReused => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused", error.to_string())
        }
        CreateError::Store(error) => error.into(),
        error => Problem::internal("sale-failed", &error),
    })?;
    let location = ["/api/checkouts/", created.checkout.token.as_str()].concat();
    let status = if created.fresh { StatusCode::CREATED } else { StatusCode::OK };
    let mut response = written(shop.document(&created.checkout)?);
    *response.status_mut() = status;
    response.headers_mut().extend(HeaderValue::from_str(&location).ok().map(|location| (header::LOCATION, location)));
    Ok(response)
}

pub(super) async fn read(
    State(shop): State<Arc<Shop>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let token = Token::read(&token).ok_or_else(Problem::unknown_checkout)?;
    let checkout = shop.checkout(&token).await?.ok_or_else(Problem::unknown_checkout)?;
    let document = shop.document(&checkout)?;
    if is_known(&headers, &tag(&document)) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        describe(response.headers_mut(), &document);
        return Ok(response);
    }
    Ok(written(document))
}

/// An answer that is a document.
pub(super) fn written(document: Document) -> Response {
    let mut headers = HeaderMap::new();
    describe(&mut headers, &document);
    (headers, Json(document.into_value())).into_response()
}

/// The browser's own name for what it asks for.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Problem> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = value.to_str().ok().and_then(IdempotencyKey::read);
    let reason = "1 to 255 visible ASCII characters are expected in Idempotency-Key";
    key.map(Some).ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "idempotency-key-invalid", reason))
}

fn refused(shop: &Shop, error: &OrderError) -> Problem {
    let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.code(), error.to_string());
    problem.field(error.field()).counted(&shop.metrics, error.code())
}

/// The time that is left changes by itself and is no part of what the tag stands for; that a hosted page's time
/// has run out is.
fn tag(document: &Document) -> String {
    let closed = if document.page_is_closed { "-closed" } else { "" };
    format!("\"{}{closed}\"", document.revision)
}

fn describe(headers: &mut HeaderMap, document: &Document) {
    headers.extend(HeaderValue::from_str(&tag(document)).ok().map(|tag| (header::ETAG, tag)));
    let left = document.expires_in.and_then(|seconds| HeaderValue::from_str(&format!("{seconds:.1}")).ok());
    headers.extend(left.map(|left| (EXPIRES_IN, left)));
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_whatever_the_browser_remembers() {
        for (known, found) in [
            ("\"7\"", true),
            ("W/\"7\"", true),
            ("\"6\", \"7\"", true),
            ("*", true),
            ("\"77\"", false),
            ("7", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, known.parse().unwrap());
            assert_eq!(is_known(&headers, "\"7\""), found, "{known}");
        }
    }
}
