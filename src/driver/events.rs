//! The shop's server-sent events.

use super::Shell;
use crate::listener::Listener;
use session::{Input, Source};
use std::rc::Rc;
use web_sys::{Event, EventSource};

/// An open stream. Dropping it closes it.
pub(super) struct EventStream {
    source: EventSource,
    _listeners: Vec<Listener>,
}

impl EventStream {
    /// Opens a stream; none where the browser has no server-sent events, or forbids these.
    pub(super) fn open(address: &str, shell: &Rc<Shell>) -> Option<Self> {
        let source = EventSource::new(address).ok()?;
        let mut listeners = Vec::new();
        let mut on = |kind, react| shell.listen(&mut listeners, &source, kind, react);
        on("open", |shell, _| shell.handle(Input::EventsOpened));
        on("document", take_document);
        on("message", take_document);
        on("heartbeat", |shell, _| {
            if let Some(tabs) = &*shell.tabs.borrow() {
                tabs.beat();
            }
            shell.handle(Input::EventsHeard);
        });
        // The browser would try again in its own time and for ever; the machine knows better when.
        on("error", |shell, _| {
            drop(shell.events.take());
            shell.handle(Input::EventsClosed);
        });
        Some(Self { source, _listeners: listeners })
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.source.close();
    }
}

fn take_document(shell: &Rc<Shell>, event: &Event) {
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
