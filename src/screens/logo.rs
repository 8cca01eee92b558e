//! The shop's logo over a code that is drawn here.

use crate::logo::Logo;
use crate::markup::{Element, Markup, el};
use session::{Input, LogoTrouble};
use wasm_bindgen::JsCast;

/// The picture over the middle of a code, unseen until it has arrived.
///
/// An `img` and not an `image` of the SVG, which would tell whoever serves it what page the payer is on.
pub(super) fn logo(logo: &Logo) -> Markup {
    let image = el("img", "checkout-logo")
        .part("logo")
        .attr("alt", "")
        .attr("decoding", "async")
        .attr("referrerpolicy", "no-referrer")
        .on("error", |frame, event| {
            // The browser would draw a broken picture in its place.
            if let Some(image) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
                image.remove();
            }
            frame.act(Input::LogoFailed(LogoTrouble::Unreachable));
        });
    #[cfg(target_arch = "wasm32")]
    let image = super::picture::reveal(image);
    image.set("src", logo.url.clone())
}
