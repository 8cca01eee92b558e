//! What a command says when it cannot go on.

use std::fmt;

/// A reason to stop, written for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    output: String,
    advice: Vec<String>,
    exit_code: u8,
}

impl Failure {
    /// A failure in one sentence.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), output: String::new(), advice: Vec::new(), exit_code: 1 }
    }

    /// A wrong command line; the exit code is the customary 2.
    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self { exit_code: 2, ..Self::new(what) }
    }

    /// Ctrl-C or a termination signal: nothing to explain, but not a success either.
    pub(crate) fn interrupted() -> Self {
        Self { exit_code: 130, ..Self::new("stopped") }
    }

    /// Adds what the failing program printed.
    pub(crate) fn output(mut self, output: impl Into<String>) -> Self {
        self.output = output.into();
        self
    }

    /// Adds a line about what to do next.
    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice.push(advice.into());
        self
    }

    /// What the process exits with.
    pub(crate) fn exit_code(&self) -> u8 {
        self.exit_code
    }

    /// Whether somebody asked us to stop, as opposed to something going wrong.
    pub(crate) fn is_interruption(&self) -> bool {
        self.exit_code == 130
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.output.lines() {
            writeln!(f, "  │ {line}")?;
        }
        writeln!(f, "✗ {}", self.what)?;
        for line in &self.advice {
            writeln!(f, "  {line}")?;
        }
        Ok(())
    }
}
