//! Listening to what happens on the page, for as long as somebody wants to know.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// A listener that is removed when it is dropped.
pub(crate) struct Listener {
    target: EventTarget,
    kind: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub(crate) fn new(target: &EventTarget, kind: &'static str, callback: impl FnMut(Event) + 'static) -> Option<Self> {
        Self::boxed(target, kind, Box::new(callback))
    }

    // One piece of code for all listeners.
    #[inline(never)]
    fn boxed(target: &EventTarget, kind: &'static str, callback: Box<dyn FnMut(Event)>) -> Option<Self> {
        let callback = Closure::wrap(callback);
        target.add_event_listener_with_callback(kind, callback.as_ref().unchecked_ref()).ok()?;
        Some(Self { target: target.clone(), kind, callback })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // Removing a listener that the page has already removed is no failure.
        let _ = self.target.remove_event_listener_with_callback(self.kind, self.callback.as_ref().unchecked_ref());
    }
}
