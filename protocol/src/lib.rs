//! What goes over the wire between a shop, ECommPay and WeChat Pay.
//!
//! Two readers share this crate. The browser reads one thing, the [`document::Document`], through the
//! [`node::Node`] trait and without serde. Servers speak ECommPay's own messages (feature `json`) and
//! sign them (feature `sign`, which a browser crate must never turn on).
//!
//! Everything is tolerant in what it reads (unknown members, missing members, numbers where strings
//! are expected, dates with `+0000`) and strict in what it writes.

#[cfg(feature = "json")]
pub mod callback;
pub mod clarification;
pub mod code;
#[cfg(feature = "json")]
pub mod data_api;
pub mod date;
mod digits;
pub mod document;
#[cfg(feature = "json")]
pub mod gate;
pub mod hosted;
#[cfg(feature = "json")]
mod lenient;
pub mod money;
pub mod node;
#[cfg(feature = "json")]
pub mod payment_page;
#[cfg(feature = "sign")]
pub mod sign;
pub mod status;

pub use digits::digits;
