//! The hosted page: before it opens, while it is open, and after it was closed.

use super::button::{Weight, button};
use super::frame::Frame;
use super::icon::Icon;
use super::key::Key;
use super::{foot, header, notice};
use crate::markup::{Markup, el};
use session::{Input, Phase};

pub(super) fn screen(frame: Frame) -> Vec<Markup> {
    let body = el("div", "checkout-below").switch(
        move || frame.look(|view| Key::of(view.phase.name().as_bytes()).and_flag(view.actions.check).value()),
        move || vec![body(frame)],
    );
    vec![header::header(frame), body, notice::notices(frame), foot::foot(frame)]
}

fn body(frame: Frame) -> Markup {
    let settings = frame.settings();
    let texts = &settings.texts;
    let (phase, can_check) = frame.look(|view| (view.phase.clone(), view.actions.check));
    let (title, text) = match phase {
        Phase::Handoff => (&texts.handoff, &texts.handoff_text),
        Phase::Confirming => (&texts.confirming, &texts.confirming_text),
        _ => (&texts.page, &texts.page_text),
    };
    let mark = match phase {
        Phase::Confirming => el("span", "checkout-spinner"),
        _ => el("div", "checkout-mark").attr("data-tone", "calm").child(Icon::Window.draw()),
    };
    let open = |weight, text: &crate::markup::Text| {
        frame.can_open_page().then(|| button(frame, weight, text.clone(), move || frame.open_page()).part("open-page"))
    };
    let check = |weight| {
        can_check.then(|| button(frame, weight, texts.check.clone(), move || frame.act(Input::Check)).part("check"))
    };
    let message = el("div", "checkout-message")
        .part("page")
        .child(mark)
        .child(el("h2", "checkout-title").text(title.clone()))
        .child(el("p", "checkout-text").text(text.clone()));
    match phase {
        Phase::Handoff => message.maybe(check(Weight::Primary)).maybe(open(Weight::Secondary, &texts.open_again)),
        Phase::Confirming => message.maybe(check(Weight::Secondary)),
        _ => message.maybe(open(Weight::Primary, &texts.open_page)),
    }
}
