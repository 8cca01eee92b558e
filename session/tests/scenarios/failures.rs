//! Shops that refuse, stumble, or answer nonsense.

use crate::world::{Mood, Shop, World, mins, secs};
use protocol::document::DocumentError;
use wechat_checkout_session::{Event, Failure, Input, Link, Millis, Outcome, Phase, Policy, Problem};

fn http(status: u16, retry_after: Option<Millis>) -> Mood {
    Mood::Fails(Failure::Http { status, retry_after })
}

fn degraded(world: &World) -> Vec<Link> {
    let links = world.tab().said.iter().filter_map(|said| match said.event {
        Event::Degraded(link) => Some(link),
        Event::Recovered => Some(Link::Good),
        _ => None,
    });
    links.collect()
}

#[test]
fn a_refusal_stops_the_asking_and_is_said() {
    for status in [401, 403, 404, 410] {
        let mut world = World::new(Shop::default());
        world.run_for(secs(10.0));
        world.shop.mood = http(status, None);
        world.run_for(secs(5.0));
        assert_eq!(world.tab().session.view().link, Link::Refused(status));
        let since = world.now;
        world.tell(Input::Visible(true));
        world.tell(Input::Online(false));
        world.tell(Input::Online(true));
        world.run_for(mins(9));
        assert_eq!(world.asked_since(since), 0, "{status}");
        assert_eq!(degraded(&world), [Link::Refused(status)]);
        assert_eq!(world.tab().times(|event| *event == Event::Error(Problem::Refused(status))), 1);
        assert_eq!(world.outcomes(), []);
    }
}

#[test]
fn a_payer_who_insists_is_answered_even_after_a_refusal() {
    let mut world = World::new(Shop::default());
    world.shop.mood = http(404, None);
    world.run_for(mins(1));
    let since = world.now;
    world.tell(Input::Check);
    world.run_for(mins(1));
    assert_eq!(world.asked_since(since), 1, "once more, and refused again");
    assert_eq!(world.tab().session.view().link, Link::Refused(404));
    world.shop.mood = Mood::Answers;
    world.shop(Shop::pay);
    world.tell(Input::Check);
    world.run_for(secs(1.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn a_code_whose_shop_refuses_runs_out_with_a_grace() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.shop.mood = http(410, None);
    world.run_until(secs(605.0));
    assert_eq!((world.phase(), world.code()), (Phase::Verifying, None));
    world.run_for(secs(10.0));
    assert_eq!(world.phase().name(), "expired");
}

#[test]
fn a_shop_that_is_busy_is_left_alone_for_as_long_as_it_says() {
    for status in [429, 503] {
        let mut world = World::new(Shop::default());
        world.run_for(secs(10.0));
        world.shop.mood = http(status, Some(secs(45.0)));
        world.run_for(secs(4.0));
        let last = world.tab().sent.last().unwrap().at;
        world.shop.mood = Mood::Answers;
        for input in [Input::Visible(true), Input::Online(true), Input::Check, Input::Resumed { lost: secs(0.0) }] {
            world.tell(input);
        }
        world.run_for(secs(40.0));
        assert_eq!(world.tab().sent.last().unwrap().at, last, "{status}");
        world.run_for(secs(2.0));
        assert!(world.tab().sent.last().unwrap().at >= last + secs(45.0));
        assert_eq!(degraded(&world), [Link::Slow, Link::Good]);
    }
}

#[test]
fn an_absurd_retry_after_is_ten_minutes() {
    let mut world = World::new(Shop::with_life(mins(60)));
    world.run_for(secs(10.0));
    world.shop.mood = http(429, Some(Millis(u64::MAX)));
    world.run_for(secs(4.0));
    let since = world.now;
    world.run_for(mins(9));
    assert_eq!(world.asked_since(since), 0);
    world.run_for(mins(2));
    assert_eq!(world.asked_since(since), 1);
}

#[test]
fn an_action_that_is_told_to_wait_holds_back_the_questions_too() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.shop.mood = http(429, Some(secs(30.0)));
    world.tell(Input::Renew);
    world.run_for(secs(1.0));
    world.shop.mood = Mood::Answers;
    let since = world.now;
    world.run_for(secs(28.0));
    assert_eq!(world.asked_since(since), 0);
    world.run_for(secs(3.0));
    assert_eq!(world.asked_since(since), 1);
}

#[test]
fn failures_are_followed_by_longer_and_longer_pauses() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.shop.mood = http(503, None);
    world.run_for(secs(2.6));
    let since = world.tab().sent.last().unwrap().at;
    world.run_for(mins(3));
    let gaps = world.gaps_since(since);
    for (gap, least) in gaps.iter().zip([4000, 8000, 16_000, 30_000, 30_000]) {
        assert!((least..=least * 13 / 10).contains(gap), "{gaps:?}");
    }
    world.shop.mood = Mood::Answers;
    world.run_for(secs(40.0));
    let since = world.now;
    world.run_for(secs(60.0));
    assert!(world.asked_since(since) >= 5, "and normal ones once it answers");
}

#[test]
fn an_answer_that_is_no_checkout_is_said_once_and_asked_again() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.shop.mood = Mood::Fails(Failure::Malformed(DocumentError::NotACheckout));
    world.run_for(mins(2));
    assert_eq!(world.tab().times(|event| *event == Event::Error(Problem::Document(DocumentError::NotACheckout))), 1);
    assert_eq!((world.phase(), world.tab().session.view().link), (Phase::Scanning, Link::Slow));
    world.shop.mood = Mood::Answers;
    world.shop(Shop::pay);
    world.run_for(secs(40.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn a_shop_that_never_answers_is_given_up_after_ten_seconds_and_asked_again() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(5.0));
    world.shop.mood = Mood::Silent;
    world.run_for(mins(5));
    assert!((8..=12).contains(&world.asked_since(secs(5.0))), "{}", world.asked_since(secs(5.0)));
    assert_eq!(world.tab().session.view().link, Link::Offline);
    world.shop.mood = Mood::Answers;
    world.run_for(secs(50.0));
    assert_eq!(world.tab().session.view().link, Link::Good);
}

#[test]
fn a_late_answer_makes_the_link_slow_and_the_answer_makes_it_good() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(1.0));
    world.network = Box::new(|_| crate::world::Fate { copies: vec![secs(2.5)], fails_after: None });
    world.run_for(secs(20.0));
    assert!(degraded(&world).starts_with(&[Link::Slow, Link::Good]), "{:?}", degraded(&world));
}

#[test]
fn one_question_that_hangs_does_not_make_the_link_flap_while_events_arrive() {
    let mut world = World::new(Shop { events: true, ..Shop::default() });
    world.run_for(secs(5.0));
    world.shop.mood = Mood::Silent;
    world.tell(Input::Check);
    world.run_for(secs(4.5));
    for _ in 0..5 {
        world.shop(|shop| shop.revision += 1);
        world.run_for(secs(1.0));
    }
    assert!(degraded(&world).len() <= 2, "{:?}", degraded(&world));
}

#[test]
fn a_shop_that_says_only_once_where_it_can_be_reached_is_asked_on() {
    let mut world = World::with(Shop::default(), wechat_checkout_session::Options::default());
    let (document, date) = world.shop.document(world.now);
    world.tell(Input::Document { source: wechat_checkout_session::Source::Page, document: Box::new(document), date });
    world.shop.links = false;
    world.run_for(secs(60.0));
    let actions = world.tab().session.view().actions;
    assert!(actions.renew && actions.cancel && actions.check);
    world.shop(Shop::pay);
    world.run_for(secs(10.0));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn a_shop_whose_revisions_start_again_is_believed_where_it_was_asked() {
    let mut world = World::new(Shop { revision: 5000, ..Shop::default() });
    world.run_for(secs(60.0));
    world.shop.revision = 0;
    world.tell(Input::Renew);
    world.run_for(secs(1.0));
    assert_eq!(world.code(), Some(Shop::code_of(2)));
    world.shop(|shop| shop.decline("20105"));
    world.run_for(secs(5.0));
    assert!(matches!(world.outcomes()[..], [Outcome::Declined(_)]));
}

#[test]
fn an_integrators_policy_is_what_is_followed() {
    let policy =
        Policy { interval: secs(7.0), interval_max: secs(7.0), jitter: 0.0, preparing: secs(7.0), ..Policy::default() };
    let options = wechat_checkout_session::Options { policy, status: true, ..Default::default() };
    let mut world = World::with(Shop::default(), options);
    world.run_for(mins(3));
    assert!(world.gaps_since(secs(1.0)).iter().all(|gap| *gap == 7160), "{:?}", world.gaps_since(secs(1.0)));
}

#[test]
fn questions_follow_the_answer_and_not_each_other() {
    let mut world = World::new(Shop::default());
    world.network = Box::new(|_| crate::world::Fate { copies: vec![secs(4.0)], fails_after: None });
    world.run_for(mins(3));
    let gaps = world.gaps_since(secs(0.0));
    assert!(gaps.len() > 8 && gaps[1..].iter().all(|gap| *gap >= 10_000), "{gaps:?}");
}

#[test]
fn one_failure_makes_the_link_slow_and_a_second_one_offline() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.shop.mood = Mood::Fails(Failure::Network);
    world.run_for(mins(1));
    assert_eq!(degraded(&world), [Link::Slow, Link::Offline]);
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.shop.mood = http(500, None);
    world.run_for(mins(1));
    assert_eq!(degraded(&world), [Link::Slow], "a shop that answers, badly, can be reached");
}

#[test]
fn a_checkout_without_trouble_says_nothing_of_its_link() {
    let mut world = World::over(Shop::default(), |_| crate::world::Fate { copies: vec![secs(1.8)], fails_after: None });
    for _ in 0..2000 {
        world.run_for(secs(0.35));
        world.tell(Input::Woke);
    }
    assert_eq!(degraded(&world), []);
}
