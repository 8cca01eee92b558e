//! Where the keyboard and the screen reader are taken when a screen changes.

use crate::markup::Element;

/// Keeps the focus in the card while the button that has it goes away.
///
/// Only when the button is about to vanish does the card take over; a button that stays keeps its focus.
pub(super) fn hold(button: &Element) {
    #[cfg(target_arch = "wasm32")]
    browser::hold(button);
    #[cfg(not(target_arch = "wasm32"))]
    let _ = button;
}

/// Takes the focus to a heading that has just been drawn, unless the payer is busy elsewhere on the page.
pub(super) fn offer(heading: &Element) {
    #[cfg(target_arch = "wasm32")]
    browser::offer(heading);
    #[cfg(not(target_arch = "wasm32"))]
    let _ = heading;
}

/// Takes the focus to the first element of `form` that `selector` finds.
pub(super) fn first(form: &Element, selector: &'static str) {
    #[cfg(target_arch = "wasm32")]
    browser::first(form, selector);
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (form, selector);
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use super::Element;
    use gloo_timers::callback::Timeout;
    use js_sys::Reflect;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{HtmlElement, Node};

    pub(super) fn hold(button: &Element) {
        let Some(card) = card(button) else { return };
        let button = button.clone();
        later(move || {
            if !button.is_connected() && is_free(&card) {
                focus(&card);
            }
        });
    }

    pub(super) fn offer(heading: &Element) {
        let heading = heading.clone();
        later(move || {
            if card(&heading).is_some_and(|card| is_free(&card)) {
                focus(&heading);
            }
        });
    }

    pub(super) fn first(form: &Element, selector: &'static str) {
        if let Ok(Some(found)) = form.query_selector(selector) {
            focus(&found);
        }
    }

    /// What changed may take a turn of the event loop to reach the page; so do we.
    fn later(then: impl FnOnce() + 'static) {
        Timeout::new(0, then).forget();
    }

    fn card(element: &Element) -> Option<Element> {
        element.closest("[data-checkout]").ok().flatten()
    }

    fn focus(element: &Element) {
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            let _ = element.focus();
        }
    }

    /// Whether the focus is in the card, or nowhere.
    fn is_free(card: &Element) -> bool {
        let active = |scope: &JsValue| {
            Reflect::get(scope, &"activeElement".into()).ok().and_then(|active| active.dyn_into::<Element>().ok())
        };
        let nowhere = |active: &Element| matches!(&*active.local_name(), "body" | "html");
        let scope: Node = card.get_root_node();
        match active(&scope) {
            Some(active) => card.contains(Some(&active)) || nowhere(&active),
            // In a shadow root nothing is active while the focus is outside: nowhere, or with somebody else.
            None => card.owner_document().and_then(|page| active(&page)).is_none_or(|active| nowhere(&active)),
        }
    }
}
