//! The WebAssembly behind the custom element `<wechat-checkout>`: the Leptos component, mounted where
//! JavaScript says and spoken to through one handle.
//!
//! What crosses the border is positions, not names: names weigh on both sides of it. The other side is
//! `js/engine.js`.

#![cfg(target_arch = "wasm32")]

mod settings;
mod tell;
mod texts;

use js_sys::{Array, Function};
use leptos::mount::mount_to;
use leptos::prelude::*;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use wechat_checkout::{Document, Event, JsNode, Remote, WechatCheckout, WechatCheckoutProps};

/// A mounted checkout. Freeing it takes it off the page and ends everything it does.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle {
    remote: Remote,
    /// Held for what dropping it does.
    _mounted: Box<dyn Any>,
}

/// Mounts a checkout into `root`. What happens is told to `tell`, as its kind and its parts.
#[wasm_bindgen]
pub fn mount(root: HtmlElement, settings: &Array, texts: &Array, tell: Function) -> Handle {
    let made = Rc::new(Cell::new(None));
    let slot = Rc::clone(&made);
    let settings = settings::read(settings);
    let texts = texts::read(texts);
    let mounted = mount_to(root, move || {
        // Made here, so that it ends with what is mounted.
        let remote = Remote::default();
        slot.set(Some(remote));
        let tell = StoredValue::new_local(tell);
        let on_event = Callback::new(move |event: Event| {
            tell.with_value(|tell| tell::event(tell, &event, remote));
        });
        let on_retry = settings.retry.then(|| Callback::new(move |()| tell.with_value(tell::retry)));
        WechatCheckout(WechatCheckoutProps {
            source: settings.source,
            policy: settings.policy,
            language: Some(settings.language),
            texts: texts.into(),
            back_url: settings.back_url,
            hosted: settings.hosted,
            logo: settings.logo,
            on_event: Some(on_event),
            on_retry,
            remote: Some(remote),
        })
    });
    Handle { remote: made.take().unwrap_or_default(), _mounted: Box::new(mounted) }
}

#[wasm_bindgen]
impl Handle {
    /// Asks for a new code.
    pub fn renew(&self) {
        self.remote.renew();
    }

    /// Gives up.
    pub fn cancel(&self) {
        self.remote.cancel();
    }

    /// Asks the shop now.
    pub fn check(&self) {
        self.remote.check();
    }

    /// Hands in a document of the page. Tells why, if it is none.
    pub fn tell(&self, document: JsValue) -> Option<String> {
        match Document::read(&JsNode(document)) {
            Ok(document) => {
                self.remote.tell(document);
                None
            }
            Err(error) => Some(error.code().into()),
        }
    }
}
