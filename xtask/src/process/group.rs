//! A program together with everything it starts.

use std::{
    io,
    process::{Child, Command, ExitStatus},
    thread,
    time::{Duration, Instant},
};

use crate::interrupt;

const STEP: Duration = Duration::from_millis(20);

/// A running program as the leader of its own process group. Dropping it stops the whole group.
///
/// Its own group, because programs like trunk and cargo start others, and a signal to the leader alone would leave
/// those behind.
#[derive(Debug)]
pub(crate) struct Group {
    leader: Child,
    patience: Duration,
    over: bool,
}

impl Group {
    /// Starts `command`. When it has to be stopped it gets `patience` before it is killed.
    pub(crate) fn spawn(command: &mut Command, patience: Duration) -> io::Result<Self> {
        own_group(command);
        Ok(Self { leader: command.spawn()?, patience, over: false })
    }

    /// How the leader ended, if it did.
    pub(crate) fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.leader.try_wait()
    }

    /// Asks every process of the group to end, without waiting.
    pub(crate) fn ask_to_end(&self) {
        signal(&self.leader, Strength::Ask);
    }

    /// Asks, waits, and kills what is left.
    pub(crate) fn stop(&mut self) {
        if std::mem::replace(&mut self.over, true) {
            return;
        }
        self.ask_to_end();
        let asked = Instant::now();
        while self.is_alive() && asked.elapsed() < self.patience && interrupt::count() < 2 {
            thread::sleep(STEP);
        }
        if self.is_alive() {
            signal(&self.leader, Strength::Force);
        }
        let _ = self.leader.wait();
    }

    fn is_alive(&mut self) -> bool {
        // The leader has to be waited for first: until then it counts as a member even when it is dead.
        !matches!(self.leader.try_wait(), Ok(Some(_))) || has_members(&self.leader)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.stop();
    }
}

#[derive(Clone, Copy)]
enum Strength {
    Ask,
    Force,
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(unix)]
fn id(leader: &Child) -> Option<nix::unistd::Pid> {
    let id = i32::try_from(leader.id()).ok()?;
    Some(nix::unistd::Pid::from_raw(id))
}

#[cfg(unix)]
fn signal(leader: &Child, strength: Strength) {
    use nix::sys::signal::{Signal, killpg};
    let signal = match strength {
        Strength::Ask => Signal::SIGTERM,
        Strength::Force => Signal::SIGKILL,
    };
    if let Some(group) = id(leader) {
        // The only failure possible is that nobody is left, which is what was wanted.
        let _ = killpg(group, signal);
    }
}

#[cfg(unix)]
fn has_members(leader: &Child) -> bool {
    id(leader).is_some_and(|group| nix::sys::signal::killpg(group, None).is_ok())
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

#[cfg(not(unix))]
fn signal(leader: &Child, _strength: Strength) {
    // Windows has no gentle way to end a tree of console programs.
    let _ = Command::new("taskkill").args(["/T", "/F", "/PID", &leader.id().to_string()]).output();
}

#[cfg(not(unix))]
fn has_members(_leader: &Child) -> bool {
    false
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Group {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Group::spawn(&mut command, Duration::from_millis(300)).expect("sh starts")
    }

    #[test]
    fn stopping_takes_the_children_too() {
        let mut group = shell("sleep 60 & sleep 60");
        let leader = id(&group.leader).expect("a process id");
        group.stop();
        let gone = (0..100).any(|_| {
            thread::sleep(STEP);
            nix::sys::signal::killpg(leader, None).is_err()
        });
        assert!(gone, "nobody is left in the group");
    }

    #[test]
    fn the_stubborn_are_killed() {
        let mut group = shell("trap '' TERM; while true; do sleep 1; done");
        thread::sleep(Duration::from_millis(100));
        let started = Instant::now();
        group.stop();
        assert!(started.elapsed() < Duration::from_secs(5));
        assert!(matches!(group.ended(), Ok(Some(_))));
    }
}
