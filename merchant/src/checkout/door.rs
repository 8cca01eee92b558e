//! Through which of ECommPay's doors a payment goes, and what is different behind the hosted one.
//!
//! A code is asked for by this server, so that ECommPay knows the payment as soon as it acknowledges it. On the
//! hosted page the payer begins it: until then ECommPay knows none, and a question about it is answered with
//! "not found", which means "not begun" and nothing worse. Whatever ECommPay says about a payment proves that it
//! was begun.

use std::time::Duration;

use protocol::date::UnixMillis;
use protocol::gate::PaymentId;
use serde_json::Value;

use super::{Checkout, Payment, Sale, Sending, State};
use crate::timing::{Timing, after};

/// Through which door a payment goes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Door {
    /// Gate: the payer is shown a code.
    Gate,
    /// The hosted Payment Page, opened with this signed config.
    PaymentPage(Value),
}

impl Door {
    /// The name in the database.
    pub(crate) fn as_str(&self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::PaymentPage(_) => "payment_page",
        }
    }
}

/// A hosted page that the payer may open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Offer<'a> {
    /// What it is opened with.
    pub(super) config: &'a Value,
    /// Until when it opens.
    pub(super) until: Option<UnixMillis>,
}

/// A payer who confirmed at the last moment is asked about this much later.
const AFTER_LIMIT: Duration = Duration::from_secs(60);

impl Payment {
    /// A payment that begins when the payer confirms it on the page that `config` opens.
    pub(crate) fn hosted(id: PaymentId, config: Value, now: UnixMillis, timing: &Timing) -> Self {
        let mut payment = Self { door: Door::PaymentPage(config), send_at: None, ..Self::new(id, now) };
        payment.schedule(now, timing);
        payment
    }

    /// Whether it is made on the hosted page.
    pub(crate) fn is_hosted(&self) -> bool {
        matches!(self.door, Door::PaymentPage(_))
    }

    /// Whether ECommPay is known to have it.
    pub(crate) fn is_begun(&self) -> bool {
        self.sending == Sending::Accepted
    }

    /// Whether it was sent to Gate, or is about to be, and Gate has said nothing yet.
    pub(crate) fn awaits_acknowledgement(&self) -> bool {
        !self.is_hosted() && self.sending == Sending::Pending
    }

    /// Whether the payer may have paid it although nobody has said so.
    pub(crate) fn may_be_paid(&self) -> bool {
        self.sale == Sale::Open && (self.display_data.is_some() || (self.is_hosted() && self.is_begun()))
    }

    /// Until when the hosted page opens, as its config says.
    pub(super) fn page_closes_at(&self) -> Option<UnixMillis> {
        match &self.door {
            Door::PaymentPage(config) => config.get("best_before")?.as_str().and_then(UnixMillis::parse_iso),
            Door::Gate => None,
        }
    }

    /// Until when the hosted page can be confirmed; a code's payment lives as long.
    pub(crate) fn limit(&self, timing: &Timing) -> UnixMillis {
        after(self.created_at, timing.payment_life)
    }

    /// Until when ECommPay is to be asked about it; none where it would not know.
    pub(super) fn ask_until(&self, timing: &Timing) -> Option<UnixMillis> {
        let limit = self.limit(timing);
        match (self.is_hosted(), self.is_begun()) {
            (false, true) => Some(limit),
            (false, false) => None,
            // All callbacks may be lost, so that even a payment nobody has heard of has to be asked for.
            (true, false) => Some(after(limit, AFTER_LIMIT)),
            (true, true) => Some(after(limit, timing.payment_life)),
        }
    }
}

impl Checkout {
    /// The payment that belongs to the newest code; where there are no codes, to the newest hosted page.
    pub(crate) fn current(&self) -> Option<&Payment> {
        self.payments.iter().rfind(|payment| !payment.is_hosted()).or_else(|| self.payments.last())
    }

    /// Whether the payer is at work on a hosted page beside the code.
    pub(super) fn is_under_way_elsewhere(&self, current: &Payment) -> bool {
        let elsewhere = |payment: &Payment| payment.is_hosted() && payment.sale == Sale::Open && payment.is_begun();
        !current.is_hosted() && self.payments.iter().any(elsewhere)
    }

    /// What a browser opens the hosted page with, while that makes sense.
    ///
    /// Also while the payment is under way: a payer who closed the page can finish only there, and the page takes
    /// a payment's id once, so that opening it again cannot make a second payment. Not once it has an outcome. Whoever
    /// offers it has to see that its time is not over, for then no page opens with it.
    pub(super) fn offered_page(&self, state: State) -> Option<Offer<'_>> {
        let newest = self.payments.iter().rfind(|payment| payment.is_hosted())?;
        match &newest.door {
            Door::PaymentPage(config) if state == State::Open && newest.sale == Sale::Open => {
                Some(Offer { config, until: newest.page_closes_at() })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::sample::{START, both, hosted, notice};
    use super::super::{Shown, Source};
    use super::*;

    fn said(checkout: &mut Checkout, id: &str, status: &str) {
        let sum = json!({"amount": 1840, "currency": "EUR"});
        let message = json!({"payment": {"status": status, "sum": sum}, "operation": {"id": 1, "type": "sale", "status": status, "sum_initial": sum}});
        checkout.receive(id, &notice(message), Source::Callback, START, &Timing::default());
    }

    fn shown(checkout: &Checkout) -> (&str, State) {
        let Shown { payment, state } = checkout.shown().unwrap();
        (payment.id.as_str(), state)
    }

    fn asked(payment: &mut Payment) -> Vec<i64> {
        let mut asked = Vec::new();
        while let Some(at) = payment.ask_at {
            asked.push(at.since(START) / 1000);
            payment.asked += 1;
            payment.schedule(at, &Timing::default());
        }
        asked
    }

    #[test]
    fn a_page_nobody_confirmed_is_asked_for_with_growing_gaps_and_a_last_time_after_its_limit() {
        let mut payment = hosted("h1");
        assert_eq!(payment.send_at, None, "nothing is sent for it");
        let asked = asked(&mut payment);
        assert_eq!(asked[..3], [60, 156, 309]);
        assert_eq!(asked.last(), Some(&7260));
        assert!(asked.len() < 15, "{asked:?}");
    }

    #[test]
    fn a_payment_confirmed_at_the_last_moment_has_its_life_before_it() {
        let mut payment = hosted("h1");
        let late = after(START, Duration::from_secs(7199));
        payment.accept(None, late, &Timing::default());
        assert_eq!(asked(&mut payment).last(), Some(&14_400));
    }

    #[test]
    fn whatever_ecommpay_says_proves_that_it_was_begun() {
        let mut checkout = both();
        assert!(!checkout.payments[1].is_begun() && !checkout.payments[1].may_be_paid());
        said(&mut checkout, "h1", "processing");
        assert!(checkout.payments[1].is_begun() && checkout.payments[1].may_be_paid());
    }

    #[test]
    fn the_code_stays_the_current_payment_beside_a_page() {
        let mut checkout = both();
        assert_eq!(shown(&checkout), ("p1", State::Open));
        for status in ["processing", "decline"] {
            said(&mut checkout, "h1", status);
            assert_eq!(shown(&checkout), ("p1", State::Open), "{status}");
        }
        assert_eq!(checkout.offered_page(State::Open), None, "the page has had its outcome");
        said(&mut checkout, "h1", "success");
        assert_eq!(shown(&checkout), ("h1", State::Paid));
    }

    #[test]
    fn a_dead_code_is_no_outcome_while_the_payer_is_at_work_on_the_page() {
        let mut checkout = both();
        said(&mut checkout, "p1", "decline");
        assert_eq!(shown(&checkout), ("p1", State::Declined));
        assert_eq!(checkout.offered_page(checkout.state()), None);
        said(&mut checkout, "h1", "awaiting customer action");
        assert_eq!(shown(&checkout), ("p1", State::Open));
        assert!(checkout.offered_page(checkout.state()).is_some());
        said(&mut checkout, "h1", "decline");
        assert_eq!(shown(&checkout), ("p1", State::Declined));
    }

    #[test]
    fn both_ways_paid_is_paid_twice() {
        let mut checkout = both();
        said(&mut checkout, "h1", "success");
        let sum = json!({"amount": 1840, "currency": "EUR"});
        let message = json!({"payment": {"status": "success", "sum": sum}, "operation": {"id": 2, "type": "sale", "status": "success"}});
        let received = checkout.receive("p1", &notice(message), Source::Callback, START, &Timing::default());
        let (first, second) = received.doubled.unwrap();
        assert_eq!((first.as_str(), second.as_str()), ("h1", "p1"));
        assert_eq!(shown(&checkout).1, State::Paid);
    }
}
