//! The demo shop: three teas, and the checkout.

// Leptos makes the properties of a component `pub`, wherever the component is.
#![allow(unreachable_pub)]

#[cfg(target_arch = "wasm32")]
mod shop;

#[cfg(target_arch = "wasm32")]
fn main() {
    shop::open();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The demo shop runs in a browser: `cargo xtask demo`.");
}
