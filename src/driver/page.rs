//! What the page and the browser tell.

use super::Shell;
use crate::listener::Listener;
use crate::window::window;
use session::Input;
use std::rc::Rc;
use web_sys::{Document, EventTarget};

/// Everything of the page that a checkout reacts to.
pub(super) fn listeners(shell: &Rc<Shell>) -> Vec<Listener> {
    let window = window();
    let mut listeners = Vec::new();
    let mut on = |target: &EventTarget, kind, react| shell.listen(&mut listeners, target, kind, react);
    on(&window, "online", |shell, _| shell.handle(Input::Online(true)));
    on(&window, "offline", |shell, _| shell.handle(Input::Online(false)));
    on(&window, "pagehide", |shell, _| shell.pause());
    on(&window, "pageshow", |shell, event| {
        if js_sys::Reflect::get(event, &"persisted".into()).is_ok_and(|persisted| persisted.is_truthy()) {
            shell.resume();
        }
    });
    if let Some(document) = window.document() {
        on(&document, "visibilitychange", |shell, _| {
            if let Some(lost) = shell.clock.lost() {
                shell.handle(Input::Resumed { lost });
            }
            shell.handle(Input::Visible(is_visible()));
        });
        on(&document, "resume", |shell, _| shell.resume());
    }
    listeners
}

/// Tells how the page is when a checkout starts.
pub(super) fn tell_state(shell: &Rc<Shell>) {
    if !is_visible() {
        shell.handle(Input::Visible(false));
    }
    if !window().navigator().on_line() {
        shell.handle(Input::Online(false));
    }
}

pub(super) fn is_visible() -> bool {
    crate::window::document().as_ref().is_none_or(|document: &Document| !document.hidden())
}
