//! The promises of the machine, each held over thousands of random stories.
//!
//! `PROMISES_CASES` sets how many stories each promise is held over, `PROMISES_SEED` tells other ones.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a simulation may fail like the test it serves"
)]

mod countdown;
mod dead_answers;
mod documents;
mod expiry;
mod hold;
mod hostile;
mod idle_wakes;
mod late_payment;
mod liveness;
mod one_outcome;
mod pace;
mod page_return;
mod renewal;
mod repeats;
mod requests;
mod retries;
mod story;
mod telling;
mod words;
