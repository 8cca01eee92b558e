//! Which of its payments a checkout shows, and where it stands.

use super::returns::Returned;
use super::{Checkout, Payment, Sale};

/// Where a checkout stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum State {
    /// The payer can pay, or is about to.
    Open,
    /// Money arrived, and it is not what was asked for: the operator has to look.
    Held,
    /// Paid.
    Paid,
    /// Paid, and part of it went back.
    PartlyRefunded,
    /// Paid, and all of it went back.
    Refunded,
    /// Refused.
    Declined,
    /// It never came to a payment.
    Failed,
    /// The payer gave up.
    Cancelled,
}

impl State {
    /// All of them, for those who count.
    pub(crate) const ALL: [Self; 8] = [
        Self::Open,
        Self::Held,
        Self::Paid,
        Self::PartlyRefunded,
        Self::Refunded,
        Self::Declined,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The name in the database and in the metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Held => "held",
            Self::Paid => "paid",
            Self::PartlyRefunded => "partly-refunded",
            Self::Refunded => "refunded",
            Self::Declined => "declined",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the payer has an outcome.
    pub(crate) fn is_final(self) -> bool {
        !matches!(self, Self::Open | Self::Held)
    }
}

/// What the payer is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<'a> {
    /// The payment it is about.
    pub(crate) payment: &'a Payment,
    /// Where the checkout stands.
    pub(crate) state: State,
}

impl Checkout {
    /// What the payer is shown: money that arrived, through whichever code; else that the payer gave up; else
    /// the newest code's payment. None only for a checkout without any payment, which is never stored.
    pub(crate) fn shown(&self) -> Option<Shown<'_>> {
        let paid = self.payments.iter().filter(|payment| payment.sale == Sale::Paid);
        // Paid twice and one given back is still paid. Otherwise the first one counts, so that what the payer
        // has seen does not change its name.
        let paid = paid.min_by_key(|payment| (self.returned(payment) == Returned::All, payment.paid_at));
        let held = || self.payments.iter().rfind(|payment| payment.sale == Sale::Held);
        let current = self.current()?;
        Some(if let Some(payment) = paid {
            Shown { payment, state: self.after_payment(payment, State::Paid) }
        } else if self.cancelled_at.is_some() {
            Shown { payment: current, state: State::Cancelled }
        } else if let Some(payment) = held() {
            Shown { payment, state: self.after_payment(payment, State::Held) }
        } else {
            let state = match current.sale {
                // Nobody is told to begin anew who is about to pay.
                Sale::Declined | Sale::Failed if self.is_under_way_elsewhere(current) => State::Open,
                Sale::Declined => State::Declined,
                Sale::Failed => State::Failed,
                Sale::Open | Sale::Held | Sale::Paid => State::Open,
            };
            Shown { payment: current, state }
        })
    }

    /// Where the checkout stands.
    pub(crate) fn state(&self) -> State {
        self.shown().map_or(State::Failed, |shown| shown.state)
    }

    fn after_payment(&self, payment: &Payment, unreturned: State) -> State {
        match self.returned(payment) {
            Returned::Nothing => unreturned,
            // Held money of which part went back is still in question.
            Returned::Part if unreturned == State::Held => State::Held,
            Returned::Part => State::PartlyRefunded,
            Returned::All => State::Refunded,
        }
    }

    fn returned(&self, payment: &Payment) -> Returned {
        payment.returned(self.sum)
    }
}

#[cfg(test)]
mod tests {
    use protocol::date::UnixMillis;

    use super::super::sample::{checkout, give_back};
    use super::*;

    fn shown(checkout: &Checkout) -> (&str, State) {
        let shown = checkout.shown().unwrap();
        (shown.payment.id.as_str(), shown.state)
    }

    #[test]
    fn the_newest_code_is_shown_and_older_refusals_are_not() {
        let mut checkout = checkout(2);
        checkout.payments[0].sale = Sale::Declined;
        assert_eq!(shown(&checkout), ("p2", State::Open));
        checkout.payments[1].sale = Sale::Failed;
        assert_eq!(shown(&checkout), ("p2", State::Failed));
    }

    #[test]
    fn money_through_an_old_code_makes_the_checkout_paid_whatever_the_newer_ones_say() {
        for newer in [Sale::Open, Sale::Declined, Sale::Failed, Sale::Held] {
            let mut checkout = checkout(2);
            checkout.payments[0].sale = Sale::Paid;
            checkout.payments[1].sale = newer;
            checkout.cancelled_at = Some(UnixMillis(1));
            assert_eq!(shown(&checkout), ("p1", State::Paid), "{newer:?}");
        }
    }

    #[test]
    fn of_two_payments_the_first_is_shown_until_it_is_given_back() {
        let mut checkout = checkout(3);
        for (payment, paid_at) in checkout.payments.iter_mut().zip([30, 10, 20]) {
            payment.sale = Sale::Paid;
            payment.paid_at = Some(UnixMillis(paid_at));
        }
        assert_eq!(shown(&checkout), ("p2", State::Paid));
        give_back(&mut checkout.payments[1], 1840);
        assert_eq!(shown(&checkout), ("p3", State::Paid));
    }

    #[test]
    fn held_money_is_shown_before_a_newer_code_and_is_no_outcome() {
        let mut checkout = checkout(2);
        checkout.payments[0].sale = Sale::Held;
        checkout.payments[0].received = Some(1000);
        assert_eq!(shown(&checkout), ("p1", State::Held));
        assert!(!State::Held.is_final());
        give_back(&mut checkout.payments[0], 500);
        assert_eq!(shown(&checkout), ("p1", State::Held));
        give_back(&mut checkout.payments[0], 500);
        assert_eq!(shown(&checkout), ("p1", State::Refunded));
    }

    #[test]
    fn giving_up_is_shown_unless_money_arrived() {
        let mut checkout = checkout(1);
        checkout.cancel(UnixMillis(5)).unwrap();
        assert_eq!((checkout.state(), checkout.revision), (State::Cancelled, 2));
        checkout.cancel(UnixMillis(6)).unwrap();
        assert_eq!((checkout.cancelled_at, checkout.revision), (Some(UnixMillis(5)), 2));
        checkout.payments[0].sale = Sale::Paid;
        assert_eq!(checkout.state(), State::Paid);
        assert!(checkout.cancel(UnixMillis(7)).is_err());
    }

    #[test]
    fn what_was_refused_stays_refused_when_the_payer_gives_up_afterwards() {
        let mut checkout = checkout(1);
        checkout.payments[0].sale = Sale::Declined;
        checkout.cancel(UnixMillis(5)).unwrap();
        assert_eq!((checkout.state(), checkout.revision), (State::Declined, 1));
    }

    #[test]
    fn refunds_of_a_part_and_of_all_are_told_apart() {
        let mut checkout = checkout(1);
        checkout.payments[0].sale = Sale::Paid;
        give_back(&mut checkout.payments[0], 840);
        assert_eq!(checkout.state(), State::PartlyRefunded);
        give_back(&mut checkout.payments[0], 1000);
        assert_eq!(checkout.state(), State::Refunded);
    }
}
