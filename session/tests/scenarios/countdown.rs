//! What the payer is told about the time that is left.

use crate::world::{Fate, Shop, World, mins, secs};
use protocol::date::UnixMillis;
use serde_json::json;
use wechat_checkout_session::{Input, Millis, Phase, Source};

/// What is left after three seconds with such a shop.
fn left_after_three_seconds(shop: Shop) -> Option<f64> {
    let mut world = World::new(shop);
    world.run_for(secs(3.0));
    assert_eq!(world.phase(), Phase::Scanning);
    world.left()
}

fn about(left: Option<f64>, expected: f64) -> bool {
    left.is_some_and(|left| (left - expected).abs() <= 1.1)
}

#[test]
fn it_counts_down_to_the_second_between_answers_and_across_them() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(1.0));
    let mut last = world.left().unwrap();
    for second in 2..600 {
        world.run_until(secs(f64::from(second)));
        let left = world.left().unwrap();
        assert!((last - left - 1.0).abs() < 1e-6, "{second}: {last} -> {left}");
        assert!(about(Some(left), 600.0 - f64::from(second)));
        last = left;
    }
}

#[test]
fn a_timeout_is_understood_in_every_form_it_comes_in() {
    let until = Shop::clock(mins(10)).0;
    for timeout in [
        json!("600"),
        json!(600),
        json!(" 600 "),
        json!(600.0),
        json!(until / 1000),
        json!(until),
        json!((until / 1000).to_string()),
    ] {
        for measures in [true, false] {
            let left = left_after_three_seconds(Shop { timeout: Some(timeout.clone()), measures, ..Shop::default() });
            assert!(about(left, 597.0), "{timeout}: {left:?}");
        }
    }
}

#[test]
fn a_shop_that_only_hands_out_callbacks_counts_from_when_the_code_was_seen() {
    assert!(about(left_after_three_seconds(Shop::bare()), 597.0));
}

#[test]
fn no_timeout_no_countdown_and_no_end_by_our_own_count() {
    for timeout in [
        None,
        Some(json!("soon")),
        Some(json!(-5)),
        Some(json!("0")),
        Some(json!("NaN")),
        Some(json!("")),
        Some(json!({})),
    ] {
        let mut world = World::new(Shop { timeout: timeout.clone(), ..Shop::bare() });
        world.run_for(mins(100));
        assert_eq!((world.phase(), world.left()), (Phase::Scanning, None), "{timeout:?}");
    }
}

#[test]
fn a_life_of_ten_years_is_not_believed() {
    for (timeout, measures) in
        [(json!(315_360_000), false), (json!("99999999999"), false), (json!("1e300"), false), (json!("600"), true)]
    {
        let shop =
            Shop { life: Millis::from_secs(315_360_000), timeout: Some(timeout.clone()), measures, ..Shop::bare() };
        let left = left_after_three_seconds(shop);
        if measures {
            assert!(about(left, 597.0), "what else is said counts: {left:?}");
        } else {
            assert_eq!(left, None, "{timeout}");
        }
    }
}

#[test]
fn sixty_one_minutes_and_two_hours_are_what_they_are() {
    for minutes in [61, 90, 119, 120] {
        let left = left_after_three_seconds(Shop::with_life(mins(minutes)));
        assert!(about(left, minutes as f64 * 60.0 - 3.0), "{minutes} min: {left:?}");
    }
}

#[test]
fn a_reload_does_not_start_it_again() {
    let until = json!(Shop::clock(mins(10)).0);
    for (measures, dates, timeout) in
        [(true, true, json!("600")), (true, false, json!("600")), (false, true, json!("600")), (false, true, until)]
    {
        let mut world = World::new(Shop { measures, dates, timeout: Some(timeout), ..Shop::default() });
        world.run_for(mins(4));
        let tab = world.open_tab(world_options());
        let (document, date) = world.shop.document(world.now);
        world.tell_tab(tab, Input::Document { source: Source::Page, document: Box::new(document), date });
        assert!(about(world.tabs[tab].left(world.now), 360.0), "{:?}", world.tabs[tab].left(world.now));
        let full = world.tabs[tab].session.countdown(world.tabs[tab].clock(world.now)).unwrap().full;
        assert_eq!(full, mins(10), "the ring is not drawn full again");
        world.run_until(secs(601.0));
        assert_eq!(world.tabs[tab].session.phase(), Phase::Verifying);
    }
}

#[test]
fn looking_twice_at_a_code_that_says_nothing_of_its_age_does_not_make_it_younger() {
    let mut world = World::new(Shop::bare());
    world.run_for(secs(599.0));
    assert!(about(world.left(), 1.0), "{:?}", world.left());
}

#[test]
fn the_shops_measure_is_followed_down_and_up() {
    let mut world = World::new(Shop::default());
    world.run_for(mins(1));
    world.shop(|shop| shop.life = mins(5));
    world.run_for(secs(10.0));
    assert!(about(world.left(), 230.0), "{:?}", world.left());
    world.shop(|shop| shop.life = mins(20));
    world.run_for(secs(10.0));
    assert!(about(world.left(), 1120.0), "{:?}", world.left());
    let full = world.tab().session.countdown(world.tab().clock(world.now)).unwrap().full;
    assert!((1120.0..=1132.0).contains(&(full.0 as f64 / 1000.0)), "{full:?}");
}

#[test]
fn answers_that_travel_for_long_do_not_stretch_it() {
    for measures in [true, false] {
        let shop = Shop { measures, ..Shop::default() };
        let mut world = World::over(shop, |_| Fate { copies: vec![secs(2.0)], fails_after: None });
        for _ in 0..50 {
            world.run_for(secs(7.0));
            let truth = 600.0 - world.now.0 as f64 / 1000.0;
            let left = world.left().unwrap();
            assert!((truth - 1.1..=truth + 1.1).contains(&left), "{left} instead of {truth}");
        }
    }
}

#[test]
fn a_creation_in_the_servers_future_is_a_code_that_is_new() {
    let mut world = World::new(Shop { measures: false, ..Shop::default() });
    let (mut document, date) = world.shop.document(world.now);
    document.operation.as_mut().unwrap().created = Some(UnixMillis(date.unwrap().0 + 86_400_000));
    world.tell(Input::Document { source: Source::Events, document: Box::new(document), date });
    assert_eq!(world.left(), Some(600.0));
}

#[test]
fn numbers_out_of_this_world_do_no_harm() {
    for seconds in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 1e-300, -0.0] {
        for created in [i64::MIN, i64::MAX, 0] {
            let mut world = World::new(Shop::default());
            let (mut document, _) = world.shop.document(world.now);
            document.checkout.expires_in = Some(seconds);
            document.operation.as_mut().unwrap().created = Some(UnixMillis(created));
            let date = Some(UnixMillis(i64::MAX - created.max(0)));
            world.tell(Input::Document { source: Source::Events, document: Box::new(document), date });
            assert!(world.left().is_none_or(|left| left <= 600.0), "{seconds}, {created}: {:?}", world.left());
            world.run_for(mins(1));
            assert_eq!(world.phase(), Phase::Scanning, "{seconds}, {created}: the shop's next answers set it right");
        }
    }
}

fn world_options() -> wechat_checkout_session::Options {
    wechat_checkout_session::Options { status: true, seed: [3, 5], ..Default::default() }
}
