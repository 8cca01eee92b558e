//! Notes about the link to the shop, and about actions that came to nothing.

use super::button::{Weight, button};
use super::frame::Frame;
use super::icon::Icon;
use super::key::Key;
use crate::markup::{Markup, Text, el};
use crate::texts::fill;
use session::{HandoffTrouble, Input, Link, Phase, View};

pub(super) fn notices(frame: Frame) -> Markup {
    el("div", "checkout-notices").switch(
        move || {
            frame.look(|view| {
                let key = Key::of(view.link.name().as_bytes()).and_flag(view.phase == Phase::Scanning);
                let key = key.and_text(view.trouble.map_or("", |trouble| trouble.code()));
                key.and_flag(view.actions.failed).and_flag(view.actions.check).value()
            })
        },
        move || {
            let (link, failed, check) = frame.look(|view| (view.link, view.actions.failed, view.actions.check));
            let texts = &frame.settings().texts;
            let mut notices = Vec::new();
            if let Some(text) = about_link(frame) {
                let asks = check && matches!(link, Link::Refused(_));
                notices.push(notice(link.name(), text).maybe(asks.then(|| {
                    button(frame, Weight::Quiet, texts.check.clone(), move || frame.act(Input::Check)).part("check")
                })));
            }
            if failed {
                notices.push(notice("action", texts.action_failed.clone()));
            }
            notices.extend(about_page(frame).map(|text| notice("page", text)));
            notices
        },
    )
}

fn notice(kind: &'static str, text: Text) -> Markup {
    el("div", "checkout-notice")
        .part("notice")
        .attr("data-kind", kind)
        .child(Icon::Caution.draw())
        .child(el("p", "checkout-notice-text").text(text))
}

/// Why the hosted page did not open.
pub(super) fn about_page(frame: Frame) -> Option<Text> {
    let texts = &frame.settings().texts;
    frame.look(|view| view.trouble).map(|trouble| match trouble {
        HandoffTrouble::WindowBlocked => texts.window_blocked.clone(),
        _ => texts.page_failed.clone(),
    })
}

/// What the payer should know about the link; none while it is good.
pub(super) fn about_link(frame: Frame) -> Option<Text> {
    let texts = &frame.settings().texts;
    let (link, scannable) = frame.look(|view: &View| (view.link, view.phase == Phase::Scanning));
    let text = match link {
        Link::Slow => &texts.slow,
        Link::Offline => &texts.offline,
        Link::Refused(status) => {
            let code = ["HTTP ", &status.to_string()].concat();
            return Some(fill(&texts.refused, &[("code", &code)]).into());
        }
        _ => return None,
    };
    Some(if scannable { fill(&texts.still_scan, &[("notice", text)]).into() } else { text.clone() })
}
