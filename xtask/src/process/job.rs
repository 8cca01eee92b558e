//! A program that is run to its end, with one line of progress and its output in a log.

use std::{
    fs::File,
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use super::{command_line, group::Group};
use crate::{failure::Failure, interrupt, log, path, progress::Progress};

// Longer than a demo takes to stop its own children: a demo may run inside a job.
const PATIENCE: Duration = Duration::from_secs(10);
const SHOWN: usize = 120;

/// One such run.
#[derive(Debug)]
pub(crate) struct Job {
    /// What the log is called in messages, and where both outputs of the program go.
    pub(crate) log: PathBuf,
    /// The program.
    pub(crate) command: Command,
    /// Where standard output goes when it must not be mixed with standard error.
    pub(crate) output: Option<PathBuf>,
}

impl Job {
    /// A run of `program` whose output goes to `log`.
    pub(crate) fn new(program: &str, log: PathBuf) -> Self {
        let mut command = Command::new(program);
        command.env("PATH", path::search_path());
        Self { log, command, output: None }
    }

    /// Runs the program to its end while `progress` moves.
    pub(crate) fn run(mut self, progress: &mut Progress) -> Result<(), Failure> {
        let log = self.open(&self.log)?;
        let errors = log.try_clone().map_err(|error| self.broken(&error))?;
        let output = match &self.output {
            Some(path) => self.open(path)?,
            None => log,
        };
        self.command.stdin(Stdio::null()).stdout(output).stderr(errors);
        let mut group = Group::spawn(&mut self.command, PATIENCE).map_err(|error| self.broken(&error))?;
        let mut pause = Duration::from_millis(4);
        loop {
            let ended = group.ended().map_err(|error| self.broken(&error))?;
            if let Some(status) = ended {
                return if status.success() { Ok(()) } else { Err(self.failed(&status.to_string())) };
            }
            interrupt::check()?;
            progress.tick(|| log::last_line(&self.log));
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(60));
        }
    }

    fn open(&self, path: &PathBuf) -> Result<File, Failure> {
        File::create(path).map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))
    }

    fn broken(&self, error: &std::io::Error) -> Failure {
        Failure::new(format!("cannot run `{}`: {error}", command_line(&self.command)))
    }

    fn failed(&self, status: &str) -> Failure {
        Failure::new(format!("`{}` failed ({status})", command_line(&self.command)))
            .output(log::failure(&self.log, SHOWN))
            .advice(format!("all of its output: {}", self.log.display()))
    }
}
