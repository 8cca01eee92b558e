//! Several tabs on one checkout.

use crate::world::{Shop, World, mins, secs};
use wechat_checkout_session::{Call, Input, Options, Outcome, Phase};

fn second_tab(world: &mut World) {
    world.shared = true;
    let tab = world.open_tab(Options { status: true, seed: [23, 29], ..Options::default() });
    world.tell_tab(tab, Input::Leading(false));
    world.tell_tab(tab, Input::Woke);
}

fn asked(world: &World) -> usize {
    world.shop.called(|call| *call == Call::Status)
}

#[test]
fn two_tabs_ask_as_often_as_one() {
    let mut one = World::new(Shop::default());
    one.run_for(mins(9));
    let mut two = World::new(Shop::default());
    two.run_for(secs(5.0));
    second_tab(&mut two);
    two.run_for(mins(9));
    assert!(asked(&two) <= asked(&one) + asked(&one) / 10 + 2, "{} instead of {}", asked(&two), asked(&one));
}

#[test]
fn both_tabs_show_the_outcome_and_each_tells_it_once() {
    for events in [true, false] {
        let mut world = World::new(Shop { events, ..Shop::default() });
        second_tab(&mut world);
        world.run_for(secs(30.0));
        world.shop(Shop::pay);
        world.run_for(secs(6.0));
        for tab in &world.tabs {
            assert_eq!(tab.outcomes(), [Outcome::Paid { late: false }]);
        }
    }
}

#[test]
fn a_tab_that_is_closed_leaves_the_asking_to_the_other() {
    let mut world = World::new(Shop::default());
    second_tab(&mut world);
    world.run_for(secs(30.0));
    let now = world.now;
    world.tabs[0].close(now);
    world.shop(Shop::pay);
    world.run_for(secs(8.0));
    assert_eq!(world.tabs[1].outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn the_tab_that_follows_the_events_of_another_opens_its_own_when_that_one_is_gone() {
    let mut world = World::new(Shop { events: true, ..Shop::default() });
    second_tab(&mut world);
    world.run_for(secs(30.0));
    assert_eq!(world.tabs[1].connection, None);
    let now = world.now;
    world.tabs[0].close(now);
    world.tell_tab(1, Input::Leading(true));
    assert!(world.tabs[1].connection.is_some());
    // But its events never speak: what the other tab said must not keep it from asking.
    world.shop.events_silent = true;
    world.shop(Shop::pay);
    world.run_for(secs(8.0));
    assert_eq!(world.tabs[1].outcomes(), [Outcome::Paid { late: false }]);
}

#[test]
fn a_tab_that_no_longer_leads_closes_its_events() {
    let mut world = World::new(Shop { events: true, ..Shop::default() });
    world.run_for(secs(5.0));
    assert!(world.tab().connection.is_some());
    world.tell(Input::Leading(false));
    assert_eq!(world.tab().connection, None);
    world.run_for(mins(3));
    assert_eq!(world.tab().connection, None);
}

#[test]
fn each_tab_asks_its_own_last_question() {
    let mut world = World::new(Shop::default());
    second_tab(&mut world);
    world.run_until(secs(609.5));
    for tab in &world.tabs {
        assert_eq!(tab.session.phase().name(), "expired");
        assert!(tab.sent.iter().any(|sent| sent.at >= secs(599.9)));
    }
}

#[test]
fn a_new_code_asked_for_in_one_tab_replaces_the_old_one_in_both() {
    let mut world = World::new(Shop::default());
    second_tab(&mut world);
    world.run_for(secs(30.0));
    world.tell(Input::Renew);
    world.run_for(secs(1.0));
    for tab in &world.tabs {
        assert_eq!((tab.session.phase(), tab.code()), (Phase::Scanning, Some(Shop::code_of(2))));
    }
}

#[test]
fn a_hidden_tab_does_not_slow_the_one_that_is_looked_at() {
    for hidden in [0, 1] {
        let mut world = World::new(Shop::default());
        second_tab(&mut world);
        world.tell_tab(hidden, Input::Visible(false));
        world.run_for(secs(60.0));
        world.shop(Shop::pay);
        world.run_for(secs(9.0));
        assert_eq!(world.tabs[1 - hidden].outcomes(), [Outcome::Paid { late: false }]);
    }
}
