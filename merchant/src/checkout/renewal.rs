//! Whether a payer gets a new code.

use std::time::Duration;

use protocol::date::UnixMillis;

use super::document::seconds_until;
use super::{Checkout, Payment, Sale, Sending, State};
use crate::timing::Timing;

/// What a payer gets who asks for a new code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// A new payment.
    New,
    /// The one there is: it is too young to be given up, or its own code is still to come.
    Keep,
}

/// Why a checkout does not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum Denied {
    /// Money has arrived.
    #[error("a payment of this checkout has arrived or is being checked")]
    AlreadyPaid,
    /// The payer gave up.
    #[error("this checkout was given up")]
    Cancelled,
    /// There were too many codes.
    #[error("this checkout has had {MAX_PAYMENTS} codes, which is enough")]
    TooMany,
    /// ECommPay does not want to know anything.
    #[error("nothing is asked for at the moment")]
    NothingAsked,
}

impl Denied {
    /// A stable code for browsers, logs and support.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::AlreadyPaid => "already-paid",
            Self::Cancelled => "cancelled",
            Self::TooMany => "renewals-exhausted",
            Self::NothingAsked => "nothing-asked",
        }
    }
}

/// Each code is a payment that has to be watched.
const MAX_PAYMENTS: usize = 20;

impl Checkout {
    /// What a payer gets who asks for a new code.
    ///
    /// Two clicks, two tabs, or a click and its repetition meet here one after the other: the first makes a
    /// payment, the others are given that one.
    pub(crate) fn renewal(&self, now: UnixMillis, timing: &Timing) -> Result<Renewal, Denied> {
        match self.state() {
            State::Paid | State::Held | State::PartlyRefunded | State::Refunded => return Err(Denied::AlreadyPaid),
            State::Cancelled => return Err(Denied::Cancelled),
            State::Open | State::Declined | State::Failed => {}
        }
        if self.current().is_some_and(|current| current.sale == Sale::Open && current.is_to_be_kept(now, timing)) {
            return Ok(Renewal::Keep);
        }
        if self.payments.len() >= MAX_PAYMENTS { Err(Denied::TooMany) } else { Ok(Renewal::New) }
    }
}

impl Payment {
    /// Whether a payer who asks for a new code is better served with this payment, which is open.
    fn is_to_be_kept(&self, now: UnixMillis, timing: &Timing) -> bool {
        if self.is_hosted() {
            // The page takes the same config until its time is over, and has the payer's new codes made itself.
            return self.page_closes_at().is_none_or(|end| now < end);
        }
        let age = now.since(self.created_at);
        let younger = |span: Duration| age < i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        let awaits_code = self.display_data.is_none()
            && (self.sending == Sending::Pending || self.clarification_fields().is_some() || younger(timing.code_wait));
        // A code can be dead before it is old: its time counts from its creation at WeChat.
        let is_dead = self.code_deadline.is_some_and(|end| seconds_until(end, now) <= 0.0);
        awaits_code || (younger(timing.renew_rest) && !is_dead)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::sample::{START, both, checkout, hosted};
    use super::*;

    fn at(seconds: i64) -> UnixMillis {
        UnixMillis(START.0 + seconds * 1000)
    }

    fn renewal(checkout: &Checkout, seconds: i64) -> Result<Renewal, Denied> {
        checkout.renewal(at(seconds), &Timing::default())
    }

    #[test]
    fn a_payment_with_a_code_is_replaced_once_it_is_older_than_a_double_click() {
        let mut checkout = checkout(1);
        checkout.payments[0].display_data = Some(json!([]));
        assert_eq!(renewal(&checkout, 4), Ok(Renewal::Keep));
        assert_eq!(renewal(&checkout, 5), Ok(Renewal::New));
    }

    #[test]
    fn a_code_whose_time_is_over_is_never_too_young_to_be_replaced() {
        let mut checkout = checkout(1);
        checkout.payments[0].display_data = Some(json!([]));
        checkout.payments[0].code_deadline = Some(at(3));
        assert_eq!(renewal(&checkout, 2), Ok(Renewal::Keep));
        assert_eq!(renewal(&checkout, 3), Ok(Renewal::New));
        checkout.payments[0].code_deadline = Some(UnixMillis(at(3).0 + 99));
        assert_eq!(renewal(&checkout, 3), Ok(Renewal::New), "no tenth of a second is left");
    }

    #[test]
    fn a_hosted_page_is_kept_until_its_time_is_over_and_replaced_at_once_after_a_refusal() {
        let mut checkout = checkout(0);
        checkout.payments.push(hosted("h1"));
        assert_eq!(renewal(&checkout, 7199), Ok(Renewal::Keep));
        assert_eq!(renewal(&checkout, 7200), Ok(Renewal::New));
        checkout.payments[0].sale = Sale::Declined;
        assert_eq!(renewal(&checkout, 0), Ok(Renewal::New));
    }

    #[test]
    fn beside_a_hosted_page_it_is_the_code_that_is_replaced() {
        let mut checkout = both();
        checkout.payments[0].display_data = Some(json!([]));
        assert_eq!(renewal(&checkout, 5), Ok(Renewal::New));
    }

    #[test]
    fn a_payment_without_a_code_gets_the_time_to_have_one() {
        let mut checkout = checkout(1);
        assert_eq!(renewal(&checkout, 29), Ok(Renewal::Keep));
        assert_eq!(renewal(&checkout, 30), Ok(Renewal::New));
        checkout.payments[0].sending = Sending::Pending;
        assert_eq!(renewal(&checkout, 3000), Ok(Renewal::Keep));
    }

    #[test]
    fn a_payment_that_waits_for_an_answer_is_not_replaced() {
        let mut checkout = checkout(1);
        let body = json!({"clarification_fields": {"customer": ["email"]}});
        checkout.payments[0].body = body.as_object().cloned();
        assert_eq!(renewal(&checkout, 3000), Ok(Renewal::Keep));
    }

    #[test]
    fn after_a_refusal_there_is_a_new_code_at_once() {
        for sale in [Sale::Declined, Sale::Failed] {
            let mut checkout = checkout(1);
            checkout.payments[0].sale = sale;
            assert_eq!(renewal(&checkout, 0), Ok(Renewal::New), "{sale:?}");
        }
    }

    #[test]
    fn whoever_paid_or_gave_up_gets_no_new_code() {
        for sale in [Sale::Paid, Sale::Held] {
            let mut checkout = checkout(2);
            checkout.payments[0].sale = sale;
            assert_eq!(renewal(&checkout, 3000), Err(Denied::AlreadyPaid), "{sale:?}");
        }
        let mut checkout = checkout(1);
        checkout.cancel(START).unwrap();
        assert_eq!(renewal(&checkout, 3000), Err(Denied::Cancelled));
    }

    #[test]
    fn codes_come_to_an_end() {
        assert_eq!(renewal(&checkout(19), 3000), Ok(Renewal::New));
        assert_eq!(renewal(&checkout(20), 3000), Err(Denied::TooMany));
    }
}
