//! The code itself: a text drawn here, or a picture that came from outside.

use super::frame::Frame;
use super::key::Key;
use super::logo::logo;
use crate::encode::Encoder;
use crate::logo::Logo;
use crate::markup::{Markup, Text, el, plain};
use crate::qr::Drawing;
use protocol::code::{Code, CodeImage};
use protocol::digits;
use session::Input;

pub(super) fn key(code: &Code) -> Key {
    match code {
        Code::Text(text) => Key::of(b"text").and_text(text),
        Code::Image(image) => Key::of(b"image").and(&image.bytes),
        Code::Url(url) => Key::of(b"url").and_text(url),
        _ => Key::of(b"other"),
    }
}

pub(super) fn code(code: &Code, encoder: Encoder, over: Option<&Logo>) -> Markup {
    match code {
        Code::Text(text) => {
            let drawing = match over {
                Some(logo) => Drawing::with_logo(text, logo.share, encoder),
                None => Drawing::of(text, encoder),
            };
            match drawing {
                Ok(drawing) => drawn(drawing, over),
                Err(_) => unusable(),
            }
        }
        Code::Image(image) => painted(image),
        Code::Url(url) => fetched(url),
        _ => unusable(),
    }
}

fn drawn(drawing: Drawing, over: Option<&Logo>) -> Markup {
    let modules = digits(drawing.outer() as u64);
    let svg = plain("svg")
        .set("viewBox", drawing.view_box())
        // Modules that meet must leave no hair of white between them.
        .attr("shape-rendering", "crispEdges")
        .child(plain("path").set("d", drawing.path));
    let code = match drawing.covered.zip(over) {
        None => svg.attr("class", "checkout-code"),
        Some((covered, over)) => {
            let covers = el("path", "checkout-covered").set("d", covered.path);
            el("div", "checkout-code")
                // Half a module of white on each side.
                .set("--checkout-logo", digits(covered.side as u64 - 1))
                .child(svg.child(covers))
                .child(logo(over))
        }
    };
    named(code, "aria-label").attr("role", "img").set("--checkout-modules", modules)
}

#[cfg_attr(not(target_arch = "wasm32"), allow(unused_variables))]
fn painted(image: &CodeImage) -> Markup {
    let canvas = named(el("canvas", "checkout-code checkout-picture"), "aria-label").attr("role", "img");
    #[cfg(target_arch = "wasm32")]
    let canvas = super::picture::paint(canvas, image.clone());
    canvas
}

fn fetched(url: &str) -> Markup {
    let image = named(el("img", "checkout-code checkout-picture"), "alt")
        .attr("width", "216")
        .attr("height", "216")
        .attr("decoding", "async")
        // Whoever serves the picture does not learn which page the payer is on.
        .attr("referrerpolicy", "no-referrer")
        .on("error", |frame, _| frame.act(Input::CodeFailed));
    #[cfg(target_arch = "wasm32")]
    let image = super::picture::watch(image);
    // Last, so that nothing is fetched before everything listens.
    image.set("src", url.to_owned())
}

/// A code that passed every check and still cannot be shown: the machine is told, and offers the next one.
fn unusable() -> Markup {
    el("div", "checkout-veil").drawn(|hand, _| {
        hand.act(Input::CodeFailed);
        None
    })
}

fn named(markup: Markup, attribute: &'static str) -> Markup {
    markup.part("code").live_attr(attribute, |frame| Some(label(frame)))
}

fn label(frame: &Frame) -> Text {
    frame.told(|texts| (&texts.code_label, &texts.code_label_short))
}
