//! Tells a story to a session, and writes down everything that came of it.

use crate::documents::Spec;
use crate::story::{Step, Story, Whom, span};
use wechat_checkout_session::{
    Call, Command, Countdown, Event, IdempotencyKey, Input, Link, LogoTrouble, Millis, Options, Phase, RequestId,
    Session, Source, View,
};

/// When stories begin on the machine's clock.
pub(crate) const START: Millis = Millis(5_000_000);
/// The wakes in one pause after which the device falls asleep.
const MAX_WAKES: usize = 60;

/// One call of the machine.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub(crate) at: Millis,
    /// None where the session was closed.
    pub(crate) input: Option<Input>,
    /// What the document says, where there is one.
    pub(crate) spec: Option<Spec>,
    /// The request that was out before.
    pub(crate) out: Option<Sent>,
    pub(crate) commands: Vec<Command>,
    pub(crate) view: View,
    pub(crate) countdown: Option<Countdown>,
    pub(crate) deadline: Option<Millis>,
    /// The document became the one that is believed.
    pub(crate) believed: bool,
    /// The timer had not been due before.
    pub(crate) timely: bool,
}

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sent {
    pub(crate) at: Millis,
    pub(crate) id: RequestId,
    pub(crate) call: Call,
    pub(crate) timeout: Millis,
}

/// A story that was told.
pub(crate) struct Telling {
    pub(crate) moments: Vec<Moment>,
    pub(crate) session: Session,
    pub(crate) now: Millis,
    out: Option<Sent>,
    sent: u64,
    count: usize,
}

impl Telling {
    /// Tells a story from its beginning to its end.
    pub(crate) fn of(story: &Story) -> Self {
        let mut telling = Self::begin(story);
        let mut latest = 1;
        let first = if story.begins_with_document() { 138 } else { 0 };
        let opening = (first, 0, 0);
        for (kind, pause, number) in std::iter::once(opening).chain(story.steps.iter().copied()) {
            telling.pass(span(pause), story.is_drowsy());
            let step = Step::decode(kind, number, latest, telling.count);
            telling.play(step, story.offers_events());
            let spec = telling.moments.last().and_then(|moment| moment.spec.as_ref());
            latest = latest.max(spec.map_or(1, |spec| spec.payment));
        }
        telling
    }

    /// A session that has heard nothing yet.
    pub(crate) fn begin(story: &Story) -> Self {
        let options = Options {
            seed: [story.seed, story.seed.rotate_left(17)],
            status: story.knows_address(),
            ..Options::default()
        };
        Self { moments: Vec::new(), session: Session::new(START, options), now: START, out: None, sent: 0, count: 0 }
    }

    /// Lets time pass; the timer fires when it is due, unless the device is drowsy or tired of it.
    fn pass(&mut self, pause: Millis, drowsy: bool) {
        let end = self.now + pause;
        let mut wakes = 0;
        while let Some(deadline) = self.session.next_deadline().filter(|deadline| *deadline <= end) {
            if drowsy || wakes == MAX_WAKES || deadline <= self.now {
                break;
            }
            wakes += 1;
            self.now = deadline;
            self.handle(Input::Woke, None);
        }
        self.now = end;
    }

    fn play(&mut self, step: Step, events: bool) {
        let whom = |telling: &Self, whom| {
            RequestId(match whom {
                Whom::Current => telling.out.as_ref().map_or(telling.sent, |sent| sent.id.0),
                Whom::Earlier(number) => 1 + number % telling.sent.max(1),
                Whom::Nobody => telling.sent + 7,
            })
        };
        let input = match step {
            Step::Answer { whom: who, spec } => return self.tell(Source::Answer(whom(self, who)), spec, events),
            Step::Event(spec) => return self.tell(Source::Events, spec, events),
            Step::Tab(spec) => return self.tell(Source::Tab, spec, events),
            Step::Page(spec) => return self.tell(Source::Page, spec, events),
            Step::Close => return self.close(),
            Step::Fail { whom: who, failure } => Input::Failed { request: whom(self, who), failure },
            Step::Wake => Input::Woke,
            Step::Opened => Input::EventsOpened,
            Step::Heard => Input::EventsHeard,
            Step::Broken => Input::EventsClosed,
            Step::TabHeard => Input::TabHeard,
            Step::Leading(leading) => Input::Leading(leading),
            Step::Visible(visible) => Input::Visible(visible),
            Step::Online(online) => Input::Online(online),
            Step::Resumed(lost) => Input::Resumed { lost },
            Step::Renew => Input::Renew,
            Step::Cancel => Input::Cancel,
            Step::Check => Input::Check,
            Step::Clarify => Input::Clarify(vec![("customer.email".into(), "a@b.example".into())]),
            Step::CodeFailed => Input::CodeFailed,
            Step::RetryCode => Input::RetryCode,
            Step::LogoFailed => Input::LogoFailed(LogoTrouble::Unreachable),
            Step::HandoffOpened => Input::HandoffOpened,
            Step::HandoffClosed => Input::HandoffClosed,
            Step::HandoffFailed(trouble) => Input::HandoffFailed(trouble),
            Step::Hosted(event) => Input::Hosted(event),
        };
        self.handle(input, None);
    }

    /// Hands in a document.
    pub(crate) fn tell(&mut self, source: Source, spec: Spec, events: bool) {
        self.count += 1;
        let (document, date) = spec.write(self.now - START, self.count, events);
        self.handle(Input::Document { source, document: Box::new(document), date }, Some(spec));
    }

    /// Hands in anything.
    pub(crate) fn handle(&mut self, input: Input, spec: Option<Spec>) {
        let mark = match &input {
            Input::Document { document, .. } => document.payment.description.clone(),
            _ => None,
        };
        self.session.handle(self.now, input.clone());
        self.write_down(Some(input), spec, mark.as_deref());
    }

    fn close(&mut self) {
        self.session.close();
        self.write_down(None, None, None);
    }

    fn write_down(&mut self, input: Option<Input>, spec: Option<Spec>, mark: Option<&str>) {
        let out = self.out.clone();
        if let Some(Input::Document { source: Source::Answer(id), .. } | Input::Failed { request: id, .. }) = &input {
            self.out.take_if(|sent| sent.id == *id);
        }
        let mut commands = Vec::new();
        while let Some(command) = self.session.poll_command() {
            match &command {
                Command::Send { id, call, timeout } => {
                    self.sent = id.0;
                    self.out = Some(Sent { at: self.now, id: *id, call: call.clone(), timeout: *timeout });
                }
                Command::Abort(id) => drop(self.out.take_if(|sent| sent.id == *id)),
                _ => {}
            }
            commands.push(command);
        }
        let view = self.session.view();
        let due = self.moments.last().and_then(|moment| moment.deadline);
        self.moments.push(Moment {
            at: self.now,
            timely: due.is_none_or(|due| due > self.now),
            input,
            spec,
            out,
            commands,
            believed: mark.is_some() && view.description.as_deref() == mark,
            view,
            countdown: self.session.countdown(self.now),
            deadline: self.session.next_deadline(),
        });
    }

    /// Tells another session the same, changed by `change`: each moment becomes any number of inputs.
    pub(crate) fn again(&self, story: &Story, change: impl Fn(usize, &Moment) -> Vec<(Millis, Input)>) -> Self {
        let mut twin = Self::begin(story);
        for (index, moment) in self.moments.iter().enumerate() {
            if moment.input.is_none() {
                twin.now = moment.at;
                twin.close();
            }
            for (at, input) in change(index, moment) {
                twin.now = at;
                twin.handle(input, None);
            }
        }
        twin
    }

    /// Everything the machine asked for, with the time.
    pub(crate) fn commands(&self) -> impl Iterator<Item = (Millis, &Command)> {
        self.moments.iter().flat_map(|moment| moment.commands.iter().map(|command| (moment.at, command)))
    }

    pub(crate) fn is_over(&self) -> bool {
        self.session.phase().is_settled() || self.moments.iter().any(|moment| moment.input.is_none())
    }
}

impl Moment {
    /// The request that is answered, or whose failure is told, if it was out.
    pub(crate) fn ends(&self) -> Option<&Sent> {
        let Some(Input::Document { source: Source::Answer(id), .. } | Input::Failed { request: id, .. }) = &self.input
        else {
            return None;
        };
        self.out.as_ref().filter(|sent| sent.id == *id)
    }

    /// The request that is answered with a document, if it was out.
    pub(crate) fn answers(&self) -> Option<&Sent> {
        self.ends().filter(|_| matches!(self.input, Some(Input::Document { .. })))
    }

    /// Whether it tells of a request that is not out: an answer nobody waits for.
    pub(crate) fn is_dead(&self) -> bool {
        let about_request =
            matches!(self.input, Some(Input::Document { source: Source::Answer(_), .. } | Input::Failed { .. }));
        about_request && self.ends().is_none()
    }

    pub(crate) fn events(&self) -> impl Iterator<Item = &Event> {
        self.commands.iter().filter_map(|command| match command {
            Command::Emit(event) => Some(event),
            _ => None,
        })
    }

    pub(crate) fn says(&self, event: &Event) -> bool {
        self.events().any(|said| said == event)
    }

    /// The requests that are sent, what for, and when.
    pub(crate) fn sends(&self) -> impl Iterator<Item = &Call> {
        self.commands.iter().filter_map(|command| match command {
            Command::Send { call, .. } => Some(call),
            _ => None,
        })
    }

    pub(crate) fn renews(&self) -> Option<&IdempotencyKey> {
        self.sends().find_map(|call| match call {
            Call::Renew(key) => Some(key),
            _ => None,
        })
    }

    /// Whether the shop may be asked at all, as far as can be seen.
    pub(crate) fn can_ask(&self) -> bool {
        self.view.actions.check && !matches!(self.view.link, Link::Refused(_))
    }

    pub(crate) fn is_phase(&self, is: impl Fn(&Phase) -> bool) -> bool {
        is(&self.view.phase)
    }
}
