//! The hosted page: opened, closed, and what it lets us know meanwhile.

use super::{Session, Stage};
use crate::{Event, HandoffTrouble, HostedEvent, Millis, Problem};

impl Session {
    pub(super) fn open_handoff(&mut self) {
        if self.stage == Stage::Open && self.offers_page() {
            self.trouble = None;
            self.stage = Stage::Handoff;
        }
    }

    /// The page is closed, or the payer came back from it after a redirect, before anything was asked.
    pub(super) fn close_handoff(&mut self, now: Millis) {
        if matches!(self.stage, Stage::Handoff | Stage::Open) {
            self.stage = Stage::Confirming { since: now, answered: false };
            self.asking.urge(now);
        }
    }

    pub(super) fn fail_handoff(&mut self, trouble: HandoffTrouble) {
        if trouble == HandoffTrouble::PageRefused && self.stage != Stage::Handoff {
            // A browser tells of every refusal in the shop's page, long after the page was closed, too.
            return;
        }
        self.trouble = Some(trouble);
        if self.stage == Stage::Handoff {
            self.stage = Stage::Open;
        }
        // Each time, unlike other problems: the payer pressed a button and has to be told.
        self.emit(Event::Error(Problem::Handoff(trouble)));
    }

    pub(super) fn take_hint(&mut self, now: Millis, event: &HostedEvent) {
        self.emit(Event::Hosted(event.clone()));
        match event {
            HostedEvent::PaymentSuccess | HostedEvent::PaymentFail => self.asking.urge(now),
            HostedEvent::Exit | HostedEvent::Destroy if self.stage == Stage::Handoff => self.close_handoff(now),
            HostedEvent::FailedLoading if self.stage == Stage::Handoff => self.fail_handoff(HandoffTrouble::PageFailed),
            _ => {}
        }
    }
}
