//! Background work that is due. It stands in the database, so that a restart forgets none of it.

use protocol::date::UnixMillis;

use super::{Store, StoreError};

/// What there is to be done for payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// Sales that ECommPay has not acknowledged.
    Sales,
    /// Payments that ECommPay has been silent about.
    Questions,
}

impl Store {
    /// The payments for which this is due, the longest due first.
    pub(crate) async fn due(&self, what: Due, now: UnixMillis, limit: usize) -> Result<Vec<String>, StoreError> {
        let sql = match what {
            Due::Sales => "SELECT id FROM payments WHERE send_at <= ? ORDER BY send_at LIMIT ?",
            Due::Questions => "SELECT id FROM payments WHERE ask_at <= ? ORDER BY ask_at LIMIT ?",
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(sqlx::query_scalar(sql).bind(now.0).bind(limit).fetch_all(&mut *self.read().await?).await?)
    }
}
