//! Taking in what ECommPay says.

use protocol::gate::PaymentId;
use protocol::sign::{self, SignatureError};
use serde_json::Value;

use super::Shop;
use crate::checkout::{Checkout, Notice, Received, Sale, Source};
use crate::store::{Message, StoreError, Write};

/// What became of a callback that is ECommPay's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It changed the checkout.
    Applied,
    /// It is stored, and changed nothing.
    Unchanged,
    /// It was stored before.
    Repeated,
    /// The payment is none of this shop's.
    UnknownPayment,
}

impl Taken {
    /// The name in the metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Unchanged => "unchanged",
            Self::Repeated => "repeated",
            Self::UnknownPayment => "unknown-payment",
        }
    }
}

/// Why a callback was not taken in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum CallbackError {
    /// It is no JSON.
    #[error("the body is no JSON object")]
    NotJson,
    /// It is not ECommPay's, or not for this project's key.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// It is for another project.
    #[error("the callback is for another project")]
    Project,
    /// It does not say which payment it is about.
    #[error("the callback names no payment")]
    NoPayment,
    /// It could not be stored, so ECommPay has to send it again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CallbackError {
    /// A stable code for logs, metrics and support.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotJson => "callback-not-json",
            Self::Signature(error) => error.code(),
            Self::Project => "callback-project",
            Self::NoPayment => "callback-no-payment",
            Self::Store(error) => error.code(),
        }
    }
}

impl Shop {
    /// Takes in a callback: verifies it, and stores it together with what it changes.
    pub(crate) async fn take_callback(&self, body: &[u8]) -> Result<Taken, CallbackError> {
        let raw = std::str::from_utf8(body).map_err(|_| CallbackError::NotJson)?;
        let message: Value = serde_json::from_str(raw).map_err(|_| CallbackError::NotJson)?;
        if !message.is_object() {
            return Err(CallbackError::NotJson);
        }
        let order = sign::verify(&message, &self.settings.secret)?;
        tracing::debug!(order = order.as_str(), "a callback's signature fits");
        let project = message.get("project_id").and_then(protocol::node::Node::to_text);
        if project.is_some_and(|project| project != self.settings.project.to_string()) {
            return Err(CallbackError::Project);
        }
        let digest = sign::signature_of(&message).unwrap_or_default().to_owned();
        let notice = Notice::of_callback(message).ok_or(CallbackError::NotJson)?;
        let payment_id = notice.payment.id.clone().ok_or(CallbackError::NoPayment)?;

        let mut write = self.store.write().await?;
        let Some(mut checkout) = write.checkout_of(&payment_id).await? else {
            tracing::warn!("a callback is about a payment that is not this shop's");
            return Ok(Taken::UnknownPayment);
        };
        let now = self.now();
        let message = Message {
            payment_id: &payment_id,
            notice: &notice,
            source: Source::Callback,
            digest: &digest,
            raw,
            received_at: now,
        };
        if !write.insert_message(&message).await? {
            return Ok(Taken::Repeated);
        }
        let received = checkout.receive(&payment_id, &notice, Source::Callback, now, &self.timing);
        self.save(&mut write, &mut checkout, &payment_id, &received).await?;
        write.commit().await?;
        self.announce(&checkout, &payment_id, &received);
        Ok(if received.changed { Taken::Applied } else { Taken::Unchanged })
    }

    /// Takes in the answer to a status request, whose signature was verified.
    pub(super) async fn take_answer(&self, payment_id: &str, answer: &Value) -> Result<(), StoreError> {
        let digest = sign::signature_of(answer).unwrap_or_default();
        let raw = answer.to_string();
        let mut write = self.store.write().await?;
        let Some(mut checkout) = write.checkout_of(payment_id).await? else { return Ok(()) };
        let now = self.now();
        if let Some(payment) = checkout.payment_mut(payment_id) {
            payment.asked = payment.asked.saturating_add(1);
            payment.schedule(now, &self.timing);
        }
        let mut news = Vec::new();
        for notice in Notice::of_answer(answer) {
            let received = checkout.receive(payment_id, &notice, Source::Answer, now, &self.timing);
            if received.changed {
                // Only what changed something is kept: most answers say what is known.
                let source = Source::Answer;
                write
                    .insert_message(&Message {
                        payment_id,
                        notice: &notice,
                        source,
                        digest,
                        raw: &raw,
                        received_at: now,
                    })
                    .await?;
            }
            self.save(&mut write, &mut checkout, payment_id, &received).await?;
            news.push(received);
        }
        write.commit().await?;
        for received in &news {
            self.announce(&checkout, payment_id, received);
        }
        Ok(())
    }

    pub(super) async fn save(
        &self,
        write: &mut Write,
        checkout: &mut Checkout,
        payment_id: &str,
        received: &Received,
    ) -> Result<(), StoreError> {
        if let Some(payment) = checkout.payment_mut(payment_id) {
            write.save_payment(payment).await?;
        }
        if received.changed {
            write.save_checkout(checkout).await?;
        }
        if let Some((first, second)) = &received.doubled {
            write.insert_doubled(checkout.id, (first, second), self.now()).await?;
        }
        Ok(())
    }

    /// Tells watchers and the operator, once it is stored.
    fn announce(&self, checkout: &Checkout, payment_id: &str, received: &Received) {
        if received.changed {
            self.feed.tell(checkout.id);
        }
        if let Some(outcome) = received.outcome {
            tracing::info!(checkout = %checkout.token, payment = payment_id, outcome = outcome.as_str(), "a payment has an outcome");
        }
        if received.outcome == Some(Sale::Held) {
            let got = checkout
                .payments
                .iter()
                .find(|payment| payment.is_named(payment_id))
                .and_then(|payment| payment.received);
            tracing::error!(checkout = %checkout.token, payment = payment_id, asked_for = %checkout.sum, received = ?got,
                "the sum of a payment is not what was asked for: it is held until somebody decides");
        }
        if let Some((first, second)) = &received.doubled {
            log_doubled(checkout, first, second);
        }
    }
}

fn log_doubled(checkout: &Checkout, first: &PaymentId, second: &PaymentId) {
    tracing::error!(checkout = %checkout.token, first = %first, second = %second, "a checkout was paid twice: one payment is to be given back");
}
