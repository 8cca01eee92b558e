//! Why a payment was refused, in words a payer can act on. Never the platform's own.

use super::frame::Frame;
use crate::markup::Text;
use crate::texts::{Texts, fill};
use session::DeclineReason;

/// The reason, and that nothing was charged.
pub(super) fn declined(frame: Frame, reason: DeclineReason) -> String {
    let settings = frame.settings();
    let texts = &settings.texts;
    let why = match reason {
        DeclineReason::InsufficientFunds => &texts.reason_funds,
        DeclineReason::Limit => &texts.reason_limit,
        DeclineReason::Account => &texts.reason_account,
        DeclineReason::CalledOff => &texts.reason_called_off,
        DeclineReason::TimedOut => &texts.reason_timed_out,
        DeclineReason::Trouble => &texts.reason_trouble,
        _ => &texts.reason_general,
    };
    let amount = frame.amount();
    let why = fill(why, &[("amount", amount.as_deref().unwrap_or(&texts.this_payment))]);
    fill(&texts.declined, &[("reason", &why)])
}

/// That the payment was never taken up, and that nothing was charged.
pub(super) fn failed(frame: Frame) -> String {
    let settings = frame.settings();
    fill(&settings.texts.declined, &[("reason", &settings.texts.reason_failed)])
}

/// The reason in two words.
pub(super) fn name(texts: &Texts, reason: DeclineReason) -> &Text {
    match reason {
        DeclineReason::InsufficientFunds => &texts.name_funds,
        DeclineReason::Limit => &texts.name_limit,
        DeclineReason::Account => &texts.name_account,
        DeclineReason::CalledOff => &texts.name_called_off,
        DeclineReason::TimedOut => &texts.name_timed_out,
        DeclineReason::Trouble => &texts.name_trouble,
        _ => &texts.name_general,
    }
}
