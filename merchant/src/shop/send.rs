//! Sending a sale, until ECommPay says that it has it.

use protocol::gate::Refusal;

use super::Shop;
use crate::gate::Sent;
use crate::store::StoreError;

impl Shop {
    /// Sends a sale that ECommPay has not acknowledged, and notes what became of it. After a failure the same
    /// is sent again under the same name, which ECommPay takes once.
    pub(super) async fn send(&self, payment_id: &str) -> Result<(), StoreError> {
        let Some(request) = self.store.due_request(payment_id, self.now()).await? else { return Ok(()) };
        let sent = self.gate.sale(request).await;
        self.metrics.gate("sale", sent.as_str());

        let mut write = self.store.write().await?;
        let Some(mut checkout) = write.checkout_of(payment_id).await? else { return Ok(()) };
        let (id, now) = (checkout.id, self.now());
        let Some(payment) = checkout.payment_mut(payment_id) else { return Ok(()) };
        let refused = match &sent {
            Sent::Accepted { request_id } => {
                payment.accept(request_id.clone(), now, &self.timing);
                false
            }
            Sent::Repeated => {
                payment.accept(None, now, &self.timing);
                // What happened since the first attempt may have been told while nobody listened.
                payment.ask_at = payment.ask_at.map(|at| at.min(now));
                false
            }
            Sent::Refused(refusal) => {
                let (code, message) = words(refusal);
                tracing::warn!(payment = payment_id, code, "Gate refused a sale: {refusal}");
                payment.refuse(code, message)
            }
            Sent::Unknown(why) => {
                tracing::warn!(
                    payment = payment_id,
                    attempts = payment.attempts + 1,
                    code = why.code(),
                    "a sale is to be sent again: {why}"
                );
                !payment.postpone(now, &self.timing)
                    && payment.refuse(None, Some("The payment platform could not be reached"))
            }
        };
        write.save_payment(payment).await?;
        if refused {
            checkout.revision += 1;
            write.save_checkout(&checkout).await?;
        }
        write.commit().await?;
        // Also without a refusal: somebody may be waiting for the acknowledgement.
        self.feed.tell(id);
        Ok(())
    }
}

fn words(refusal: &Refusal) -> (Option<&str>, Option<&str>) {
    let first = refusal.errors.first();
    let code = refusal.code.as_deref().or_else(|| first?.code.as_deref());
    let message = refusal.message.as_deref().or_else(|| first?.message.as_deref());
    (code, message)
}
