//! The screen with the code: preparing, scanning, verifying, expired.

use super::button::{Weight, button};
use super::frame::Frame;
use super::icon::Icon;
use super::key::Key;
use super::{foot, header, notice, plate, time};
use crate::markup::{Markup, Text, el, plain};
use session::{Expiry, Input, Phase};

pub(super) fn screen(frame: Frame) -> Vec<Markup> {
    vec![header::header(frame), plate::plate(frame), notice::notices(frame), below(frame), foot::foot(frame)]
}

/// What stands under the code.
fn below(frame: Frame) -> Markup {
    let expiry = move || {
        frame.look(|view| match view.phase {
            Phase::Expired(expiry) => Some(expiry),
            _ => None,
        })
    };
    let key = move || {
        let key = Key::of(&[expiry().map_or(0, |expiry| 1 + expiry as u8)]);
        let key = key
            .and_flag(frame.look(|view| view.actions.check))
            .and_flag(frame.look(|view| view.payment_page.is_some()));
        // Read off what is shown, because items have no identity of their own.
        frame
            .look(|view| view.info.iter().fold(key, |key, info| key.and_text(&info.title).and_text(&info.text)))
            .value()
    };
    el("div", "checkout-below").switch(key, move || match expiry() {
        None => waiting(frame),
        Some(expiry) => over(frame, expiry),
    })
}

fn waiting(frame: Frame) -> Vec<Markup> {
    let settings = frame.settings();
    let mut parts = vec![time::time(frame)];
    parts.extend(info(frame));
    parts.push(steps(frame));
    if frame.can_open_page() && frame.look(|view| view.payment_page.is_some()) {
        let text = settings.texts.pay_here.clone();
        parts.push(button(frame, Weight::Secondary, text, move || frame.open_page()).part("open-page"));
    }
    parts
}

fn over(frame: Frame, expiry: Expiry) -> Vec<Markup> {
    let settings = frame.settings();
    let texts = &settings.texts;
    let text = match expiry {
        Expiry::Code => &texts.expired_text,
        Expiry::Payment => &texts.ended_text,
    };
    let check = frame
        .look(|view| view.actions.check)
        .then(|| button(frame, Weight::Secondary, texts.check.clone(), move || frame.act(Input::Check)).part("check"));
    let retry = (expiry == Expiry::Payment && settings.retry.is_some() && !frame.look(|view| view.actions.renew))
        .then(|| button(frame, Weight::Primary, texts.try_again.clone(), move || frame.retry()).part("retry"));
    let mut parts = vec![el("p", "checkout-text").part("expired-text").text(text.clone())];
    parts.extend(retry);
    parts.extend(check);
    parts
}

/// What else the platform wants the payer to read.
fn info(frame: Frame) -> Option<Markup> {
    let items = frame.look(|view| view.info.clone());
    if items.is_empty() {
        return None;
    }
    let list = el("dl", "checkout-list checkout-info").part("info");
    Some(items.into_iter().fold(list, |list, item| list.child(entry(item.title, item.text))))
}

/// A line of a list: what, and its value.
pub(super) fn entry(label: impl Into<Text>, value: impl Into<Text>) -> Markup {
    plain("div").child(plain("dt").text(label)).child(plain("dd").text(value))
}

fn steps(frame: Frame) -> Markup {
    let settings = frame.settings();
    let texts = &settings.texts;
    let step = |icon: Icon, text: &Text| plain("li").child(icon.draw()).child(plain("span").text(text.clone()));
    el("ol", "checkout-steps")
        .part("steps")
        .attr("aria-label", texts.steps.clone())
        // A list without marks is no list to some screen readers unless it says so.
        .attr("role", "list")
        .child(step(Icon::Bubble, &texts.step_open))
        .child(step(Icon::Scan, &texts.step_scan))
        .child(step(Icon::Confirm, &texts.step_confirm))
}
