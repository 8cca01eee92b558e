//! The screen with the code: preparing, scanning, verifying, expired.

use super::button::{Weight, back, button};
use super::frame::Frame;
use super::icon::Icon;
use super::key::Key;
use super::{foot, header, notice, time};
use crate::markup::{Markup, Text, el, plain};
use session::{Expiry, Input, Link, Phase, View};

/// What stands above the plate.
pub(super) fn above(frame: &Frame) -> Vec<Markup> {
    vec![header::header(frame)]
}

/// What stands below it.
pub(super) fn below(frame: &Frame) -> Vec<Markup> {
    vec![notice::notices(), ways(), foot::foot(frame)]
}

/// What stands under the code.
#[derive(Clone, Copy)]
enum Below {
    /// The time that is left and the way to pay.
    Way,
    /// The way back: the shop will not answer, and there is nothing to scan.
    Back,
    /// What to do when the time is over.
    Over(Expiry),
}

impl Below {
    fn of(view: &View) -> Self {
        match (&view.phase, view.link) {
            (Phase::Expired(expiry), _) => Self::Over(*expiry),
            (Phase::Preparing, Link::Refused(_)) => Self::Back,
            _ => Self::Way,
        }
    }

    fn key(self, view: &View) -> Key {
        let key = match self {
            Self::Way => Key::of(b"way"),
            Self::Back => Key::of(b"back"),
            Self::Over(expiry) => Key::of(b"over").and(&[expiry as u8]),
        };
        let key = key.and_flag(view.actions.check).and_flag(view.actions.renew).and_flag(view.payment_page.is_some());
        // Read off what is shown, because items have no identity of their own.
        view.info.iter().fold(key, |key, info| key.and_text(&info.title).and_text(&info.text))
    }
}

fn ways() -> Markup {
    el("div", "checkout-below").switch(
        |frame| {
            let view = frame.view();
            Below::of(&view).key(&view).value()
        },
        |frame| {
            let view = frame.view();
            match Below::of(&view) {
                Below::Way => way(frame, &view),
                Below::Back => back(frame, Weight::Secondary).into_iter().collect(),
                Below::Over(expiry) => over(frame, &view, expiry),
            }
        },
    )
}

fn way(frame: &Frame, view: &View) -> Vec<Markup> {
    let mut parts = vec![time::time()];
    if !view.info.is_empty() {
        // What else the platform wants the payer to read.
        let list = el("dl", "checkout-list checkout-info").part("info");
        let entry = |item: &protocol::code::Info| entry(&item.title.clone().into(), item.text.clone());
        parts.push(view.info.iter().fold(list, |list, item| list.child(entry(item))));
    }
    parts.push(steps(frame));
    if frame.offers_page && view.payment_page.is_some() {
        parts.push(button(Weight::Secondary, "open-page", &frame.texts.pay_here, Frame::open_page));
    }
    parts
}

fn over(frame: &Frame, view: &View, expiry: Expiry) -> Vec<Markup> {
    let texts = &frame.texts;
    let text = match expiry {
        Expiry::Code => &texts.expired_text,
        Expiry::Payment => &texts.ended_text,
    };
    let mut parts = vec![el("p", "checkout-text").part("expired-text").text(text)];
    if expiry == Expiry::Payment && frame.offers_retry && !view.actions.renew {
        parts.push(button(Weight::Primary, "retry", &texts.try_again, Frame::retry));
    }
    if view.actions.check {
        parts.push(button(Weight::Secondary, "check", &texts.check, |frame| frame.act(Input::Check)));
    }
    parts
}

/// A line of a list: what, and its value.
pub(super) fn entry(label: &Text, value: String) -> Markup {
    plain("div").child(plain("dt").text(label)).child(plain("dd").say(value))
}

fn steps(frame: &Frame) -> Markup {
    let texts = &frame.texts;
    let step = |icon: Icon, text: &Text| plain("li").child(icon.draw()).child(plain("span").text(text));
    el("ol", "checkout-steps")
        .part("steps")
        .set("aria-label", texts.steps.clone())
        // A list without marks is no list to some screen readers unless it says so.
        .attr("role", "list")
        .child(step(Icon::Bubble, &texts.step_open))
        .child(step(Icon::Scan, &texts.step_scan))
        .child(step(Icon::Confirm, &texts.step_confirm))
}
