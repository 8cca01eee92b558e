//! Payments.

use protocol::date::UnixMillis;
use protocol::gate::PaymentId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Store, StoreError, Write};
use crate::checkout::{CheckoutId, Door, Payment, Sale, Sending};

/// A payment that nobody has heard of yet.
#[derive(Debug)]
pub(crate) struct NewPayment<'a> {
    pub(crate) checkout: CheckoutId,
    pub(crate) payment: &'a Payment,
    /// What is sent, without its signature; for a hosted page what it is opened with, signed.
    pub(crate) request: &'a Value,
}

/// What [`read`] wants besides `payment_id`.
pub(super) const COLUMNS: &str =
    "p.created_at, p.door, CASE p.door WHEN 'payment_page' THEN p.request END AS config, p.sending, p.attempts, p.send_at, p.request_id, p.no_code_before, p.sale, p.told_at,
    p.body, p.display_data, p.code_deadline, p.received, p.paid_at, p.returns, p.ask_at, p.asked";

impl Write {
    /// Stores a new payment, before anything is sent.
    pub(crate) async fn insert_payment(&mut self, new: NewPayment<'_>) -> Result<(), StoreError> {
        let NewPayment { checkout, payment, request } = new;
        let sql = "INSERT INTO payments (id, checkout_id, ordinal, door, request, sending, attempts, send_at, no_code_before, sale, returns, ask_at, asked, created_at)
            VALUES (?, ?, (SELECT COUNT(*) + 1 FROM payments WHERE checkout_id = ?), ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?)";
        sqlx::query(sql)
            .bind(payment.id.as_str())
            .bind(checkout.0)
            .bind(checkout.0)
            .bind(payment.door.as_str())
            .bind(request.to_string())
            .bind(payment.sending.as_str())
            .bind(payment.attempts)
            .bind(payment.send_at.map(|time| time.0))
            .bind(payment.no_code_before.0)
            .bind(payment.sale.as_str())
            .bind(payment.ask_at.map(|time| time.0))
            .bind(payment.asked)
            .bind(payment.created_at.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Whether there is a payment of this name. ECommPay takes names that differ only in case for the same.
    pub(crate) async fn has_payment(&mut self, id: &PaymentId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM payments WHERE id = ?)";
        Ok(sqlx::query_scalar(sql).bind(id.as_str()).fetch_one(self.connection()).await?)
    }

    /// Writes down where the payment stands now.
    pub(crate) async fn save_payment(&mut self, payment: &Payment) -> Result<(), StoreError> {
        let sql = "UPDATE payments SET sending = ?, attempts = ?, send_at = ?, request_id = ?, no_code_before = ?, sale = ?, told_at = ?,
            body = ?, display_data = ?, code_deadline = ?, received = ?, paid_at = ?, returns = ?, ask_at = ?, asked = ? WHERE id = ?";
        let millis = |time: Option<UnixMillis>| time.map(|time| time.0);
        sqlx::query(sql)
            .bind(payment.sending.as_str())
            .bind(payment.attempts)
            .bind(millis(payment.send_at))
            .bind(&payment.request_id)
            .bind(payment.no_code_before.0)
            .bind(payment.sale.as_str())
            .bind(millis(payment.told_at))
            .bind(payment.body.as_ref().map(text).transpose()?)
            .bind(payment.display_data.as_ref().map(text).transpose()?)
            .bind(millis(payment.code_deadline))
            .bind(payment.received)
            .bind(millis(payment.paid_at))
            .bind(text(&payment.returns)?)
            .bind(millis(payment.ask_at))
            .bind(payment.asked)
            .bind(payment.id.as_str())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

impl Store {
    /// What is to be sent for this payment now, if it still is: since it was found due it may have been sent.
    pub(crate) async fn due_request(&self, payment_id: &str, now: UnixMillis) -> Result<Option<Value>, StoreError> {
        let sql =
            "SELECT request FROM payments WHERE id = ? AND sending = 'pending' AND door = 'gate' AND send_at <= ?";
        let request: Option<String> =
            sqlx::query_scalar(sql).bind(payment_id).bind(now.0).fetch_optional(&mut *self.read().await?).await?;
        request.map(|request| value(&request, "request")).transpose()
    }
}

pub(super) fn read(row: &SqliteRow) -> Result<Payment, StoreError> {
    let millis = |name: &str| row.try_get::<Option<i64>, _>(name).map(|time| time.map(UnixMillis));
    let word = |name: &str| row.try_get::<String, _>(name);
    let json = |name: &str| row.try_get::<Option<String>, _>(name);
    Ok(Payment {
        id: PaymentId::new(word("payment_id")?).map_err(|_| StoreError::Corrupt("payment id"))?,
        created_at: UnixMillis(row.try_get("created_at")?),
        door: match (word("door")?.as_str(), json("config")?) {
            ("gate", _) => Door::Gate,
            ("payment_page", Some(config)) => Door::PaymentPage(value(&config, "config")?),
            _ => return Err(StoreError::Corrupt("door")),
        },
        sending: Sending::read(&word("sending")?).ok_or(StoreError::Corrupt("sending"))?,
        attempts: row.try_get("attempts")?,
        send_at: millis("send_at")?,
        request_id: row.try_get("request_id")?,
        no_code_before: UnixMillis(row.try_get("no_code_before")?),
        sale: Sale::read(&word("sale")?).ok_or(StoreError::Corrupt("sale"))?,
        told_at: millis("told_at")?,
        body: json("body")?.map(|text| value(&text, "body")).transpose()?,
        display_data: json("display_data")?.map(|text| value(&text, "display_data")).transpose()?,
        code_deadline: millis("code_deadline")?,
        received: row.try_get("received")?,
        paid_at: millis("paid_at")?,
        returns: value(&word("returns")?, "returns")?,
        ask_at: millis("ask_at")?,
        asked: row.try_get("asked")?,
    })
}

fn text(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Corrupt("value"))
}

fn value<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt(what))
}
