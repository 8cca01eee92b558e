//! Why a payment was refused, in words a payer can act on. Never the platform's own.

use super::frame::Frame;
use crate::markup::Text;
use crate::texts::{Texts, fill};
use session::DeclineReason;

/// The reason at length, and that nothing was charged.
pub(super) fn declined(frame: &Frame, reason: DeclineReason) -> Text {
    let texts = &frame.texts;
    let amount = frame.amount();
    let (why, _) = both(texts, reason);
    let why = fill(why, &[("amount", amount.as_deref().unwrap_or(&texts.this_payment))]);
    fill(&texts.declined, &[("reason", &why)]).into()
}

/// That the payment was never taken up, and that nothing was charged.
pub(super) fn failed(frame: &Frame) -> Text {
    fill(&frame.texts.declined, &[("reason", &frame.texts.reason_failed)]).into()
}

/// The reason at length, and in two words.
pub(super) fn both(texts: &Texts, reason: DeclineReason) -> (&Text, &Text) {
    match reason {
        DeclineReason::InsufficientFunds => (&texts.reason_funds, &texts.name_funds),
        DeclineReason::Limit => (&texts.reason_limit, &texts.name_limit),
        DeclineReason::Account => (&texts.reason_account, &texts.name_account),
        DeclineReason::CalledOff => (&texts.reason_called_off, &texts.name_called_off),
        DeclineReason::TimedOut => (&texts.reason_timed_out, &texts.name_timed_out),
        DeclineReason::Trouble => (&texts.reason_trouble, &texts.name_trouble),
        _ => (&texts.reason_general, &texts.name_general),
    }
}
