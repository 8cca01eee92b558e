//! The hosted page, in place of a code.

use crate::world::{Mood, Shop, World, mins, secs};
use wechat_checkout_session::{Event, Failure, HandoffTrouble, HostedEvent, Input, Outcome, Phase, Problem, Source};

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
    assert_eq!((world.outcomes(), world.phase()), (vec![], Phase::Confirming), "nobody is offered to pay twice");
    world.shop.mood = Mood::Answers;
    world.run_for(secs(40.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn what_the_page_says_is_a_reason_to_ask_and_no_outcome() {
    for hint in [HostedEvent::PaymentSuccess, HostedEvent::PaymentFail] {
        let mut world = World::new(shop());
        world.run_for(secs(5.0));
        world.tell(Input::HandoffOpened);
        world.run_for(secs(9.0));
        while world.tab().waits() {
            world.run_for(secs(0.1));
        }
        world.run_for(secs(1.5));
        let since = world.now;
        world.tell(Input::Hosted(hint.clone()));
        assert_eq!((world.asked_since(since), world.phase()), (1, Phase::Handoff));
        assert_eq!(world.tab().times(|event| *event == Event::Hosted(hint.clone())), 1);
        world.run_for(mins(2));
        assert_eq!(world.outcomes(), [], "{hint:?}");
    }
}

#[test]
fn a_page_that_closes_itself_is_closed() {
    for hint in [HostedEvent::Exit, HostedEvent::Destroy] {
        let mut world = World::new(shop());
        world.run_for(secs(5.0));
        world.tell(Input::HandoffOpened);
        world.tell(Input::Hosted(hint));
        assert_eq!(world.phase(), Phase::Confirming);
    }
}

#[test]
fn a_page_that_does_not_open_is_said_each_time_and_can_be_opened_again() {
    let mut world = World::new(shop());
    world.run_for(secs(5.0));
    for times in 1..=2 {
        world.tell(Input::HandoffOpened);
        assert_eq!((world.phase(), world.tab().session.view().trouble), (Phase::Handoff, None));
        world.tell(Input::HandoffFailed(HandoffTrouble::WindowBlocked));
        assert_eq!(world.phase(), Phase::Preparing);
        assert_eq!(world.tab().session.view().trouble, Some(HandoffTrouble::WindowBlocked));
        let problem = Event::Error(Problem::Handoff(HandoffTrouble::WindowBlocked));
        assert_eq!(world.tab().times(|event| *event == problem), times);
    }
    world.tell(Input::HandoffOpened);
    world.tell(Input::Hosted(HostedEvent::FailedLoading));
    assert_eq!(world.tab().session.view().trouble, Some(HandoffTrouble::PageFailed));
}

#[test]
fn a_refusal_of_the_page_counts_only_while_the_page_is_open() {
    let mut world = World::new(shop());
    world.run_for(secs(5.0));
    let refused = Input::HandoffFailed(HandoffTrouble::PageRefused);
    let problem = Event::Error(Problem::Handoff(HandoffTrouble::PageRefused));
    world.tell(refused.clone());
    assert_eq!((world.tab().session.view().trouble, world.tab().times(|event| *event == problem)), (None, 0));
    world.tell(Input::HandoffOpened);
    world.tell(refused.clone());
    assert_eq!(world.phase(), Phase::Preparing);
    assert_eq!(world.tab().session.view().trouble, Some(HandoffTrouble::PageRefused));
    // A frame and its form may both be refused; the payer pressed once and is told once.
    world.tell(refused);
    assert_eq!(world.tab().times(|event| *event == problem), 1);
}

#[test]
fn a_page_is_not_opened_where_none_is_offered_or_its_time_is_over() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(5.0));
    world.tell(Input::HandoffOpened);
    assert_eq!(world.phase(), Phase::Scanning);
    let mut world = World::new(shop());
    world.run_for(mins(11));
    let phase = world.phase();
    world.tell(Input::HandoffOpened);
    world.tell(Input::HandoffClosed);
    assert_eq!((world.phase(), phase.name()), (phase.clone(), "expired"));
}

#[test]
fn a_config_that_cannot_be_right_is_not_offered_and_said_once() {
    let mut world = World::new(shop());
    let (mut document, date) = world.shop.document(world.now);
    let page = document.checkout.payment_page.as_mut().unwrap();
    page.parameters.push(("secret_key".into(), "x".into()));
    for _ in 0..3 {
        world.tell(Input::Document { source: Source::Page, document: Box::new(document.clone()), date });
    }
    assert_eq!(world.tab().session.view().payment_page, None);
    assert_eq!(world.tab().times(|event| matches!(event, Event::Error(Problem::Config(_)))), 1);
}

#[test]
fn a_shop_that_refuses_to_answer_holds_up_neither_the_open_page_nor_the_return_from_it() {
    let mut world = World::new(shop());
    world.run_for(secs(5.0));
    world.tell(Input::HandoffOpened);
    world.shop.mood = Mood::Fails(Failure::Http { status: 403, retry_after: None });
    world.run_for(mins(1));
    world.tell(Input::HandoffClosed);
    world.run_for(secs(29.0));
    assert_eq!(world.phase(), Phase::Confirming);
    world.run_for(secs(2.0));
    assert_eq!(world.phase(), Phase::Preparing);
    world.tell(Input::HandoffOpened);
    world.run_until(mins(119));
    assert_eq!(world.phase(), Phase::Handoff);
    world.run_until(mins(121));
    assert_eq!(world.phase().name(), "expired");
}

#[test]
fn what_a_page_says_that_is_not_open_changes_nothing() {
    for hint in [HostedEvent::Exit, HostedEvent::Destroy, HostedEvent::FailedLoading, HostedEvent::Loaded] {
        let mut world = World::new(shop());
        world.run_for(secs(5.0));
        let view = world.tab().session.view();
        world.tell(Input::Hosted(hint.clone()));
        assert_eq!(world.tab().session.view(), view, "{hint:?}");
        assert_eq!(world.tab().times(|event| matches!(event, Event::Error(_))), 0, "{hint:?}");
    }
}

#[test]
fn a_new_payment_does_not_offer_the_page_of_the_old_one() {
    let mut world = World::new(shop());
    world.run_for(secs(5.0));
    assert!(world.tab().session.view().payment_page.is_some());
    // From here on the shop hands out callbacks as they are.
    (world.shop.hosted, world.shop.links) = (false, false);
    world.run_for(secs(20.0));
    assert!(world.tab().session.view().payment_page.is_some(), "the same payment's page");
    world.shop(Shop::renew);
    world.run_for(secs(20.0));
    assert_eq!(world.tab().session.view().payment_page, None);
}
