//! Data the platform asks for before it goes on.

use crate::world::{Mood, Shop, World, secs};
use serde_json::json;
use wechat_checkout_session::{Call, Event, Failure, Input, Outcome, Phase, Problem};

fn answers() -> Vec<(String, String)> {
    vec![("customer.email".into(), "a@b.example".into())]
}

fn asking() -> World {
    let mut shop = Shop::default().without_code();
    shop.ask(json!({"customer": ["email"]}));
    let mut world = World::new(shop);
    world.run_for(secs(1.0));
    world
}

#[test]
fn the_payer_is_asked_answers_and_gets_the_code() {
    let mut world = asking();
    assert_eq!(world.phase(), Phase::Clarifying);
    assert_eq!(world.tab().session.view().clarification[0].path(), "customer.email");
    world.tell(Input::Clarify(answers()));
    world.tell(Input::Clarify(answers()));
    assert!(world.tab().session.view().actions.busy);
    world.run_for(secs(1.0));
    assert_eq!(world.phase(), Phase::Preparing);
    world.shop(Shop::show_code);
    world.run_for(secs(3.0));
    assert_eq!((world.phase(), world.code()), (Phase::Scanning, Some(Shop::code_of(1))));
    assert_eq!(world.shop.called(|call| *call == Call::Clarify(answers())), 1);
    world.shop(Shop::pay);
    world.run_for(secs(5.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn an_answer_that_does_not_arrive_is_said_and_can_be_given_again() {
    let mut world = asking();
    world.shop.mood = Mood::Fails(Failure::Network);
    world.tell(Input::Clarify(answers()));
    world.run_for(secs(1.0));
    assert_eq!((world.phase(), world.tab().session.view().actions.failed), (Phase::Clarifying, true));
    assert_eq!(world.tab().times(|event| *event == Event::Error(Problem::Action)), 1);
    world.shop.mood = Mood::Answers;
    world.tell(Input::Clarify(answers()));
    world.run_for(secs(1.0));
    assert_eq!((world.phase(), world.tab().session.view().actions.failed), (Phase::Preparing, false));
}

#[test]
fn nobody_is_asked_what_nothing_takes_the_answer_of() {
    let mut shop = Shop::default().without_code();
    shop.ask(json!({"customer": ["email"]}));
    shop.links = false;
    let mut world = World::new(shop);
    world.run_for(secs(10.0));
    assert_eq!(world.phase(), Phase::Preparing);
    assert_eq!(world.tab().times(|event| *event == Event::Error(Problem::Unanswerable)), 1);
}

#[test]
fn nobody_is_asked_while_there_is_a_code() {
    let mut shop = Shop::default();
    shop.ask(json!({"customer": ["email"]}));
    let mut world = World::new(shop);
    world.run_for(secs(1.0));
    assert_eq!(world.phase(), Phase::Scanning);
    world.tell(Input::Clarify(answers()));
    assert_eq!(world.shop.called(|call| matches!(call, Call::Clarify(_))), 0);
}
