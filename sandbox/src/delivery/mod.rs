//! Callbacks on their way to the shop.

mod schedule;

use std::sync::Arc;
use std::time::Duration;

use protocol::sign;
use protocol::status::PaymentStatus;
use serde_json::Value;

use crate::object::Object;
use crate::payment::{Door, Payment, Sent};
use crate::platform::Platform;

/// A callback that is to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    name: String,
    body: Object,
    address: Option<String>,
    /// Whether the shop has to act on it; such a one cannot be switched off.
    prescriptive: bool,
    /// Whether it would ask the shop for something that the hosted page does by itself.
    ///
    /// UNCONFIRMED for WeChat. ECommPay calls callbacks prescriptive that demand an action of the shop; where
    /// its own page shows the code or asks for data, there is none. The page is told in another format.
    needless: bool,
    switched_off: bool,
    asked_delay: Duration,
}

impl Callback {
    /// One that the shop has to act on.
    pub(crate) fn prescriptive(payment: &Payment, body: Object) -> Self {
        Self::new(payment, body, true)
    }

    /// One that only tells.
    pub(crate) fn informative(payment: &Payment, body: Object) -> Self {
        Self::new(payment, body, false)
    }

    fn new(payment: &Payment, body: Object, prescriptive: bool) -> Self {
        let addresses = &payment.addresses;
        let special = match payment.status {
            PaymentStatus::Success => &addresses.success,
            PaymentStatus::Decline => &addresses.decline,
            _ => &None,
        };
        Self {
            name: payment.id.folded(),
            body,
            address: special.as_ref().or(addresses.any.as_ref()).cloned(),
            prescriptive,
            needless: prescriptive && payment.door == Door::Page,
            switched_off: payment.callback.force_disable.unwrap_or_default(),
            asked_delay: Duration::from_secs(payment.callback.delay.unwrap_or_default().into()),
        }
    }

    /// How long the shop asked to be left alone with this.
    pub(crate) fn asked_delay(&self) -> Duration {
        if self.prescriptive { Duration::ZERO } else { self.asked_delay }
    }
}

impl Platform {
    /// Signs a message at the top level, with the project's number in it.
    pub(crate) fn signed(&self, message: Object) -> Value {
        let mut message = message.with("project_id", self.config.project_id.number()).into();
        // Only what is no object cannot be signed, and every message is one.
        let _ = sign::sign_top_level(&mut message, &self.config.secret_key);
        message
    }

    /// Sends a callback after a while, and again until it is answered with 200.
    pub(crate) fn deliver(self: &Arc<Self>, callback: Callback, delay: Duration) {
        if callback.needless || (callback.switched_off && !callback.prescriptive) {
            return;
        }
        let Some(address) = callback.address.clone().or_else(|| self.config.callback_url.clone()) else {
            tracing::debug!(payment = callback.name, "no address for callbacks");
            return;
        };
        let platform = Arc::clone(self);
        let letter =
            Letter { number: self.next_callback(), name: callback.name, address, body: self.signed(callback.body) };
        self.spawn(async move {
            platform.config.clock.wait(delay).await;
            if platform.send_until_taken(&letter).await {
                platform.send_again(&letter).await;
            }
        });
    }

    async fn send_until_taken(&self, letter: &Letter) -> bool {
        for attempt in 1..=schedule::ATTEMPTS {
            if self.send(letter).await == Some(200) {
                return true;
            }
            self.config.clock.wait(schedule::pause(attempt).mul_f64(self.config.redelivery_scale)).await;
        }
        tracing::warn!(payment = letter.name, "gave up on a callback");
        false
    }

    /// Duplicates, and an older callback after a newer one, where such faults are wanted.
    async fn send_again(&self, letter: &Letter) {
        let (duplicates, older) = {
            let state = self.state();
            let sent = state.ledger.find(&letter.name).map(|payment| payment.sent.as_slice()).unwrap_or_default();
            let older = sent.iter().filter(|other| other.number < letter.number).max_by_key(|other| other.number);
            let older = older.filter(|_| state.faults.reorder_callbacks).map(|other| letter.instead(other));
            (state.faults.duplicate_callbacks, older)
        };
        for _ in 0..duplicates {
            self.send(letter).await;
        }
        if let Some(older) = older {
            self.send(&older).await;
        }
    }

    /// Sends once. None where nobody answered.
    async fn send(&self, letter: &Letter) -> Option<u16> {
        let lost = {
            let faults = &mut self.state().faults;
            let lost = faults.drop_callbacks > 0;
            faults.drop_callbacks = faults.drop_callbacks.saturating_sub(1);
            lost
        };
        let answer = if lost {
            None
        } else {
            let answered = self.http.post(&letter.address).json(&letter.body).send().await;
            answered.map(|answer| answer.status().as_u16()).ok()
        };
        tracing::debug!(payment = letter.name, answer, lost, "callback");
        if let Some(payment) = self.state().ledger.find_mut(&letter.name) {
            payment.sent.push(Sent { number: letter.number, body: letter.body.clone(), answer });
        }
        answer
    }
}

/// A signed callback with its address on it.
#[derive(Debug)]
struct Letter {
    number: u64,
    name: String,
    address: String,
    body: Value,
}

impl Letter {
    /// What was sent earlier, to the same address.
    fn instead(&self, sent: &Sent) -> Self {
        Self { number: sent.number, name: self.name.clone(), address: self.address.clone(), body: sent.body.clone() }
    }
}
