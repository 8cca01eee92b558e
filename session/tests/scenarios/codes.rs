//! Codes that cannot be used, and what takes their place.

use crate::world::{Mood, Shop, World, secs};
use protocol::code::{DisplayItem, Reason};
use wechat_checkout_session::{Event, Input, LogoTrouble, Phase, Problem, Source};

/// A world whose page came with these codes, as `type` and `data`; the shop itself never answers.
fn showing(items: &[(&str, &str)]) -> World {
    let mut world = World::new(Shop { mood: Mood::Deaf, ..Shop::default() });
    show(&mut world, items);
    world
}

fn show(world: &mut World, items: &[(&str, &str)]) {
    let (mut document, date) = world.shop.document(world.now);
    document.display_data = items
        .iter()
        .map(|(kind, data)| DisplayItem { kind: (*kind).into(), title: String::new(), data: (*data).into() })
        .collect();
    world.tell(Input::Document { source: Source::Page, document: Box::new(document), date });
}

const TEXT: (&str, &str) = ("qr_data", "weixin://wxpay/bizpayurl?pr=dMrSpJG");
const PICTURE: (&str, &str) = ("qr_url", "https://pay.example/code.png");

#[test]
fn a_picture_that_does_not_arrive_gives_way_to_the_next_one() {
    let mut world = showing(&[TEXT, PICTURE]);
    assert_eq!(world.code().as_deref(), Some(TEXT.1));
    world.tell(Input::CodeFailed);
    assert!(world.code().is_some_and(|code| code.contains(PICTURE.1)), "{:?}", world.code());
    assert_eq!(world.phase(), Phase::Scanning);
    assert_eq!(world.tab().times(|event| matches!(event, Event::Error(_))), 0);
}

#[test]
fn when_no_code_is_left_the_payer_and_the_developer_are_told_why() {
    let mut world = showing(&[PICTURE]);
    for _ in 0..3 {
        world.tell(Input::CodeFailed);
    }
    let view = world.tab().session.view();
    assert_eq!((view.phase, view.code), (Phase::Preparing, None));
    assert_eq!(view.refusal.map(|refusal| refusal.reason), Some(Reason::UrlUnreachable));
    assert_eq!(world.tab().times(|event| matches!(event, Event::Error(Problem::Code(_)))), 1);
    assert_eq!(world.left(), None);
}

#[test]
fn the_same_codes_again_do_not_bring_a_failed_one_back_and_a_new_one_does() {
    let mut world = showing(&[PICTURE]);
    world.tell(Input::CodeFailed);
    show(&mut world, &[PICTURE]);
    assert_eq!(world.code(), None);
    show(&mut world, &[TEXT]);
    assert_eq!(world.code().as_deref(), Some(TEXT.1));
}

#[test]
fn a_picture_that_did_not_arrive_can_be_tried_again_as_often_as_the_payer_likes() {
    let mut world = showing(&[PICTURE]);
    for _ in 0..3 {
        world.tell(Input::CodeFailed);
        assert!(world.tab().session.view().actions.retry_code);
        world.tell(Input::RetryCode);
        assert_eq!((world.phase(), world.code().is_some()), (Phase::Scanning, true));
        assert!(!world.tab().session.view().actions.retry_code, "nothing to try again while it is fetched");
    }
    assert_eq!(world.tab().times(|event| matches!(event, Event::Error(Problem::Code(_)))), 1, "said once");
}

#[test]
fn trying_again_begins_with_the_first_picture_that_is_fetched() {
    let dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNiAAAABgADNjd8qAAAAABJRU5ErkJggg==";
    let other = ("qr_url", "https://pay.example/other.png");
    let mut world = showing(&[other, PICTURE, ("qr_img", dot)]);
    for _ in 0..3 {
        assert!(!world.tab().session.view().actions.retry_code, "there is another code to show");
        world.tell(Input::RetryCode);
        world.tell(Input::CodeFailed);
    }
    world.tell(Input::RetryCode);
    assert!(world.code().is_some_and(|code| code.contains(other.1)), "{:?}", world.code());
    world.tell(Input::CodeFailed);
    assert!(world.code().is_some_and(|code| code.contains(PICTURE.1)), "{:?}", world.code());
}

#[test]
fn what_was_refused_or_fails_by_itself_is_not_offered_again() {
    let dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNiAAAABgADNjd8qAAAAABJRU5ErkJggg==";
    for items in [&[("qr_url", "ftp://pay.example/x")][..], &[("qr_img", dot)][..], &[("qr_img", "no picture")][..]] {
        let mut world = showing(items);
        world.tell(Input::CodeFailed);
        assert!(!world.tab().session.view().actions.retry_code, "{items:?}");
        world.tell(Input::RetryCode);
        assert_eq!((world.phase(), world.code()), (Phase::Preparing, None), "{items:?}");
    }
}

#[test]
fn a_picture_whose_time_ran_out_meanwhile_is_not_brought_back_to_be_scanned() {
    let mut world = showing(&[PICTURE]);
    let left = world.left().expect("a time that is known");
    world.tell(Input::CodeFailed);
    world.run_for(secs(left + 1.0));
    world.tell(Input::RetryCode);
    assert_eq!((world.phase(), world.code()), (Phase::Verifying, None));
}

#[test]
fn a_logo_that_is_not_shown_is_told_once_and_the_code_stays() {
    let mut world = showing(&[TEXT]);
    for _ in 0..2 {
        world.tell(Input::LogoFailed(LogoTrouble::Unreachable));
    }
    assert_eq!(world.code().as_deref(), Some(TEXT.1));
    assert_eq!(world.tab().times(|event| matches!(event, Event::Error(Problem::Logo(_)))), 1);
}

#[test]
fn a_code_that_cannot_be_shown_is_refused_by_name_and_said_once() {
    let mut world = showing(&[("qr_img", "not a picture")]);
    show(&mut world, &[("qr_img", "not a picture")]);
    let view = world.tab().session.view();
    assert_eq!(view.phase, Phase::Preparing);
    assert_eq!(view.refusal.map(|refusal| refusal.field()).as_deref(), Some("display_data[0].data"));
    assert_eq!(world.tab().times(|event| matches!(event, Event::Error(Problem::Code(_)))), 1);
}

#[test]
fn a_web_address_in_place_of_a_code_is_shown_and_the_developer_is_told() {
    let world = showing(&[("qr_data", "https://pay.example/p/1")]);
    assert_eq!(world.phase(), Phase::Scanning);
    assert_eq!(world.tab().times(|event| matches!(event, Event::Error(Problem::Notice(_)))), 1);
}

#[test]
fn a_shop_that_sends_something_new_and_wrong_each_time_does_not_fill_the_memory() {
    let mut world = showing(&[]);
    for count in 0..200 {
        let mut items = vec![("add_info", "x"); count % 59];
        items.push(("qr_img", if count % 2 == 0 { "not a picture" } else { "" }));
        show(&mut world, &items);
        world.run_for(secs(0.1));
    }
    assert_eq!(world.tab().times(|event| matches!(event, Event::Error(_))), 64);
}

#[test]
fn a_payer_who_renews_more_often_than_anybody_would_still_sees_the_newest_code() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(1.0));
    for number in 2..=60 {
        world.tell(Input::Renew);
        world.run_for(secs(1.0));
        assert_eq!(world.code(), Some(Shop::code_of(number)));
    }
}

#[test]
fn a_refusal_is_told_to_the_payer_only_where_there_is_nothing_to_scan() {
    let mut world = showing(&[("qr_img", "not a picture"), TEXT]);
    assert_eq!((world.phase(), world.tab().session.view().refusal), (Phase::Scanning, None));
    show(&mut world, &[("qr_img", "not a picture")]);
    assert!(world.tab().session.view().refusal.is_some());
    world.tell(Input::Renew);
    assert_eq!((world.phase(), world.tab().session.view().refusal), (Phase::Preparing, None));
}

#[test]
fn answers_that_do_not_repeat_the_code_leave_it_where_it_is_and_a_new_payment_does_not_inherit_it() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(5.0));
    world.shop.displays = false;
    world.run_for(secs(60.0));
    assert_eq!(world.code(), Some(Shop::code_of(1)));
    let view = world.tab().session.view();
    assert!(view.sum.is_some() && view.payee.is_some());
    world.shop(Shop::renew);
    world.run_for(secs(10.0));
    assert_eq!((world.phase(), world.code()), (Phase::Preparing, None));
}
