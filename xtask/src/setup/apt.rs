//! Packages of Debian and its relatives.

use std::{
    io::IsTerminal,
    process::{Command, Stdio},
};

use crate::{failure::Failure, path, process::Job, progress::Progress, workspace::Workspace};

/// Whether this system has apt-get.
pub(crate) fn is_here() -> bool {
    path::find(&["apt-get"]).is_some()
}

/// Installs `packages`. The lists of packages are renewed only when they turn out too old.
pub(crate) fn install(workspace: &Workspace, packages: &[&str]) -> Result<(), Failure> {
    let label = packages.join(", ");
    let by_hand = format!("apt-get update && apt-get install -y {}", packages.join(" "));
    let rights = Rights::obtain(&by_hand)?;
    let mut progress = Progress::start(format!("installing {label} (Debian packages)"));
    let install = ["install", "-y", "--no-install-recommends"];
    let install: Vec<&str> = install.into_iter().chain(packages.iter().copied()).collect();
    let first = rights.apt_get(workspace, &install)?.run(&mut progress);
    if let Err(failure) = first {
        if failure.is_interruption() {
            return Err(failure);
        }
        rights.apt_get(workspace, &["update"])?.run(&mut progress)?;
        rights.apt_get(workspace, &install)?.run(&mut progress)?;
    }
    progress.done(&label);
    Ok(())
}

#[derive(Clone, Copy)]
enum Rights {
    Root,
    Sudo,
}

impl Rights {
    fn obtain(by_hand: &str) -> Result<Self, Failure> {
        if is_root() {
            return Ok(Self::Root);
        }
        let allowed = path::find(&["sudo"]).is_some()
            && (sudo(&["-n", "true"]) || (std::io::stdin().is_terminal() && sudo(&["-v"])));
        if allowed {
            return Ok(Self::Sudo);
        }
        Err(Failure::new("packages are missing that only an administrator can install")
            .advice("run this as root, then run this command again:")
            .advice(format!("  {by_hand}")))
    }

    fn apt_get(self, workspace: &Workspace, arguments: &[&str]) -> Result<Job, Failure> {
        let log = workspace.log("setup-apt")?;
        let mut job = match self {
            Self::Root => Job::new("env", log),
            Self::Sudo => {
                let mut job = Job::new("sudo", log);
                job.command.args(["-n", "env"]);
                job
            }
        };
        job.command
            // As arguments of env, since sudo does not pass variables on.
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get"])
            // Fresh machines run their own updates at first, and hold the lock for a while.
            .args(["-o", "DPkg::Lock::Timeout=300"])
            .args(arguments);
        Ok(job)
    }
}

// sudo asks for its password on the terminal itself; it stays in our group, as a terminal is not given to others.
fn sudo(arguments: &[&str]) -> bool {
    Command::new("sudo")
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(if arguments == ["-v"] { Stdio::inherit() } else { Stdio::null() })
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
