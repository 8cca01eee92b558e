//! Programs that `cargo install` builds.

use std::{
    fs,
    process::{Command, Stdio},
};

use super::present;
use crate::{failure::Failure, path, process::Job, progress::Progress, workspace::Workspace};

/// A program in exactly the version that this project needs.
#[derive(Debug)]
pub(crate) struct Tool {
    /// The package's name in the registry.
    pub(crate) package: &'static str,
    /// The program's name.
    pub(crate) program: &'static str,
    /// The version.
    pub(crate) version: String,
    /// Whether the package's own lock file is used.
    pub(crate) locked: bool,
    /// How long building takes on two cores, so that nobody believes it hangs.
    pub(crate) about: &'static str,
}

/// Installs the tool unless that version is there.
pub(crate) fn ensure(workspace: &Workspace, tool: &Tool) -> Result<(), Failure> {
    let label = format!("{} {}", tool.program, tool.version);
    if installed(tool.program).as_deref() == Some(&tool.version) {
        present(&label);
        return Ok(());
    }
    // A folder that outlives an interruption, so that the next attempt goes on where this one stopped.
    let build = workspace.target.join("tools");
    let mut job = Job::new("cargo", workspace.log(&format!("setup-{}", tool.program))?);
    job.command
        .args(["install", tool.package, "--version", &tool.version])
        .args(tool.locked.then_some("--locked"))
        .arg("--target-dir")
        .arg(&build)
        .current_dir(&workspace.root)
        // The packages' own release profiles take minutes longer to make programs that run for seconds.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_TERM_COLOR", "never");
    let mut progress = Progress::start(format!("installing {label} ({})", tool.about));
    job.run(&mut progress)?;
    if installed(tool.program).as_deref() != Some(&tool.version) {
        return Err(shadowed(tool));
    }
    // Hundreds of megabytes that nothing uses again; failing to free them is no reason to stop.
    let _ = fs::remove_dir_all(&build);
    progress.done(&label);
    Ok(())
}

fn installed(program: &str) -> Option<String> {
    let output = Command::new(path::find(&[program])?).arg("--version").stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split_whitespace().nth(1).map(str::to_owned)
}

fn shadowed(tool: &Tool) -> Failure {
    let found = path::find(&[tool.program]).unwrap_or_default();
    Failure::new(format!(
        "{} {} is installed, but another one comes first on PATH: {}",
        tool.program,
        tool.version,
        found.display()
    ))
    .advice("remove that one, or put cargo's bin folder before it")
}
