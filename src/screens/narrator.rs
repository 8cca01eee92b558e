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
pub(super) fn polite() -> Markup {
    let said = RefCell::new((Memory::default(), Text::default(), 0));
    el("p", "checkout-spoken").attr("role", "status").attr("aria-live", "polite").live_text(move |frame| {
        let view = frame.view();
        let remaining = frame.countdown().map(|countdown| countdown.remaining);
        let (memory, text, edition) = &mut *said.borrow_mut();
        // What was said in other words is not said again.
        if std::mem::replace(edition, frame.edition) != frame.edition {
            *text = Text::default();
        }
        match memory.cue(&view, remaining) {
            Some(cue) => *text = words(frame, cue),
            None if view.phase.is_settled() => *text = Text::default(),
            None => {}
        }
        text.clone()
    })
}

/// Says how it ended, at once.
pub(super) fn assertive() -> Markup {
    let known = RefCell::new((0, None));
    el("p", "checkout-spoken").attr("role", "alert").attr("aria-live", "assertive").live_text(move |frame| {
        let texts = &frame.texts;
        let phase = &frame.view().phase;
        let (edition, told) = &mut *known.borrow_mut();
        if std::mem::replace(edition, frame.edition) != frame.edition {
            *told = Some(phase.clone());
        }
        // What was said in other words is not said again.
        if told.as_ref() == Some(phase) {
            return Text::default();
        }
        // The same may happen once more, and is news then.
        *told = None;
        let (title, text) = match phase {
            Phase::Expired(Expiry::Code) => (&texts.expired, &texts.expired_text),
            Phase::Expired(Expiry::Payment) => (&texts.ended, &texts.ended_text),
            _ => return outcome::sentence(frame).unwrap_or_default(),
        };
        outcome::both(title, text)
    })
}

fn words(frame: &Frame, cue: Cue) -> Text {
    let texts = &frame.texts;
    let text = match cue {
        Cue::Preparing => &texts.preparing,
        Cue::Clarify => &texts.clarify_text,
        Cue::Unusable => &texts.unusable,
        Cue::Verifying => &texts.verifying,
        Cue::Page if frame.view().phase == Phase::Handoff => &texts.handoff,
        Cue::Page => &texts.confirming,
        Cue::Recovered => &texts.recovered,
        Cue::ActionFailed => &texts.action_failed,
        Cue::Ready => return frame.told(|texts| (&texts.ready, &texts.ready_short)),
        Cue::Link => return notice::about_link(frame).unwrap_or_default(),
        Cue::PageFailed => return notice::about_page(frame).unwrap_or_default(),
        Cue::TimeLeft(left) => {
            return fill(&texts.time_left, &[("time", &intl::spoken(left, &frame.language))]).into();
        }
    };
    text.clone()
}
