//! The hosted page that the shop's own policy refuses: a frame stays empty and a form is not sent, without a sound
//! but for one event.

use crate::listener::Listener;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Url;

/// Listens for a refusal of anything at `page` that shows it or leads to it.
pub(crate) fn listen(page: &str, refused: impl Fn() + 'static) -> Option<Listener> {
    let page = origin(page)?;
    let document = crate::window::document()?;
    Listener::new(&document, "securitypolicyviolation", move |event| {
        if is_about(&event, &page).unwrap_or_default() {
            refused();
        }
    })
}

fn is_about(violation: &JsValue, page: &str) -> Option<bool> {
    let text = |name: &str| Reflect::get(violation, &name.into()).ok()?.as_string();
    let directive = text("effectiveDirective")?;
    let opens = matches!(&*directive, "frame-src" | "child-src" | "form-action");
    // A policy that only reports lets the page open.
    let enforced = text("disposition")? == "enforce";
    Some(opens && enforced && origin(&text("blockedURI")?)? == page)
}

fn origin(address: &str) -> Option<String> {
    Url::new(address).ok().map(|url| url.origin())
}
