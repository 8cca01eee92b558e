//! Checkouts, with their payments.

use protocol::date::UnixMillis;
use protocol::gate::{Customer, PaymentId};
use protocol::money::{Currency, Money};
use serde_json::Value;
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::{Store, StoreError, Write, payments};
use crate::checkout::{Checkout, CheckoutId, State};
use crate::token::Token;

/// A checkout that nobody has seen yet.
#[derive(Debug)]
pub(crate) struct NewCheckout<'a> {
    pub(crate) token: &'a Token,
    pub(crate) sum: Money,
    pub(crate) description: &'a str,
    pub(crate) items: &'a Value,
    pub(crate) customer: &'a Customer,
    pub(crate) created_at: UnixMillis,
}

impl Write {
    /// Stores a new checkout. Its first payment has to follow in the same transaction.
    pub(crate) async fn insert_checkout(&mut self, new: NewCheckout<'_>) -> Result<CheckoutId, StoreError> {
        let customer = serde_json::to_string(new.customer).map_err(|_| StoreError::Corrupt("customer"))?;
        let sql =
            "INSERT INTO checkouts (token, amount, currency, description, items, customer, state, revision, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)";
        let done = sqlx::query(sql)
            .bind(new.token.as_str())
            .bind(new.sum.amount)
            .bind(new.sum.currency.code())
            .bind(new.description)
            .bind(new.items.to_string())
            .bind(customer)
            .bind(State::Open.as_str())
            .bind(new.created_at.0)
            .execute(self.connection())
            .await?;
        Ok(CheckoutId(done.last_insert_rowid()))
    }

    /// Writes down where the checkout stands now.
    pub(crate) async fn save_checkout(&mut self, checkout: &Checkout) -> Result<(), StoreError> {
        sqlx::query("UPDATE checkouts SET state = ?, revision = ?, cancelled_at = ? WHERE id = ?")
            .bind(checkout.state().as_str())
            .bind(checkout.revision)
            .bind(checkout.cancelled_at.map(|time| time.0))
            .bind(checkout.id.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// The checkout with this token.
    pub(crate) async fn checkout(&mut self, token: &Token) -> Result<Option<Checkout>, StoreError> {
        by_token(self.connection(), token).await
    }

    /// The checkout with this number.
    pub(crate) async fn checkout_by_id(&mut self, id: CheckoutId) -> Result<Option<Checkout>, StoreError> {
        by_id(self.connection(), id).await
    }

    /// The checkout this payment belongs to.
    pub(crate) async fn checkout_of(&mut self, payment_id: &str) -> Result<Option<Checkout>, StoreError> {
        let rows = sqlx::query(&select("c.id = (SELECT checkout_id FROM payments WHERE id = ?)"))
            .bind(payment_id)
            .fetch_all(self.connection())
            .await?;
        assemble(&rows)
    }

    /// Notes that a payer paid twice.
    pub(crate) async fn insert_doubled(
        &mut self,
        checkout: CheckoutId,
        (first, second): (&PaymentId, &PaymentId),
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO doubled (checkout_id, first_payment, second_payment, noticed_at) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING";
        sqlx::query(sql)
            .bind(checkout.0)
            .bind(first.as_str())
            .bind(second.as_str())
            .bind(now.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

impl Store {
    /// The checkout with this token.
    pub(crate) async fn checkout(&self, token: &Token) -> Result<Option<Checkout>, StoreError> {
        by_token(&mut *self.read().await?, token).await
    }

    /// The checkout with this number.
    pub(crate) async fn checkout_by_id(&self, id: CheckoutId) -> Result<Option<Checkout>, StoreError> {
        by_id(&mut *self.read().await?, id).await
    }
}

async fn by_token(connection: &mut SqliteConnection, token: &Token) -> Result<Option<Checkout>, StoreError> {
    let rows = sqlx::query(&select("c.token = ?")).bind(token.as_str()).fetch_all(connection).await?;
    assemble(&rows)
}

async fn by_id(connection: &mut SqliteConnection, id: CheckoutId) -> Result<Option<Checkout>, StoreError> {
    let rows = sqlx::query(&select("c.id = ?")).bind(id.0).fetch_all(connection).await?;
    assemble(&rows)
}

/// One statement, so that the checkout and its payments are of the same moment.
fn select(condition: &str) -> String {
    format!(
        "SELECT c.id AS checkout_id, c.token, c.amount, c.currency, c.description, c.customer, c.revision, c.cancelled_at,
            p.id AS payment_id, {payment}
        FROM checkouts c JOIN payments p ON p.checkout_id = c.id WHERE {condition} ORDER BY p.ordinal",
        payment = payments::COLUMNS
    )
}

fn assemble(rows: &[SqliteRow]) -> Result<Option<Checkout>, StoreError> {
    let Some(row) = rows.first() else { return Ok(None) };
    let token: String = row.try_get("token")?;
    let currency: String = row.try_get("currency")?;
    let customer: String = row.try_get("customer")?;
    let currency = Currency::parse(&currency).map_err(|_| StoreError::Corrupt("currency"))?;
    Ok(Some(Checkout {
        id: CheckoutId(row.try_get("checkout_id")?),
        token: Token::read(&token).ok_or(StoreError::Corrupt("token"))?,
        sum: Money::new(row.try_get("amount")?, currency),
        description: row.try_get("description")?,
        customer: serde_json::from_str(&customer).map_err(|_| StoreError::Corrupt("customer"))?,
        revision: row.try_get("revision")?,
        cancelled_at: row.try_get::<Option<i64>, _>("cancelled_at")?.map(UnixMillis),
        payments: rows.iter().map(payments::read).collect::<Result<_, _>>()?,
    }))
}
