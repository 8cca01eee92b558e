//! One purchase of one payer, and what may happen to it. Pure: no clock, no network, no database.
//!
//! A checkout has a payment for each code the payer was given, and for each hosted page. Every payment stays
//! tracked, because money can arrive through an old code as well; the payer is shown one of them.

mod deadline;
mod document;
mod door;
mod notice;
mod payment;
mod receive;
mod renewal;
mod returns;
mod state;
mod verdict;

#[cfg(test)]
mod sample;

pub(crate) use document::Document;
pub(crate) use door::Door;
pub(crate) use notice::Notice;
pub(crate) use payment::{Payment, Sale, Sending};
pub(crate) use receive::{Received, Source};
pub(crate) use renewal::{Denied, Renewal};
pub(crate) use returns::Return;
pub(crate) use state::{Shown, State};

use protocol::date::UnixMillis;
use protocol::gate::Customer;
use protocol::money::Money;

use crate::token::Token;

/// A checkout's number in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CheckoutId(pub(crate) i64);

/// One purchase of one payer.
#[derive(Clone, Debug)]
pub(crate) struct Checkout {
    pub(crate) id: CheckoutId,
    pub(crate) token: Token,
    pub(crate) sum: Money,
    pub(crate) description: String,
    pub(crate) customer: Customer,
    /// Grows with each change of the document.
    pub(crate) revision: i64,
    /// When the payer gave up.
    pub(crate) cancelled_at: Option<UnixMillis>,
    /// In the order they were made.
    pub(crate) payments: Vec<Payment>,
}

impl Checkout {
    /// The payment with this id, as ECommPay compares ids.
    pub(crate) fn payment_mut(&mut self, id: &str) -> Option<&mut Payment> {
        self.payments.iter_mut().find(|payment| payment.is_named(id))
    }

    /// The payer gives up. Refused once money has arrived; a purchase that came to nothing by itself stays
    /// what it is.
    pub(crate) fn cancel(&mut self, now: UnixMillis) -> Result<(), Denied> {
        match self.state() {
            State::Paid | State::Held | State::PartlyRefunded | State::Refunded => Err(Denied::AlreadyPaid),
            State::Cancelled | State::Declined | State::Failed => Ok(()),
            State::Open => {
                self.cancelled_at = Some(now);
                self.revision += 1;
                Ok(())
            }
        }
    }
}
