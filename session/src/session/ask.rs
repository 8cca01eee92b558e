//! Asking the shop: when, what became of it, and what that says about the link.

use super::{Session, Stage};
use crate::pace::Pace;
use crate::{Call, Command, Failure, Link, Millis, Policy, Problem, RequestId};

/// The one request that may be out, and when the next may follow.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking {
    flight: Option<Flight>,
    last_id: u64,
    /// When the last exchange ended; none to ask as soon as allowed.
    ended: Option<Millis>,
    /// The chance drawn for the present pause, as a part of it.
    chance: f64,
    /// What `Retry-After` forbids.
    not_before: Millis,
    /// Failures in a row.
    failures: u32,
}

#[derive(Clone, Debug, PartialEq)]
struct Flight {
    id: RequestId,
    call: Call,
    sent: Millis,
    due: Millis,
    /// It is out for so long that it was called slow; that is said once.
    slow: bool,
}

/// Events that make us ask at once (the page is shown again, the network is back) come in bursts.
const BURST: Millis = Millis(1000);

impl Asking {
    /// Ask as soon as allowed, unless an answer has only just come.
    pub(super) fn urge(&mut self, now: Millis) {
        if self.ended.is_some_and(|ended| now - ended >= BURST) {
            self.ended = None;
        }
    }

    /// Ask as soon as allowed, unless the answer is what we are acting on.
    pub(super) fn urge_unless_now(&mut self, now: Millis) {
        if self.ended.is_some_and(|ended| ended < now) {
            self.ended = None;
        }
    }

    /// Ask as soon as allowed, whatever came just now.
    pub(super) fn urge_always(&mut self) {
        self.ended = None;
    }

    /// Another tab asked. Who leads goes on from there; who does not leaves the next question to it as well.
    pub(super) fn follow(&mut self, now: Millis, policy: &Policy, leads: bool) {
        if leads {
            self.ended = Some(now);
        } else {
            self.ended = Some(now + policy.tab_margin);
            self.chance = policy.jitter;
        }
    }

    /// The shop was heard, by whatever way.
    pub(super) fn reached(&mut self) {
        self.failures = 0;
    }

    /// Gives up the request that is out, whatever it is.
    pub(super) fn forget(&mut self) -> Option<RequestId> {
        self.flight.take().map(|flight| flight.id)
    }

    fn is_out(&self, wanted: impl Fn(&Call) -> bool) -> bool {
        self.flight.as_ref().is_some_and(|flight| wanted(&flight.call))
    }
}

impl Session {
    pub(super) fn is_renewing(&self) -> bool {
        self.asking.is_out(|call| matches!(call, Call::Renew(_)))
    }

    pub(super) fn is_acting(&self) -> bool {
        self.asking.is_out(|call| *call != Call::Status)
    }

    /// Whether there is somewhere to ask.
    pub(super) fn has_address(&self) -> bool {
        self.status || self.document.as_ref().is_some_and(|document| document.checkout.links.status.is_some())
    }

    /// Whether asking makes sense.
    pub(super) fn can_ask(&self) -> bool {
        self.has_address() && !matches!(self.link, Link::Refused(_))
    }

    pub(super) fn send(&mut self, now: Millis, call: Call) {
        let status = call == Call::Status;
        let timeout = if status { self.policy.timeout } else { self.policy.action_timeout };
        if let Some(id) = self.asking.forget() {
            self.commands.push(Command::Abort(id));
        }
        self.asking.last_id += 1;
        let id = RequestId(self.asking.last_id);
        self.asking.flight = Some(Flight { id, call: call.clone(), sent: now, due: now + timeout, slow: !status });
        self.commands.push(Command::Send { id, call, timeout });
    }

    /// Aborts a question; an action is never aborted, because it may have been done.
    pub(super) fn abort_status(&mut self) {
        if self.asking.is_out(|call| *call == Call::Status)
            && let Some(id) = self.asking.forget()
        {
            self.commands.push(Command::Abort(id));
        }
    }

    /// Closes the request `id`; when it was sent. None where nobody waits for it.
    pub(super) fn take_answer(&mut self, now: Millis, id: RequestId) -> Option<Millis> {
        let flight = self.asking.flight.take_if(|flight| flight.id == id)?;
        if flight.call != Call::Status {
            self.retry.done(&flight.call);
        }
        self.pause(now);
        Some(flight.sent)
    }

    pub(super) fn take_failure(&mut self, now: Millis, id: RequestId, failure: Failure) {
        let Some(flight) = self.asking.flight.take_if(|flight| flight.id == id) else { return };
        self.pause(now);
        if let Failure::Http { retry_after: Some(wait), .. } = failure {
            self.asking.not_before = now + wait.min(self.policy.retry_after_max);
        }
        if flight.call != Call::Status {
            return self.action_failed();
        }
        if let (Failure::Http { status, .. }, true) = (failure, failure.is_refusal()) {
            self.report(Problem::Refused(status));
            return self.set_link(Link::Refused(status));
        }
        self.asking.failures = self.asking.failures.saturating_add(1);
        if let Failure::Malformed(error) = failure {
            self.report(Problem::Document(error));
        }
        let gone = failure == Failure::Network && (self.asking.failures > 1 || !self.online);
        self.set_link(if gone { Link::Offline } else { Link::Slow });
    }

    pub(super) fn give_up_late_request(&mut self, now: Millis) {
        let Some(flight) = &mut self.asking.flight else { return };
        if flight.due <= now {
            let id = flight.id;
            self.commands.push(Command::Abort(id));
            self.take_failure(now, id, Failure::Network);
        } else if !flight.slow && flight.sent + self.policy.slow_after <= now {
            flight.slow = true;
            if self.link == Link::Good {
                self.set_link(Link::Slow);
            }
        }
    }

    /// The page, or the network, is back: ask as soon as allowed. A question that hung while nobody was
    /// there to be answered says nothing about the shop.
    pub(super) fn urge_on_return(&mut self, now: Millis, hung: bool) {
        let hangs = |flight: &Flight| flight.due <= now || (hung && now - flight.sent >= BURST);
        if self.asking.flight.as_ref().is_some_and(hangs) {
            self.abort_status();
        }
        self.asking.urge(now);
    }

    pub(super) fn go_online(&mut self, now: Millis, online: bool) {
        let was = std::mem::replace(&mut self.online, online);
        if matches!(self.link, Link::Refused(_)) {
            return;
        }
        if online {
            // The pauses were for a network that was not there.
            self.asking.failures = 0;
            self.urge_on_return(now, !was);
        } else {
            self.set_link(Link::Offline);
        }
    }

    pub(super) fn check(&mut self, now: Millis) {
        if matches!(self.link, Link::Refused(_)) {
            // The payer may ask once more what asking by itself has given up.
            self.set_link(Link::Slow);
        }
        if self.asking.flight.is_none() && self.has_address() && self.asking.not_before <= now {
            self.send(now, Call::Status);
        }
    }

    pub(super) fn ask_if_due(&mut self, now: Millis) {
        if self.asking.flight.is_none() && self.ask_at().is_some_and(|at| at <= now) {
            self.send(now, Call::Status);
        }
    }

    pub(super) fn ask_deadline(&self) -> Option<Millis> {
        match &self.asking.flight {
            Some(flight) if !flight.slow => Some(flight.due.min(flight.sent + self.policy.slow_after)),
            Some(flight) => Some(flight.due),
            None => self.ask_at(),
        }
    }

    /// When to ask next; none where asking has stopped.
    fn ask_at(&self) -> Option<Millis> {
        let phase = self.phase();
        let pace = Pace {
            policy: &self.policy,
            phase: &phase,
            age: self.asking.ended.unwrap_or(self.since) - self.since,
            failures: self.asking.failures,
            hidden: !self.visible,
            told: self.listening.is_told(self.asking.ended.unwrap_or_default()),
            unopened: self.offers_page() && self.stage == Stage::Open,
        };
        let interval = pace.interval().filter(|_| self.can_ask())?;
        let interval = if self.online { interval } else { interval.max(self.policy.backoff_max) };
        let regular = match self.asking.ended {
            Some(ended) => ended + interval + interval.scaled(self.asking.chance),
            None => Millis(0),
        };
        Some(regular.max(self.asking.not_before))
    }

    /// An exchange ended: the pause begins.
    fn pause(&mut self, now: Millis) {
        self.asking.ended = Some(now);
        self.asking.chance = self.random.part() * self.policy.jitter;
    }
}
