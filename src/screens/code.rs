//! The code itself: a text drawn here, or a picture that came from outside.

use super::frame::Frame;
use super::key::Key;
use crate::markup::{Markup, el, plain};
use crate::qr::Drawing;
use protocol::code::{Code, CodeImage};
use session::Input;

pub(super) fn key(code: &Code) -> Key {
    match code {
        Code::Text(text) => Key::of(b"text").and_text(text),
        Code::Image(image) => Key::of(b"image").and(&image.bytes),
        Code::Url(url) => Key::of(b"url").and_text(url),
        _ => Key::of(b"other"),
    }
}

pub(super) fn code(frame: Frame, code: Code) -> Markup {
    match code {
        Code::Text(text) => match Drawing::of(&text) {
            Ok(drawing) => drawn(frame, drawing),
            Err(_) => unusable(frame),
        },
        Code::Image(image) => painted(frame, image),
        Code::Url(url) => fetched(frame, url),
        _ => unusable(frame),
    }
}

fn drawn(frame: Frame, drawing: Drawing) -> Markup {
    name(frame, el("svg", "checkout-code").attr("viewBox", drawing.view_box()))
        .attr("role", "img")
        // Modules that meet must leave no hair of white between them.
        .attr("shape-rendering", "crispEdges")
        .attr("--checkout-modules", drawing.outer().to_string())
        .child(plain("path").attr("d", drawing.path))
}

#[cfg_attr(not(target_arch = "wasm32"), allow(unused_variables, clippy::needless_pass_by_value))]
fn painted(frame: Frame, image: CodeImage) -> Markup {
    let canvas = name(frame, el("canvas", "checkout-code checkout-picture")).attr("role", "img");
    #[cfg(target_arch = "wasm32")]
    let canvas = canvas.drawn(move |canvas| super::picture::paint(canvas, image, move || frame.act(Input::CodeFailed)));
    canvas
}

fn fetched(frame: Frame, url: String) -> Markup {
    let image = el("img", "checkout-code checkout-picture")
        .part("code")
        .live_attr("alt", move || Some(label(frame)))
        .attr("width", "216")
        .attr("height", "216")
        .attr("decoding", "async")
        // Whoever serves the picture does not learn which page the payer is on.
        .attr("referrerpolicy", "no-referrer")
        .on("error", move |_| frame.act(Input::CodeFailed));
    #[cfg(target_arch = "wasm32")]
    let image = super::picture::watch(image, move || frame.act(Input::CodeFailed));
    // Last, so that nothing is fetched before everything listens.
    image.attr("src", url)
}

/// A code that passed every check and still cannot be shown: the machine is told, and offers the next one.
fn unusable(frame: Frame) -> Markup {
    el("div", "checkout-veil").drawn(move |_| frame.act(Input::CodeFailed))
}

fn name(frame: Frame, markup: Markup) -> Markup {
    markup.part("code").live_attr("aria-label", move || Some(label(frame)))
}

fn label(frame: Frame) -> crate::markup::Text {
    frame.told(|texts| (&texts.code_label, &texts.code_label_short))
}
