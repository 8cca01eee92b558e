//! The running programs: all of them, or none.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use crate::{failure::Failure, interrupt, log, process::Group, progress::Progress};

const PATIENCE: Duration = Duration::from_secs(4);
const STEP: Duration = Duration::from_millis(50);
const SHOWN: usize = 20;

#[derive(Debug)]
struct Service {
    name: &'static str,
    group: Group,
    log: PathBuf,
}

/// What is running. Dropping it stops everything.
#[derive(Debug, Default)]
pub(crate) struct Services(Vec<Service>);

impl Services {
    /// Starts a program, with everything it says in `log`.
    pub(crate) fn start(&mut self, name: &'static str, command: &mut Command, log: PathBuf) -> Result<(), Failure> {
        let broken = |error: std::io::Error| Failure::new(format!("cannot start the {name}: {error}"));
        let output = File::create(&log).map_err(broken)?;
        let errors = output.try_clone().map_err(broken)?;
        command.stdin(Stdio::null()).stdout(output).stderr(errors);
        let group = Group::spawn(command, PATIENCE).map_err(broken)?;
        self.0.push(Service { name, group, log });
        Ok(())
    }

    /// Asks again and again until there is an answer, while everything else has to stay alive. `ask` is given the
    /// log of the program called `name`.
    pub(crate) fn wait_for<T>(
        &mut self,
        name: &str,
        patience: Duration,
        mut ask: impl FnMut(&Path) -> Result<Option<T>, Failure>,
    ) -> Result<T, Failure> {
        let log = self.log_of(name);
        let mut progress = Progress::start(format!("starting the {name}"));
        loop {
            interrupt::check()?;
            self.check_alive()?;
            if let Some(answer) = ask(&log)? {
                progress.done(&format!("{name} answers"));
                return Ok(answer);
            }
            if progress.elapsed() > patience {
                return Err(silent(name, &log));
            }
            progress.tick(|| log::last_line(&log));
            thread::sleep(STEP);
        }
    }

    /// Watches until one of the programs ends, which is a failure, or somebody asks to stop.
    pub(crate) fn watch(&mut self) -> Result<(), Failure> {
        loop {
            interrupt::check()?;
            self.check_alive()?;
            thread::sleep(STEP);
        }
    }

    /// Stops everything: all at once, so that it takes as long as the slowest and not as long as all of them.
    pub(crate) fn stop(&mut self) {
        for service in &self.0 {
            service.group.ask_to_end();
        }
        for service in self.0.iter_mut().rev() {
            service.group.stop();
        }
    }

    fn check_alive(&mut self) -> Result<(), Failure> {
        for service in &mut self.0 {
            let name = service.name;
            let ended = service
                .group
                .ended()
                .map_err(|error| Failure::new(format!("cannot tell whether the {name} runs: {error}")))?;
            if let Some(status) = ended {
                return Err(Failure::new(format!("the {name} has ended ({status})"))
                    .output(log::tail(&service.log, SHOWN))
                    .advice(format!("all of its output: {}", service.log.display())));
            }
        }
        Ok(())
    }

    fn log_of(&self, name: &str) -> PathBuf {
        self.0.iter().find(|service| service.name == name).map(|service| service.log.clone()).unwrap_or_default()
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        self.stop();
    }
}

fn silent(name: &str, log: &Path) -> Failure {
    Failure::new(format!("the {name} runs but does not answer"))
        .output(log::tail(log, SHOWN))
        .advice(format!("all of its output: {}", log.display()))
}
