//! Asking ECommPay about a payment, when it is silent for too long.
//!
//! This is what makes a lost callback harmless.

use protocol::gate::{General, PaymentId, StatusAnswer};
use serde_json::Value;

use super::Shop;
use crate::store::StoreError;

impl Shop {
    /// Asks about a payment and takes in the answer. Without one it is asked again later.
    pub(super) async fn ask(&self, payment_id: &str) -> Result<(), StoreError> {
        let Ok(id) = PaymentId::new(payment_id) else { return Ok(()) };
        let answer = self.gate.status(General::new(self.settings.project, id)).await;
        match answer {
            Ok(answer) if is_about(&answer, payment_id) => {
                self.metrics.gate("status", "answered");
                return self.take_answer(payment_id, &answer).await;
            }
            // Neither is a status of a payment, although `payment.status` may say "error".
            Ok(_) => self.metrics.gate("status", "unknown-payment"),
            Err(why) => {
                self.metrics.gate("status", why.code());
                tracing::warn!(payment = payment_id, code = why.code(), "there is no answer about a payment: {why}");
            }
        }
        self.ask_again_later(payment_id).await
    }

    async fn ask_again_later(&self, payment_id: &str) -> Result<(), StoreError> {
        let mut write = self.store.write().await?;
        let Some(mut checkout) = write.checkout_of(payment_id).await? else { return Ok(()) };
        if let Some(payment) = checkout.payment_mut(payment_id) {
            payment.asked = payment.asked.saturating_add(1);
            payment.schedule(self.now(), &self.timing);
            write.save_payment(payment).await?;
        }
        write.commit().await
    }
}

/// Whether an answer tells the state of this payment.
fn is_about(answer: &Value, payment_id: &str) -> bool {
    let Ok(answer) = serde_json::from_value::<StatusAnswer>(answer.clone()) else { return false };
    let named = answer.payment.as_ref().and_then(|payment| payment.id.as_deref());
    answer.unknown().is_none() && named.is_some_and(|named| named.to_lowercase() == payment_id.to_lowercase())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_an_answer_that_names_the_payment_is_about_it() {
        assert!(is_about(&json!({"payment": {"id": "WX-1", "status": "success"}}), "wx-1"));
        for other in [
            json!({"payment": {"id": "wx-2", "status": "success"}}),
            json!({"payment": {"status": "success"}}),
            json!({"payment": {"id": "wx-1", "status": "error"}, "errors": [{"code": "3061"}]}),
            json!({"payment": {"id": "wx-1", "status": "error"}, "errors": [{"code": 3062}]}),
            json!({"status": "error", "code": "3061"}),
            json!([]),
        ] {
            assert!(!is_about(&other, "wx-1"), "{other}");
        }
    }
}
