//! What the page and the browser tell.

use super::Shell;
use session::Input;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, EventTarget};

/// A listener that is removed when it is dropped.
pub(crate) struct Listener {
    target: EventTarget,
    kind: &'static str,
    callback: Closure<dyn FnMut(JsValue)>,
}

impl Listener {
    pub(crate) fn new(
        target: &EventTarget,
        kind: &'static str,
        callback: impl FnMut(JsValue) + 'static,
    ) -> Option<Self> {
        let callback = Closure::<dyn FnMut(JsValue)>::new(callback);
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

/// Everything of the page that a checkout reacts to.
pub(super) fn page_listeners(shell: &Rc<Shell>) -> Vec<Listener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let on = |target: &EventTarget, kind, react: fn(&Rc<Shell>, &JsValue)| {
        let shell = Rc::downgrade(shell);
        Listener::new(target, kind, move |event| {
            if let Some(shell) = shell.upgrade() {
                react(&shell, &event);
            }
        })
    };
    let mut listeners = vec![
        on(&window, "online", |shell, _| shell.handle(Input::Online(true))),
        on(&window, "offline", |shell, _| shell.handle(Input::Online(false))),
        on(&window, "pagehide", |shell, _| shell.pause()),
        on(&window, "pageshow", |shell, event| {
            if js_sys::Reflect::get(event, &"persisted".into()).is_ok_and(|persisted| persisted.is_truthy()) {
                shell.resume();
            }
        }),
    ];
    if let Some(document) = window.document() {
        listeners.push(on(&document, "visibilitychange", |shell, _| {
            if let Some(lost) = shell.clock.lost() {
                shell.handle(Input::Resumed { lost });
            }
            shell.handle(Input::Visible(is_visible()));
        }));
        listeners.push(on(&document, "resume", |shell, _| shell.resume()));
    }
    listeners.into_iter().flatten().collect()
}

/// How the page is when a checkout starts.
pub(super) fn page_state() -> Vec<Input> {
    let mut state = Vec::new();
    if !is_visible() {
        state.push(Input::Visible(false));
    }
    if web_sys::window().is_some_and(|window| !window.navigator().on_line()) {
        state.push(Input::Online(false));
    }
    state
}

pub(super) fn is_visible() -> bool {
    web_sys::window().and_then(|window| window.document()).as_ref().is_none_or(|document: &Document| !document.hidden())
}
