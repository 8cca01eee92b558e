//! Packages that npm installs, exactly as their lock file says.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::present;
use crate::{failure::Failure, path, process::Job, progress::Progress, workspace::Workspace};

const OLDEST: u32 = 20;

/// Installs the packages of `folder` unless they are there and unchanged.
pub(crate) fn packages(workspace: &Workspace, folder: &str, label: &str) -> Result<(), Failure> {
    let folder = workspace.root.join(folder);
    if is_current(&folder) {
        present(label);
        return Ok(());
    }
    recent_enough()?;
    let mut progress = Progress::start(format!("installing {label}"));
    let mut job = Job::new("npm", workspace.log("setup-npm")?);
    job.command
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(&folder)
        .current_dir(&folder);
    job.run(&mut progress)?;
    remember(&folder)?;
    progress.done(label);
    Ok(())
}

/// The folder of the programs that the packages of `folder` bring.
pub(crate) fn programs(workspace: &Workspace, folder: &str) -> PathBuf {
    workspace.root.join(folder).join("node_modules/.bin")
}

// npm keeps no record of the lock file it installed from, so we do.
fn record(folder: &Path) -> PathBuf {
    folder.join("node_modules/.installed-from.json")
}

fn is_current(folder: &Path) -> bool {
    match (fs::read(folder.join("package-lock.json")), fs::read(record(folder))) {
        (Ok(wanted), Ok(installed)) => wanted == installed,
        _ => false,
    }
}

fn remember(folder: &Path) -> Result<(), Failure> {
    fs::copy(folder.join("package-lock.json"), record(folder))
        .map(|_| ())
        .map_err(|error| Failure::new(format!("cannot write in {}: {error}", folder.display())))
}

fn recent_enough() -> Result<(), Failure> {
    let version = path::find(&["node"]).and_then(|node| {
        let output = Command::new(node).arg("--version").stdin(Stdio::null()).output().ok()?;
        major(&String::from_utf8_lossy(&output.stdout))
    });
    match version {
        Some(major) if major >= OLDEST && path::find(&["npm"]).is_some() => Ok(()),
        Some(major) if major >= OLDEST => Err(Failure::new("npm is missing")),
        Some(major) => Err(Failure::new(format!("Node.js {major} is too old: {OLDEST} or newer is needed"))),
        None => Err(Failure::new(format!("Node.js is missing: {OLDEST} or newer is needed, with npm"))),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_what_node_prints() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
