//! One payer with one checkout, from the scan to the outcome.

use crate::rough::Rough;
use crate::world::{Dice, Shop, World, mins, secs};
use std::fmt;
use wechat_checkout_session::{Event, Input, Millis, Options, Outcome, Phase};

/// What the payer, the shop and the device do, all of it drawn from a seed.
pub(crate) struct Payer {
    seed: u64,
    dice: Dice,
}

/// What became of all payers.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) runs: u64,
    pub(crate) tabs: u64,
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
    pub(crate) wrong: u64,
    pub(crate) expired: u64,
    pub(crate) late: u64,
    pub(crate) renewed: u64,
    pub(crate) messages: u64,
    pub(crate) messages_lost: u64,
    pub(crate) messages_doubled: u64,
    pub(crate) messages_late: u64,
}

impl Payer {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, dice: Dice::new(seed) }
    }

    pub(crate) fn pay(mut self, seen: &mut Seen) {
        let life = [120.0, 600.0, 600.0][(self.dice.next() % 3) as usize];
        // From the first look at the code to the end of the grace.
        let paid = self.dice.between(1.0, life + 8.0);
        // The platform tells the shop at once, or its first callbacks are lost.
        let told =
            paid + if self.dice.chance(0.6) { self.dice.between(0.0, 3.0) } else { self.dice.between(3.0, 400.0) };
        let works = self.dice.between(0.0, told + 900.0);

        let network = Rough::new(self.seed ^ 0xabcd, secs(works));
        let (harm, outages) = (network.harm.clone(), network.outages.clone());
        let mut world = World::build(self.shop(life), network);
        self.open(&mut world);
        let calm = self.live(&mut world, life, &outages);
        let end = secs(told.max(works).max(calm)) + secs(150.0);
        world.after(secs(told), |world| {
            // Whatever code is shown meanwhile, the money is for one that was shown.
            let last = world.shop.sales.len();
            let which = 1 + (world.now.0 as usize % last);
            world.shop(|shop| shop.pay_nr(which));
        });
        world.run_until(end);

        seen.runs += 1;
        seen.messages += harm.carried.get();
        seen.messages_lost += harm.lost.get();
        seen.messages_doubled += harm.doubled.get();
        seen.messages_late += harm.late.get();
        seen.expired += u64::from(
            world.tabs.iter().any(|tab| tab.times(|event| matches!(event, Event::Phase(Phase::Expired(_)))) > 0),
        );
        seen.renewed += u64::from(world.shop.sales.len() > 1);
        for tab in world.tabs.iter().filter(|tab| !tab.closed) {
            seen.tabs += 1;
            match tab.outcomes()[..] {
                [Outcome::Paid { late }] => seen.late += u64::from(late),
                [] => {
                    println!(
                        "lost: seed {}, {:?} at {end:?}, network from {works} s, told at {told} s",
                        self.seed,
                        tab.session.phase()
                    );
                    tab.sent.iter().for_each(|sent| println!("  {:?} {:?} {:?}", sent.at, sent.id, sent.call));
                    tab.said.iter().for_each(|said| println!("  {:?} {:?}", said.at, said.event));
                    seen.lost += 1;
                }
                [_] => seen.wrong += 1,
                _ => seen.doubled += 1,
            }
        }
    }

    /// Shops that say much, and shops that say little.
    fn shop(&mut self, life: f64) -> Shop {
        Shop {
            measures: self.dice.chance(0.5),
            dates: self.dice.chance(0.7),
            creation: self.dice.chance(0.7),
            revisions: self.dice.chance(0.5),
            events: self.dice.chance(0.4),
            ..Shop::with_life(secs(life))
        }
    }

    /// One tab, or two that share what they hear.
    fn open(&mut self, world: &mut World) {
        let tabs = 1 + usize::from(self.dice.chance(0.25));
        world.shared = self.dice.chance(0.7);
        for number in 0..tabs {
            let seed = [self.dice.next(), self.dice.next()];
            let tab = world.open_tab(Options { status: true, seed, ..Options::default() });
            if number > 0 && world.shared {
                world.tell_tab(tab, Input::Leading(false));
            }
            world.tell_tab(tab, Input::Woke);
        }
    }

    /// What a payer and a device do meanwhile; from when the device is awake and the page is loaded for good.
    fn live(&mut self, world: &mut World, life: f64, outages: &[(Millis, Millis)]) -> f64 {
        let mut calm: f64 = 0.0;
        // The browser notices some outages, and is wrong about others.
        for (begin, end) in outages {
            if self.dice.chance(0.5) {
                world.after(*begin, |world| tell_all(world, &Input::Online(false)));
            }
            if self.dice.chance(0.7) {
                world.after(*end, |world| tell_all(world, &Input::Online(true)));
            }
        }
        for _ in 0..self.dice.next() % 12 {
            let at = secs(self.dice.between(0.0, life + 400.0));
            let input = match self.dice.next() % 10 {
                0..=2 => Input::Visible(false),
                3..=5 => Input::Visible(true),
                6 => Input::Check,
                7 => Input::Renew,
                8 => Input::Resumed { lost: secs(self.dice.between(0.0, 5.0)) },
                _ => Input::EventsClosed,
            };
            world.after(at, move |world| tell_all(world, &input));
        }
        if self.dice.chance(0.3) {
            let (at, span) = (self.dice.between(0.0, life), self.dice.between(1.0, 500.0));
            world.after(secs(at), move |world| world.fall_asleep(0, secs(span)));
            calm = at + span;
        }
        if self.dice.chance(0.2) {
            let seed = [self.dice.next(), self.dice.next()];
            let at = self.dice.between(0.0, life + 60.0);
            world.after(secs(at), move |world| reload(world, seed));
            calm = calm.max(at);
        }
        // Whoever pays looks at the page in the end, or does not: both see it, one of them later.
        if self.dice.chance(0.5) {
            world.after(mins(16), |world| tell_all(world, &Input::Visible(true)));
        }
        calm
    }
}

fn tell_all(world: &mut World, input: &Input) {
    for tab in 0..world.tabs.len() {
        if !world.tabs[tab].asleep && !world.tabs[tab].closed {
            if *input == Input::EventsClosed {
                world.tabs[tab].connection = None;
            }
            world.tell_tab(tab, input.clone());
        }
    }
}

/// The page is loaded anew: the old session is gone, another begins with nothing but the address.
fn reload(world: &mut World, seed: [u64; 2]) {
    let now = world.now;
    world.tabs[0].close(now);
    let tab = world.open_tab(Options { status: true, seed, ..Options::default() });
    world.tell_tab(tab, Input::Woke);
}

impl Seen {
    pub(crate) fn with(self, other: &Self) -> Self {
        Self {
            runs: self.runs + other.runs,
            tabs: self.tabs + other.tabs,
            lost: self.lost + other.lost,
            doubled: self.doubled + other.doubled,
            wrong: self.wrong + other.wrong,
            expired: self.expired + other.expired,
            late: self.late + other.late,
            renewed: self.renewed + other.renewed,
            messages: self.messages + other.messages,
            messages_lost: self.messages_lost + other.messages_lost,
            messages_doubled: self.messages_doubled + other.messages_doubled,
            messages_late: self.messages_late + other.messages_late,
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} payers in {} tabs, outcomes lost {}, doubled {}, wrong {}; told late {}, had expired {}, had renewed {}; \
             {} messages, {} lost, {} doubled, {} later than 3 s",
            self.runs,
            self.tabs,
            self.lost,
            self.doubled,
            self.wrong,
            self.late,
            self.expired,
            self.renewed,
            self.messages,
            self.messages_lost,
            self.messages_doubled,
            self.messages_late,
        )
    }
}
