//! The foot of the card: which payment this is, help, and the way out.

use super::button::{Weight, button};
use super::focus;
use super::frame::Frame;
use super::key::Key;
use crate::markup::{Markup, Text, el, plain, slot};
use crate::texts::fill;
use session::Input;

/// What the foot has opened.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Open {
    #[default]
    Nothing,
    Help,
    /// Help, and the question whether giving up is meant.
    Cancel,
}

pub(super) fn foot(frame: &Frame) -> Markup {
    let id = el("span", "checkout-id").part("payment-id").live_text(|frame| match &frame.view().payment_id {
        Some(id) => fill(&frame.texts.payment, &[("id", id)]).into(),
        None => Text::default(),
    });
    let trouble = el("button", "checkout-quiet")
        .part("trouble")
        .attr("type", "button")
        .live_attr("aria-expanded", |frame| Some(if frame.open() == Open::Nothing { "false" } else { "true" }.into()))
        .on("click", |frame, _| {
            frame.set_open(if frame.open() == Open::Nothing { Open::Help } else { Open::Nothing });
        })
        .text(&frame.texts.trouble);
    el("footer", "checkout-footer").part("footer").child(el("div", "checkout-row").child(id).child(trouble)).switch(
        |frame| {
            let view = frame.view();
            Key::of(&[frame.open() as u8])
                .and_text(view.payment_id.as_deref().unwrap_or_default())
                .and_flag(view.actions.renew)
                .and_flag(view.actions.cancel)
                .value()
        },
        |frame| match frame.open() {
            Open::Nothing => Vec::new(),
            open => vec![help(frame, open)],
        },
    )
}

fn help(frame: &Frame, open: Open) -> Markup {
    let view = frame.view();
    let texts = &frame.texts;
    let support = view.payment_id.as_ref().map(|id| plain("li").say(fill(&texts.help_support, &[("id", id)])));
    let list = el("ul", "checkout-help-list")
        .attr("role", "list")
        .child(plain("li").text(&texts.help_scan))
        .child(plain("li").text(&texts.help_phone))
        .maybe(view.actions.renew.then(|| plain("li").text(&texts.help_account)))
        .maybe(support);
    let renew =
        view.actions.renew.then(|| button(Weight::Secondary, "renew", &texts.renew, |frame| frame.act(Input::Renew)));
    let way_out = view.actions.cancel.then(|| match open {
        Open::Cancel => question(frame),
        _ => button(Weight::Quiet, "cancel", &texts.cancel, |frame| frame.set_open(Open::Cancel)),
    });
    el("div", "checkout-help").part("help").child(list).child(slot("help")).maybe(renew).maybe(way_out)
}

/// Asks before the payer gives up: a payment that is on its way would be lost sight of.
fn question(frame: &Frame) -> Markup {
    let texts = &frame.texts;
    let keep = button(Weight::Secondary, "cancel-no", &texts.cancel_no, |frame| frame.set_open(Open::Help));
    let cancel = button(Weight::Danger, "cancel-yes", &texts.cancel_yes, |frame| frame.act(Input::Cancel));
    el("div", "checkout-question")
        .part("cancel-question")
        .attr("role", "group")
        .child(el("p", "checkout-text").attr("tabindex", "-1").text(&texts.cancel_ask).drawn(|_, question| {
            focus::offer(question);
            None
        }))
        .child(el("div", "checkout-pair").child(keep).child(cancel))
}
