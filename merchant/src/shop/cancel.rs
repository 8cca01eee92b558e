//! Giving up.

use super::{ActError, Shop};
use crate::checkout::Checkout;
use crate::token::Token;

impl Shop {
    /// The payer gives up. The payments stay tracked: money that arrives nevertheless is shown.
    pub(crate) async fn cancel(&self, token: &Token) -> Result<Checkout, ActError> {
        let mut write = self.store.write().await?;
        let mut checkout = write.checkout(token).await?.ok_or(ActError::Unknown)?;
        if let Err(why) = checkout.cancel(self.now()) {
            return Err(ActError::denied(why, checkout));
        }
        write.save_checkout(&checkout).await?;
        write.commit().await?;
        self.feed.tell(checkout.id);
        tracing::info!(checkout = %token, "a checkout was given up");
        Ok(checkout)
    }
}
