//! What the screens show, in a real browser.

#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, missing_debug_implementations, reason = "the modules are public for the test runner alone")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

pub mod act;
pub mod code;
pub mod fit;
pub mod logo;
pub mod outcome;
pub mod phases;
pub mod picture;
pub mod safety;
pub mod stage;
pub mod voice;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
