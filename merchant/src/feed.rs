//! Tells whoever watches a checkout that it changed.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

use crate::checkout::CheckoutId;

/// Tells whoever watches a checkout that it changed. What it became they read themselves, so a slow watcher
/// misses intermediate states and never the last one.
#[derive(Debug, Default)]
pub(crate) struct Feed(Mutex<HashMap<CheckoutId, watch::Sender<u64>>>);

/// Below this many watched checkouts it is not worth looking for those that nobody watches any more.
const TIDY_ABOVE: usize = 64;

impl Feed {
    /// Watches a checkout from now on. What changed before must be read after this.
    pub(crate) fn watch(&self, id: CheckoutId) -> watch::Receiver<u64> {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if watched.len() >= TIDY_ABOVE && watched.len() == watched.capacity() {
            // About to grow: a good moment, and a rare one.
            watched.retain(|_, sender| sender.receiver_count() > 0);
        }
        watched.entry(id).or_default().subscribe()
    }

    /// A checkout changed.
    pub(crate) fn tell(&self, id: CheckoutId) {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(sender) = watched.get(&id) else { return };
        if sender.receiver_count() == 0 {
            watched.remove(&id);
        } else {
            sender.send_modify(|changes| *changes = changes.wrapping_add(1));
        }
    }

    #[cfg(test)]
    fn watched(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_watches_is_told_and_nobody_else() {
        let feed = Feed::default();
        let (mut first, mut second, other) =
            (feed.watch(CheckoutId(1)), feed.watch(CheckoutId(1)), feed.watch(CheckoutId(2)));
        feed.tell(CheckoutId(1));
        first.changed().await.unwrap();
        second.changed().await.unwrap();
        assert!(!other.has_changed().unwrap());
    }

    #[test]
    fn a_checkout_nobody_watches_is_forgotten() {
        let feed = Feed::default();
        drop(feed.watch(CheckoutId(1)));
        feed.tell(CheckoutId(1));
        assert_eq!(feed.watched(), 0);
    }

    #[test]
    fn watchers_that_left_do_not_pile_up() {
        let feed = Feed::default();
        for id in 0..100_000 {
            drop(feed.watch(CheckoutId(id)));
        }
        assert!(feed.watched() < 1000, "{}", feed.watched());
    }
}
