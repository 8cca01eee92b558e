//! Buttons, and links that look like them.

use super::focus;
use super::frame::Frame;
use crate::markup::{Markup, Text, el};
use wasm_bindgen::JsCast;

/// How much a button stands out.
#[derive(Clone, Copy)]
pub(super) enum Weight {
    Primary,
    Secondary,
    /// In a line of text.
    Quiet,
    /// For what cannot be undone.
    Danger,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "checkout-button checkout-primary",
            Self::Secondary => "checkout-button",
            Self::Quiet => "checkout-quiet",
            Self::Danger => "checkout-button checkout-danger",
        }
    }
}

/// A button for something that may be under way: then it stays where it is, says so, and does nothing.
///
/// Not `disabled`, which would throw the payer's focus to the top of the page.
#[inline(never)]
pub(super) fn button(weight: Weight, part: &'static str, text: &Text, then: fn(&Frame)) -> Markup {
    el("button", weight.class())
        .part(part)
        .attr("type", "button")
        .live_attr("aria-disabled", |frame| frame.view().actions.busy.then_some(Text::Borrowed("true")))
        .on("click", move |frame, event| {
            if frame.view().actions.busy {
                return;
            }
            if let Some(button) = event.current_target().and_then(|target| target.dyn_into().ok()) {
                // It may be gone in a moment, and the focus with it.
                focus::hold(&button);
            }
            then(frame);
        })
        .text(text)
}

/// The way back to the shop, where it is known.
pub(super) fn back(frame: &Frame, weight: Weight) -> Option<Markup> {
    let address = frame.back_url.clone()?;
    Some(el("a", weight.class()).part("back").set("href", address).text(&frame.texts.back))
}
