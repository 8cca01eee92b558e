//! The hosted page, in place of a code.

use crate::world::{Mood, Shop, World, mins, secs};
use wechat_checkout_session::{Event, Failure, Input, Outcome, Phase};

fn shop() -> Shop {
    Shop { hosted: true, timeout: None, ..Shop::default() }.without_code()
}

#[test]
fn a_page_that_is_offered_is_ready_before_any_code() {
    let mut world = World::new(shop());
    world.run_for(secs(2.0));
    assert_eq!(world.phase(), Phase::Preparing);
    assert!(world.tab().session.view().payment_page.is_some());
    assert_eq!(world.tab().times(|event| *event == Event::Ready), 1);
}

#[test]
fn the_payer_returns_from_the_page_and_the_shop_is_asked_at_once() {
    let mut world = World::new(shop());
    world.run_for(secs(20.0));
    world.tell(Input::HandoffOpened);
    assert_eq!(world.phase(), Phase::Handoff);
    world.run_for(secs(60.0));
    world.shop(Shop::pay);
    let since = world.now;
    world.tell(Input::HandoffClosed);
    assert_eq!(world.phase(), Phase::Confirming);
    assert!(world.asked_since(since) >= 1 || world.tab().waits());
    world.run_for(secs(3.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
    assert_eq!(world.phases(), ["handoff", "confirming", "settled"]);
}

#[test]
fn a_payer_who_returns_without_paying_can_try_again_after_a_while() {
    let mut world = World::new(shop());
    world.run_for(secs(5.0));
    world.tell(Input::HandoffOpened);
    world.run_for(secs(30.0));
    world.tell(Input::HandoffClosed);
    world.run_for(secs(29.0));
    assert_eq!(world.phase(), Phase::Confirming);
    world.run_for(secs(2.0));
    assert_eq!(world.phase(), Phase::Preparing);
    assert!(world.tab().session.view().payment_page.is_some());
}

#[test]
fn while_the_page_is_open_a_payment_is_seen_all_the_same() {
    let mut world = World::new(shop());
    world.run_for(secs(5.0));
    world.tell(Input::HandoffOpened);
    world.run_for(secs(30.0));
    world.shop(Shop::pay);
    world.run_for(secs(15.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn an_open_page_is_not_veiled_by_a_codes_time_but_ends_with_the_payment() {
    let mut world = World::new(shop());
    world.run_for(secs(5.0));
    world.tell(Input::HandoffOpened);
    world.run_until(mins(30));
    assert_eq!(world.phase(), Phase::Handoff);
    world.run_until(mins(122));
    assert_eq!(world.phase().name(), "expired");
}

#[test]
fn while_the_page_is_open_no_new_code_can_be_asked_for_and_none_is_offered() {
    let mut world = World::new(shop());
    world.run_for(secs(5.0));
    world.tell(Input::HandoffOpened);
    assert!(!world.tab().session.view().actions.renew);
    world.tell(Input::Renew);
    world.run_for(secs(5.0));
    assert_eq!((world.phase(), world.shop.sales.len()), (Phase::Handoff, 1));
}

#[test]
fn nothing_tells_a_page_that_is_not_opened_to_be_asked_about_every_second() {
    let mut world = World::new(shop());
    world.run_for(secs(60.0));
    assert!(world.asked_since(secs(0.0)) <= 8, "{}", world.asked_since(secs(0.0)));
}

#[test]
fn returning_without_network_does_not_lose_the_payment() {
    let mut world = World::new(shop());
    world.run_for(secs(5.0));
    world.tell(Input::HandoffOpened);
    world.shop.mood = Mood::Fails(Failure::Network);
    world.run_for(secs(30.0));
    world.shop(Shop::pay);
    world.tell(Input::HandoffClosed);
    world.run_for(mins(3));
    assert_eq!(world.outcomes(), []);
    world.shop.mood = Mood::Answers;
    world.run_for(secs(40.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}
