//! What was seen to go wrong in other checkouts does not go wrong in this one. Each name is a defect of a peer.

use crate::world::{Fate, Mood, Shop, World, mins, secs};
use wechat_checkout_session::{Event, Failure, Input, Link, Outcome, Phase, Source};

#[test]
fn not_a_countdown_above_sixty_minutes_that_wraps_around() {
    for minutes in [61_u64, 120] {
        let mut world = World::new(Shop::with_life(mins(minutes)));
        world.run_for(secs(0.5));
        assert_eq!(world.left().map(|left| (left / 60.0).round() as u64), Some(minutes));
    }
}

#[test]
fn not_an_outcome_after_unmount_from_a_question_that_was_out() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.shop(Shop::pay);
    world.tell(Input::Check);
    let now = world.now;
    world.tabs[0].close(now);
    world.run_for(mins(5));
    assert_eq!(world.outcomes(), []);
}

#[test]
fn not_two_results_when_time_is_up_with_a_question_out() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(590.0));
    world.network = Box::new(|_| Fate { copies: vec![secs(1.5), secs(1.7), secs(9.0)], fails_after: None });
    world.after(secs(9.0), |world| world.shop(Shop::pay));
    world.run_for(mins(30));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
    assert_eq!(world.tab().times(|event| *event == Event::Expired), 0);
}

#[test]
fn not_silence_and_the_same_pace_when_the_network_is_down() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    world.shop.mood = Mood::Fails(Failure::Network);
    let since = world.now;
    world.run_for(mins(5));
    assert_eq!(world.tab().times(|event| *event == Event::Degraded(Link::Offline)), 1);
    assert!(world.asked_since(since) <= 15, "{}", world.asked_since(since));
    assert!(world.code().is_some(), "and the code stays: the phone has a network of its own");
}

#[test]
fn not_one_rejected_fetch_that_ends_the_asking() {
    for failure in [
        Failure::Network,
        Failure::Http { status: 500, retry_after: None },
        Failure::Http { status: 0, retry_after: None },
        Failure::Malformed(protocol::document::DocumentError::NotAnObject),
    ] {
        let mut world = World::new(Shop { mood: Mood::Fails(failure), ..Shop::default() });
        world.run_for(secs(1.0));
        world.shop.mood = Mood::Answers;
        world.shop(Shop::pay);
        world.run_for(secs(10.0));
        assert_eq!(world.outcomes(), [Outcome::Paid { late: false }], "{failure:?}");
    }
}

#[test]
fn not_a_retry_without_any_pause() {
    let mut world = World::new(Shop { mood: Mood::Fails(Failure::Network), ..Shop::default() });
    world.run_for(mins(1));
    assert!(world.gaps_since(secs(0.0)).iter().all(|gap| *gap >= 4000), "{:?}", world.gaps_since(secs(0.0)));
}

#[test]
fn not_the_initial_state_taken_for_a_final_one() {
    for payment in ["initial", "processing", "awaiting customer action", "awaiting customer", "requires_payment_method"]
    {
        let mut world = World::new(Shop::default());
        world.shop(|shop| shop.set(payment, "sale", "processing", "9999"));
        world.run_for(mins(9));
        assert_eq!((world.phase(), world.outcomes()), (Phase::Scanning, vec![]), "{payment}");
    }
}

#[test]
fn not_an_unknown_result_taken_for_a_success_or_a_failure() {
    let mut world = World::new(Shop::default());
    world.shop(|shop| shop.set("quantum", "sale", "entangled", "777"));
    world.run_for(mins(30));
    assert_eq!(world.outcomes(), []);
}

#[test]
fn not_a_timer_that_starts_again_on_reload() {
    let shop = Shop::default();
    let later = shop.document(mins(7));
    let mut world = World::new(shop);
    let (document, date) = later;
    world.tell(Input::Document { source: Source::Page, document: Box::new(document), date });
    assert_eq!(world.left(), Some(180.0));
}

#[test]
fn not_a_fresh_code_expired_by_a_device_clock_that_is_ahead() {
    // The device's wall clock is nowhere in the machine; a jump of it is only a doubt.
    let mut world = World::new(Shop::bare());
    world.run_for(secs(5.0));
    world.tell(Input::Resumed { lost: mins(3 * 60) });
    world.run_for(secs(5.0));
    assert_eq!(world.phase(), Phase::Scanning);
    assert!(world.left().is_some_and(|left| left > 588.0), "{:?}", world.left());
}

#[test]
fn not_a_code_left_alive_on_the_screen_after_its_end() {
    let mut world = World::new(Shop::default());
    world.shop.mood = Mood::Answers;
    for _ in 0..1300 {
        world.run_for(secs(0.5));
        if world.now >= secs(600.0) {
            assert_eq!(world.code(), None, "{:?}", world.now);
        }
    }
}

#[test]
fn not_the_same_words_for_expired_and_for_refused() {
    let mut world = World::new(Shop::default());
    world.run_for(mins(11));
    assert!(matches!(world.phase(), Phase::Expired(_)));
    let mut world = World::new(Shop::default());
    world.shop(|shop| shop.decline("20105"));
    world.run_for(secs(5.0));
    assert!(matches!(world.phase(), Phase::Settled(Outcome::Declined(_))));
}

#[test]
fn not_a_timeout_above_fifteen_minutes_cut_to_fifteen() {
    let mut world = World::new(Shop::with_life(mins(45)));
    world.run_for(secs(1.0));
    assert!(world.left().is_some_and(|left| left > 2690.0), "{:?}", world.left());
}

#[test]
fn not_two_completions_for_one_payment_from_questions_that_overlapped_on_a_slow_link() {
    let mut world = World::new(Shop::default());
    let mut count = 0_u64;
    world.network = Box::new(move |_| {
        count += 1;
        Fate { copies: vec![secs(0.2 + 1.7 * (count % 5) as f64), secs(9.0)], fails_after: None }
    });
    world.after(secs(20.0), |world| world.shop(Shop::pay));
    world.run_for(mins(10));
    assert_eq!(world.outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn not_a_cancelled_payment_asked_about_for_ever() {
    for word in ["cancelled", "canceled"] {
        let mut world = World::new(Shop::default());
        world.shop(|shop| shop.set(word, "sale", "decline", ""));
        world.run_for(secs(5.0));
        let asked = world.tab().sent.len();
        world.run_for(mins(30));
        assert_eq!((world.outcomes(), world.tab().sent.len()), (vec![Outcome::Cancelled], asked));
    }
}

#[test]
fn not_an_end_of_asking_taken_for_a_result() {
    let mut world = World::new(Shop::default());
    world.run_for(mins(300));
    assert_eq!(world.outcomes(), []);
    assert_eq!(world.phase().name(), "expired");
}

#[test]
fn not_a_screen_that_flips_to_failed_and_back_on_one_error() {
    let mut world = World::new(Shop::default());
    world.run_for(secs(10.0));
    for _ in 0..5 {
        world.shop.mood = Mood::Fails(Failure::Http { status: 500, retry_after: None });
        world.run_for(secs(4.0));
        world.shop.mood = Mood::Answers;
        world.run_for(secs(12.0));
    }
    assert_eq!(world.phases(), ["scanning"]);
}

#[test]
fn not_a_poll_interval_that_grows_beyond_its_limit() {
    let mut world = World::new(Shop::with_life(mins(110)));
    world.run_until(mins(90));
    let since = world.now;
    world.run_for(mins(10));
    assert!(world.gaps_since(since).iter().all(|gap| (10_000..=12_400).contains(gap)), "{:?}", world.gaps_since(since));
}
