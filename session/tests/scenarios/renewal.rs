//! A new code in place of the old one.

use crate::world::{Mood, Shop, World, mins, secs};
use protocol::code::Code;
use protocol::document::Document;
use serde_json::{Value, json};
use wechat_checkout_session::{
    Call, Command, Event, Expiry, Failure, Input, Millis, Options, Outcome, Phase, Problem, Session, Source,
};

fn renewals(world: &World) -> usize {
    world.shop.called(|call| matches!(call, Call::Renew(_)))
}

#[test]
fn an_expired_code_is_replaced_and_the_new_one_is_paid() {
    let mut world = World::new(Shop::default());
    world.run_for(mins(11));
    world.tell(Input::Renew);
    assert_eq!((world.phase(), world.code()), (Phase::Preparing, None));
    world.run_for(secs(1.0));
    assert_eq!((world.phase(), world.code()), (Phase::Scanning, Some(Shop::code_of(2))));
    assert!((598.0..=600.0).contains(&world.left().unwrap()), "{:?}", world.left());
    assert_eq!(world.tab().times(|event| *event == Event::Renewed), 1);
    world.run_for(secs(30.0));
    world.shop(Shop::pay);
    world.run_for(secs(10.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn a_double_click_asks_once() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    for _ in 0..5 {
        world.tell(Input::Renew);
    }
    world.run_for(secs(10.0));
    assert_eq!((renewals(&world), world.shop.sales.len()), (1, 2));
}

#[test]
fn while_a_new_code_is_made_the_old_one_is_not_to_be_seen() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    world.shop.mood = Mood::Silent;
    world.tell(Input::Renew);
    for _ in 0..19 {
        world.run_for(secs(1.0));
        assert_eq!((world.phase(), world.code(), world.left()), (Phase::Preparing, None, None));
    }
}

#[test]
fn a_renewal_whose_answer_was_lost_is_found_out_by_asking() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    world.shop.mood = Mood::Silent;
    world.tell(Input::Renew);
    world.after(secs(5.0), |world| world.shop.mood = Mood::Answers);
    world.run_for(secs(21.0));
    assert_eq!((world.phase(), world.code()), (Phase::Scanning, Some(Shop::code_of(2))));
    assert_eq!(world.tab().times(|event| *event == Event::Error(Problem::Action)), 1);
    assert!(!world.tab().session.view().actions.failed, "it was done after all");
    assert_eq!((renewals(&world), world.shop.sales.len()), (1, 2));
}

#[test]
fn a_renewal_that_did_not_reach_the_shop_is_repeated_under_the_same_key() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    for _ in 0..3 {
        world.shop.mood = Mood::Fails(Failure::Network);
        world.tell(Input::Renew);
        world.run_for(secs(1.0));
        assert!(world.tab().session.view().actions.failed);
        assert_eq!(world.code(), Some(Shop::code_of(1)), "the old code is still good");
    }
    world.shop.mood = Mood::Answers;
    world.tell(Input::Renew);
    world.run_for(secs(1.0));
    let keys = world.tab().renewal_keys();
    assert!(keys.len() == 4 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert_eq!(world.code(), Some(Shop::code_of(2)));
}

#[test]
fn giving_up_in_between_does_not_lose_the_key_of_a_renewal() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    world.shop.mood = Mood::Fails(Failure::Network);
    for input in [Input::Renew, Input::Cancel, Input::Renew] {
        world.tell(input);
        world.run_for(secs(1.0));
    }
    let keys = world.tab().renewal_keys();
    assert!(matches!(&keys[..], [first, second] if first == second), "{keys:?}");
}

#[test]
fn the_next_renewal_has_a_key_of_its_own() {
    let mut world = World::new(Shop::default());
    for _ in 0..3 {
        world.run_for(secs(30.0));
        world.tell(Input::Renew);
    }
    world.run_for(secs(1.0));
    let mut keys = world.tab().renewal_keys();
    keys.dedup();
    assert_eq!((keys.len(), world.shop.sales.len()), (3, 4));
}

#[test]
fn a_code_that_is_paid_while_a_new_one_is_asked_for_is_paid() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    world.tell(Input::Renew);
    world.shop(Shop::pay);
    world.run_for(mins(1));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
    assert_eq!(world.tab().times(|event| *event == Event::Renewed), 0);
}

#[test]
fn money_for_the_old_code_that_arrives_after_the_new_one_is_paid_late_and_no_renewal_is_told() {
    for revisions in [true, false] {
        let mut world = World::new(Shop { revisions, ..Shop::default() });
        world.run_for(secs(30.0));
        world.tell(Input::Renew);
        world.run_for(secs(5.0));
        assert_eq!(world.code(), Some(Shop::code_of(2)));
        world.shop(|shop| shop.pay_nr(1));
        world.run_for(secs(10.0));
        assert_eq!(world.outcomes(), [Outcome::Paid { late: true }]);
        assert_eq!(world.tab().times(|event| *event == Event::Renewed), 1, "one new code, not two");
    }
}

#[test]
fn an_answer_about_the_old_code_after_the_new_one_changes_nothing() {
    for revisions in [true, false] {
        let mut world = World::new(Shop { revisions, ..Shop::default() });
        world.run_for(secs(30.0));
        let old = world.shop.document(world.now);
        let mut refused = Shop { revisions, ..Shop::default() };
        refused.decline("20105");
        let refused = refused.document(world.now);
        world.tell(Input::Renew);
        world.run_for(secs(5.0));
        let view = world.tab().session.view();
        for (document, date) in [old, refused] {
            for source in [Source::Tab, Source::Events] {
                world.tell(Input::Document { source, document: Box::new(document.clone()), date });
                assert_eq!(world.tab().session.view(), view);
            }
        }
        assert_eq!(world.outcomes(), []);
    }
}

#[test]
fn a_dead_code_does_not_come_back_whatever_its_document_says_of_its_age() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    let (mut document, date) = world.shop.document(world.now);
    document.checkout.revision = Some(1e9);
    world.tell(Input::Renew);
    world.run_for(secs(5.0));
    world.tell(Input::Document { source: Source::Events, document: Box::new(document), date });
    assert_eq!(world.code(), Some(Shop::code_of(2)));
}

#[test]
fn the_old_payment_ending_while_a_new_code_is_asked_for_does_not_end_the_checkout() {
    for revisions in [true, false] {
        let mut world = World::new(Shop { revisions, ..Shop::default() });
        world.run_for(secs(30.0));
        world.shop.decline("20602");
        let (document, date) = world.shop.document(world.now);
        world.tell(Input::Renew);
        world.tell(Input::Document { source: Source::Events, document: Box::new(document), date });
        assert_eq!((world.outcomes(), world.phase()), (vec![], Phase::Preparing));
    }
}

#[test]
fn a_shop_that_keeps_the_code_keeps_it() {
    let mut world = World::new(Shop { keeps_the_code: true, ..Shop::default() });
    world.run_for(secs(30.0));
    world.tell(Input::Renew);
    world.run_for(secs(1.0));
    assert_eq!((world.phase(), world.code()), (Phase::Scanning, Some(Shop::code_of(1))));
    assert!((568.0..=570.0).contains(&world.left().unwrap()), "{:?}", world.left());
    assert_eq!(world.tab().times(|event| *event == Event::Renewed), 0);
}

#[test]
fn a_shop_that_keeps_an_expired_code_leaves_it_expired() {
    let mut world = World::new(Shop { keeps_the_code: true, ..Shop::default() });
    world.run_for(mins(11));
    world.tell(Input::Renew);
    world.run_for(secs(1.0));
    assert_eq!((world.phase(), world.code()), (Phase::Expired(Expiry::Code), None));
    assert_eq!(world.tab().times(|event| *event == Event::Expired), 1);
}

#[test]
fn a_code_renewed_in_another_tab_is_taken_over() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    world.shop(Shop::renew);
    world.run_for(secs(5.0));
    assert_eq!((world.phase(), world.code()), (Phase::Scanning, Some(Shop::code_of(2))));
    assert_eq!(world.tab().times(|event| *event == Event::Renewed), 1);
}

#[test]
fn a_code_that_is_taken_away_is_not_called_a_new_one() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    let (mut document, date) = world.shop.document(world.now);
    document.display_data.retain(|item| item.kind == "add_info");
    world.tell(Input::Document { source: Source::Events, document: Box::new(document), date });
    assert_eq!((world.phase(), world.code()), (Phase::Preparing, None));
    assert_eq!(world.tab().times(|event| *event == Event::Renewed), 0);
}

#[test]
fn an_expired_payment_can_be_replaced_by_a_new_one_with_a_life_of_its_own() {
    let mut world = World::new(Shop::default());
    world.run_for(mins(130));
    assert_eq!(world.phase(), Phase::Expired(Expiry::Payment));
    world.tell(Input::Renew);
    world.run_for(mins(9));
    assert_eq!((world.phase(), world.code()), (Phase::Scanning, Some(Shop::code_of(2))));
}

#[test]
fn a_shop_that_offers_no_renewal_is_not_asked_for_one() {
    let mut world = World::new(Shop { renews: false, ..Shop::default() });
    world.run_for(secs(30.0));
    assert!(!world.tab().session.view().actions.renew);
    world.tell(Input::Renew);
    world.run_for(secs(5.0));
    assert_eq!(renewals(&world), 0);
    assert_eq!(world.phase(), Phase::Scanning);
}

/// A document of the shop's own numbering.
fn revised(id: &str, revision: u32, code: Option<&str>) -> Box<Document> {
    let items: Vec<Value> = code.iter().map(|code| json!({"type": "qr_data", "title": "", "data": code})).collect();
    let links = json!({"status": "/s", "events": "/e", "renew": "/r"});
    let body = json!({"payment": {"id": id}, "operation": {"type": "sale", "status": "processing"},
        "display_data": items, "checkout": {"revision": revision, "links": links}});
    Box::new(Document::read(&body).unwrap())
}

fn told(source: Source, document: Box<Document>) -> Input {
    Input::Document { source, document, date: None }
}

/// Seen with a shop whose events outran its answer: the checkout stayed without a code for a minute.
#[test]
fn news_of_the_new_code_that_overtakes_the_renewals_own_answer_is_believed() {
    let mut session = Session::new(Millis(0), Options { status: true, ..Options::default() });
    session.handle(Millis(0), told(Source::Page, revised("old", 2, Some("weixin://old"))));
    session.handle(Millis(1000), Input::Renew);
    let asked = std::iter::from_fn(|| session.poll_command())
        .filter_map(
            |command| if let Command::Send { id, call: Call::Renew(_), .. } = command { Some(id) } else { None },
        )
        .last()
        .unwrap();
    session.handle(Millis(1010), told(Source::Events, revised("old", 2, Some("weixin://old"))));
    assert_eq!(session.view().code, None, "the old code is being replaced");
    session.handle(Millis(1020), told(Source::Events, revised("new", 3, None)));
    session.handle(Millis(1030), told(Source::Events, revised("new", 4, Some("weixin://new"))));
    session.handle(Millis(1040), told(Source::Answer(asked), revised("new", 3, None)));
    assert_eq!(session.phase(), Phase::Scanning);
}

#[test]
fn a_renewal_that_was_answered_is_done_though_the_code_is_the_same() {
    let mut world = World::new(Shop { keeps_the_code: true, ..Shop::default() });
    for _ in 0..2 {
        world.run_for(secs(10.0));
        world.tell(Input::Renew);
    }
    let keys = world.tab().renewal_keys();
    assert!(matches!(&keys[..], [first, second] if first != second), "{keys:?}");
}

#[test]
fn a_key_is_made_of_all_the_chance_that_was_given() {
    let seed = [0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210];
    let mut world = World::with(Shop::default(), Options { seed, status: true, ..Options::default() });
    world.run_for(secs(10.0));
    world.tell(Input::Renew);
    assert_eq!(world.tab().renewal_keys(), ["0123456789abcdeffedcba9876543210-1"]);
}

#[test]
fn that_a_renewal_failed_is_said_until_it_is_tried_again_or_done() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(30.0));
    world.shop.mood = Mood::Deaf;
    world.tell(Input::Renew);
    world.run_for(secs(20.5));
    world.shop.mood = Mood::Answers;
    world.run_for(secs(40.0));
    assert!(world.tab().session.view().actions.failed, "other answers do not change that");
    world.tell(Input::Renew);
    assert!(!world.tab().session.view().actions.failed);
}

#[test]
fn an_older_revision_that_an_event_or_a_tab_brings_late_does_not_bring_its_code_back() {
    for source in [Source::Events, Source::Tab, Source::Page] {
        let mut session = Session::new(Millis(0), Options { status: true, ..Options::default() });
        session.handle(Millis(0), told(Source::Page, revised("one", 5, Some("weixin://newer"))));
        session.handle(Millis(1000), told(source, revised("one", 4, Some("weixin://older"))));
        assert_eq!(session.view().code, Some(Code::Text("weixin://newer".into())), "{source:?}");
        session.handle(Millis(2000), told(source, revised("one", 6, Some("weixin://newest"))));
        assert_eq!(session.view().code, Some(Code::Text("weixin://newest".into())), "{source:?}");
    }
}
