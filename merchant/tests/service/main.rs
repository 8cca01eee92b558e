//! The merchant as a whole: real HTTP, a real database file, and a Gate that does what the test says.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "all of this is test code, and a test that panics has found something"
)]

mod both_ways;
mod callbacks;
mod clarification;
mod command_line;
mod create;
mod documents;
mod events;
mod gate;
mod hosted_page;
mod operator;
mod payment_page;
mod refunds;
mod renew;
mod restart;
mod safety_net;
mod sandbox;
mod world;
