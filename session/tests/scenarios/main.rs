//! What payers go through, told in simulated time.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a simulation may fail like the test it serves"
)]

#[path = "../world/mod.rs"]
mod world;

mod clarification;
mod codes;
mod countdown;
mod events;
mod expiry;
mod failures;
mod handoff;
mod names;
mod outcomes;
mod peers;
mod presence;
mod renewal;
mod tabs;
mod wake;
