//! Codes are encoded by JavaScript: it drew the first one while this was still on its way, and a second encoder would
//! make another code of the same text, under the phone that is reading it.

use wasm_bindgen::prelude::*;
use wechat_checkout::embed::{Encoder, Modules};

#[wasm_bindgen]
extern "C" {
    /// `js/code.js`; whoever makes an instance hands it in. Empty where no code holds the text.
    #[wasm_bindgen(js_name = encodeCode)]
    fn encode(text: &str, least: u8, better: bool) -> Vec<u8>;
}

pub(crate) fn encoder() -> Encoder {
    Encoder(|text, least, better| Modules::new(encode(text, least as u8, better)))
}
