//! The white plate: a code, or what stands in its place.

use super::button::{Weight, button};
use super::frame::Frame;
use super::key::Key;
use super::{code, focus};
use crate::markup::{Markup, Text, el};
use protocol::code::Refusal;
use session::{Expiry, Input, Phase, View};

/// What lies on the plate. A code that must not be scanned is not on the page at all, blurred or not.
enum Plate {
    Preparing,
    Unusable(Refusal),
    Code,
    Verifying,
    Expired { expiry: Expiry, renew: bool },
}

impl Plate {
    fn of(view: &View) -> Self {
        match (&view.phase, &view.code, view.refusal) {
            (Phase::Scanning, Some(_), _) => Self::Code,
            (Phase::Verifying, ..) => Self::Verifying,
            (Phase::Expired(expiry), ..) => Self::Expired { expiry: *expiry, renew: view.actions.renew },
            (_, _, Some(refusal)) => Self::Unusable(refusal),
            _ => Self::Preparing,
        }
    }

    fn key(&self, view: &View) -> Key {
        match self {
            Self::Preparing => Key::of(b"preparing"),
            Self::Unusable(refusal) => Key::of(b"unusable").and_text(refusal.reason.code()),
            Self::Code => view.code.as_ref().map_or(Key::of(b"none"), code::key),
            Self::Verifying => Key::of(b"verifying"),
            Self::Expired { expiry, renew } => Key::of(b"expired").and(&[*expiry as u8]).and_flag(*renew),
        }
    }
}

pub(super) fn plate(frame: Frame) -> Markup {
    el("div", "checkout-plate")
        .part("plate")
        .switch(move || frame.look(|view| Plate::of(view).key(view).value()), move || vec![lie(frame)])
}

fn lie(frame: Frame) -> Markup {
    let settings = frame.settings();
    let texts = &settings.texts;
    match frame.look(Plate::of) {
        Plate::Code => match frame.look(|view| view.code.clone()) {
            Some(code) => code::code(frame, code),
            None => wait(&texts.preparing),
        },
        Plate::Preparing => wait(&texts.preparing),
        Plate::Verifying => wait(&texts.verifying),
        Plate::Unusable(refusal) => veil()
            .child(el("p", "checkout-veil-title").text(texts.unusable.clone()))
            .child(el("p", "checkout-veil-text").text(texts.unusable_text.clone()))
            .child(
                el("p", "checkout-veil-text")
                    .part("support-code")
                    .text(crate::texts::fill(&texts.unusable_code, &[("code", refusal.reason.code())])),
            ),
        Plate::Expired { expiry, renew } => {
            let title = match expiry {
                Expiry::Code => &texts.expired,
                Expiry::Payment => &texts.ended,
            };
            veil().child(heading(frame, "checkout-veil-title", title.clone())).maybe(renew.then(|| {
                button(frame, Weight::Primary, texts.renew.clone(), move || frame.act(Input::Renew)).part("renew")
            }))
        }
    }
}

fn veil() -> Markup {
    el("div", "checkout-veil").part("veil")
}

fn wait(text: &Text) -> Markup {
    veil().child(el("span", "checkout-spinner")).child(el("p", "checkout-veil-text").text(text.clone()))
}

/// A heading that takes the focus when it tells news.
pub(super) fn heading(frame: Frame, class: &'static str, text: Text) -> Markup {
    el("h2", class).attr("tabindex", "-1").text(text).drawn(move |heading| {
        if frame.was_watched() {
            focus::offer(heading);
        }
    })
}
