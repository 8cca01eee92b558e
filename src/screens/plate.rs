//! The white plate: a code, or what stands in its place.

use super::button::{Weight, button};
use super::frame::Frame;
use super::key::Key;
use super::{code, focus};
use crate::markup::{Markup, Text, el};
use crate::texts::fill;
use protocol::code::{Code, Refusal};
use session::{Expiry, Input, Link, Phase, View};

/// What lies on the plate. A code that must not be scanned is not on the page at all, blurred or not.
enum Plate<'a> {
    Preparing,
    /// The shop will not answer: nothing is being prepared.
    NoAnswer,
    Unusable(Refusal),
    Code(&'a Code),
    Verifying,
    Expired(Expiry),
}

impl<'a> Plate<'a> {
    fn of(view: &'a View) -> Self {
        match (&view.phase, &view.code, view.refusal) {
            (Phase::Scanning, Some(code), _) => Self::Code(code),
            (Phase::Verifying, ..) => Self::Verifying,
            (Phase::Expired(expiry), ..) => Self::Expired(*expiry),
            (_, _, Some(refusal)) => Self::Unusable(refusal),
            _ if matches!(view.link, Link::Refused(_)) => Self::NoAnswer,
            _ => Self::Preparing,
        }
    }

    /// Changes with what lies there, and with the words on it; those of a code follow by themselves.
    fn key(&self, view: &View, edition: u8) -> Key {
        let key = match self {
            Self::Preparing => Key::of(b"preparing"),
            Self::NoAnswer => Key::of(b"no answer"),
            Self::Unusable(refusal) => {
                Key::of(b"unusable").and_text(refusal.reason.code()).and_flag(view.actions.retry_code)
            }
            Self::Code(code) => return code::key(code),
            Self::Verifying => Key::of(b"verifying"),
            Self::Expired(expiry) => Key::of(b"expired").and(&[*expiry as u8]).and_flag(view.actions.renew),
        };
        key.and(&[edition])
    }
}

pub(super) fn plate() -> Markup {
    el("div", "checkout-plate").part("plate").switch(
        |frame| {
            let view = frame.view();
            Plate::of(&view).key(&view, frame.edition).value()
        },
        |frame| vec![lie(frame)],
    )
}

fn lie(frame: &Frame) -> Markup {
    let view = frame.view();
    let texts = &frame.texts;
    match Plate::of(&view) {
        Plate::Code(code) => code::code(code, frame.encoder, frame.logo.as_ref()),
        Plate::Preparing => wait(&texts.preparing),
        Plate::NoAnswer => veil().child(title(&texts.no_answer)),
        Plate::Verifying => wait(&texts.verifying),
        Plate::Unusable(refusal) => {
            let code = fill(&texts.unusable_code, &[("code", refusal.reason.code())]);
            let retry = view.actions.retry_code.then(|| {
                button(Weight::Secondary, "retry-code", &texts.try_again, |frame| frame.act(Input::RetryCode))
            });
            veil()
                .child(title(&texts.unusable))
                .child(text().text(&texts.unusable_text))
                .child(text().part("support-code").say(code))
                .maybe(retry)
        }
        Plate::Expired(expiry) => {
            let title = match expiry {
                Expiry::Code => &texts.expired,
                Expiry::Payment => &texts.ended,
            };
            let renew = view
                .actions
                .renew
                .then(|| button(Weight::Primary, "renew", &texts.renew, |frame| frame.act(Input::Renew)));
            veil().child(heading("checkout-veil-title", title)).maybe(renew)
        }
    }
}

fn veil() -> Markup {
    el("div", "checkout-veil").part("veil")
}

fn title(text: &Text) -> Markup {
    el("p", "checkout-veil-title").text(text)
}

fn text() -> Markup {
    el("p", "checkout-veil-text")
}

fn wait(what: &Text) -> Markup {
    veil().child(el("span", "checkout-spinner")).child(text().text(what))
}

/// A heading that takes the focus when it tells news.
pub(super) fn heading(class: &'static str, text: &Text) -> Markup {
    el("h2", class).attr("tabindex", "-1").text(text).drawn(move |hand, heading| {
        if hand.is_news() {
            focus::offer(heading);
        }
        None
    })
}
