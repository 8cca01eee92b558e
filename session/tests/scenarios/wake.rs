//! Devices that slept, and clocks that were set.

use crate::world::{Mood, Shop, World, mins, secs};
use wechat_checkout_session::{Event, Input, Outcome, Phase, Source};

#[test]
fn after_sleep_the_countdown_is_held_back_until_the_shop_has_set_it_right() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(60.0));
    world.sleep(0, mins(5));
    assert_eq!((world.phase(), world.left()), (Phase::Scanning, None));
    world.run_for(secs(0.5));
    assert!((238.0..=241.0).contains(&world.left().unwrap()), "{:?}", world.left());
    assert_eq!(world.tab().times(|event| matches!(event, Event::Phase(_))), 1, "nothing flickered");
}

#[test]
fn after_sleep_without_any_measure_of_the_shop_the_missed_time_is_taken_off() {
    let mut world = World::new(Shop::bare());
    world.run_for(secs(60.0));
    world.sleep(0, mins(5));
    world.run_for(secs(0.5));
    assert!((238.0..=241.0).contains(&world.left().unwrap()), "{:?}", world.left());
}

#[test]
fn two_sleeps_before_any_answer_are_both_missed() {
    let mut world = World::new(Shop::bare());
    world.run_for(secs(60.0));
    world.shop.mood = Mood::Silent;
    world.sleep(0, mins(2));
    world.tell(Input::Resumed { lost: secs(0.0) });
    world.sleep(0, mins(2));
    world.shop.mood = Mood::Answers;
    world.run_for(secs(30.0));
    let truth = 600.0 - world.now.0 as f64 / 1000.0;
    assert!((truth - 1.1..=truth + 1.1).contains(&world.left().unwrap()), "{:?} instead of {truth}", world.left());
}

#[test]
fn a_device_that_slept_over_the_end_veils_the_code_at_once_and_asks() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(60.0));
    world.sleep(0, mins(15));
    assert_eq!((world.phase(), world.code()), (Phase::Verifying, None));
    world.run_for(secs(20.0));
    assert_eq!(world.phase().name(), "expired");
}

#[test]
fn a_payment_made_while_the_device_slept_is_shown_on_waking() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(60.0));
    world.after(mins(3), |world| world.shop(Shop::pay));
    world.sleep(0, mins(15));
    world.run_for(secs(0.5));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn a_clock_set_forward_by_a_day_ends_nothing() {
    for shop in [Shop::default(), Shop::bare()] {
        let mut world = World::new(shop);
        world.run_for(secs(60.0));
        world.tell(Input::Resumed { lost: mins(24 * 60) });
        world.run_for(secs(1.0));
        assert_eq!(world.phase(), Phase::Scanning);
        assert!((538.0..=540.0).contains(&world.left().unwrap()), "{:?}", world.left());
        assert_eq!(world.tab().times(|event| *event == Event::Expired), 0);
    }
}

#[test]
fn waking_asks_at_once_even_where_an_answer_came_just_before_the_lid_was_closed() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(60.0));
    while world.tab().waits() {
        world.run_for(secs(0.01));
    }
    let (document, date) = world.shop.document(world.now);
    world.tell(Input::Check);
    let id = world.tab().sent.last().unwrap().id;
    world.tell(Input::Document { source: Source::Answer(id), document: Box::new(document), date });
    let asked = world.tab().sent.len();
    world.sleep(0, mins(4));
    assert_eq!(world.tab().sent.len(), asked + 1);
}

#[test]
fn an_event_from_before_the_sleep_does_not_set_the_countdown() {
    let mut world = World::new(Shop { events: true, ..Shop::default() });
    world.run_for(secs(60.0));
    let (document, date) = world.shop.document(world.now);
    world.sleep(0, mins(5));
    // It lay in a buffer of the sleeping device.
    world.tell(Input::Document { source: Source::Events, document: Box::new(document), date });
    assert_eq!(world.left(), None, "still in doubt");
    world.run_for(secs(0.5));
    assert!((238.0..=241.0).contains(&world.left().unwrap()), "{:?}", world.left());
}

#[test]
fn a_page_from_the_back_forward_cache_goes_on_where_the_checkout_is_now() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    world.tabs[0].asleep = true;
    world.after(secs(20.0), |world| world.shop(Shop::renew));
    world.run_for(mins(2));
    world.tabs[0].asleep = false;
    world.tell(Input::Resumed { lost: secs(0.0) });
    world.run_for(secs(0.5));
    assert_eq!(world.code(), Some(Shop::code_of(2)));
    assert!((499.0..=501.0).contains(&world.left().unwrap()), "{:?}", world.left());
}

#[test]
fn waking_up_too_early_or_too_often_does_nothing() {
    let mut calm = World::new(Shop::default());
    let mut restless = World::new(Shop::default());
    for _ in 0..2000 {
        calm.run_for(secs(0.35));
        restless.run_for(secs(0.35));
        restless.tell(Input::Woke);
        restless.tell(Input::Woke);
    }
    let sent = |world: &World| world.tab().sent.iter().map(|sent| (sent.at, sent.call.clone())).collect::<Vec<_>>();
    assert_eq!(sent(&calm), sent(&restless));
    assert_eq!(calm.phases(), restless.phases());
}

#[test]
fn an_event_from_before_the_sleep_does_not_bring_an_old_code_back_nor_hold_up_the_question() {
    let mut world = World::new(Shop { events: true, ..Shop::default() });
    world.run_for(secs(60.0));
    let (document, date) = world.shop.document(world.now);
    world.sleep(0, mins(15));
    let asked = world.tab().sent.last().unwrap().id;
    world.tell(Input::Document { source: Source::Events, document: Box::new(document), date });
    assert_eq!((world.phase(), world.code()), (Phase::Verifying, None));
    assert_eq!(world.tab().sent.last().unwrap().id, asked, "the same question is still out");
}
