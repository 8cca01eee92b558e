//! What the shop does: takes orders, sends sales, listens to ECommPay and asks it.
//!
//! Whatever has to happen is stored first and done afterwards, so that a restart at any moment loses nothing.

mod apply;
mod ask;
mod cancel;
mod clarify;
mod create;
mod errands;
mod page;
mod payment_id;
mod renew;
mod sale;
mod send;

pub(crate) use apply::CallbackError;
pub(crate) use clarify::ClarifyError;
pub(crate) use create::{CreateError, Creation};
pub(crate) use errands::run_errands;
pub(crate) use renew::RenewError;

use std::sync::Arc;

use protocol::date::UnixMillis;
use tokio::sync::{Notify, watch};

use crate::checkout::{Checkout, CheckoutId, Denied, Document, Payment};
use crate::clock::Clock;
use crate::feed::Feed;
use crate::gate::Gate;
use crate::metrics::Metrics;
use crate::settings::Settings;
use crate::store::{Store, StoreError};
use crate::timing::Timing;
use crate::token::Token;

/// The shop: its settings, its memory, and its line to ECommPay.
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) settings: Settings,
    pub(crate) timing: Timing,
    pub(crate) store: Store,
    pub(crate) gate: Gate,
    pub(crate) feed: Feed,
    pub(crate) metrics: Arc<Metrics>,
    clock: Arc<dyn Clock>,
    /// Rung when a sale is stored, so that it does not wait for the next look.
    sales_due: Notify,
}

/// Why a checkout does not do what a browser asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum ActError {
    /// There is no such checkout.
    #[error("there is no such checkout")]
    Unknown,
    /// The checkout's own rules are against it.
    #[error(transparent)]
    Denied(DeniedFor),
    /// It could not be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A checkout's rules are against it, and this is how it stands.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub(crate) struct DeniedFor {
    pub(crate) why: Denied,
    pub(crate) checkout: Box<Checkout>,
}

impl ActError {
    fn denied(why: Denied, checkout: Checkout) -> Self {
        Self::Denied(DeniedFor { why, checkout: Box::new(checkout) })
    }
}

impl Shop {
    pub(crate) fn new(settings: Settings, timing: Timing, clock: Arc<dyn Clock>, store: Store, gate: Gate) -> Self {
        let (feed, metrics) = (Feed::default(), Arc::default());
        Self { settings, timing, store, gate, feed, metrics, clock, sales_due: Notify::new() }
    }

    pub(crate) fn now(&self) -> UnixMillis {
        self.clock.now()
    }

    /// The checkout with this token.
    pub(crate) async fn checkout(&self, token: &Token) -> Result<Option<Checkout>, StoreError> {
        self.store.checkout(token).await
    }

    /// What a browser is told about a checkout.
    pub(crate) fn document(&self, checkout: &Checkout) -> Result<Document, StoreError> {
        let document = checkout.document(self.settings.project, self.now()).ok_or(StoreError::Corrupt("checkout"))?;
        Ok(document.with_payment_page_at(&self.settings.payment_page))
    }

    /// Waits a little for ECommPay to acknowledge the newest payment: mostly it does so at once, and the
    /// browser is then told how it went. `changes` has to watch since before the payment was stored.
    async fn await_acknowledgement(
        &self,
        id: CheckoutId,
        mut changes: watch::Receiver<u64>,
    ) -> Result<Option<Checkout>, StoreError> {
        let acknowledged = async {
            loop {
                let checkout = self.store.checkout_by_id(id).await?;
                let current = checkout.as_ref().and_then(Checkout::current);
                let pending = current.is_some_and(Payment::awaits_acknowledgement);
                if !pending || changes.changed().await.is_err() {
                    return Ok(checkout);
                }
            }
        };
        match tokio::time::timeout(self.timing.acknowledgement, acknowledged).await {
            Ok(checkout) => checkout,
            Err(_) => self.store.checkout_by_id(id).await,
        }
    }
}
