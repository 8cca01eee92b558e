//! Background work: does what the database says is due.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Shop;
use crate::store::Due;

/// So many requests to Gate may be under way for one kind of work.
const AT_ONCE: usize = 32;

/// Does what is due until it is told to stop. Dropping it stops what is under way; it is due again at the
/// next start.
pub(crate) async fn run_errands(shop: Arc<Shop>, what: Due, mut stop: watch::Receiver<bool>) {
    let under_way = Arc::new(UnderWay::default());
    let mut tasks = JoinSet::new();
    loop {
        match shop.store.due(what, shop.now(), AT_ONCE + tasks.len()).await {
            Ok(due) => {
                for payment_id in due {
                    if tasks.len() < AT_ONCE && under_way.begin(&payment_id) {
                        tasks.spawn(do_one(Arc::clone(&shop), what, payment_id, Arc::clone(&under_way)));
                    }
                }
            }
            Err(error) => tracing::error!(code = error.code(), "what is due cannot be read: {error}"),
        }
        tokio::select! {
            _ = stop.changed() => return,
            () = shop.sales_due.notified(), if what == Due::Sales => {}
            () = tokio::time::sleep(shop.timing.tick) => {}
            Some(_) = tasks.join_next(), if tasks.len() >= AT_ONCE => {}
        }
        while tasks.try_join_next().is_some() {}
    }
}

async fn do_one(shop: Arc<Shop>, what: Due, payment_id: String, under_way: Arc<UnderWay>) {
    let done = match what {
        Due::Sales => shop.send(&payment_id).await,
        Due::Questions => shop.ask(&payment_id).await,
    };
    if let Err(error) = done {
        tracing::error!(
            payment = payment_id,
            code = error.code(),
            "background work failed and will be done again: {error}"
        );
    }
    under_way.end(&payment_id);
}

/// Payments that somebody is at work on, so that nobody else begins.
#[derive(Debug, Default)]
struct UnderWay(Mutex<HashSet<String>>);

impl UnderWay {
    fn begin(&self, payment_id: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(payment_id.to_owned())
    }

    fn end(&self, payment_id: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(payment_id);
    }
}
