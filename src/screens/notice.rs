//! Notes about the link to the shop, and about actions that came to nothing.

use super::button::{Weight, button};
use super::frame::Frame;
use super::icon::Icon;
use super::key::Key;
use crate::markup::{Markup, Text, el};
use crate::texts::fill;
use protocol::digits;
use session::{HandoffTrouble, Input, Link, Phase};

pub(super) fn notices() -> Markup {
    el("div", "checkout-notices").switch(
        |frame| {
            let view = frame.view();
            Key::of(view.link.name().as_bytes())
                .and_text(view.trouble.map_or("", |trouble| trouble.code()))
                .and_flag(view.phase == Phase::Scanning)
                .and_flag(view.actions.failed)
                .and_flag(view.actions.check)
                .value()
        },
        |frame| {
            let view = frame.view();
            let texts = &frame.texts;
            let mut notices = Vec::new();
            if let Some(text) = about_link(frame) {
                let check = (view.actions.check && matches!(view.link, Link::Refused(_)))
                    .then(|| button(Weight::Quiet, "check", &texts.check, |frame| frame.act(Input::Check)));
                notices.push(notice(view.link.name(), &text).maybe(check));
            }
            if view.actions.failed {
                notices.push(notice("action", &texts.action_failed));
            }
            notices.extend(about_page(frame).map(|text| notice("page", &text)));
            notices
        },
    )
}

fn notice(kind: &'static str, text: &Text) -> Markup {
    el("div", "checkout-notice")
        .part("notice")
        .attr("data-kind", kind)
        .child(Icon::Caution.draw())
        .child(el("p", "checkout-notice-text").text(text))
}

/// Why the hosted page did not open.
pub(super) fn about_page(frame: &Frame) -> Option<Text> {
    frame.view().trouble.map(|trouble| match trouble {
        HandoffTrouble::WindowBlocked => frame.texts.window_blocked.clone(),
        _ => frame.texts.page_failed.clone(),
    })
}

/// What the payer should know about the link; none while it is good.
pub(super) fn about_link(frame: &Frame) -> Option<Text> {
    let view = frame.view();
    let texts = &frame.texts;
    let text = match view.link {
        Link::Slow => &texts.slow,
        Link::Offline => &texts.offline,
        Link::Refused(status) => {
            let code = ["HTTP ", &digits(u64::from(status))].concat();
            return Some(fill(&texts.refused, &[("code", &code)]).into());
        }
        _ => return None,
    };
    let scannable = view.phase == Phase::Scanning;
    Some(if scannable { fill(&texts.still_scan, &[("notice", text)]).into() } else { text.clone() })
}
