//! How often a shop is asked: what a checkout costs its backend.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a simulation may fail like the test it serves"
)]

#[path = "../world/mod.rs"]
mod world;

use wechat_checkout_session::{Call, Input, Options, Outcome};
use world::{Fate, Shop, World, mins, secs};

const SEEDS: u64 = 1000;

/// The least, the middle and the most of as many checkouts, each with chance of its own.
fn figures(of: impl Fn(u64) -> usize) -> (usize, usize, usize) {
    let mut counts: Vec<usize> = (0..SEEDS).map(of).collect();
    counts.sort_unstable();
    (counts[0], counts[counts.len() / 2], counts[counts.len() - 1])
}

fn open(shop: Shop, seed: u64) -> World {
    // A way to the shop and back takes between 40 and 400 ms.
    let half = secs(0.02 + 0.18 * (seed % 10) as f64 / 9.0);
    let mut world = World::build(shop, move |_| Fate { copies: vec![half], fails_after: None });
    tab(&mut world, seed);
    world
}

fn tab(world: &mut World, seed: u64) -> usize {
    let tab = world.open_tab(Options { status: true, seed: [seed, 1], ..Options::default() });
    world.tell_tab(tab, Input::Woke);
    tab
}

fn asked(world: &World) -> usize {
    world.shop.called(|call| *call == Call::Status)
}

fn paid_after(mut world: World, seconds: f64) -> usize {
    world.run_until(secs(seconds));
    world.shop(Shop::pay);
    world.run_for(mins(2));
    for tab in &world.tabs {
        assert_eq!(tab.outcomes(), [Outcome::Paid { late: false }]);
    }
    asked(&world)
}

#[test]
fn a_checkout_paid_after_45_seconds_asks_at_most_20_times() {
    let (least, middle, most) = figures(|seed| paid_after(open(Shop::default(), seed), 45.0));
    println!(
        "requests: paid after 45 s, by polling: {least} to {most}, median {middle}, over {SEEDS} checkouts (at most 20)"
    );
    assert!(most <= 20 && least >= 8, "{least} to {most}");
}

#[test]
fn with_events_it_asks_at_most_3_times() {
    let shop = || Shop { events: true, ..Shop::default() };
    let (least, middle, most) = figures(|seed| paid_after(open(shop(), seed), 45.0));
    println!(
        "requests: paid after 45 s, with events: {least} to {most}, median {middle}, over {SEEDS} checkouts (at most 3)"
    );
    assert!(most <= 3 && least >= 1, "{least} to {most}");
}

#[test]
fn a_page_that_is_hidden_for_ten_minutes_asks_at_most_25_times() {
    let (least, middle, most) = figures(|seed| {
        let mut world = open(Shop::with_life(mins(30)), seed);
        world.run_for(secs(5.0));
        let before = asked(&world);
        world.tell(Input::Visible(false));
        world.run_for(mins(10));
        asked(&world) - before
    });
    println!(
        "requests: hidden for ten minutes: {least} to {most}, median {middle}, over {SEEDS} checkouts (at most 25)"
    );
    assert!(most <= 25 && least >= 10, "{least} to {most}");
}

#[test]
fn a_page_that_is_hidden_while_its_code_expires_asks_at_most_25_times() {
    let (least, middle, most) = figures(|seed| {
        let mut world = open(Shop::with_life(mins(3)), seed);
        world.run_for(secs(5.0));
        let before = asked(&world);
        world.tell(Input::Visible(false));
        world.run_for(mins(10));
        asked(&world) - before
    });
    println!(
        "requests: hidden for ten minutes, expiring after three: {least} to {most}, median {middle}, over {SEEDS} checkouts (at most 25)"
    );
    assert!(most <= 25 && least >= 10, "{least} to {most}");
}

#[test]
fn two_tabs_ask_about_as_often_as_one() {
    let one = figures(|seed| paid_after(open(Shop::default(), seed), 45.0));
    let two = figures(|seed| {
        let mut world = open(Shop::default(), seed);
        world.shared = true;
        let second = tab(&mut world, seed + 5000);
        world.tell_tab(second, Input::Leading(false));
        paid_after(world, 45.0)
    });
    let equals = figures(|seed| {
        let mut world = open(Shop::default(), seed);
        world.shared = true;
        world.run_for(secs(7.0));
        tab(&mut world, seed + 5000);
        paid_after(world, 45.0)
    });
    println!(
        "requests: paid after 45 s, two tabs of which none was told to follow: {} to {}, median {}",
        equals.0, equals.2, equals.1
    );
    println!(
        "requests: paid after 45 s, two tabs: {} to {}, median {}; one tab: median {}",
        two.0, two.2, two.1, one.1
    );
    assert!(two.1 <= one.1 + 2 && two.2 <= 20, "{two:?} instead of {one:?}");
    assert!(equals.1 <= one.1 + 5 && equals.2 <= 2 * one.2, "{equals:?} instead of {one:?}");
}

#[test]
fn two_tabs_with_events_ask_about_as_often_as_one() {
    let (least, middle, most) = figures(|seed| {
        let mut world = open(Shop { events: true, ..Shop::default() }, seed);
        world.shared = true;
        let second = tab(&mut world, seed + 5000);
        world.tell_tab(second, Input::Leading(false));
        paid_after(world, 45.0)
    });
    println!("requests: paid after 45 s, two tabs with events: {least} to {most}, median {middle} (at most 5)");
    assert!(most <= 5, "{least} to {most}");
}

#[test]
fn a_code_that_nobody_pays_in_ten_minutes_costs_what_it_costs() {
    let (least, middle, most) = figures(|seed| {
        let mut world = open(Shop::default(), seed);
        world.run_for(mins(12));
        asked(&world)
    });
    println!(
        "requests: ten minutes of an unpaid code, its end and two minutes more: {least} to {most}, median {middle}"
    );
    assert!(most <= 100, "{least} to {most}");
}
