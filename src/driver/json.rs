//! Reading what the browser has parsed.

use js_sys::{Array, Object, Reflect};
use protocol::node::Node;
use std::borrow::Cow;
use wasm_bindgen::{JsCast, JsValue};

/// A parsed JSON value. Public for the custom element, which is given documents by the page.
#[derive(Clone, Debug)]
pub struct JsNode(pub JsValue);

impl JsNode {
    fn as_object(&self) -> Option<&Object> {
        self.0.dyn_ref::<Object>().filter(|object| !Array::is_array(object) && !object.is_function())
    }
}

impl Node for JsNode {
    fn member(&self, name: &str) -> Option<Self> {
        let object = self.as_object()?;
        // What an object inherits was not sent by the shop.
        let name = JsValue::from_str(name);
        if !Object::has_own(object, &name) {
            return None;
        }
        Reflect::get(object, &name).ok().filter(|value| !value.is_null() && !value.is_undefined()).map(Self)
    }

    fn elements(&self, limit: usize) -> Option<Vec<Self>> {
        if !Array::is_array(&self.0) {
            return None;
        }
        let array: &Array = self.0.unchecked_ref();
        let mut elements = Vec::new();
        for at in 0..array.length().min(limit as u32) {
            elements.push(Self(array.get(at)));
        }
        Some(elements)
    }

    fn names(&self, limit: usize) -> Option<Vec<String>> {
        let keys = Object::keys(self.as_object()?);
        let mut names = Vec::new();
        for at in 0..keys.length().min(limit as u32) {
            // A text that is no Unicode names nothing that anybody asks for.
            if let Some(name) = keys.get(at).as_string() {
                names.push(name);
            }
        }
        Some(names)
    }

    fn as_text(&self) -> Option<Cow<'_, str>> {
        self.0.as_string().map(Cow::Owned)
    }

    fn as_number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn as_flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    /// The browser writes numbers as well as Rust does, and brings the code for it along.
    fn to_text(&self) -> Option<String> {
        match self.as_number() {
            Some(_) => js_sys::JSON::stringify(&self.0).ok()?.as_string(),
            None => self.0.as_string(),
        }
    }
}
