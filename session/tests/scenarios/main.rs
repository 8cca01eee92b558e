//! What payers go through, told in simulated time.

#[path = "../world/mod.rs"]
mod world;

mod clarification;
mod countdown;
mod events;
mod expiry;
mod failures;
mod handoff;
mod outcomes;
mod peers;
mod presence;
mod renewal;
mod tabs;
mod wake;
