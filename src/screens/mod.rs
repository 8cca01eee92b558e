//! What the payer sees: one card, drawn from a [`View`] and nothing else.
//!
//! Each phase has its screen, each screen is made of parts, and every part has a name (`data-part`, and the
//! same as `part`) under which pages find and style it. Nothing here decides anything: what the payer does
//! goes out as an [`Input`](session::Input).

mod button;
mod clarify;
mod code;
#[cfg(feature = "leptos")]
mod component;
mod field;
mod focus;
mod foot;
mod frame;
mod header;
mod icon;
mod key;
mod logo;
mod narrator;
mod notice;
mod outcome;
mod page;
mod pay;
#[cfg(target_arch = "wasm32")]
mod picture;
mod plate;
mod reason;
mod spoken;
mod time;

#[cfg(feature = "leptos")]
pub use component::{Screens, ScreensProps};

use crate::markup::{Markup, el};
use crate::texts::direction;
pub(crate) use frame::{Card, Doing, Frame};
pub(crate) use key::Key;
use session::{Outcome, Phase, View};

/// All that belongs to a checkout: the card, and beside it the hosted page while it is open there.
pub(crate) fn checkout() -> Vec<Markup> {
    vec![card(), crate::hosted::beside()]
}

/// What fills the card.
#[derive(Clone, Copy, PartialEq)]
enum Screen {
    Pay,
    Clarify,
    Page,
    Outcome,
}

impl Screen {
    fn of(frame: &Frame, view: &View) -> Self {
        match view.phase {
            Phase::Settled(_) => Self::Outcome,
            Phase::Clarifying => Self::Clarify,
            Phase::Handoff | Phase::Confirming => Self::Page,
            Phase::Preparing if view.payment_page.is_some() && !view.actions.busy && frame.offers_page => Self::Page,
            _ => Self::Pay,
        }
    }
}

fn card() -> Markup {
    el("section", "checkout")
        .attr("data-checkout", "")
        .attr("part", "checkout")
        .live_attr("lang", |frame| Some(frame.language.clone().into()))
        .live_attr("dir", |frame| Some(direction(&frame.language).into()))
        .live_attr("aria-label", |frame| Some(frame.texts.wechat_pay.clone()))
        // Where the focus goes when the button that had it is gone.
        .attr("tabindex", "-1")
        .live_attr("data-phase", |frame| Some(frame.view().phase.name().into()))
        .live_attr("data-outcome", |frame| outcome(&frame.view()).map(|outcome| outcome.name().into()))
        .live_attr("data-link", |frame| Some(frame.view().link.name().into()))
        .switch(edition, |frame| match Screen::of(frame, &frame.view()) {
            Screen::Pay => pay::above(frame),
            Screen::Clarify => clarify::screen(frame),
            Screen::Page => page::screen(frame),
            Screen::Outcome => outcome::screen(frame),
        })
        // Whatever is said in other words around it, a code that is being scanned stays where and what it is.
        .switch(
            |frame| u64::from(Screen::of(frame, &frame.view()) == Screen::Pay),
            |frame| match Screen::of(frame, &frame.view()) {
                Screen::Pay => vec![plate::plate()],
                _ => Vec::new(),
            },
        )
        .switch(edition, |frame| match Screen::of(frame, &frame.view()) {
            Screen::Pay => pay::below(frame),
            _ => Vec::new(),
        })
        .child(narrator::polite())
        .child(narrator::assertive())
}

/// Changes with the screen, and with the words on it.
fn edition(frame: &Frame) -> u64 {
    let view = frame.view();
    Key::of(&[Screen::of(frame, &view) as u8, frame.edition]).and_text(outcome(&view).map_or("", Outcome::name)).value()
}

fn outcome(view: &View) -> Option<&Outcome> {
    match &view.phase {
        Phase::Settled(outcome) => Some(outcome),
        _ => None,
    }
}
