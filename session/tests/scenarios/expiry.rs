//! The end of a code's time, and what comes after it.

use crate::world::{Mood, Shop, World, mins, secs};
use wechat_checkout_session::{Event, Expiry, Failure, Input, Link, Outcome, Phase};

#[test]
fn at_zero_the_code_is_veiled_and_the_shop_is_asked_at_once() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(599.0));
    assert_eq!(world.phase(), Phase::Scanning);
    world.run_for(secs(1.001));
    assert_eq!((world.phase(), world.code(), world.left()), (Phase::Verifying, None, None));
    assert!(world.asked_since(secs(599.9)) >= 1);
}

#[test]
fn only_after_the_answer_and_a_grace_it_is_expired_and_a_new_code_can_be_had() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(607.0));
    assert_eq!(world.phase(), Phase::Verifying);
    world.run_for(secs(2.0));
    assert_eq!(world.phase(), Phase::Expired(Expiry::Code));
    assert!(world.tab().session.view().actions.renew);
    assert_eq!(world.code(), None);
    assert_eq!(world.tab().times(|event| *event == Event::Expired), 1);
    assert_eq!(world.outcomes(), []);
}

#[test]
fn a_payment_in_the_grace_is_a_payment_like_any_other() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(603.0));
    world.shop(Shop::pay);
    world.run_for(mins(5));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
    assert_eq!(world.tab().times(|event| *event == Event::Expired), 0);
}

#[test]
fn a_payment_that_arrives_after_expiry_wins_and_is_told_as_late() {
    let mut world = World::new(Shop::default());
    world.run_for(mins(13));
    assert_eq!(world.phase(), Phase::Expired(Expiry::Code));
    world.shop(Shop::pay);
    world.run_for(secs(40.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: true }]);
}

#[test]
fn a_question_asked_before_zero_does_not_count_as_the_last_one() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(595.0));
    // From here on the shop takes the questions and answers after six seconds, long after it wrote the answer.
    let slow = |_| crate::world::Fate { copies: vec![secs(3.0)], fails_after: None };
    world.network = Box::new(slow);
    world.run_until(secs(599.9));
    assert!(world.tab().waits());
    world.run_for(secs(0.2));
    let last = world.tab().sent.last().unwrap();
    assert!(last.at >= secs(599.9), "{last:?}");
    assert_eq!(world.phase(), Phase::Verifying);
}

#[test]
fn an_action_sent_before_zero_and_answered_after_it_is_not_the_last_answer() {
    let mut world = World::new(Shop::bare());
    world.run_for(secs(590.0));
    // What was asked for is answered with a document written before zero; after that, nothing comes.
    world.shop.mood = Mood::Deaf;
    world.tell(Input::Cancel);
    let id = world.tab().sent.last().unwrap().id;
    world.run_until(secs(605.0));
    assert_eq!(world.phase(), Phase::Verifying);
    let (document, date) = world.shop.document(secs(590.1));
    let source = wechat_checkout_session::Source::Answer(id);
    world.tell(Input::Document { source, document: Box::new(document), date });
    world.run_for(mins(1));
    assert_eq!(world.phase(), Phase::Verifying, "nobody said that there was no payment");
    world.shop.mood = Mood::Answers;
    world.run_for(mins(1));
    assert_eq!(world.phase(), Phase::Expired(Expiry::Code));
}

#[test]
fn without_an_answer_it_never_expires() {
    let mut world = World::new(Shop::default());
    world.run_for(mins(9));
    world.shop.mood = Mood::Fails(Failure::Network);
    world.run_for(mins(100));
    assert_eq!((world.phase(), world.code()), (Phase::Verifying, None));
    assert_eq!(world.tab().session.view().link, Link::Offline);
    world.shop.mood = Mood::Answers;
    world.run_for(secs(40.0));
    assert_eq!(world.phase(), Phase::Expired(Expiry::Code));
}

#[test]
fn a_payment_made_while_nobody_could_be_reached_is_found_when_the_shop_is_back() {
    let mut world = World::new(Shop::default());
    world.run_for(mins(9));
    world.shop.mood = Mood::Fails(Failure::Network);
    world.run_for(secs(50.0));
    world.shop(Shop::pay);
    world.run_for(mins(40));
    world.shop.mood = Mood::Answers;
    world.run_for(secs(40.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn where_the_shop_measures_that_there_is_time_left_the_end_was_a_false_one() {
    let mut world = World::new(Shop { measures: false, dates: false, ..Shop::default() });
    world.run_for(secs(601.0));
    assert_eq!(world.phase(), Phase::Verifying);
    world.shop(|shop| {
        shop.measures = true;
        shop.life = mins(20);
    });
    world.run_for(secs(3.0));
    assert_eq!((world.phase(), world.code()), (Phase::Scanning, Some(Shop::code_of(1))));
    assert!(world.left().unwrap() > 590.0);
    assert_eq!(world.tab().times(|event| *event == Event::Expired), 0);
}

#[test]
fn an_expired_code_is_asked_about_seldom_and_an_expired_payment_not_at_all() {
    let mut world = World::new(Shop::default());
    world.run_for(mins(12));
    let since = world.now;
    world.run_for(mins(10));
    let asked = world.asked_since(since);
    assert!((16..=40).contains(&asked), "{asked}");
    world.run_until(mins(121));
    assert_eq!(world.phase(), Phase::Expired(Expiry::Payment));
    let since = world.now;
    world.run_for(mins(600));
    assert_eq!(world.asked_since(since), 0);
    assert_eq!(world.tab().times(|event| *event == Event::Expired), 1);
    assert_eq!(world.tab().session.next_deadline(), None);
}

#[test]
fn after_the_payments_life_a_payer_who_asks_is_still_answered() {
    let mut world = World::new(Shop::default());
    world.run_until(mins(130));
    world.shop(Shop::pay);
    world.tell(Input::Check);
    world.run_for(secs(1.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: true }]);
}

#[test]
fn a_payment_without_a_code_ends_after_two_hours_honestly() {
    let mut world = World::new(Shop::default().without_code());
    world.run_until(mins(119));
    assert_eq!(world.phase(), Phase::Preparing);
    world.run_until(mins(121));
    assert_eq!(world.phase(), Phase::Expired(Expiry::Payment));
    assert_eq!(world.tab().times(|event| *event == Event::Expired), 1);
    assert_eq!(world.outcomes(), []);
}

#[test]
fn without_an_address_to_ask_the_grace_alone_decides() {
    let shop = Shop { links: false, ..Shop::default() };
    let mut world = World::with(shop, wechat_checkout_session::Options::default());
    let (document, date) = world.shop.document(world.now);
    world.tell(Input::Document { source: wechat_checkout_session::Source::Page, document: Box::new(document), date });
    world.run_for(secs(607.0));
    assert_eq!((world.phase(), world.tab().sent.len()), (Phase::Verifying, 0));
    world.run_for(secs(2.0));
    assert_eq!(world.phase(), Phase::Expired(Expiry::Code));
}

#[test]
fn a_code_that_was_dead_on_arrival_is_never_shown() {
    let mut world = World::new(Shop { life: secs(0.0), ..Shop::default() });
    world.run_for(mins(1));
    assert!(!world.phases().contains(&"scanning"), "{:?}", world.phases());
    assert_eq!(world.phase(), Phase::Expired(Expiry::Code));
}

#[test]
fn a_payment_whose_shop_refuses_to_answer_still_ends_after_two_hours() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.shop.mood = Mood::Fails(Failure::Http { status: 410, retry_after: None });
    world.run_until(mins(119));
    assert_eq!(world.phase(), Phase::Expired(Expiry::Code));
    world.run_until(mins(121));
    assert_eq!(world.phase(), Phase::Expired(Expiry::Payment));
    assert_eq!(world.tab().session.next_deadline(), None);
}
