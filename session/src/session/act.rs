//! What the payer does: a new code, giving up, answering the platform.

use super::{Session, Stage};
use crate::{Call, Event, IdempotencyKey, Millis, Problem};

/// The keys under which actions are asked for, and the action that may have to be asked for again.
#[derive(Clone, Debug)]
pub(super) struct Retry {
    salt: [u64; 2],
    count: u64,
    failed: Option<Call>,
}

impl Retry {
    pub(super) fn new(seed: u64, salt: u64) -> Self {
        Self { salt: [seed, salt], count: 0, failed: None }
    }

    pub(super) fn failed(&self) -> bool {
        self.failed.is_some()
    }

    pub(super) fn done(&mut self) {
        self.failed = None;
    }

    fn fresh_key(&mut self) -> IdempotencyKey {
        self.count += 1;
        let [high, low] = self.salt.map(hex);
        IdempotencyKey([high, low, "-".into(), self.count.to_string()].concat())
    }
}

impl Session {
    pub(super) fn renew(&mut self, now: Millis) {
        let offered = self.document.as_ref().is_some_and(|document| document.checkout.links.renew.is_some());
        if !offered || self.is_acting() || matches!(self.stage, Stage::Handoff) {
            return;
        }
        // The same key as for a renewal whose answer was lost: if the shop did it, it will not do it twice.
        let call = match self.retry.failed.take() {
            Some(call @ Call::Renew(_)) => call,
            _ => Call::Renew(self.retry.fresh_key()),
        };
        self.send(now, call);
    }

    pub(super) fn cancel(&mut self, now: Millis) {
        let offered = self.document.as_ref().is_some_and(|document| document.checkout.links.cancel.is_some());
        if !offered || self.is_acting() {
            return;
        }
        let call = match self.retry.failed.take() {
            Some(call @ Call::Cancel(_)) => call,
            _ => Call::Cancel(self.retry.fresh_key()),
        };
        self.send(now, call);
    }

    pub(super) fn clarify(&mut self, now: Millis, values: Vec<(String, String)>) {
        let offered = self.document.as_ref().is_some_and(|document| document.checkout.links.clarify.is_some());
        if offered && !self.is_acting() && self.is_asked() {
            self.send(now, Call::Clarify(values));
        }
    }

    /// An action came to nothing, or so it seems: ask what became of it.
    pub(super) fn action_failed(&mut self, call: Call) {
        self.retry.failed = Some(call);
        // Each time, unlike other problems: the payer pressed a button and has to be told.
        self.emit(Event::Error(Problem::Action));
        self.asking.urge_always();
    }
}

fn hex(number: u64) -> String {
    (0..16).rev().filter_map(|digit| char::from_digit((number >> (digit * 4)) as u32 & 15, 16)).collect()
}
