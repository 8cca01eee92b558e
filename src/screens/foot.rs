//! The foot of the card: which payment this is, help, and the way out.

use super::button::{Weight, button};
use super::focus;
use super::frame::Frame;
use super::key::Key;
use crate::markup::{Markup, Text, el, plain};
use crate::texts::fill;
use leptos::prelude::*;
use session::Input;

/// What the foot has opened.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    Help,
    /// Help, and the question whether giving up is meant.
    Cancel,
}

pub(super) fn foot(frame: Frame) -> Markup {
    let open = RwSignal::new(Open::Nothing);
    let is_open = move || open.get() != Open::Nothing;
    let id = move || frame.look(|view| view.payment_id.clone());
    let trouble = frame.settings().texts.trouble.clone();
    el("footer", "checkout-footer")
        .part("footer")
        .child(
            el("div", "checkout-row")
                .child(el("span", "checkout-id").part("payment-id").live_text(move || match id() {
                    Some(id) => fill(&frame.settings().texts.payment, &[("id", &id)]).into(),
                    None => Text::default(),
                }))
                .child(
                    el("button", "checkout-quiet")
                        .part("trouble")
                        .attr("type", "button")
                        .live_attr("aria-expanded", move || Some(if is_open() { "true" } else { "false" }.into()))
                        .on("click", move |_| {
                            open.try_update(|open| {
                                *open = if *open == Open::Nothing { Open::Help } else { Open::Nothing };
                            });
                        })
                        .text(trouble),
                ),
        )
        .switch(
            move || {
                let key = Key::of(&[open.get() as u8]).and_text(&id().unwrap_or_default());
                let actions = frame.look(|view| view.actions);
                key.and_flag(actions.renew).and_flag(actions.cancel).value()
            },
            move || match open.get() {
                Open::Nothing => Vec::new(),
                _ => vec![help(frame, open)],
            },
        )
}

fn help(frame: Frame, open: RwSignal<Open>) -> Markup {
    let settings = frame.settings();
    let texts = &settings.texts;
    let (actions, id) = frame.look(|view| (view.actions, view.payment_id.clone()));
    let item = |text: Text| plain("li").text(text);
    let list = el("ul", "checkout-help-list")
        .attr("role", "list")
        .child(item(texts.help_scan.clone()))
        .child(item(texts.help_phone.clone()))
        .maybe(actions.renew.then(|| item(texts.help_account.clone())))
        .maybe(id.map(|id| item(fill(&texts.help_support, &[("id", &id)]).into())));
    let renew = actions
        .renew
        .then(|| button(frame, Weight::Secondary, texts.renew.clone(), move || frame.act(Input::Renew)).part("renew"));
    let way_out = actions.cancel.then(|| match open.get() {
        Open::Cancel => question(frame, open),
        _ => {
            let ask = move || {
                open.try_set(Open::Cancel);
            };
            button(frame, Weight::Quiet, texts.cancel.clone(), ask).part("cancel")
        }
    });
    el("div", "checkout-help").part("help").child(list).maybe(renew).maybe(way_out)
}

/// Asks before the payer gives up: a payment that is on its way would be lost sight of.
fn question(frame: Frame, open: RwSignal<Open>) -> Markup {
    let settings = frame.settings();
    let texts = &settings.texts;
    let back = move || {
        open.try_set(Open::Help);
    };
    el("div", "checkout-question")
        .part("cancel-question")
        .attr("role", "group")
        .child(el("p", "checkout-text").attr("tabindex", "-1").text(texts.cancel_ask.clone()).drawn(focus::offer))
        .child(
            el("div", "checkout-pair")
                .child(button(frame, Weight::Secondary, texts.cancel_no.clone(), back).part("cancel-no"))
                .child(
                    button(frame, Weight::Danger, texts.cancel_yes.clone(), move || frame.act(Input::Cancel))
                        .part("cancel-yes"),
                ),
        )
}
