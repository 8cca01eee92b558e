//! What the page and the browser tell.

use super::Shell;
use crate::listener::Listener;
use crate::window::window;
use session::Input;
use std::rc::Rc;
use web_sys::{Document, Event, EventTarget};

/// Everything of the page that a checkout reacts to.
pub(super) fn listeners(shell: &Rc<Shell>) -> Vec<Listener> {
    let window = window();
    let on = |target: &EventTarget, kind, react: fn(&Rc<Shell>, &Event)| {
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
pub(super) fn state() -> Vec<Input> {
    let mut state = Vec::new();
    if !is_visible() {
        state.push(Input::Visible(false));
    }
    if !window().navigator().on_line() {
        state.push(Input::Online(false));
    }
    state
}

pub(super) fn is_visible() -> bool {
    crate::window::document().as_ref().is_none_or(|document: &Document| !document.hidden())
}
