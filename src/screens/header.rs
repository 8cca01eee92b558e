//! Who is paid, how much, and for what.

use super::frame::Frame;
use crate::markup::{Markup, el, plain};

pub(super) fn header(frame: Frame) -> Markup {
    let method = frame.settings().texts.method.clone();
    el("header", "checkout-header")
        .part("header")
        .child(
            el("p", "checkout-payee")
                .part("payee")
                .child(
                    el("span", "checkout-name")
                        .live_text(move || frame.look(|view| view.payee.clone()).unwrap_or_default().into()),
                )
                .child(plain("span").text(method)),
        )
        .child(el("p", "checkout-amount").part("amount").live_text(move || frame.amount().unwrap_or_default().into()))
        .child(
            el("p", "checkout-description")
                .part("description")
                .live_text(move || frame.look(|view| view.description.clone()).unwrap_or_default().into()),
        )
}
