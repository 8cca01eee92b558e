//! How a checkout ends.

use crate::world::{Mood, Shop, World, mins, secs};
use wechat_checkout_session::{Call, Decline, DeclineReason, Event, Failure, Input, Millis, Outcome, Phase, Source};

#[test]
fn the_payer_pays_and_sees_it_within_three_seconds_and_once() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(45.0));
    assert_eq!(world.code(), Some(Shop::code_of(1)));
    world.shop(Shop::pay);
    world.run_for(mins(30));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
    assert!(world.settled_at().unwrap() <= secs(50.5), "{:?}", world.settled_at());
    assert_eq!(world.phases(), ["scanning", "settled"]);
    assert_eq!(world.code(), None);
}

#[test]
fn after_the_outcome_nothing_is_asked_said_or_planned() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(5.0));
    world.shop(Shop::pay);
    world.run_for(secs(10.0));
    let (asked, said) = (world.tab().sent.len(), world.tab().said.len());
    assert!(matches!(world.tab().said.last().unwrap().event, Event::Settled(_)));
    for input in [
        Input::Visible(true),
        Input::Online(true),
        Input::Check,
        Input::Renew,
        Input::Cancel,
        Input::HandoffClosed,
        Input::Resumed { lost: mins(9) },
        Input::Leading(true),
        Input::CodeFailed,
        Input::RetryCode,
    ] {
        world.tell(input);
    }
    world.run_for(mins(180));
    assert_eq!((world.tab().sent.len(), world.tab().said.len()), (asked, said));
    assert_eq!(world.tab().session.next_deadline(), None);
}

#[test]
fn what_can_be_done_is_gone_with_the_outcome() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(1.0));
    let actions = world.tab().session.view().actions;
    assert!(actions.renew && actions.cancel && actions.check && !actions.busy);
    world.shop(Shop::pay);
    world.run_for(secs(5.0));
    assert_eq!(world.tab().session.view().actions, wechat_checkout_session::Actions::default());
}

#[test]
fn a_refusal_names_its_reason_and_whether_trying_again_makes_sense() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(20.0));
    world.shop(|shop| shop.decline("20105"));
    world.run_for(secs(5.0));
    let decline = Decline { code: "20105".into(), reason: DeclineReason::InsufficientFunds };
    assert_eq!(world.outcomes(), [Outcome::Declined(decline.clone())]);
    assert!(decline.reason.can_retry());
}

#[test]
fn a_payment_that_could_not_be_taken_up_is_failed_and_not_declined() {
    let mut world = World::new(Shop::default());
    world.shop(|shop| shop.fail("2004"));
    world.run_for(secs(5.0));
    assert!(matches!(&world.outcomes()[..], [Outcome::Failed(decline)] if decline.code == "2004"));
}

#[test]
fn a_code_that_comes_later_is_shown_within_two_seconds() {
    let mut world = World::new(Shop::default().without_code());
    world.after(secs(6.0), |world| world.shop(Shop::show_code));
    world.run_for(secs(6.0));
    assert_eq!((world.phase(), world.code()), (Phase::Preparing, None));
    world.run_for(secs(2.0));
    assert_eq!((world.phase(), world.code()), (Phase::Scanning, Some(Shop::code_of(1))));
    assert_eq!(world.tab().times(|event| *event == Event::Ready), 1);
    assert_eq!(world.tab().times(|event| *event == Event::Renewed), 0);
}

#[test]
fn a_code_in_the_page_is_shown_before_anything_is_answered() {
    let mut world = World::with_page(Shop { mood: Mood::Silent, ..Shop::default() });
    assert_eq!((world.code(), world.left()), (Some(Shop::code_of(1)), Some(600.0)));
    world.run_for(secs(30.0));
    assert_eq!((world.code(), world.left()), (Some(Shop::code_of(1)), Some(570.0)));
}

#[test]
fn giving_up_is_an_outcome() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(12.0));
    world.tell(Input::Cancel);
    assert!(world.tab().session.view().actions.busy);
    world.tell(Input::Cancel);
    world.run_for(mins(20));
    assert_eq!(world.outcomes(), [Outcome::Cancelled]);
    assert_eq!(world.shop.called(|call| matches!(call, Call::Cancel(_))), 1);
}

#[test]
fn giving_up_a_payment_that_has_just_been_paid_shows_it_paid() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(12.0));
    world.tell(Input::Cancel);
    world.shop(Shop::pay);
    world.run_for(mins(1));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn giving_up_that_does_not_reach_the_shop_is_said_and_can_be_repeated_under_the_same_key() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(12.0));
    world.shop.mood = Mood::Fails(Failure::Network);
    world.tell(Input::Cancel);
    world.run_for(secs(1.0));
    assert!(world.tab().session.view().actions.failed);
    assert_eq!(world.phase(), Phase::Scanning);
    world.shop.mood = Mood::Answers;
    world.tell(Input::Cancel);
    world.run_for(secs(1.0));
    assert_eq!(world.outcomes(), [Outcome::Cancelled]);
    let keys: Vec<&Call> =
        world.shop.calls.iter().map(|(_, call)| call).filter(|call| **call != Call::Status).collect();
    assert!(matches!(keys[..], [first, second] if first == second), "{keys:?}");
}

#[test]
fn a_refund_seen_on_return_is_told_as_such() {
    for (payment, operation, outcome) in [
        ("refunded", "success", Outcome::Refunded),
        ("reversed", "success", Outcome::Refunded),
        ("partially refunded", "success", Outcome::PartlyRefunded),
        ("success", "decline", Outcome::Paid { late: false }),
        ("success", "processing", Outcome::Paid { late: false }),
    ] {
        let mut world = World::new(Shop::default());
        world.shop(|shop| shop.refund(payment, operation));
        world.run_for(mins(5));
        assert_eq!(world.outcomes(), [outcome], "{payment}, {operation}");
    }
}

#[test]
fn statuses_nobody_knows_and_statuses_that_are_not_final_wait() {
    for payment in [
        "initial",
        "processing",
        "external processing",
        "awaiting customer",
        "awaiting redirect result",
        "awaiting confirmation",
        "awaiting payment",
        "partially paid",
        "expired",
        "internal error",
        "SUCCESS",
        "",
    ] {
        let mut world = World::new(Shop::default());
        world.shop(|shop| shop.set(payment, "sale", payment, "9999"));
        world.run_for(mins(5));
        assert_eq!((world.outcomes(), world.phase()), (vec![], Phase::Scanning), "{payment}");
        world.shop(Shop::pay);
        world.run_for(secs(15.0));
        assert_eq!(world.outcomes(), [Outcome::Paid { late: false }], "{payment}");
    }
}

#[test]
fn a_document_that_contradicts_itself_decides_nothing() {
    for (payment, operation) in
        [("success", "decline"), ("decline", "success"), ("error", "success"), ("cancelled", "success")]
    {
        let mut world = World::new(Shop::default());
        world.shop(|shop| shop.set(payment, "sale", operation, "0"));
        world.run_for(mins(2));
        assert_eq!(world.outcomes(), [], "payment {payment}, sale {operation}");
    }
}

#[test]
fn money_that_is_only_held_or_let_go_is_not_paid() {
    for kind in ["auth", "cancel", "something new"] {
        let mut world = World::new(Shop::default());
        world.shop(|shop| shop.set("", kind, "success", "0"));
        let mut document = world.shop.document(Millis(0)).0;
        document.payment.status = None;
        world.tell(Input::Document { source: Source::Page, document: Box::new(document), date: None });
        assert_eq!(world.outcomes(), [], "{kind}");
    }
}

#[test]
fn a_refund_of_what_was_partly_paid_is_not_a_payment() {
    let mut world = World::new(Shop::default());
    world.shop(|shop| shop.refund("partially paid", "processing"));
    world.run_for(mins(1));
    assert_eq!(world.outcomes(), []);
}

#[test]
fn closing_the_session_says_nothing_more_and_aborts_what_is_out() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(2.5));
    world.tell(Input::Check);
    assert!(world.tab().waits());
    world.shop(Shop::pay);
    let (now, said) = (world.now, world.tab().said.len());
    world.tabs[0].close(now);
    assert!(!world.tab().waits());
    world.run_for(mins(10));
    assert_eq!(world.tab().said.len(), said);
    assert_eq!(world.tab().session.next_deadline(), None);
}

#[test]
fn what_is_not_yet_told_when_the_session_is_closed_is_never_told() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(1.0));
    world.shop.pay();
    let (document, date) = world.shop.document(world.now);
    let tab = &mut world.tabs[0];
    tab.session
        .handle(tab.clock(secs(1.0)), Input::Document { source: Source::Page, document: Box::new(document), date });
    tab.close(secs(1.0));
    assert_eq!(world.outcomes(), []);
    assert_eq!(world.phase(), Phase::Settled(Outcome::Paid { late: false }));
}

#[test]
fn whoever_wants_to_know_more_can_read_the_document_that_is_believed() {
    let mut world = World::new(Shop::default());
    assert_eq!(world.tab().session.document(), None);
    world.run_for(secs(30.0));
    world.shop(Shop::renew);
    world.run_for(secs(5.0));
    let id = world.tab().session.document().and_then(|document| document.payment.id.clone());
    assert_eq!((id.as_deref(), world.tab().session.view().payment_id.as_deref()), (Some("X2"), Some("X2")));
}

#[test]
fn an_action_that_failed_is_no_longer_offered_again_once_there_is_an_outcome() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(5.0));
    world.shop.mood = Mood::Fails(Failure::Network);
    world.tell(Input::Cancel);
    world.run_for(secs(1.0));
    assert!(world.tab().session.view().actions.failed);
    world.shop.mood = Mood::Answers;
    world.shop(Shop::pay);
    world.run_for(secs(5.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
    assert!(!world.tab().session.view().actions.failed);
}
