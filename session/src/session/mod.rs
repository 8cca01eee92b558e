//! The machine itself: what it holds, what comes in, what comes out, and when.

mod act;
mod ask;
mod handoff;
mod listen;
mod told;

use crate::countdown::{Deadline, TOLERANCE};
use crate::pace::Random;
use crate::{
    Actions, Command, Countdown, Event, Expiry, HandoffTrouble, Input, Link, Millis, Outcome, Phase, Policy, Problem,
    View,
};
use act::Retry;
use ask::Asking;
use listen::Listening;
use protocol::code::{Code, Display, PageOrigin, Reason, Refusal};
use protocol::document::Document;
use protocol::hosted::{LIVE_PAYMENT_PAGE, PaymentPageConfig};

/// What a session is made with.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How often to ask and how long to wait.
    pub policy: Policy,
    /// Chance for jitter and idempotency keys: 128 random bits, the same ones make the same session.
    pub seed: [u64; 2],
    /// The page the code is shown on.
    pub origin: PageOrigin,
    /// Whether the shop's status address is known from the start, not only by a document's links.
    pub status: bool,
    /// The Payment Page that may be opened; none for ECommPay's live one.
    pub payment_page: Option<String>,
}

/// One checkout, from the first document to its outcome.
#[derive(Debug)]
pub struct Session {
    policy: Policy,
    origin: PageOrigin,
    status: bool,
    payment_page: String,
    random: Random,
    stage: Stage,
    link: Link,
    document: Option<Document>,
    /// When it was believed.
    believed: Millis,
    display: Display,
    /// The config of the hosted page, once it was found to be right.
    hosted: Option<PaymentPageConfig>,
    trouble: Option<HandoffTrouble>,
    /// The codes of the present payment as they were last shown.
    codes: Vec<Code>,
    /// How many of the display's codes turned out to be unusable when they were drawn.
    failed_codes: usize,
    /// Payments that were replaced by a newer one of this checkout.
    retired: Vec<String>,
    deadline: Option<Deadline>,
    /// Time that may have passed unseen, until the shop answers.
    doubt: Millis,
    life_end: Millis,
    /// When the present code, or the session, began.
    since: Millis,
    visible: bool,
    online: bool,
    asking: Asking,
    listening: Listening,
    retry: Retry,
    ready: bool,
    /// What was told of problems, to tell it once.
    reported: Vec<String>,
    /// A handful at most: a ring would only weigh more in a browser's download.
    commands: Vec<Command>,
}

/// The phases, with what each needs to know. [`Phase`] is read off it.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// Whatever the document offers: nothing yet, questions, a code.
    Open,
    /// Time is over by our count.
    Verifying {
        ends: Expiry,
        since: Millis,
        /// To a question that was sent since.
        answered: bool,
    },
    Expired(Expiry),
    Handoff,
    Confirming {
        since: Millis,
        answered: bool,
    },
    Settled(Outcome),
    /// [`Session::close`] was called: nothing happens any more.
    Closed(Phase),
}

impl Session {
    /// A session that knows nothing yet. Hand in an [`Input`] to start it: a document, or [`Input::Woke`].
    pub fn new(now: Millis, options: Options) -> Self {
        let Options { policy, seed: [seed, salt], origin, status, payment_page } = options;
        Self {
            life_end: now + policy.payment_life,
            policy,
            origin,
            status,
            payment_page: payment_page.unwrap_or_else(|| LIVE_PAYMENT_PAGE.into()),
            random: Random::new(seed),
            stage: Stage::Open,
            link: Link::Good,
            document: None,
            believed: now,
            display: Display::default(),
            codes: Vec::new(),
            hosted: None,
            trouble: None,
            failed_codes: 0,
            retired: Vec::new(),
            deadline: None,
            doubt: Millis(0),
            since: now,
            visible: true,
            online: true,
            asking: Asking::default(),
            listening: Listening::default(),
            retry: Retry::new(seed, salt),
            ready: false,
            reported: Vec::new(),
            commands: Vec::new(),
        }
    }

    /// Takes in what happened at `now`. Time must not run backwards between calls; if it does, nothing breaks.
    pub fn handle(&mut self, now: Millis, input: Input) {
        if matches!(self.stage, Stage::Closed(_) | Stage::Settled(_)) {
            return;
        }
        let before = self.phase();
        match input {
            Input::Document { source, document, date } => self.take_document(now, source, *document, date),
            Input::Failed { request, failure } => self.take_failure(now, request, failure),
            Input::EventsOpened => self.listening.opened(now),
            Input::EventsHeard => self.listening.heard(now),
            Input::EventsClosed => self.events_closed(now),
            Input::TabHeard => self.listening.tab_heard(now, &self.policy),
            Input::Leading(leading) => self.lead(leading),
            Input::Visible(visible) => {
                self.visible = visible;
                if visible {
                    self.urge_on_return(now, false);
                }
            }
            Input::Online(online) => self.go_online(now, online),
            Input::Woke => {}
            Input::Resumed { lost } => self.resume(now, lost),
            Input::Renew => self.renew(now),
            Input::Cancel => self.cancel(now),
            Input::Check => self.check(now),
            Input::Clarify(values) => self.clarify(now, values),
            Input::CodeFailed => self.code_failed(),
            Input::RetryCode => self.retry_code(),
            Input::LogoFailed(trouble) => self.report(Problem::Logo(trouble)),
            Input::HandoffOpened => self.open_handoff(),
            Input::HandoffClosed => self.close_handoff(now),
            Input::HandoffFailed(trouble) => self.fail_handoff(trouble),
            Input::Hosted(event) => self.take_hint(now, &event),
        }
        self.advance(now);
        self.announce(&before);
    }

    /// The next thing to do; none when all is done.
    pub fn poll_command(&mut self) -> Option<Command> {
        (!self.commands.is_empty()).then(|| self.commands.remove(0))
    }

    /// When to hand in [`Input::Woke`], if nothing happens before.
    pub fn next_deadline(&self) -> Option<Millis> {
        if matches!(self.stage, Stage::Closed(_) | Stage::Settled(_)) {
            return None;
        }
        let stage = match self.stage {
            _ if self.is_renewing() => None,
            Stage::Open => Millis::earliest(self.zero(), Some(self.life_end)),
            Stage::Handoff => Some(self.life_end),
            Stage::Verifying { since, answered, .. } => {
                (answered || !self.can_ask()).then_some(since + self.policy.grace)
            }
            Stage::Expired(Expiry::Code) => Some(self.life_end),
            Stage::Confirming { since, answered } => {
                (answered || !self.can_ask()).then_some(since + self.policy.confirming)
            }
            _ => None,
        };
        Millis::earliest(Millis::earliest(stage, self.ask_deadline()), self.listen_deadline())
    }

    /// Ends the session: what is under way is aborted, and nothing is ever said again.
    pub fn close(&mut self) {
        if matches!(self.stage, Stage::Closed(_)) {
            return;
        }
        self.commands.retain(|command| !matches!(command, Command::Emit(_) | Command::Send { .. }));
        self.hang_up();
        self.stage = Stage::Closed(self.phase());
    }

    /// Where the checkout stands.
    pub fn phase(&self) -> Phase {
        match &self.stage {
            // Whatever was on the screen before, a code that is being replaced is not to be scanned.
            _ if self.is_renewing() => Phase::Preparing,
            Stage::Open if self.is_asked() => Phase::Clarifying,
            Stage::Open if self.offered_code().is_some() => Phase::Scanning,
            Stage::Open => Phase::Preparing,
            Stage::Verifying { .. } => Phase::Verifying,
            Stage::Expired(expiry) => Phase::Expired(*expiry),
            Stage::Handoff => Phase::Handoff,
            Stage::Confirming { .. } => Phase::Confirming,
            Stage::Settled(outcome) => Phase::Settled(outcome.clone()),
            Stage::Closed(phase) => phase.clone(),
        }
    }

    /// The time that is left for the code; none where it is not known, or while it is in doubt.
    pub fn countdown(&self, now: Millis) -> Option<Countdown> {
        let counts = self.doubt == Millis(0) && self.stage == Stage::Open && self.zero().is_some();
        let deadline = self.deadline.filter(|_| counts)?;
        Some(Countdown { remaining: deadline.remaining(now, Millis(0)), full: deadline.full })
    }

    /// What the screens show.
    pub fn view(&self) -> View {
        let phase = self.phase();
        let payment = self.document.as_ref().map(|document| &document.payment);
        let checkout = self.document.as_ref().map(|document| &document.checkout);
        let links = checkout.map(|checkout| &checkout.links);
        let open = !matches!(self.stage, Stage::Settled(_) | Stage::Closed(_));
        let refusal = self.refusal().filter(|_| phase == Phase::Preparing && !self.is_renewing());
        View {
            link: self.link,
            payee: checkout.and_then(|checkout| checkout.payee.clone()),
            sum: payment.and_then(|payment| payment.sum),
            description: payment.and_then(|payment| payment.description.clone()),
            payment_id: payment.and_then(|payment| payment.id.clone()),
            code: self.offered_code().filter(|_| phase == Phase::Scanning).cloned(),
            info: self.display.info.clone(),
            refusal,
            clarification: self.document.as_ref().map(|document| document.clarification.clone()).unwrap_or_default(),
            payment_page: self.hosted.clone().filter(|_| open),
            trouble: self.trouble,
            date: payment.and_then(|payment| payment.date),
            actions: Actions {
                renew: open && self.stage != Stage::Handoff && links.is_some_and(|links| links.renew.is_some()),
                cancel: open && links.is_some_and(|links| links.cancel.is_some()),
                check: open && self.has_address(),
                retry_code: refusal.is_some() && self.lost_picture().is_some(),
                busy: self.is_acting(),
                failed: open && self.retry.failed(),
            },
            phase,
        }
    }

    /// The last document that was believed.
    pub fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// Lets everything happen that is due at `now`.
    fn advance(&mut self, now: Millis) {
        self.give_up_late_request(now);
        self.advance_stage(now);
        self.advance_listening(now);
        self.ask_if_due(now);
    }

    fn advance_stage(&mut self, now: Millis) {
        // Each step goes forward, so this ends.
        while let Some(next) = self.next_stage(now) {
            match next {
                Stage::Verifying { .. } => {
                    // A question that was sent before the end cannot tell what happened by the end.
                    self.abort_status();
                    self.asking.urge_unless_now(now);
                }
                Stage::Expired(Expiry::Code) => self.emit(Event::Expired),
                Stage::Expired(Expiry::Payment) if !matches!(self.stage, Stage::Expired(_)) => {
                    self.emit(Event::Expired);
                }
                _ => {}
            }
            self.stage = next;
        }
    }

    /// The stage that follows because of the time alone.
    fn next_stage(&self, now: Millis) -> Option<Stage> {
        // What is being replaced does not run out meanwhile.
        if self.is_renewing() {
            return None;
        }
        let verify = |ends| Stage::Verifying { ends, since: now, answered: false };
        match self.stage {
            // Who may have paid is not offered to pay again before the shop has said that nothing came.
            Stage::Confirming { since, answered }
                if since + self.policy.confirming <= now && (answered || !self.can_ask()) =>
            {
                Some(Stage::Open)
            }
            Stage::Open if self.zero().is_some_and(|zero| zero <= now) => Some(verify(Expiry::Code)),
            Stage::Open | Stage::Handoff if self.life_end <= now => Some(verify(Expiry::Payment)),
            Stage::Verifying { ends, since, answered }
                if since + self.policy.grace <= now && (answered || !self.can_ask()) =>
            {
                Some(Stage::Expired(ends))
            }
            Stage::Expired(Expiry::Code) if self.life_end <= now => Some(Stage::Expired(Expiry::Payment)),
            _ => None,
        }
    }

    /// When the time of what is offered is over by our count.
    fn zero(&self) -> Option<Millis> {
        let offered = self.offered_code().is_some() || self.offers_page();
        self.deadline.filter(|_| offered && !self.is_renewing()).map(|deadline| deadline.at - self.doubt)
    }

    fn resume(&mut self, now: Millis, lost: Millis) {
        if lost < TOLERANCE {
            return self.urge_on_return(now, false);
        }
        self.doubt = self.doubt + lost;
        // Nobody knows how old the answer to a question is that was out meanwhile.
        self.abort_status();
        self.listening.slept(now);
        self.asking.urge_always();
    }

    fn settle(&mut self, outcome: Outcome) {
        self.hang_up();
        self.stage = Stage::Settled(outcome);
    }

    /// Stops everything that is under way.
    fn hang_up(&mut self) {
        if let Some(id) = self.asking.forget() {
            self.commands.push(Command::Abort(id));
        }
        if self.listening.stop() {
            self.commands.push(Command::CloseEvents);
        }
    }

    /// Says what changed since `before`. The outcome is said last, because nothing may follow it.
    fn announce(&mut self, before: &Phase) {
        let phase = self.phase();
        let something = phase != Phase::Preparing || self.offers_page();
        if something && !self.ready {
            self.ready = true;
            self.emit(Event::Ready);
        }
        if phase != *before {
            self.emit(Event::Phase(phase.clone()));
        }
        if let Phase::Settled(outcome) = phase {
            self.emit(Event::Settled(outcome));
        }
    }

    fn emit(&mut self, event: Event) {
        self.commands.push(Command::Emit(event));
    }

    /// Says what is wrong, once for each thing.
    fn report(&mut self, problem: Problem) {
        // A shop that sends something new and wrong each time must not fill the memory.
        let said = [problem.code(), &problem.field(), &problem.reason()].concat();
        if !self.reported.contains(&said) && self.reported.len() < 64 {
            self.reported.push(said);
            self.emit(Event::Error(problem));
        }
    }

    fn set_link(&mut self, link: Link) {
        if self.link == link {
            return;
        }
        self.link = link;
        self.emit(if link == Link::Good { Event::Recovered } else { Event::Degraded(link) });
    }

    fn offered_code(&self) -> Option<&Code> {
        self.display.codes.get(self.failed_codes)
    }

    fn offers_page(&self) -> bool {
        self.hosted.is_some()
    }

    /// Whether the platform waits for an answer of the payer, and there is somewhere to send it.
    fn is_asked(&self) -> bool {
        self.offered_code().is_none()
            && self
                .document
                .as_ref()
                .is_some_and(|document| !document.clarification.is_empty() && document.checkout.links.clarify.is_some())
    }

    fn refusal(&self) -> Option<Refusal> {
        if self.failed_codes > 0 && self.offered_code().is_none() {
            return Some(Refusal { index: 0, reason: Reason::UrlUnreachable });
        }
        self.display.refusals.first().copied()
    }

    /// The first code of a picture that did not arrive. What failed for its own bytes fails again, so only what is
    /// fetched is worth another try.
    fn lost_picture(&self) -> Option<usize> {
        let tried = self.display.codes.get(..self.failed_codes)?;
        tried.iter().position(|code| matches!(code, Code::Url(_)))
    }

    fn retry_code(&mut self) {
        if let Some(first) = self.lost_picture().filter(|_| self.view().actions.retry_code) {
            self.failed_codes = first;
        }
    }

    fn code_failed(&mut self) {
        if self.offered_code().is_none() {
            return;
        }
        self.failed_codes += 1;
        if self.offered_code().is_none() {
            self.report(Problem::Code(Refusal { index: 0, reason: Reason::UrlUnreachable }));
        }
    }
}
