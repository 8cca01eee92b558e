//! The sandbox over real HTTP, as a shop's server, a phone and a test see it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a helper of a test may fail like the test itself, and reads better with values"
)]

mod bench;
mod callbacks;
mod clarification;
mod control;
mod data_api;
mod hosted;
mod phone;
mod refund;
mod sale;
mod status;
