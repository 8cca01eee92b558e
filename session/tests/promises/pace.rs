//! Promise 5: asking is polite.

use crate::documents::Display;
use crate::hold::hold;
use crate::telling::Moment;
use wechat_checkout_session::{Call, Command, Event, Expiry, Failure, HostedEvent, Input, Link, Millis, Phase, Source};

#[test]
fn the_shop_is_asked_no_more_often_than_it_is_polite() {
    hold("pauses, backoff, Retry-After, hidden and refused: the shop is asked politely", |_, telling| {
        let mut manners = Manners::default();
        telling.moments.iter().try_for_each(|moment| manners.watch(moment))
    });
}

/// What a shop could know of the page that asks it.
#[derive(Default)]
struct Manners {
    ended: Millis,
    /// There is a reason to ask now: something happened, or nothing was asked yet.
    urged: bool,
    begun: bool,
    not_before: Millis,
    failures: u32,
    refused: bool,
    hidden: bool,
    offline: bool,
    events: Events,
    phase: Phase,
    /// The payment and the code that were shown last.
    shown: Option<(usize, Display)>,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Events {
    #[default]
    Closed,
    Opening,
    Heard,
}

impl Manners {
    fn watch(&mut self, moment: &Moment) -> Result<(), String> {
        self.hear(moment);
        let checked = moment.input == Some(Input::Check);
        let display = moment.spec.as_ref().filter(|_| moment.believed).map(|spec| (spec.payment, spec.display));
        let fresh = display
            .filter(|(_, display)| matches!(display, Display::Code(_)))
            .is_some_and(|display| self.shown.replace(display) != Some(display));
        // A time is over: of the code that was shown, or of a new one that was over when it came.
        if moment.view.phase == Phase::Verifying
            && (self.phase != Phase::Verifying || fresh || moment.says(&Event::Renewed))
        {
            self.urged = true;
        }
        for command in &moment.commands {
            match command {
                // Given up after its timeout: a failure. Otherwise something else is more important.
                Command::Abort(id) => {
                    let timed_out =
                        moment.out.as_ref().filter(|out| out.id == *id && out.at + out.timeout <= moment.at);
                    // An action takes the place of a question, however long that was out.
                    let replaced = moment.sends().any(|call| *call != Call::Status);
                    if let Some(out) = timed_out.filter(|_| !self.urged && !replaced) {
                        self.end(moment.at, out.call == Call::Status);
                        self.urged |= out.call != Call::Status;
                    }
                }
                Command::Send { call: Call::Status, .. } => self.judge(moment, checked)?,
                Command::OpenEvents => self.events = Events::Opening,
                Command::CloseEvents => self.events = Events::Closed,
                _ => {}
            }
        }
        self.urged &= moment.sends().next().is_none();
        self.phase = moment.view.phase.clone();
        Ok(())
    }

    fn hear(&mut self, moment: &Moment) {
        if let Some(sent) = moment.ends() {
            let failed = matches!(moment.input, Some(Input::Failed { .. }));
            let refused = matches!(moment.input, Some(Input::Failed { failure, .. }) if failure.is_refusal());
            self.urged = false;
            self.end(moment.at, failed && !refused && sent.call == Call::Status);
            self.urged |= failed && sent.call != Call::Status;
            if let Some(Input::Failed { failure, .. }) = &moment.input {
                if let Failure::Http { retry_after: Some(wait), .. } = failure {
                    self.not_before = moment.at + (*wait).min(Millis::from_mins(10));
                }
                self.refused |= failure.is_refusal() && sent.call == Call::Status;
            }
        }
        match &moment.input {
            Some(Input::Document { source, .. }) if *source != Source::Page && !moment.is_dead() => {
                (self.failures, self.refused) = (0, false);
                if *source == Source::Events && self.events != Events::Closed {
                    self.events = Events::Heard;
                }
            }
            Some(Input::EventsHeard) if self.events != Events::Closed => self.events = Events::Heard,
            Some(Input::EventsClosed) => self.events = Events::Closed,
            Some(Input::Visible(visible)) => (self.hidden, self.urged) = (!visible, self.urged | visible),
            Some(Input::Online(online)) => {
                (self.offline, self.urged) = (!online, self.urged | online);
                if *online {
                    self.failures = 0;
                }
            }
            Some(Input::Resumed { lost }) => {
                self.urged = true;
                if *lost >= Millis(1500) && self.events == Events::Heard {
                    self.events = Events::Opening;
                }
            }
            Some(Input::Check) => (self.urged, self.refused) = (true, false),
            Some(
                Input::HandoffClosed
                | Input::Hosted(HostedEvent::PaymentSuccess | HostedEvent::PaymentFail | HostedEvent::Exit),
            ) => {
                self.urged = true;
            }
            _ => {}
        }
    }

    fn end(&mut self, at: Millis, failed: bool) {
        self.ended = at;
        if failed {
            self.failures += 1;
        }
    }

    fn judge(&mut self, moment: &Moment, checked: bool) -> Result<(), String> {
        if moment.at < self.not_before {
            return Err(format!("asked before Retry-After is over: {moment}"));
        }
        if self.refused || matches!(moment.view.link, Link::Refused(_)) {
            return Err(format!("asked though the shop refuses: {moment}"));
        }
        let over = |phase: &Phase| *phase == Phase::Expired(Expiry::Payment);
        if over(&self.phase) && over(&moment.view.phase) && !checked {
            return Err(format!("asked after the payment's life: {moment}"));
        }
        if !std::mem::replace(&mut self.begun, true) || self.urged {
            return Ok(());
        }
        let pause = moment.at - self.ended;
        let least = self.least(&moment.view.phase);
        if pause < least {
            return Err(format!("asked after {} ms instead of {} ms: {moment}", pause.0, least.0));
        }
        Ok(())
    }

    /// The shortest polite pause.
    fn least(&self, phase: &Phase) -> Millis {
        let seconds = Millis::from_secs;
        let calm = match phase {
            Phase::Verifying | Phase::Confirming => seconds(2),
            Phase::Preparing if self.events == Events::Heard => seconds(10),
            _ if self.events == Events::Heard => seconds(60),
            Phase::Preparing => seconds(1),
            Phase::Expired(_) => seconds(10),
            _ => seconds(2),
        };
        let failing = if self.failures > 0 { seconds(2 << self.failures.min(8)).min(seconds(30)) } else { Millis(0) };
        let hidden = if self.hidden || self.offline { seconds(30) } else { Millis(0) };
        calm.max(failing).max(hidden)
    }
}
