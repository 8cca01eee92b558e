//! A network that loses, delays, reorders, doubles and breaks off, until one day it works.

use crate::world::{Dice, Fate, Network, secs};
use std::cell::Cell;
use std::rc::Rc;
use wechat_checkout_session::Millis;

/// How bad it is.
pub(crate) struct Rough {
    dice: Dice,
    loss: f64,
    doubling: f64,
    slowness: f64,
    /// When there is nothing at all, as pairs of begin and end.
    pub(crate) outages: Vec<(Millis, Millis)>,
    works_from: Millis,
    pub(crate) harm: Rc<Harm>,
}

/// What it did.
#[derive(Default)]
pub(crate) struct Harm {
    pub(crate) carried: Cell<u64>,
    pub(crate) lost: Cell<u64>,
    pub(crate) doubled: Cell<u64>,
    /// More than three seconds.
    pub(crate) late: Cell<u64>,
}

impl Rough {
    pub(crate) fn new(seed: u64, works_from: Millis) -> Self {
        let mut dice = Dice::new(seed);
        let mut outages = Vec::new();
        let mut at = dice.between(0.0, 200.0);
        while at < works_from.0 as f64 / 1000.0 {
            let end = at + dice.between(0.5, 90.0);
            outages.push((secs(at), secs(end).min(works_from)));
            at = end + dice.between(1.0, 240.0);
        }
        Self {
            loss: dice.between(0.0, 0.5),
            doubling: dice.between(0.0, 0.3),
            slowness: dice.between(0.1, 8.0),
            dice,
            outages,
            works_from,
            harm: Rc::default(),
        }
    }

    fn delay(&mut self) -> Millis {
        // Most are quick, some are slow, so that they overtake each other.
        let part = self.dice.part();
        secs(0.02 + self.slowness * part * part * part)
    }

    /// It is lost: the browser notices, sooner or later, or never.
    fn lose(&mut self) -> Fate {
        count(&self.harm.lost);
        let fails_after = self.dice.chance(0.5).then(|| secs(self.dice.between(0.0, 6.0)));
        Fate { copies: Vec::new(), fails_after }
    }
}

impl Network for Rough {
    fn carry(&mut self, now: Millis) -> Fate {
        count(&self.harm.carried);
        if now >= self.works_from {
            return Fate { copies: vec![secs(self.dice.between(0.02, 0.4))], fails_after: None };
        }
        if self.outages.iter().any(|(begin, end)| (*begin..*end).contains(&now)) || self.dice.chance(self.loss) {
            return self.lose();
        }
        let mut copies = vec![self.delay()];
        while self.dice.chance(self.doubling) {
            count(&self.harm.doubled);
            copies.push(self.delay());
        }
        if copies.iter().any(|delay| *delay > secs(3.0)) {
            count(&self.harm.late);
        }
        Fate { copies, fails_after: None }
    }
}

fn count(cell: &Cell<u64>) {
    cell.set(cell.get() + 1);
}
