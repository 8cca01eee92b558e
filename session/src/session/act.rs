//! What the payer does: a new code, giving up, answering the platform.

use super::{Session, Stage};
use crate::{Call, Event, IdempotencyKey, Millis, Problem};
use protocol::digits;

/// The keys under which actions are asked for, and whether one may have to be asked for again.
#[derive(Clone, Debug)]
pub(super) struct Retry {
    salt: [u64; 2],
    count: u64,
    /// The keys of actions that nobody knows whether they were done: each is kept until it is known.
    renewal: Option<IdempotencyKey>,
    /// The payment whose code the last renewal was to replace.
    pub(super) replacing: Option<String>,
    cancellation: Option<IdempotencyKey>,
    failed: bool,
}

impl Retry {
    pub(super) fn new(seed: u64, salt: u64) -> Self {
        Self { salt: [seed, salt], count: 0, renewal: None, replacing: None, cancellation: None, failed: false }
    }

    pub(super) fn failed(&self) -> bool {
        self.failed
    }

    /// The shop answered an action.
    pub(super) fn done(&mut self, call: &Call) {
        match call {
            Call::Renew(_) => self.renewal = None,
            Call::Cancel(_) => self.cancellation = None,
            _ => {}
        }
        self.failed = false;
    }

    /// There is a new code, whoever asked for it.
    pub(super) fn renewed(&mut self) {
        self.renewal = None;
        self.failed = false;
    }

    fn fresh_key(&mut self) -> IdempotencyKey {
        self.count += 1;
        let mut key = String::new();
        for part in self.salt {
            hex(part, &mut key);
        }
        key.push('-');
        key.push_str(&digits(self.count));
        IdempotencyKey(key)
    }
}

impl Session {
    pub(super) fn renew(&mut self, now: Millis) {
        let offered = self.document.as_ref().is_some_and(|document| document.checkout.links.renew.is_some());
        if !offered || self.is_acting() || matches!(self.stage, Stage::Handoff) {
            return;
        }
        // The same key as for a renewal whose answer was lost: if the shop did it, it will not do it twice.
        let key = self.retry.renewal.take().unwrap_or_else(|| self.retry.fresh_key());
        self.retry.renewal = Some(key.clone());
        self.retry.replacing = self.document.as_ref().and_then(|document| document.payment.id.clone());
        self.act(now, Call::Renew(key));
    }

    pub(super) fn cancel(&mut self, now: Millis) {
        let offered = self.document.as_ref().is_some_and(|document| document.checkout.links.cancel.is_some());
        if !offered || self.is_acting() {
            return;
        }
        let key = self.retry.cancellation.take().unwrap_or_else(|| self.retry.fresh_key());
        self.retry.cancellation = Some(key.clone());
        self.act(now, Call::Cancel(key));
    }

    pub(super) fn clarify(&mut self, now: Millis, values: Vec<(String, String)>) {
        let offered = self.document.as_ref().is_some_and(|document| document.checkout.links.clarify.is_some());
        if offered && !self.is_acting() && self.is_asked() {
            self.act(now, Call::Clarify(values));
        }
    }

    fn act(&mut self, now: Millis, call: Call) {
        self.retry.failed = false;
        self.send(now, call);
    }

    /// An action came to nothing, or so it seems: ask what became of it.
    pub(super) fn action_failed(&mut self) {
        self.retry.failed = true;
        // Each time, unlike other problems: the payer pressed a button and has to be told.
        self.emit(Event::Error(Problem::Action));
        self.asking.urge_always();
    }
}

fn hex(number: u64, text: &mut String) {
    for digit in (0..16).rev() {
        text.extend(char::from_digit((number >> (digit * 4)) as u32 & 15, 16));
    }
}
