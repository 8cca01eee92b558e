//! The voice of the card: two live regions inside it, one that waits for a pause and one that does not.

use super::frame::Frame;
use super::notice;
use super::outcome;
use super::spoken::{Cue, Memory};
use crate::intl;
use crate::markup::{Markup, Text, el};
use crate::texts::fill;
use session::{Expiry, Phase};
use std::cell::RefCell;

/// Says how things go.
pub(super) fn polite(frame: Frame) -> Markup {
    let said = RefCell::new((Memory::default(), Text::default()));
    el("p", "checkout-spoken").attr("role", "status").attr("aria-live", "polite").live_text(move || {
        frame.watch();
        let remaining = frame.countdown().map(|countdown| countdown.remaining);
        let (memory, text) = &mut *said.borrow_mut();
        match frame.look(|view| memory.cue(view, remaining)) {
            Some(cue) => *text = words(frame, cue),
            None if frame.look(|view| view.phase.is_settled()) => *text = Text::default(),
            None => {}
        }
        text.clone()
    })
}

/// Says how it ended, at once.
pub(super) fn assertive(frame: Frame) -> Markup {
    el("p", "checkout-spoken").attr("role", "alert").attr("aria-live", "assertive").live_text(move || {
        let expiry = frame.look(|view| match view.phase {
            Phase::Expired(expiry) => Some(expiry),
            _ => None,
        });
        let settings = frame.settings();
        let texts = &settings.texts;
        match expiry {
            Some(Expiry::Code) => [&*texts.expired, ". ", &texts.expired_text].concat().into(),
            Some(Expiry::Payment) => [&*texts.ended, ". ", &texts.ended_text].concat().into(),
            None => outcome::sentence(frame).unwrap_or_default(),
        }
    })
}

fn words(frame: Frame, cue: Cue) -> Text {
    let settings = frame.settings();
    let texts = &settings.texts;
    match cue {
        Cue::Preparing => texts.preparing.clone(),
        Cue::Clarify => texts.clarify_text.clone(),
        Cue::Ready => frame.told(|texts| (&texts.ready, &texts.ready_short)),
        Cue::Unusable => texts.unusable.clone(),
        Cue::Verifying => texts.verifying.clone(),
        Cue::Page => {
            if frame.look(|view| view.phase == Phase::Handoff) {
                texts.handoff.clone()
            } else {
                texts.confirming.clone()
            }
        }
        Cue::Link => notice::about_link(frame).unwrap_or_default(),
        Cue::Recovered => texts.recovered.clone(),
        Cue::PageFailed => notice::about_page(frame).unwrap_or_default(),
        Cue::ActionFailed => texts.action_failed.clone(),
        Cue::TimeLeft(left) => fill(&texts.time_left, &[("time", &intl::spoken(left, &settings.language))]).into(),
    }
}
