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

use crate::logo::Logo;
use crate::markup::{Markup, el};
use crate::texts::{Texts, direction};
use frame::{Card, Frame};
use key::Key;
use leptos::prelude::*;
use session::{Countdown, Input, Outcome, Phase, View};
use std::sync::Arc;

/// The card of a checkout.
#[component]
pub fn Screens(
    /// What to show.
    view: ReadSignal<View>,
    /// The time that is left, told anew each second.
    countdown: ReadSignal<Option<Countdown>>,
    /// Told what the payer does.
    act: Callback<Input>,
    /// What is said.
    #[prop(into)]
    texts: Arc<Texts>,
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
    /// What lies over codes that are drawn here.
    #[prop(optional_no_strip)]
    logo: Option<Logo>,
) -> impl IntoView {
    card(Frame::new(Card { view, countdown, act, texts, language, retry, open_page, back_url, logo }))
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
    fn of(frame: Frame, view: &View) -> Self {
        match view.phase {
            Phase::Settled(_) => Self::Outcome,
            Phase::Clarifying => Self::Clarify,
            Phase::Handoff | Phase::Confirming => Self::Page,
            Phase::Preparing
                if view.payment_page.is_some() && !view.actions.busy && frame.card().open_page.is_some() =>
            {
                Self::Page
            }
            _ => Self::Pay,
        }
    }
}

fn card(frame: Frame) -> Markup {
    let card = frame.card();
    el("section", "checkout")
        .attr("data-checkout", "")
        .attr("part", "checkout")
        .set("lang", card.language.clone())
        .attr("dir", direction(&card.language))
        .set("aria-label", card.texts.wechat_pay.clone())
        // Where the focus goes when the button that had it is gone.
        .attr("tabindex", "-1")
        .live_attr("data-phase", move || Some(frame.view().phase.name().into()))
        .live_attr("data-outcome", move || outcome(&frame.view()).map(|outcome| outcome.name().into()))
        .live_attr("data-link", move || Some(frame.view().link.name().into()))
        .switch(
            move || {
                let view = frame.view();
                Key::of(&[Screen::of(frame, &view) as u8]).and_text(outcome(&view).map_or("", Outcome::name)).value()
            },
            move || match Screen::of(frame, &frame.view()) {
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
