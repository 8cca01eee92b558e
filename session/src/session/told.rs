//! What a document changes.

use super::{Session, Stage};
use crate::countdown::{Deadline, Told};
use crate::{Event, Expiry, Link, Millis, Outcome, Problem, Source, verdict};
use protocol::code::Display;
use protocol::date::UnixMillis;
use protocol::document::{Document, Links};

/// How many replaced payments are remembered; a payer who renews more often is no payer.
const MAX_RETIRED: usize = 32;

impl Session {
    pub(super) fn take_document(&mut self, now: Millis, source: Source, document: Document, date: Option<UnixMillis>) {
        // When it was asked for, where we did that ourselves: it was not written before.
        let sent = match source {
            Source::Answer(id) => match self.take_answer(now, id) {
                Some(sent) => Some(sent),
                // An aborted or doubled answer: what it says is old.
                None => return,
            },
            Source::Events => {
                self.listening.heard(now);
                None
            }
            Source::Tab | Source::Page => None,
        };
        if source != Source::Page {
            self.asking.reached();
            self.set_link(Link::Good);
        }
        self.learn(now, document, date, sent);
        // The last question has to be our own: another tab's end may lie a little before ours.
        if source == Source::Tab && !matches!(self.stage, Stage::Verifying { .. }) {
            self.asking.follow(now, &self.policy, self.listening.leads());
        }
    }

    fn learn(&mut self, now: Millis, document: Document, date: Option<UnixMillis>, sent: Option<Millis>) {
        let late = matches!(self.stage, Stage::Expired(_)) || self.is_retired(&document);
        let outcome = verdict::outcome(&document, late);
        if !matches!(outcome, Some(Outcome::Paid { .. })) && self.is_overtaken(&document, sent) {
            return;
        }
        let renewed = self.believe(now, document, date, sent);
        match outcome {
            Some(outcome) => self.settle(outcome),
            None => {
                if renewed {
                    self.emit(Event::Renewed);
                }
                self.reconsider(now, sent);
            }
        }
    }

    /// Whether a newer document was already believed. A payment that landed is never old news.
    fn is_overtaken(&self, document: &Document, sent: Option<Millis>) -> bool {
        let Some(known) = &self.document else { return false };
        // Whoever still tells of a code that was replaced, or is being replaced, is too late.
        let replacing = document.payment.id.is_none() || document.payment.id == self.retry.replacing;
        if self.is_retired(document) || (self.is_renewing() && replacing) {
            return true;
        }
        // An answer that was asked for after the known document came is newer, though the shop counts anew.
        let newer = sent.is_some_and(|sent| sent >= self.believed);
        let (theirs, ours) = (document.checkout.revision, known.checkout.revision);
        !newer && matches!((theirs, ours), (Some(theirs), Some(ours)) if theirs < ours)
    }

    fn is_retired(&self, document: &Document) -> bool {
        document.payment.id.as_ref().is_some_and(|id| self.retired.contains(id))
    }

    /// Takes the document over; whether its code replaced another.
    fn believe(&mut self, now: Millis, mut document: Document, date: Option<UnixMillis>, sent: Option<Millis>) -> bool {
        // What lay in a buffer while the device slept is as old as the doubt: an answer of our own settles it.
        let settles_doubt = sent.is_some() || !self.can_ask();
        let known = self.document.take();
        let known_id = known.as_ref().and_then(|known| known.payment.id.clone());
        let replaced = document.payment.id.is_some() && known_id.is_some() && document.payment.id != known_id;
        if replaced {
            self.retired.extend(known_id);
            let surplus = self.retired.len().saturating_sub(MAX_RETIRED);
            self.retired.drain(..surplus);
            self.life_end = now + self.policy.payment_life;
        }
        // A shop that hands out callbacks as they are says once where it can be reached.
        if let Some(known) = known.as_ref().filter(|_| document.checkout.links == Links::default()) {
            document.checkout.links = known.checkout.links.clone();
            let page = known.checkout.payment_page.clone().filter(|_| !replaced);
            document.checkout.payment_page = document.checkout.payment_page.take().or(page);
        }
        // A status answer may come without the `display_data` that an earlier callback brought (UNCONFIRMED
        // whether it ever carries it), and a refund callback without what was bought.
        if let Some(known) = known.filter(|_| !replaced) {
            if document.display_data.is_empty() {
                document.display_data = known.display_data;
            }
            document.payment.description = document.payment.description.or(known.payment.description);
            document.payment.sum = document.payment.sum.or(known.payment.sum);
            document.payment.id = document.payment.id.or(known.payment.id);
            document.checkout.payee = document.checkout.payee.or(known.checkout.payee);
            document.checkout.revision = document.checkout.revision.or(known.checkout.revision);
        }
        if !document.clarification.is_empty() && document.checkout.links.clarify.is_none() {
            self.report(Problem::Unanswerable);
        }
        let renewed = self.show(now, &document, replaced);
        self.offer_page(&document, date);
        let told = Told {
            expires_in: document.checkout.expires_in,
            timeout: self.display.timeout,
            created: document.operation.as_ref().and_then(|operation| operation.created),
            date,
            arrived: now,
            travel: sent.map_or(Millis(0), |sent| now - sent),
        };
        if settles_doubt || self.doubt == Millis(0) {
            self.anchor(&told);
        }
        self.document = Some(document);
        self.believed = now;
        renewed
    }

    /// Takes over what is to be scanned; whether it replaced something.
    fn show(&mut self, now: Millis, document: &Document, replaced: bool) -> bool {
        let display = if document.display_data.is_empty() {
            Display::default()
        } else {
            Display::read(&document.display_data, &self.origin)
        };
        let had_code = !self.codes.is_empty();
        // A code that is missing in between and then the same again has not become younger.
        let fresh = replaced || (display.codes != self.codes && !display.codes.is_empty());
        if fresh {
            self.codes = display.codes.clone();
            self.failed_codes = 0;
            self.deadline = None;
            self.doubt = Millis(0);
            self.since = now;
            if !matches!(self.stage, Stage::Handoff | Stage::Confirming { .. }) {
                self.stage = Stage::Open;
            }
        }
        let renewed = fresh && (replaced || had_code);
        if renewed {
            self.retry.renewed();
        }
        for refusal in &display.refusals {
            self.report(Problem::Code(*refusal));
        }
        for notice in &display.notices {
            self.report(Problem::Notice(*notice));
        }
        self.display = display;
        renewed
    }

    /// Takes over the hosted page, if it can be right. What is wrong with it is told before anything opens.
    fn offer_page(&mut self, document: &Document, date: Option<UnixMillis>) {
        let config = document.checkout.payment_page.as_ref();
        self.hosted = config.and_then(|config| match config.check(date, &self.payment_page) {
            Ok(()) => Some(config.clone()),
            Err(error) => {
                self.report(Problem::Config(error));
                None
            }
        });
    }

    fn anchor(&mut self, told: &Told) {
        let known = self.deadline;
        self.deadline = Deadline::anchor(known, told, self.policy.code_life_max);
        if let (Some(deadline), true) = (&mut self.deadline, self.doubt > Millis(0)) {
            // The answer brought no better measure, so the doubt becomes the measure: rather less than more.
            // More than a whole payment's life is no sleep but a clock that was set.
            if known.is_some_and(|known| known == *deadline) && told.is_blind() && self.doubt < self.policy.payment_life
            {
                deadline.at = deadline.at - self.doubt;
            }
        }
        self.doubt = Millis(0);
        if let (Some(date), Some(created)) = (told.date, told.created) {
            let age = Millis(date.since(created).max(0) as u64);
            self.life_end = told.arrived + (self.policy.payment_life - age);
        }
        if let Some(deadline) = self.deadline {
            self.life_end = self.life_end.max(deadline.at);
        }
    }

    /// What an open document means for where we stand.
    fn reconsider(&mut self, now: Millis, sent: Option<Millis>) {
        let over = self.deadline.is_some_and(|deadline| deadline.remaining(now, self.doubt) == Millis(0));
        let alive = self.life_end > now;
        // The payment has a longer life than we thought; its code may be over all the same.
        if let (Stage::Verifying { ends, .. } | Stage::Expired(ends), true) = (&mut self.stage, alive) {
            *ends = Expiry::Code;
        }
        match &mut self.stage {
            // The shop measured that there is time left, or took away our doubt: the end was a false one.
            Stage::Verifying { ends: Expiry::Code, .. } | Stage::Expired(Expiry::Code) if !over => {
                self.stage = Stage::Open;
            }
            Stage::Verifying { since, answered, .. } | Stage::Confirming { since, answered }
                if sent.is_some_and(|sent| sent >= *since) =>
            {
                *answered = true;
            }
            _ => {}
        }
    }
}

impl Told {
    /// Whether it says nothing about how much time is left now.
    fn is_blind(&self) -> bool {
        self.expires_in.is_none() && (self.date.is_none() || self.created.is_none())
    }
}
