//! Pages that are hidden, and browsers without network.

use crate::world::{Mood, Shop, World, mins, secs};
use wechat_checkout_session::{Event, Failure, Input, Link, Outcome, Phase};

#[test]
fn a_hidden_page_asks_seldom_and_at_once_on_return() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.tell(Input::Visible(false));
    let since = world.now;
    world.run_for(mins(5));
    assert!((8..=10).contains(&world.asked_since(since)), "{}", world.asked_since(since));
    world.shop(Shop::pay);
    world.tell(Input::Visible(true));
    world.run_for(secs(0.5));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn a_burst_of_reasons_to_ask_asks_once() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.tell(Input::Visible(false));
    world.run_for(secs(10.0));
    let since = world.now;
    for _ in 0..5 {
        world.tell(Input::Visible(true));
        world.tell(Input::Online(true));
        world.tell(Input::Resumed { lost: secs(0.0) });
        world.run_for(secs(0.15));
    }
    assert_eq!(world.asked_since(since), 1);
}

#[test]
fn a_question_that_hung_while_the_page_was_frozen_does_not_delay_the_next_one() {
    for returned in [Input::Visible(true), Input::Resumed { lost: secs(0.0) }] {
        let mut world = World::new(Shop::default());
        world.run_for(secs(10.0));
        // A phone freezes the page with a question out: no timer fires, no answer arrives, the clock goes on.
        world.tell(Input::Check);
        world.tell(Input::Visible(false));
        world.tabs[0].asleep = true;
        world.run_for(secs(40.0));
        world.tabs[0].asleep = false;
        world.shop(Shop::pay);
        world.tell(returned.clone());
        world.run_for(secs(0.5));
        assert_eq!(world.outcomes(), [Outcome::Paid { late: false }], "{returned:?}");
    }
}

#[test]
fn a_hidden_page_still_ends_in_time_and_asks_the_last_question_at_once() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.tell(Input::Visible(false));
    world.run_until(secs(600.2));
    assert_eq!((world.phase(), world.code()), (Phase::Verifying, None));
    assert!(world.asked_since(secs(599.9)) >= 1);
}

#[test]
fn a_hidden_tab_does_not_stretch_the_countdown() {
    let mut world = World::new(Shop::bare());
    world.run_for(secs(10.0));
    world.tell(Input::Visible(false));
    world.tabs[0].asleep = true;
    world.run_for(mins(5));
    world.tabs[0].asleep = false;
    world.tell(Input::Visible(true));
    let left = world.left().unwrap();
    assert!((289.0..=291.0).contains(&left), "{left}");
}

#[test]
fn without_network_the_payer_is_told_and_asking_nearly_rests() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.shop.mood = Mood::Fails(Failure::Network);
    world.tell(Input::Online(false));
    assert_eq!(world.tab().session.view().link, Link::Offline);
    assert_eq!(world.code(), Some(Shop::code_of(1)), "the phone has a network of its own");
    let since = world.now;
    world.run_for(mins(5));
    assert!((8..=11).contains(&world.asked_since(since)), "{}", world.asked_since(since));
    world.shop.mood = Mood::Answers;
    let since = world.now;
    world.tell(Input::Online(true));
    world.run_for(secs(0.5));
    assert_eq!((world.asked_since(since), world.tab().session.view().link), (1, Link::Good));
}

#[test]
fn a_question_sent_into_a_dead_network_does_not_delay_the_one_after() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.tell(Input::Online(false));
    world.shop.mood = Mood::Silent;
    world.tell(Input::Check);
    world.run_for(secs(2.0));
    world.shop.mood = Mood::Answers;
    world.shop(Shop::pay);
    world.tell(Input::Online(true));
    world.run_for(secs(0.5));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn a_browser_that_wrongly_says_it_is_offline_is_not_believed_for_ever() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.tell(Input::Online(false));
    world.run_for(secs(40.0));
    assert_eq!(world.tab().session.view().link, Link::Good);
    world.shop(Shop::pay);
    world.run_for(secs(40.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn a_return_does_not_call_off_a_question_that_may_still_be_answered() {
    let mut world = World::over(Shop::default(), |_| crate::world::Fate { copies: vec![secs(2.0)], fails_after: None });
    world.run_for(secs(3.0));
    let asked = world.tab().sent.len();
    for input in [Input::Visible(true), Input::Online(true), Input::Resumed { lost: secs(0.5) }] {
        world.tell(input);
    }
    assert!(world.tab().waits());
    assert_eq!(world.tab().sent.len(), asked);
}

#[test]
fn a_network_that_flaps_does_not_make_a_question_of_each_flap() {
    let mut world = World::new(Shop { mood: Mood::Deaf, ..Shop::default() });
    world.run_for(secs(10.5));
    let since = world.now;
    for _ in 0..100 {
        world.tell(Input::Online(false));
        world.tell(Input::Online(true));
        world.run_for(secs(0.1));
    }
    assert!((5..=11).contains(&world.asked_since(since)), "{}", world.asked_since(since));
}

#[test]
fn a_browser_without_network_is_offline_and_not_slow_when_a_question_fails() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.tell(Input::Online(false));
    world.run_for(secs(40.0));
    assert_eq!(world.tab().session.view().link, Link::Good);
    world.shop.mood = Mood::Fails(Failure::Network);
    world.run_for(secs(40.0));
    assert_eq!(world.tab().session.view().link, Link::Offline);
    assert_eq!(world.tab().times(|event| matches!(event, Event::Degraded(Link::Slow))), 0);
}
