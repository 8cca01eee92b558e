//! The hosted page: before it opens, while it is open, and after it was closed.

use super::button::{Weight, button};
use super::frame::Frame;
use super::icon::Icon;
use super::key::Key;
use super::{foot, header, notice};
use crate::markup::{Markup, Text, el};
use session::{Input, Phase};

pub(super) fn screen(frame: &Frame) -> Vec<Markup> {
    let body = el("div", "checkout-below").switch(
        |frame| {
            let view = frame.view();
            Key::of(view.phase.name().as_bytes()).and_flag(view.actions.check).value()
        },
        |frame| vec![body(frame)],
    );
    vec![header::header(frame), body, notice::notices(), foot::foot(frame)]
}

fn body(frame: &Frame) -> Markup {
    let view = frame.view();
    let texts = &frame.texts;
    let open = |weight, text: &Text| frame.offers_page.then(|| button(weight, "open-page", text, Frame::open_page));
    let check = |weight| {
        let check = || button(weight, "check", &texts.check, |frame| frame.act(Input::Check));
        view.actions.check.then(check)
    };
    let (title, text, first, second) = match view.phase {
        Phase::Handoff => {
            (&texts.handoff, &texts.handoff_text, check(Weight::Primary), open(Weight::Secondary, &texts.open_again))
        }
        Phase::Confirming => (&texts.confirming, &texts.confirming_text, check(Weight::Secondary), None),
        _ => (&texts.page, &texts.page_text, open(Weight::Primary, &texts.open_page), None),
    };
    let mark = match view.phase {
        Phase::Confirming => el("span", "checkout-spinner"),
        _ => el("div", "checkout-mark").attr("data-tone", "calm").child(Icon::Window.draw()),
    };
    el("div", "checkout-message")
        .part("page")
        .child(mark)
        .child(el("h2", "checkout-title").text(title))
        .child(el("p", "checkout-text").text(text))
        .maybe(first)
        .maybe(second)
}
