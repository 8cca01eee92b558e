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

use crate::markup::{Markup, PageView, el};
use crate::texts::{Texts, direction};
pub(crate) use frame::{Card, Doing, Frame};
pub(crate) use key::Key;
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
) -> impl IntoView {
    let (offers_retry, offers_page) = (retry.is_some(), open_page.is_some());
    let made = Card { texts, language, offers_retry, offers_page, hosted: None, back_url };
    let frame = Arc::new(Frame::new(made, View::default(), None));
    let shown = frame.clone();
    let follow = move || {
        // Whoever made the signals may be gone already, which is no failure.
        if let Some(view) = view.try_get() {
            shown.show(view, countdown.try_get().flatten());
        }
    };
    let call = |callback: Option<Callback<()>>| {
        if let Some(callback) = callback {
            callback.try_run(());
        }
    };
    let act = Callback::new(move |doing| match doing {
        Doing::Input(input) => drop(act.try_run(input)),
        Doing::Retry => call(retry),
        Doing::OpenPage => call(open_page),
    });
    PageView::new(frame, |frame| vec![card(frame)], follow, act)
}

/// All that belongs to a checkout: the card, and beside it the hosted page while it is open there.
pub(crate) fn checkout(frame: &Frame) -> Vec<Markup> {
    vec![card(frame), crate::hosted::beside()]
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

fn card(frame: &Frame) -> Markup {
    el("section", "checkout")
        .attr("data-checkout", "")
        .attr("part", "checkout")
        .set("lang", frame.language.clone())
        .attr("dir", direction(&frame.language))
        .set("aria-label", frame.texts.wechat_pay.clone())
        // Where the focus goes when the button that had it is gone.
        .attr("tabindex", "-1")
        .live_attr("data-phase", |frame| Some(frame.view().phase.name().into()))
        .live_attr("data-outcome", |frame| outcome(&frame.view()).map(|outcome| outcome.name().into()))
        .live_attr("data-link", |frame| Some(frame.view().link.name().into()))
        .switch(
            |frame| {
                let view = frame.view();
                Key::of(&[Screen::of(frame, &view) as u8]).and_text(outcome(&view).map_or("", Outcome::name)).value()
            },
            |frame| match Screen::of(frame, &frame.view()) {
                Screen::Pay => pay::screen(frame),
                Screen::Clarify => clarify::screen(frame),
                Screen::Page => page::screen(frame),
                Screen::Outcome => outcome::screen(frame),
            },
        )
        .child(narrator::polite())
        .child(narrator::assertive())
}

fn outcome(view: &View) -> Option<&Outcome> {
    match &view.phase {
        Phase::Settled(outcome) => Some(outcome),
        _ => None,
    }
}
