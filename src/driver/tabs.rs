//! Other tabs of the same checkout: what one hears, all hear, and only one listens to the shop's events.
//!
//! Without `BroadcastChannel` and Web Locks each tab is on its own: correct, but not shared.

use super::Shell;
use crate::listener::Listener;
use crate::window::window;
use js_sys::{Function, Object, Promise, Reflect};
use session::{Input, Source};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, BroadcastChannel, Event};

/// Membership in the tabs of one checkout. Dropping it leaves them.
pub(super) struct Tabs {
    channel: BroadcastChannel,
    _listeners: Vec<Listener>,
    _lock: Option<Lock>,
}

impl Tabs {
    /// Joins the tabs that watch `address`.
    pub(super) fn join(address: &str, shell: &Rc<Shell>) -> Option<Self> {
        let name = ["wechat-checkout:", address].concat();
        let channel = BroadcastChannel::new(&name).ok()?;
        let mut listeners = Vec::new();
        shell.listen(&mut listeners, &channel, "message", hear);
        let lock = Lock::request(&name, shell);
        if lock.is_some() {
            shell.later(Input::Leading(false));
        }
        Some(Self { channel, _listeners: listeners, _lock: lock })
    }

    /// Tells the other tabs what the shop said.
    pub(super) fn share(&self, body: &JsValue) {
        self.post("document", body);
    }

    /// Tells the other tabs that the shop's events are alive.
    pub(super) fn beat(&self) {
        self.post("beat", &JsValue::NULL);
    }

    fn post(&self, kind: &str, body: &JsValue) {
        let message = Object::new();
        let made = Reflect::set(&message, &"kind".into(), &kind.into()).is_ok()
            && Reflect::set(&message, &"body".into(), body).is_ok();
        if made {
            // A channel that the browser has closed has nobody to tell.
            let _ = self.channel.post_message(&message);
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.channel.close();
    }
}

fn hear(shell: &Rc<Shell>, event: &Event) {
    let Ok(message) = Reflect::get(event, &"data".into()) else { return };
    let part = |name: &str| Reflect::get(&message, &name.into()).ok();
    if part("kind").and_then(|kind| kind.as_string()).as_deref() == Some("document")
        && let Some(body) = part("body")
    {
        shell.take_in(Source::Tab, &body, None, false, |_| Input::Woke);
    } else {
        shell.handle(Input::TabHeard);
    }
}

/// A lock that is held, or waited for. Dropping it lets it go.
struct Lock {
    release: Rc<RefCell<Option<Function>>>,
    waiting: Option<AbortController>,
    _granted: Closure<dyn FnMut(JsValue) -> JsValue>,
    _refused: Closure<dyn FnMut(JsValue)>,
}

impl Lock {
    /// Asks for the lock `name`; none where the browser has no Web Locks. The shell leads once it is granted.
    fn request(name: &str, shell: &Rc<Shell>) -> Option<Self> {
        let navigator = Reflect::get(&window(), &"navigator".into()).ok()?;
        let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
        let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        let release: Rc<RefCell<Option<Function>>> = Rc::default();
        let waiting = AbortController::new().ok();

        let weak: Weak<Shell> = Rc::downgrade(shell);
        let held = Rc::clone(&release);
        let granted = Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |_| {
            let held = Rc::clone(&held);
            let promise = Promise::new(&mut |resolve, _| drop(held.replace(Some(resolve))));
            if let Some(shell) = weak.upgrade() {
                shell.handle(Input::Leading(true));
            }
            promise.into()
        });
        let options = Object::new();
        if let Some(waiting) = &waiting {
            Reflect::set(&options, &"signal".into(), &waiting.signal()).ok()?;
        }
        let promised = request.call3(&locks, &name.into(), &options, granted.as_ref()).ok()?;
        // A wait that is called off rejects; nobody needs to hear of it.
        let refused = Closure::<dyn FnMut(JsValue)>::new(|_| {});
        let _ = Promise::resolve(&promised).catch(&refused);
        Some(Self { release, waiting, _granted: granted, _refused: refused })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        match self.release.take() {
            Some(release) => drop(release.call0(&JsValue::UNDEFINED)),
            None => {
                if let Some(waiting) = &self.waiting {
                    waiting.abort();
                }
            }
        }
    }
}
