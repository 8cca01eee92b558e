//! A payer who pays at any moment between scan and the end of the grace sees it paid, once, however bad
//! the network was, once it works.
//!
//! `NETWORK_RUNS` sets how many payers pay, `NETWORK_SEED` makes it others.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a simulation may fail like the test it serves"
)]

#[path = "../world/mod.rs"]
mod world;

mod payer;
mod rough;

use payer::{Payer, Seen};

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn every_payment_ends_as_paid_and_once_whatever_the_network_did() {
    let runs = number("NETWORK_RUNS", 30_000);
    let first = number("NETWORK_SEED", 20_261_124).wrapping_mul(1_000_000);
    let part = |from: u64, to: u64| {
        let mut seen = Seen::default();
        for run in from..to {
            Payer::new(first + run).pay(&mut seen);
        }
        seen
    };
    let seen = std::thread::scope(|scope| {
        let half = scope.spawn(|| part(0, runs / 2));
        part(runs / 2, runs).with(&half.join().unwrap())
    });
    println!("network: {seen}");
    assert_eq!((seen.lost, seen.doubled, seen.wrong), (0, 0, 0));
    assert_eq!(seen.runs, runs);
    // A network that does no harm, and a payer who is never late, would prove little.
    assert!(seen.messages_lost * 10 > seen.messages && seen.messages_doubled > 0 && seen.expired * 20 > runs);
}
