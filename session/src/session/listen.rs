//! Being told instead of asking: server-sent events, and other tabs of the same checkout.

use super::{Session, Stage};
use crate::{Command, Expiry, Millis, Policy};

/// What is known about the ways to be told.
#[derive(Clone, Debug)]
pub(super) struct Listening {
    events: Events,
    /// Whether this tab is the one that opens events.
    leading: bool,
    /// Another tab passes on what it hears, until then.
    tab_until: Millis,
    /// Breaks in a row.
    breaks: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Events {
    Closed { retry_at: Millis },
    Opening { since: Millis },
    Open { heard: Millis },
}

impl Default for Listening {
    fn default() -> Self {
        Self { events: Events::Closed { retry_at: Millis(0) }, leading: true, tab_until: Millis(0), breaks: 0 }
    }
}

impl Listening {
    /// Only what is heard shows that the way works: the connection may be a proxy's that keeps all to itself.
    pub(super) fn opened(&mut self, now: Millis) {
        if matches!(self.events, Events::Opening { .. }) {
            self.events = Events::Opening { since: now };
        }
    }

    /// The device slept: the way has to show anew that it works.
    pub(super) fn slept(&mut self, now: Millis) {
        if matches!(self.events, Events::Open { .. }) {
            self.events = Events::Opening { since: now };
        }
        self.tab_until = Millis(0);
    }

    pub(super) fn heard(&mut self, now: Millis) {
        if !matches!(self.events, Events::Closed { .. }) {
            self.events = Events::Open { heard: now };
            self.breaks = 0;
        }
    }

    pub(super) fn tab_heard(&mut self, now: Millis, policy: &Policy) {
        self.tab_until = now + policy.events_silence;
    }

    /// Whether there is no need to ask, at `now`.
    pub(super) fn is_told(&self, now: Millis) -> bool {
        matches!(self.events, Events::Open { .. }) || now < self.tab_until
    }

    pub(super) fn leads(&self) -> bool {
        self.leading
    }

    /// Whether there was anything to stop.
    pub(super) fn stop(&mut self) -> bool {
        let was = !matches!(self.events, Events::Closed { .. });
        self.events = Events::Closed { retry_at: Millis(0) };
        was
    }
}

impl Session {
    pub(super) fn events_closed(&mut self, now: Millis) {
        if self.listening.stop() {
            self.retry_events(now);
        }
    }

    pub(super) fn lead(&mut self, leading: bool) {
        self.listening.leading = leading;
        if leading {
            // Who led before, and told us, is gone.
            self.listening.tab_until = Millis(0);
        } else if self.listening.stop() {
            self.commands.push(Command::CloseEvents);
        }
    }

    pub(super) fn advance_listening(&mut self, now: Millis) {
        match self.listening.events {
            Events::Open { heard: since } | Events::Opening { since } if since + self.policy.events_silence <= now => {
                self.listening.stop();
                self.commands.push(Command::CloseEvents);
                self.retry_events(now);
            }
            Events::Closed { retry_at } if self.wants_events() && retry_at <= now => {
                self.listening.events = Events::Opening { since: now };
                self.commands.push(Command::OpenEvents);
            }
            _ => {}
        }
    }

    pub(super) fn listen_deadline(&self) -> Option<Millis> {
        match self.listening.events {
            Events::Open { heard: since } | Events::Opening { since } => Some(since + self.policy.events_silence),
            Events::Closed { retry_at } => self.wants_events().then_some(retry_at),
        }
    }

    fn wants_events(&self) -> bool {
        self.listening.leading
            && !matches!(self.stage, Stage::Settled(_) | Stage::Closed(_) | Stage::Expired(Expiry::Payment))
            && self.document.as_ref().is_some_and(|document| document.checkout.links.events.is_some())
    }

    fn retry_events(&mut self, now: Millis) {
        let doubled = self.policy.events_retry.0.saturating_mul(1 << self.listening.breaks.min(16));
        let wait = Millis(doubled).min(Millis::from_secs(60));
        self.listening.breaks = self.listening.breaks.saturating_add(1);
        self.listening.events = Events::Closed { retry_at: now + wait };
    }
}
