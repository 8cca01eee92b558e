//! What ECommPay said, as it said it.

use protocol::date::UnixMillis;

use super::{StoreError, Write};
use crate::checkout::{Notice, Source};

/// A message of ECommPay's whose signature was verified.
#[derive(Debug)]
pub(crate) struct Message<'a> {
    pub(crate) payment_id: &'a str,
    pub(crate) notice: &'a Notice,
    pub(crate) source: Source,
    /// The signature: it is a digest of all that the message says, however it is written.
    pub(crate) digest: &'a str,
    pub(crate) raw: &'a str,
    pub(crate) received_at: UnixMillis,
}

impl Write {
    /// Stores a message. Says false where it is a repeat of one that is stored.
    ///
    /// A repeat has the payment, operation, status and request of the first, and says the same. The names alone
    /// would not do: a code can come under the names of a message that had none.
    pub(crate) async fn insert_message(&mut self, message: &Message<'_>) -> Result<bool, StoreError> {
        let Message { payment_id, notice, source, digest, raw, received_at } = message;
        let sql = "INSERT INTO callbacks
            (payment_id, operation_id, operation_type, operation_status, request_id, digest, source, body, received_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
        let done = sqlx::query(sql)
            .bind(*payment_id)
            .bind(notice.operation_key())
            .bind(notice.kind().as_str())
            .bind(notice.operation.status.as_ref().map_or("", |status| status.as_str()))
            .bind(notice.operation.request_id.as_deref().unwrap_or_default())
            .bind(*digest)
            .bind(source.as_str())
            .bind(*raw)
            .bind(received_at.0)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() > 0)
    }
}
