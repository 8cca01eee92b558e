//! One payment at ECommPay: a code or a hosted page, and what became of it.

use std::time::Duration;

use protocol::date::UnixMillis;
use protocol::gate::PaymentId;
use protocol::money::Money;
use serde_json::{Map, Value, json};

use super::{Door, Return};
use crate::timing::{Timing, after};

/// One payment at ECommPay.
#[derive(Clone, Debug)]
pub(crate) struct Payment {
    pub(crate) id: PaymentId,
    pub(crate) created_at: UnixMillis,
    pub(crate) door: Door,
    pub(crate) sending: Sending,
    /// How often its sale was sent.
    pub(crate) attempts: u32,
    /// When its sale is to be sent (again).
    pub(crate) send_at: Option<UnixMillis>,
    /// ECommPay's name for the request.
    pub(crate) request_id: Option<String>,
    /// No code that comes for it is older than this, by our clock.
    pub(crate) no_code_before: UnixMillis,
    pub(crate) sale: Sale,
    /// When the state in `body` was reached, by ECommPay's clock.
    pub(crate) told_at: Option<UnixMillis>,
    /// What ECommPay last said about the sale, as far as the payer may see it.
    pub(crate) body: Option<Map<String, Value>>,
    /// The last code; it comes once, and later messages do not repeat it.
    pub(crate) display_data: Option<Value>,
    /// When the code stops working, by our clock.
    pub(crate) code_deadline: Option<UnixMillis>,
    /// What the payer paid, if it is not what was asked for.
    pub(crate) received: Option<i64>,
    pub(crate) paid_at: Option<UnixMillis>,
    /// Money that went back, and attempts to give it back.
    pub(crate) returns: Vec<Return>,
    /// When ECommPay is to be asked about it.
    pub(crate) ask_at: Option<UnixMillis>,
    /// How often it was asked since it last spoke by itself.
    pub(crate) asked: u32,
}

/// Whether ECommPay has the sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sending {
    /// Nobody knows yet. With a hosted page: nobody has heard that the payer began it.
    Pending,
    /// It has it.
    Accepted,
    /// It would not take it.
    Refused,
}

/// What became of the sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sale {
    /// Nothing yet.
    Open,
    /// Money arrived, and it is not what was asked for.
    Held,
    /// Refused by whoever holds the payer's money.
    Declined,
    /// It never came to a payment.
    Failed,
    /// The money that was asked for arrived.
    Paid,
}

/// ECommPay's word for each, as it is stored.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),* }) => {
        impl $name {
            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            pub(crate) fn read(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words!(Sending { Pending = "pending", Accepted = "accepted", Refused = "refused" });
words!(Sale { Open = "open", Held = "held", Declined = "declined", Failed = "failed", Paid = "paid" });

/// After the code's time is over ECommPay is asked once more, this much later.
const AFTER_DEADLINE: Duration = Duration::from_secs(1);

impl Payment {
    /// A payment that is to be sent at once.
    pub(crate) fn new(id: PaymentId, now: UnixMillis) -> Self {
        Self {
            id,
            created_at: now,
            door: Door::Gate,
            sending: Sending::Pending,
            attempts: 0,
            send_at: Some(now),
            request_id: None,
            no_code_before: now,
            sale: Sale::Open,
            told_at: None,
            body: None,
            display_data: None,
            code_deadline: None,
            received: None,
            paid_at: None,
            returns: Vec::new(),
            ask_at: None,
            asked: 0,
        }
    }

    /// Whether ECommPay means this payment by `id`.
    pub(crate) fn is_named(&self, id: &str) -> bool {
        self.id.as_str() == id || self.id.folded() == id.to_lowercase()
    }

    /// What the payer paid.
    pub(crate) fn paid_amount(&self, asked_for: Money) -> i64 {
        self.received.unwrap_or(asked_for.amount)
    }

    /// ECommPay has the sale.
    pub(crate) fn accept(&mut self, request_id: Option<String>, now: UnixMillis, timing: &Timing) {
        if self.sending == Sending::Pending {
            self.sending = Sending::Accepted;
            self.send_at = None;
            self.schedule(now, timing);
        }
        self.request_id = self.request_id.take().or(request_id);
    }

    /// ECommPay would not take the sale. Says whether that was news.
    pub(crate) fn refuse(&mut self, code: Option<&str>, message: Option<&str>) -> bool {
        if self.sending != Sending::Pending {
            return false;
        }
        self.sending = Sending::Refused;
        self.send_at = None;
        if self.sale != Sale::Open {
            return false;
        }
        self.sale = Sale::Failed;
        let mut operation = json!({"type": "sale", "status": "decline"});
        if let Some(operation) = operation.as_object_mut() {
            for (name, text) in [("code", code), ("message", message)] {
                operation.extend(text.map(|text| (name.to_owned(), text.into())));
            }
        }
        let body = json!({"payment": {"status": "error"}, "operation": operation});
        self.body = body.as_object().cloned();
        true
    }

    /// Sending came to nothing; it is tried again until the payment's life is over. Says whether it is.
    pub(crate) fn postpone(&mut self, now: UnixMillis, timing: &Timing) -> bool {
        if self.sending != Sending::Pending {
            return true;
        }
        self.attempts = self.attempts.saturating_add(1);
        let next = after(now, timing.resend_gap(self.attempts));
        let alive = next <= self.limit(timing);
        self.send_at = alive.then_some(next);
        alive
    }

    /// Decides when ECommPay is to be asked about this payment, if it does not speak before.
    pub(crate) fn schedule(&mut self, now: UnixMillis, timing: &Timing) {
        let open = matches!(self.sale, Sale::Open | Sale::Held);
        let end = self.ask_until(timing).filter(|end| open && now < *end);
        self.ask_at = end.map(|end| {
            let next = after(now, timing.silence_after(self.asked)).min(end);
            match self.code_deadline.map(|deadline| after(deadline, AFTER_DEADLINE)) {
                Some(check) if check > now => next.min(check),
                _ => next,
            }
        });
    }

    /// The customer's data was handed in: what was asked for is asked no longer, and the code that comes now
    /// was made after that, although the operation it belongs to began long before.
    pub(crate) fn clarified(&mut self, now: UnixMillis) {
        self.no_code_before = now;
        let Some(body) = &mut self.body else { return };
        body.remove("clarification_fields");
        for member in ["payment", "operation"] {
            if let Some(status) = body.get_mut(member).and_then(|part| part.get_mut("status")) {
                *status = "processing".into();
            }
        }
    }

    /// What ECommPay wants to know from the shop, while it does. The hosted page asks the payer itself.
    pub(crate) fn clarification_fields(&self) -> Option<&Value> {
        if self.sale != Sale::Open || self.is_hosted() {
            return None;
        }
        self.body.as_ref()?.get("clarification_fields").filter(|fields| !fields.is_null())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: UnixMillis = UnixMillis(1_700_000_000_000);

    fn payment() -> Payment {
        Payment::new(PaymentId::new("p1").unwrap(), START)
    }

    fn seconds(time: Option<UnixMillis>) -> Option<i64> {
        time.map(|time| time.since(START) / 1000)
    }

    #[test]
    fn ids_that_differ_in_case_name_the_same_payment() {
        assert!(payment().is_named("P1"));
        assert!(!payment().is_named("p10"));
    }

    #[test]
    fn a_sale_is_sent_again_with_growing_gaps_until_the_payments_life_is_over() {
        let (timing, mut payment) = (Timing::default(), payment());
        let mut now = START;
        let mut gaps = Vec::new();
        while payment.postpone(now, &timing) {
            gaps.push(payment.send_at.unwrap().since(now) / 1000);
            now = payment.send_at.unwrap();
        }
        assert_eq!(gaps[..8], [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(payment.send_at, None);
        assert!(now.since(START) <= 7_200_000 && now.since(START) > 7_100_000, "{now:?}");
    }

    #[test]
    fn an_acknowledgement_ends_the_sending_and_a_refusal_after_it_changes_nothing() {
        let (timing, mut payment) = (Timing::default(), payment());
        payment.accept(Some("r1".into()), START, &timing);
        assert_eq!((payment.send_at, payment.sending), (None, Sending::Accepted));
        assert_eq!(seconds(payment.ask_at), Some(60));
        assert!(!payment.refuse(Some("2004"), None));
        assert_eq!(payment.sale, Sale::Open);
    }

    #[test]
    fn a_refusal_is_the_end_and_keeps_its_code() {
        let mut payment = payment();
        assert!(payment.refuse(Some("2004"), Some("Required field not provided")));
        assert_eq!((payment.sale, payment.send_at, payment.ask_at), (Sale::Failed, None, None));
        assert_eq!(payment.body.unwrap()["operation"]["code"], "2004");
    }

    #[test]
    fn a_silent_payment_is_asked_for_at_the_end_of_its_code_and_at_the_end_of_its_life() {
        let (timing, mut payment) = (Timing::default(), payment());
        payment.code_deadline = Some(after(START, Duration::from_secs(70)));
        payment.accept(None, START, &timing);
        let mut asked = Vec::new();
        while let Some(at) = payment.ask_at {
            asked.push(seconds(Some(at)).unwrap());
            payment.asked += 1;
            payment.schedule(at, &timing);
        }
        assert_eq!(asked[..4], [60, 71, 224, 470]);
        assert_eq!(asked.last(), Some(&7200));
    }

    #[test]
    fn nobody_asks_about_a_payment_that_is_settled_or_that_ecommpay_does_not_have() {
        let (timing, mut payment) = (Timing::default(), payment());
        payment.schedule(START, &timing);
        assert_eq!(payment.ask_at, None);
        payment.accept(None, START, &timing);
        payment.sale = Sale::Paid;
        payment.schedule(START, &timing);
        assert_eq!(payment.ask_at, None);
    }

    #[test]
    fn the_stored_words_are_read_back() {
        for sale in [Sale::Open, Sale::Held, Sale::Declined, Sale::Failed, Sale::Paid] {
            assert_eq!(Sale::read(sale.as_str()), Some(sale));
        }
        for sending in [Sending::Pending, Sending::Accepted, Sending::Refused] {
            assert_eq!(Sending::read(sending.as_str()), Some(sending));
        }
        assert_eq!(Sale::read("success"), None);
    }
}
