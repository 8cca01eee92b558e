//! A new code for the same checkout; a new hosted page where there are no codes.

use std::time::Duration;

use super::payment_id::{NoName, free_payment_id};
use super::sale::SaleError;
use super::{ActError, Shop};
use crate::checkout::{Checkout, Door, Payment, Renewal};
use crate::store::{IdempotencyKey, Known, NewPayment, StoreError};
use crate::token::Token;

/// Why there is no new code.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum RenewError {
    /// The checkout does not give one.
    #[error(transparent)]
    Act(#[from] ActError),
    /// Its payment cannot be asked for.
    #[error(transparent)]
    Sale(#[from] SaleError),
}

impl From<NoName> for RenewError {
    fn from(error: NoName) -> Self {
        Self::Sale(error.into())
    }
}

impl From<StoreError> for RenewError {
    fn from(error: StoreError) -> Self {
        Self::Act(error.into())
    }
}

/// A payer who asks for a new code waits no longer than this for news of the old one.
const LAST_QUESTION: Duration = Duration::from_secs(2);

impl Shop {
    /// Gives a checkout a new payment, where its rules allow one, and has it sent. The old payment stays
    /// tracked: its code may still be paid.
    pub(crate) async fn renew(&self, token: &Token, key: Option<&IdempotencyKey>) -> Result<Checkout, RenewError> {
        self.ask_before_renewal(token).await?;

        let mut write = self.store.write().await?;
        let now = self.now();
        let mut checkout = write.checkout(token).await?.ok_or(ActError::Unknown)?;
        if let Some(key) = key
            && write.known(token.as_str(), key, "", now).await? != Known::New
        {
            return Ok(checkout);
        }
        let renewal = match checkout.renewal(now, &self.timing) {
            Ok(renewal) => renewal,
            Err(why) => return Err(ActError::denied(why, checkout).into()),
        };
        if let Some(key) = key {
            write.remember(token.as_str(), key, "", checkout.id, now).await?;
        }
        if renewal == Renewal::Keep {
            write.commit().await?;
            return Ok(checkout);
        }
        let payment_id = free_payment_id(&mut write).await?;
        let (payment, request) = match checkout.current().map(|current| &current.door) {
            Some(Door::PaymentPage(old)) => {
                let config = self.renewed_page(&payment_id, old, now)?;
                (Payment::hosted(payment_id, config.clone(), now, &self.timing), config)
            }
            Some(Door::Gate) | None => {
                let request = self.sale(&payment_id, &checkout.customer, checkout.sum, &checkout.description)?;
                (Payment::new(payment_id, now), request)
            }
        };
        write.insert_payment(NewPayment { checkout: checkout.id, payment: &payment, request: &request }).await?;
        tracing::info!(checkout = %token, payment = %payment.id, door = payment.door.as_str(), "a new code or page was asked for");
        checkout.payments.push(payment);
        checkout.revision += 1;
        write.save_checkout(&checkout).await?;
        let changes = self.feed.watch(checkout.id);
        write.commit().await?;

        self.feed.tell(checkout.id);
        self.sales_due.notify_one();
        Ok(self.await_acknowledgement(checkout.id, changes).await?.unwrap_or(checkout))
    }

    /// The old code may have been paid a moment ago, or its callback been lost. A second code would then be
    /// an invitation to pay twice, so ECommPay is asked first. If it does not answer, the payer gets the code.
    async fn ask_before_renewal(&self, token: &Token) -> Result<(), RenewError> {
        let checkout = self.store.checkout(token).await?.ok_or(ActError::Unknown)?;
        if checkout.renewal(self.now(), &self.timing) != Ok(Renewal::New) {
            return Ok(());
        }
        let current = checkout.current().map(|payment| &payment.id);
        let ask = async {
            for payment in &checkout.payments {
                // Older codes have been asked about when they were replaced.
                if payment.may_be_paid() && (payment.is_hosted() || Some(&payment.id) == current) {
                    let _ = self.ask(payment.id.as_str()).await;
                }
            }
        };
        let _ = tokio::time::timeout(LAST_QUESTION, ask).await;
        Ok(())
    }
}
