//! The WebAssembly behind the custom element `<wechat-checkout>`: a checkout, mounted where JavaScript says and
//! spoken to through one handle.
//!
//! What crosses the border is positions, not names: names weigh on both sides of it. The other side is
//! `js/engine.js`.

#![cfg(target_arch = "wasm32")]

mod code;
mod settings;
mod tell;
mod texts;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::Node;
use wechat_checkout::embed::{self, Embedded};
use wechat_checkout::{Document, JsNode};

/// A third of the weight of the one that comes along, and as good for the little that is asked of it.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A mounted checkout. Freeing it takes it off the page and ends everything it does.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle(Embedded);

/// Mounts a checkout into `root`. What happens is told to `tell`, as its kind and its parts.
#[wasm_bindgen]
pub fn mount(root: &Node, settings: &Array, texts: &Array, tell: Function) -> Handle {
    let setup = settings::read(settings, texts::read(texts));
    Handle(embed::mount(root, setup, move |told| tell::tell(&tell, told)))
}

#[wasm_bindgen]
impl Handle {
    /// Asks for a new code.
    pub fn renew(&self) {
        self.0.renew();
    }

    /// Gives up.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Asks the shop now.
    pub fn check(&self) {
        self.0.check();
    }

    /// Says the same in other words: what may change of the settings, by the same positions.
    pub fn change(&self, settings: &Array, texts: &Array) {
        self.0.change(settings::words(settings, texts::read(texts)));
    }

    /// Hands in a document of the page. Tells why, if it is none.
    pub fn tell(&self, document: JsValue) -> Option<String> {
        match Document::read(&JsNode(document)) {
            Ok(document) => {
                self.0.tell(document);
                None
            }
            Err(error) => Some(error.code().into()),
        }
    }
}
