//! One browser tab: its session, and everything that came out of it.

use protocol::code::Code;
use wechat_checkout_session::{Call, Command, Event, Input, Millis, Options, Outcome, RequestId, Session, Source};

/// What the tab's own monotonic clock showed when the world began: anything but zero.
const BOOT: u64 = 86_400_000;

pub struct Tab {
    pub session: Session,
    pub sent: Vec<Sent>,
    pub said: Vec<Said>,
    pub asleep: bool,
    pub closed: bool,
    /// The events connection that is open or being opened.
    pub connection: Option<u64>,
    /// The request that is out.
    flight: Option<Sent>,
    /// Time its clock did not see.
    slept: Millis,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Sent {
    pub at: Millis,
    pub id: RequestId,
    pub call: Call,
}

/// An event.
#[derive(Clone, Debug)]
pub struct Said {
    pub at: Millis,
    pub event: Event,
}

impl Tab {
    pub fn new(now: Millis, options: Options) -> Self {
        Self {
            session: Session::new(now + Millis(BOOT), options),
            sent: Vec::new(),
            said: Vec::new(),
            asleep: false,
            closed: false,
            connection: None,
            flight: None,
            slept: Millis(0),
        }
    }

    pub fn handle(&mut self, now: Millis, input: Input) {
        match &input {
            Input::Document { source: Source::Answer(id), .. } | Input::Failed { request: id, .. } => {
                self.flight.take_if(|flight| flight.id == *id);
            }
            _ => {}
        }
        self.session.handle(self.clock(now), input);
    }

    /// Closes the session, as an unmount does.
    pub fn close(&mut self, now: Millis) {
        self.closed = true;
        self.session.close();
        while self.next_command(now).is_some() {}
    }

    pub fn next_command(&mut self, now: Millis) -> Option<Command> {
        let command = self.session.poll_command()?;
        match &command {
            Command::Send { id, call, .. } => {
                assert!(self.flight.is_none(), "a request while {:?} is out", self.flight);
                let sent = Sent { at: now, id: *id, call: call.clone() };
                self.sent.push(sent.clone());
                self.flight = Some(sent);
            }
            Command::Abort(id) => {
                assert_eq!(self.flight.as_ref().map(|flight| flight.id), Some(*id), "aborted what is not out");
                self.flight = None;
            }
            Command::OpenEvents => assert_eq!(self.connection, None, "events are opened twice"),
            Command::CloseEvents => self.connection = None,
            Command::Emit(event) => self.said.push(Said { at: now, event: event.clone() }),
            _ => {}
        }
        Some(command)
    }

    /// A timer that is due before now would fire for ever.
    pub fn check_deadline(&self, now: Millis) {
        if let Some(deadline) = self.session.next_deadline() {
            assert!(deadline > self.clock(now), "the next deadline is not in the future");
        }
    }

    /// When the timer fires.
    pub fn wakes_at(&self, now: Millis) -> Option<Millis> {
        let deadline = self.session.next_deadline().filter(|_| !self.asleep)?;
        Some((deadline + self.slept - Millis(BOOT)).max(now))
    }

    pub fn wake_up(&mut self, missed: Millis) {
        self.asleep = false;
        self.slept = self.slept + missed;
    }

    pub fn waits_for(&self, id: RequestId) -> bool {
        self.flight.as_ref().is_some_and(|flight| flight.id == id)
    }

    pub fn waits(&self) -> bool {
        self.flight.is_some()
    }

    pub fn listens(&self, connection: u64) -> bool {
        self.connection == Some(connection) && !self.asleep
    }

    pub fn clock(&self, now: Millis) -> Millis {
        now + Millis(BOOT) - self.slept
    }

    pub fn code(&self) -> Option<String> {
        self.session.view().code.map(|code| match code {
            Code::Text(text) => text,
            other => format!("{other:?}"),
        })
    }

    pub fn left(&self, now: Millis) -> Option<f64> {
        self.session.countdown(self.clock(now)).map(|countdown| countdown.remaining.0 as f64 / 1000.0)
    }

    pub fn outcomes(&self) -> Vec<Outcome> {
        self.said
            .iter()
            .filter_map(|said| match &said.event {
                Event::Settled(outcome) => Some(outcome.clone()),
                _ => None,
            })
            .collect()
    }

    pub fn phases(&self) -> Vec<&'static str> {
        self.said
            .iter()
            .filter_map(|said| match &said.event {
                Event::Phase(phase) => Some(phase.name()),
                _ => None,
            })
            .collect()
    }

    /// How often an event was said.
    pub fn times(&self, is: impl Fn(&Event) -> bool) -> usize {
        self.said.iter().filter(|said| is(&said.event)).count()
    }

    /// The idempotency keys of the renewals, in order.
    pub fn renewal_keys(&self) -> Vec<String> {
        self.sent
            .iter()
            .filter_map(|sent| match &sent.call {
                Call::Renew(key) => Some(key.0.clone()),
                _ => None,
            })
            .collect()
    }
}
