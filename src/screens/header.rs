//! Who is paid, how much, and for what.

use super::frame::Frame;
use crate::markup::{Markup, el, plain, slot};

pub(super) fn header(frame: &Frame) -> Markup {
    let payee = el("span", "checkout-name").live_text(|frame| frame.view().payee.clone().unwrap_or_default().into());
    el("header", "checkout-header")
        .part("header")
        .child(
            el("p", "checkout-payee")
                .part("payee")
                .child(slot("payee").child(payee))
                .child(plain("span").text(&frame.texts.method)),
        )
        .child(el("p", "checkout-amount").part("amount").live_text(|frame| frame.amount().unwrap_or_default().into()))
        .child(
            el("p", "checkout-description")
                .part("description")
                .live_text(|frame| frame.view().description.clone().unwrap_or_default().into()),
        )
}
