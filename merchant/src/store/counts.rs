//! Figures for the operator.

use super::{Store, StoreError};

/// Figures for the operator, as of now.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Checkouts by state.
    pub(crate) checkouts: Vec<(String, i64)>,
    /// Checkouts that were paid twice.
    pub(crate) doubled: i64,
    /// Payments whose money is not what was asked for.
    pub(crate) held: i64,
    /// Sales without acknowledgement.
    pub(crate) unacknowledged: i64,
}

impl Store {
    /// Counts what an operator watches.
    pub(crate) async fn counts(&self) -> Result<Counts, StoreError> {
        let mut connection = self.read().await?;
        let sql = "SELECT state, COUNT(*) FROM checkouts GROUP BY state ORDER BY state";
        let checkouts = sqlx::query_as(sql).fetch_all(&mut *connection).await?;
        let doubled = sqlx::query_scalar("SELECT COUNT(*) FROM doubled").fetch_one(&mut *connection).await?;
        let held =
            sqlx::query_scalar("SELECT COUNT(*) FROM payments WHERE sale = 'held'").fetch_one(&mut *connection).await?;
        let sql = "SELECT COUNT(*) FROM payments WHERE send_at IS NOT NULL";
        let unacknowledged = sqlx::query_scalar(sql).fetch_one(&mut *connection).await?;
        Ok(Counts { checkouts, doubled, held, unacknowledged })
    }

    /// Whether the database answers.
    pub(crate) async fn answers(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&mut *self.read().await?).await?;
        Ok(())
    }
}
