//! What comes of a promise, told to a function: a future would bring an executor into the download.

use js_sys::Promise;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

type Then = Box<dyn FnOnce(Result<JsValue, JsValue>)>;
type Heard = Closure<dyn FnMut(JsValue)>;

/// Calls `then` once, later: with what the promise was fulfilled with, or why it was rejected.
pub(crate) fn settle(promise: &Promise, then: impl FnOnce(Result<JsValue, JsValue>) + 'static) {
    boxed(promise, Box::new(then));
}

/// What is being waited for. It holds what the promise calls, which holds it, until the promise calls.
#[derive(Default)]
struct Wait {
    then: Option<Then>,
    heard: Option<[Heard; 2]>,
}

// One piece of code for all promises.
#[inline(never)]
fn boxed(promise: &Promise, then: Then) {
    let wait = Rc::new(RefCell::new(Wait { then: Some(then), heard: None }));
    let hear = |wrap: fn(JsValue) -> Result<JsValue, JsValue>| {
        let wait = wait.clone();
        Closure::new(move |value| {
            let Wait { then, heard } = wait.take();
            if let Some(then) = then {
                then(wrap(value));
            }
            drop(heard);
        })
    };
    let heard = [hear(Ok), hear(Err)];
    let [fulfilled, rejected] = &heard;
    let _ = promise.then2(fulfilled, rejected);
    wait.borrow_mut().heard = Some(heard);
}
