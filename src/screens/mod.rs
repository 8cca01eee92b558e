//! What the payer sees: one card, drawn from a [`View`] and nothing else.
//!
//! Each phase has its screen, each screen is made of parts, and every part has a name (`data-part`, and the
//! same as `part`) under which pages find and style it. Nothing here decides anything: what the payer does
//! goes out as an [`Input`].

mod button;
mod clarify;
mod code;
mod field;
mod focus;
mod foot;
mod frame;
mod header;
mod icon;
mod key;
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

use crate::markup::{Markup, el};
use crate::texts::{Texts, direction};
use frame::{Frame, Settings};
use key::Key;
use leptos::prelude::*;
use session::{Countdown, Input, Outcome, Phase, View};

/// The card of a checkout.
#[component]
pub fn Screens(
    /// What to show.
    view: Signal<View>,
    /// The time that is left, told anew each second.
    countdown: Signal<Option<Countdown>>,
    /// Told what the payer does.
    act: Callback<Input>,
    /// What is said.
    texts: Texts,
    /// The language of amounts and dates, such as `zh-CN`.
    #[prop(into)]
    language: String,
    /// Starts a new payment. Without it nobody is offered to try again.
    #[prop(optional_no_strip)]
    retry: Option<Callback<()>>,
    /// Opens the hosted page. Without it nobody is offered to.
    #[prop(optional_no_strip)]
    open_page: Option<Callback<()>>,
    /// Where the shop is.
    #[prop(optional_no_strip)]
    back_url: Option<String>,
) -> impl IntoView {
    let settings = Settings { texts, language, retry, open_page, back_url };
    card(Frame::new(view, countdown, act, settings))
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
    fn of(view: &View, can_open: bool) -> Self {
        match view.phase {
            Phase::Settled(_) => Self::Outcome,
            Phase::Clarifying => Self::Clarify,
            Phase::Handoff | Phase::Confirming => Self::Page,
            Phase::Preparing if can_open && view.payment_page.is_some() && !view.actions.busy => Self::Page,
            _ => Self::Pay,
        }
    }
}

fn card(frame: Frame) -> Markup {
    let settings = frame.settings();
    el("section", "checkout")
        .attr("data-checkout", "")
        .attr("part", "checkout")
        .attr("lang", settings.language.clone())
        .attr("dir", direction(&settings.language))
        .attr("aria-label", settings.texts.wechat_pay.clone())
        // Where the focus goes when the button that had it is gone.
        .attr("tabindex", "-1")
        .live_attr("data-phase", move || Some(frame.look(|view| view.phase.name()).into()))
        .live_attr("data-outcome", move || frame.look(|view| outcome(view).map(Outcome::name)).map(Into::into))
        .live_attr("data-link", move || Some(frame.look(|view| view.link.name()).into()))
        .switch(
            move || {
                frame.look(|view| {
                    let screen = Screen::of(view, frame.can_open_page());
                    Key::of(&[screen as u8]).and_text(outcome(view).map_or("", Outcome::name)).value()
                })
            },
            move || match frame.look(|view| Screen::of(view, frame.can_open_page())) {
                Screen::Pay => pay::screen(frame),
                Screen::Clarify => clarify::screen(frame),
                Screen::Page => page::screen(frame),
                Screen::Outcome => outcome::screen(frame),
            },
        )
        .child(narrator::polite(frame))
        .child(narrator::assertive(frame))
}

fn outcome(view: &View) -> Option<&Outcome> {
    match &view.phase {
        Phase::Settled(outcome) => Some(outcome),
        _ => None,
    }
}
