//! One line per step: what is going on, for how long, and how it ended.

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

const FRAMES: [char; 4] = ['◐', '◓', '◑', '◒'];
const REDRAW: Duration = Duration::from_millis(120);
// Short enough for any terminal, since a line that wraps cannot be drawn over.
const WIDTH: usize = 78;

/// The line of a running step. On a terminal it moves; elsewhere it is one line at the start and one at the end.
#[derive(Debug)]
pub(crate) struct Progress {
    label: String,
    started: Instant,
    drawn: Option<Instant>,
    moving: bool,
}

impl Progress {
    /// Announces a step.
    pub(crate) fn start(label: impl Into<String>) -> Self {
        let progress =
            Self { label: label.into(), started: Instant::now(), drawn: None, moving: std::io::stderr().is_terminal() };
        if !progress.moving {
            note(&format!("… {}", progress.label));
        }
        progress
    }

    /// Shows that time passes, and `detail`, which is asked for only when it is shown.
    pub(crate) fn tick(&mut self, detail: impl FnOnce() -> Option<String>) {
        let due = self.drawn.is_none_or(|drawn| drawn.elapsed() >= REDRAW);
        if !self.moving || !due {
            return;
        }
        let elapsed = self.started.elapsed();
        let turn = usize::try_from(elapsed.as_millis() / REDRAW.as_millis()).unwrap_or_default();
        let frame = FRAMES.get(turn % FRAMES.len()).copied().unwrap_or('…');
        let line = format!("{frame} {}  {}  {}", self.label, clock(elapsed), detail().unwrap_or_default());
        let line: String = line.chars().take(WIDTH).collect();
        let mut terminal = std::io::stderr();
        let _ = write!(terminal, "\r{line}\x1b[K");
        let _ = terminal.flush();
        self.drawn = Some(Instant::now());
    }

    /// Ends the step well, as `label`, which may say more than the announcement did.
    pub(crate) fn done(mut self, label: &str) {
        let line = format!("✓ {label}  {}", clock(self.started.elapsed()));
        self.wipe();
        note(&line);
    }

    /// How long the step has been going on.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn wipe(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// A line about what goes on.
pub(crate) fn note(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A line that is a result: it goes to standard output, for people and programs alike.
pub(crate) fn result(line: &str) {
    let mut output = std::io::stdout();
    let _ = writeln!(output, "{line}");
    let _ = output.flush();
}

/// A duration as people say it: `0.4 s`, `38 s`, `4 min 17 s`.
pub(crate) fn clock(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    match seconds {
        0..10 => format!("{seconds}.{} s", elapsed.subsec_millis() / 100),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(clock(Duration::from_millis(449)), "0.4 s");
        assert_eq!(clock(Duration::from_millis(38_900)), "38 s");
        assert_eq!(clock(Duration::from_secs(257)), "4 min 17 s");
    }
}
