//! A WeChat Pay checkout for shops that take payments through ECommPay.
//!
//! It shows the payer the code, counts down by the shop's clock, and tells the truth about the payment:
//! one outcome, the right one, whatever the network, the tab or the device's clock does. The browser talks
//! to the shop's backend only, and never sees a secret.
//!
//! ```no_run
//! # #[cfg(feature = "leptos")] {
//! use leptos::prelude::*;
//! use wechat_checkout::{Event, Outcome, WechatCheckout};
//!
//! #[component]
//! fn CheckoutPage(token: String) -> impl IntoView {
//!     let on_event = Callback::new(|event: Event| {
//!         if let Event::Settled(Outcome::Paid { .. }) = event {
//!             leptos::logging::log!("paid");
//!         }
//!     });
//!     view! { <WechatCheckout source=format!("/api/checkouts/{token}") on_event/> }
//! }
//! # }
//! ```
//!
//! Turn on the feature that your application uses: `csr`, `hydrate` or `ssr`. None is on by default, and without one
//! there is no component. On a server the component renders what its document says and asks nobody.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(any(feature = "leptos", target_arch = "wasm32")),
    allow(dead_code, unused_imports, reason = "without a component and without a browser nobody draws anything")
)]
#![allow(unreachable_pub, reason = "the component macro makes what it writes public, whatever the module")]

#[cfg(feature = "leptos")]
mod checkout;
#[cfg(target_arch = "wasm32")]
mod driver;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod embed;
mod encode;
mod hosted;
#[doc(hidden)]
pub mod intl;
mod listener;
mod logo;
mod markup;
#[cfg(target_arch = "wasm32")]
mod promise;
mod qr;
#[cfg(target_arch = "wasm32")]
mod running;
#[doc(hidden)]
pub mod screens;
mod source;
mod texts;
mod window;

#[cfg(feature = "leptos")]
pub use checkout::{Remote, WechatCheckout, WechatCheckoutProps};
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub use driver::JsNode;
pub use hosted::{Hosted, HostedMode};
pub use logo::Logo;
#[doc(hidden)]
pub use protocol::digits;
pub use protocol::document::Document;
pub use session::{
    Decline, DeclineReason, Event, Expiry, HandoffTrouble, HostedEvent, Link, LogoTrouble, Millis, Outcome, Phase,
    Policy, Problem,
};
pub use source::Source;
pub use texts::Texts;
#[cfg(feature = "leptos")]
pub use texts::Wording;
