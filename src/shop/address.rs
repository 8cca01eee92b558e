//! Where in the shop the page's address is: a reload, or another device, comes to the same place.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// A place in the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Where the tea is.
    Counter,
    /// Where a checkout is paid.
    Till(String),
    /// All screens of the component side by side.
    Gallery,
}

impl Place {
    fn read() -> Self {
        let search = window().location().search().unwrap_or_default();
        let Ok(parameters) = UrlSearchParams::new_with_str(&search) else { return Self::Counter };
        match parameters.get("checkout").filter(|token| !token.is_empty()) {
            Some(token) => Self::Till(token),
            None if parameters.has("gallery") => Self::Gallery,
            None => Self::Counter,
        }
    }

    fn address(&self) -> String {
        match self {
            Self::Counter => "/".into(),
            Self::Till(token) => ["/?checkout=", token].concat(),
            Self::Gallery => "/?gallery".into(),
        }
    }
}

/// The place, as the address bar and the browser's back button say.
pub(super) fn follow() -> RwSignal<Place> {
    let place = RwSignal::new(Place::read());
    let back = window_event_listener(ev::popstate, move |_| place.set(Place::read()));
    on_cleanup(move || back.remove());
    place
}

/// Goes to a place and leaves the way back open.
pub(super) fn go(place: RwSignal<Place>, to: Place) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&to.address()));
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
    place.set(to);
}
