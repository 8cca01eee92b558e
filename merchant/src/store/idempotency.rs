//! What was asked for under an Idempotency-Key.

use std::time::Duration;

use protocol::date::UnixMillis;
use sha2::{Digest as _, Sha256};

use super::{StoreError, Write};
use crate::checkout::CheckoutId;

/// A browser's own name for something it wants done once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Reads the header: 1 to 255 visible ASCII characters. What it is a name for must not be guessed from it
    /// by others, so it should be random.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let good = (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        good.then(|| Self(text.to_owned()))
    }
}

/// Whether a key was seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// No; it is now.
    New,
    /// Yes, for the same.
    Repeat(CheckoutId),
    /// Yes, for something else.
    Other,
}

/// How long a key means the same.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

impl Write {
    /// What this key was used for within `scope`: empty for a new checkout, else the checkout's token.
    pub(crate) async fn known(
        &mut self,
        scope: &str,
        key: &IdempotencyKey,
        asked_for: &str,
        now: UnixMillis,
    ) -> Result<Known, StoreError> {
        let dead = now.0.saturating_sub(i64::try_from(LIFE.as_millis()).unwrap_or(i64::MAX));
        sqlx::query("DELETE FROM idempotency WHERE created_at < ?").bind(dead).execute(self.connection()).await?;
        let sql = "SELECT fingerprint, checkout_id FROM idempotency WHERE scope = ? AND key = ?";
        let known: Option<(String, i64)> =
            sqlx::query_as(sql).bind(scope).bind(&key.0).fetch_optional(self.connection()).await?;
        Ok(match known {
            None => Known::New,
            Some((fingerprint, id)) if fingerprint == digest(asked_for) => Known::Repeat(CheckoutId(id)),
            Some(_) => Known::Other,
        })
    }

    /// Remembers what a key was used for.
    pub(crate) async fn remember(
        &mut self,
        scope: &str,
        key: &IdempotencyKey,
        asked_for: &str,
        checkout: CheckoutId,
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO idempotency (scope, key, fingerprint, checkout_id, created_at) VALUES (?, ?, ?, ?, ?)";
        sqlx::query(sql)
            .bind(scope)
            .bind(&key.0)
            .bind(digest(asked_for))
            .bind(checkout.0)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

/// The body itself holds the payer's address and number, which need not be kept a second time.
fn digest(text: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
    STANDARD_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_visible_text_of_a_reasonable_length() {
        for good in ["k", " 5f8c-11 ", &"x".repeat(255)] {
            assert!(IdempotencyKey::read(good).is_some(), "{good}");
        }
        for bad in ["", "  ", "a b", "ключ", "a\u{7}", &"x".repeat(256)] {
            assert!(IdempotencyKey::read(bad).is_none(), "{bad}");
        }
    }
}
