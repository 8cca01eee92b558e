//! `GET /api/checkouts/{token}/events`: the same documents, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::Instant;

use super::Context;
use super::problem::Problem;
use crate::checkout::{CheckoutId, Document};
use crate::metrics::StreamGuard;
use crate::shop::Shop;
use crate::store::StoreError;
use crate::token::Token;

/// How long a browser waits before it connects again, unless it knows better.
const RECONNECT: Duration = Duration::from_secs(2);

pub(super) async fn stream(
    State(context): State<Context>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Context { shop, stop } = context;
    let token = Token::read(&token).ok_or_else(Problem::unknown_checkout)?;
    let checkout = shop.checkout(&token).await?.ok_or_else(Problem::unknown_checkout)?;
    let document = shop.document(&checkout)?;
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    if document.state.is_final() && seen == Some(document.revision) {
        // The browser has seen the end and connects again by habit. This answer breaks it of that.
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let watcher = Watcher {
        changes: shop.feed.watch(checkout.id),
        heartbeat: Instant::now(),
        _guard: shop.metrics.stream(),
        id: checkout.id,
        sent: None,
        ended: false,
        shop,
        stop,
    };
    let events = stream::unfold(watcher, |mut watcher| async move {
        watcher.next().await.map(|event| (Ok::<_, Infallible>(event), watcher))
    });
    let mut response = Sse::new(events).into_response();
    // Some proxies collect what they pass on, which would hold the news back.
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// One browser that watches a checkout.
#[derive(Debug)]
struct Watcher {
    shop: Arc<Shop>,
    stop: watch::Receiver<bool>,
    changes: watch::Receiver<u64>,
    id: CheckoutId,
    /// The revision that was sent last.
    sent: Option<i64>,
    /// When the next heartbeat is due.
    heartbeat: Instant,
    ended: bool,
    _guard: StreamGuard,
}

impl Watcher {
    /// The next event; none at the end.
    async fn next(&mut self) -> Option<Event> {
        while !self.ended && !*self.stop.borrow() {
            // Looked at before each wait and after each heartbeat: another process may have changed it.
            let document = match self.document().await {
                Ok(document) => document?,
                Err(error) => {
                    tracing::error!(code = error.code(), "an event stream broke off: {error}");
                    return None;
                }
            };
            if self.sent.is_none_or(|sent| sent < document.revision) {
                return Some(self.tell(document));
            }
            if Instant::now() >= self.heartbeat {
                return Some(self.beat(&document));
            }
            tokio::select! {
                _ = self.stop.changed() => {}
                changed = self.changes.changed() => if changed.is_err() { return None },
                () = tokio::time::sleep_until(self.heartbeat) => {}
            }
        }
        None
    }

    async fn document(&self) -> Result<Option<Document>, StoreError> {
        let checkout = self.shop.store.checkout_by_id(self.id).await?;
        checkout.map(|checkout| self.shop.document(&checkout)).transpose()
    }

    fn tell(&mut self, document: Document) -> Event {
        let first = self.sent.replace(document.revision).is_none();
        self.ended = document.state.is_final();
        self.heartbeat = Instant::now() + self.shop.timing.heartbeat;
        let event = Event::default().event("document").id(document.revision.to_string());
        let event = if first { event.retry(RECONNECT) } else { event };
        event.data(document.into_value().to_string())
    }

    /// An event without data is not heard by a page, and this one has something to say: how much time is left.
    fn beat(&mut self, document: &Document) -> Event {
        self.heartbeat = Instant::now() + self.shop.timing.heartbeat;
        let mut data = json!({"revision": document.revision});
        if let (Some(seconds), Some(members)) = (document.expires_in, data.as_object_mut()) {
            members.insert("expires_in".to_owned(), seconds.into());
        }
        Event::default().event("heartbeat").data(data.to_string())
    }
}
