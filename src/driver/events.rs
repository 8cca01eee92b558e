//! The shop's server-sent events.

use super::Shell;
use crate::listener::Listener;
use session::{Input, Source};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use web_sys::EventSource;

/// An open stream. Dropping it closes it.
pub(super) struct EventStream {
    source: EventSource,
    _listeners: Vec<Listener>,
}

impl EventStream {
    /// Opens a stream; none where the browser has no server-sent events, or forbids these.
    pub(super) fn open(address: &str, shell: &Rc<Shell>) -> Option<Self> {
        let source = EventSource::new(address).ok()?;
        let listen = |kind, react: fn(&Rc<Shell>, &JsValue)| {
            let shell: Weak<Shell> = Rc::downgrade(shell);
            Listener::new(&source, kind, move |event| {
                if let Some(shell) = shell.upgrade() {
                    react(&shell, &event);
                }
            })
        };
        let listeners = [
            listen("open", |shell, _| shell.handle(Input::EventsOpened)),
            listen("document", take_document),
            listen("message", take_document),
            listen("heartbeat", |shell, _| {
                if let Some(tabs) = &*shell.tabs.borrow() {
                    tabs.beat();
                }
                shell.handle(Input::EventsHeard);
            }),
            // The browser would try again in its own time and for ever; the machine knows better when.
            listen("error", |shell, _| {
                drop(shell.events.take());
                shell.handle(Input::EventsClosed);
            }),
        ];
        Some(Self { source, _listeners: listeners.into_iter().flatten().collect() })
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.source.close();
    }
}

fn take_document(shell: &Rc<Shell>, event: &JsValue) {
    let body = js_sys::Reflect::get(event, &"data".into())
        .ok()
        .and_then(|data| data.as_string())
        .and_then(|text| js_sys::JSON::parse(&text).ok());
    match body {
        // What is no document still shows that the stream is alive.
        Some(body) => shell.take_in(Source::Events, &body, None, true, |_| Input::EventsHeard),
        None => shell.handle(Input::EventsHeard),
    }
}
