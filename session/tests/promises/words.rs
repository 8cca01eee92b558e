//! A story in words, for whoever has to find out what went wrong.

use crate::documents::{Display, Linked, Spec, Time};
use crate::telling::{Moment, START, Telling};
use std::fmt;
use wechat_checkout_session::{Call, Command, Event, Input, Source};

impl fmt::Display for Telling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for moment in &self.moments {
            // Wakes that do nothing tell nothing.
            if !matches!(moment.input, Some(Input::Woke)) || !moment.commands.is_empty() {
                writeln!(f, "{moment}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = (self.at - START).0 as f64 / 1000.0;
        write!(f, "  at {seconds:.3} s: {}", self.happening())?;
        for command in &self.commands {
            write!(f, "; {}", reaction(command))?;
        }
        if let Some(countdown) = self.countdown {
            write!(f, " [{:.1} s left]", countdown.remaining.0 as f64 / 1000.0)?;
        }
        Ok(())
    }
}

impl Moment {
    fn happening(&self) -> String {
        let Some(input) = &self.input else { return "the session is closed".into() };
        let late = if self.is_dead() { ", though nobody waits for it" } else { "" };
        match (input, &self.spec) {
            (Input::Document { source: Source::Answer(id), .. }, Some(spec)) => {
                format!("the shop answers #{}{late}: {}", id.0, spec.words_of())
            }
            (Input::Document { source, .. }, Some(spec)) => format!("{source:?} says: {}", spec.words_of()),
            (Input::Failed { request, failure }, _) => format!("#{} fails{late}: {failure:?}", request.0),
            (Input::Woke, _) => "the timer fires".into(),
            (Input::Visible(true), _) => "the page is shown".into(),
            (Input::Visible(false), _) => "the page is hidden".into(),
            (Input::Online(true), _) => "the network is back".into(),
            (Input::Online(false), _) => "the network is gone".into(),
            (Input::Resumed { lost }, _) => format!("the device wakes and has lost {} ms", lost.0),
            (other, _) => format!("{other:?}"),
        }
    }
}

impl Spec {
    fn words_of(&self) -> String {
        let mut words = format!("{} {:?}", self.id(), self.status).to_lowercase();
        match self.display {
            Display::Code(number) => words += &format!(", code {number}"),
            other => words += &format!(", {other:?}").to_lowercase(),
        }
        match self.time {
            Time::Unsaid => {}
            Time::ExpiresIn(seconds) => words += &format!(", expires in {seconds} s"),
            Time::Age(age) => words += &format!(", made {} s ago", age / 1000),
        }
        if let Some(seconds) = self.timeout {
            words += &format!(", lives {seconds} s");
        }
        if let Some(revision) = self.revision {
            words += &format!(", revision {revision}");
        }
        if self.links != Linked::All {
            words += &format!(", links: {:?}", self.links).to_lowercase();
        }
        if self.hosted {
            words += ", a hosted page";
        }
        words
    }
}

fn reaction(command: &Command) -> String {
    match command {
        Command::Send { id, call: Call::Status, .. } => format!("asks #{}", id.0),
        Command::Send { id, call, .. } => format!("sends #{}: {call:?}", id.0),
        Command::Abort(id) => format!("aborts #{}", id.0),
        Command::Emit(Event::Phase(phase)) => format!("is {phase:?}"),
        Command::Emit(event) => format!("says {event:?}"),
        other => format!("{other:?}"),
    }
}
