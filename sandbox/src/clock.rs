//! The sandbox's clock: the world's, put forward on demand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use protocol::date::UnixMillis;
use tokio::sync::Notify;

/// The time of the sandbox. It runs like the world's, and a test may put it forward instead of waiting.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Hands>);

#[derive(Debug, Default)]
struct Hands {
    ahead: AtomicI64,
    moved: Notify,
}

impl Clock {
    /// What time it is.
    pub fn now(&self) -> UnixMillis {
        let world = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, millis);
        UnixMillis(world.saturating_add(self.0.ahead.load(Ordering::SeqCst)))
    }

    /// Puts the clock forward; whatever waits for a time that is now past wakes up.
    pub fn advance(&self, by: Duration) {
        self.0.ahead.fetch_add(millis(by), Ordering::SeqCst);
        self.0.moved.notify_waiters();
    }

    /// Waits until the clock shows `deadline`.
    pub(crate) async fn until(&self, deadline: UnixMillis) {
        loop {
            let moved = self.0.moved.notified();
            tokio::pin!(moved);
            // Listen before looking, or a move in between goes unnoticed.
            moved.as_mut().enable();
            let Ok(left @ 1..) = u64::try_from(deadline.since(self.now())) else { return };
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(left)) => {}
                () = &mut moved => {}
            }
        }
    }

    /// Waits for a while.
    pub(crate) async fn wait(&self, time: Duration) {
        self.until(after(self.now(), time)).await;
    }
}

/// The time `later` than `time`.
pub(crate) fn after(time: UnixMillis, later: Duration) -> UnixMillis {
    UnixMillis(time.0.saturating_add(millis(later)))
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_for_a_time_wakes_when_the_clock_is_put_past_it() {
        let clock = Clock::default();
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move { clock.wait(Duration::from_secs(7200)).await }
        });
        tokio::task::yield_now().await;
        clock.advance(Duration::from_secs(3600));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        clock.advance(Duration::from_secs(3601));
        tokio::time::timeout(Duration::from_secs(5), waiting).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn the_past_is_not_waited_for() {
        let clock = Clock::default();
        clock.until(UnixMillis(0)).await;
        assert!(clock.now().0 > 1_500_000_000_000);
    }
}
