//! Server-sent events as the first source, and asking as the net below.

use crate::world::{Mood, Shop, World, mins, secs};
use wechat_checkout_session::{Event, Failure, Input, Outcome, Phase, Source};

fn shop() -> Shop {
    Shop { events: true, ..Shop::default() }
}

#[test]
fn connected_events_leave_only_a_safety_net_of_questions() {
    let mut world = World::new(shop());
    world.run_for(secs(5.0));
    let since = world.now;
    world.run_for(mins(8));
    assert!((6..=9).contains(&world.asked_since(since)), "{}", world.asked_since(since));
}

#[test]
fn a_payment_told_by_an_event_is_shown_at_once() {
    let mut world = World::new(shop());
    world.run_for(secs(30.0));
    world.shop(Shop::pay);
    world.run_for(secs(0.2));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
    assert_eq!(world.tab().connection, None, "the events are closed with the outcome");
}

#[test]
fn events_that_connect_but_never_speak_do_not_slow_the_asking() {
    let mut world = World::new(Shop { events_silent: true, ..shop() });
    world.run_for(secs(20.0));
    world.shop(Shop::pay);
    world.run_for(secs(5.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn events_that_fall_silent_are_taken_for_dead_and_the_asking_goes_on() {
    let mut world = World::new(shop());
    world.run_for(secs(40.0));
    world.shop.events_silent = true;
    world.shop(Shop::pay);
    world.run_for(secs(75.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn events_that_break_off_are_opened_again_after_longer_and_longer_pauses() {
    let mut world = World::new(shop());
    world.run_for(secs(10.0));
    assert!(world.tab().connection.is_some());
    world.shop.events_down = true;
    let broken = world.now;
    world.tabs[0].connection = None;
    world.tell(Input::EventsClosed);
    world.run_for(secs(2.9));
    assert_eq!(world.tab().connection, None);
    world.run_for(secs(0.2));
    assert!(world.tab().connection.is_some(), "after three seconds");
    assert!(world.asked_since(broken) >= 1, "and meanwhile it asks");
}

#[test]
fn events_that_cannot_be_opened_are_tried_at_most_once_a_minute_in_the_end() {
    let mut world = World::new(Shop { events_down: true, ..shop() });
    let mut tries = 0;
    let mut last = None;
    for _ in 0..60 * 100 {
        world.run_for(secs(0.1));
        if world.tab().connection.is_some() && world.tab().connection != last {
            last = world.tab().connection;
            tries += 1;
        }
    }
    assert!((8..=16).contains(&tries), "{tries} tries in ten minutes");
}

#[test]
fn the_last_question_is_asked_however_quiet_the_events_are() {
    let mut world = World::new(shop());
    world.run_until(secs(609.0));
    assert!(world.asked_since(secs(599.9)) >= 3, "{}", world.asked_since(secs(599.9)));
    assert_eq!(world.phase().name(), "expired");
}

#[test]
fn an_event_alone_is_no_last_answer() {
    let mut world = World::new(shop());
    world.run_for(secs(590.0));
    world.shop.mood = Mood::Silent;
    world.run_until(secs(601.0));
    world.shop(|shop| shop.revision += 1);
    world.run_for(secs(60.0));
    assert_eq!(world.phase(), Phase::Verifying);
}

#[test]
fn while_the_page_returns_it_asks_though_events_are_connected() {
    let mut world = World::new(shop());
    world.run_for(secs(20.0));
    world.tell(Input::Visible(false));
    world.run_for(secs(20.0));
    let since = world.now;
    world.tell(Input::Visible(true));
    world.run_for(secs(0.5));
    assert_eq!(world.asked_since(since), 1);
}

#[test]
fn after_sleep_events_have_to_be_heard_again_before_they_are_relied_on() {
    let mut world = World::new(shop());
    world.run_for(secs(20.0));
    // The connection died with the network, and nobody noticed.
    world.shop.events_silent = true;
    world.sleep(0, mins(3));
    world.run_for(secs(2.0));
    world.shop(Shop::pay);
    world.run_for(secs(15.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn events_go_on_while_the_status_is_refused() {
    let mut world = World::new(shop());
    world.run_for(secs(20.0));
    world.shop.mood = Mood::Fails(Failure::Http { status: 403, retry_after: None });
    world.tell(Input::Check);
    world.run_for(secs(1.0));
    world.shop(Shop::pay);
    world.run_for(secs(1.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn an_event_that_comes_twice_changes_nothing() {
    let mut world = World::new(shop());
    world.run_for(secs(20.0));
    let said = world.tab().said.len();
    let view = world.tab().session.view();
    let (document, date) = world.shop.document(world.now);
    for _ in 0..3 {
        let document = Box::new(document.clone());
        world.tell(Input::Document { source: Source::Events, document, date });
    }
    assert_eq!((world.tab().said.len(), world.tab().session.view()), (said, view));
}

#[test]
fn events_that_take_long_to_connect_are_given_their_time_from_then() {
    let mut world = World::new(Shop { events_silent: true, ..shop() });
    world.run_for(secs(1.0));
    let connection = world.tab().connection;
    assert!(connection.is_some());
    world.run_for(secs(40.0));
    world.tell(Input::EventsOpened);
    world.run_for(secs(44.0));
    assert_eq!(world.tab().connection, connection);
    world.run_for(secs(2.0));
    assert_eq!(world.tab().connection, None);
}

#[test]
fn an_older_event_about_the_same_payment_is_known_by_its_revision() {
    for revisions in [true, false] {
        let mut world = World::new(Shop { revisions, ..shop() });
        world.run_for(secs(5.0));
        let (mut older, date) = world.shop.document(world.now);
        older.display_data[0].data = "weixin://wxpay/bizpayurl?pr=before".into();
        world.shop(|shop| shop.revision += 1);
        world.run_for(secs(1.0));
        world.tell(Input::Document { source: Source::Events, document: Box::new(older), date });
        let expected = if revisions { Shop::code_of(1) } else { "weixin://wxpay/bizpayurl?pr=before".into() };
        assert_eq!(world.code(), Some(expected));
        assert_eq!(world.tab().times(|event| *event == Event::Renewed), usize::from(!revisions));
    }
}
