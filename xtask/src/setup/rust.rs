//! Parts of the Rust toolchain: the browser target, the formatter, the linter.

use std::process::{Command, Stdio};

use super::present;
use crate::{
    failure::Failure, package::has_library_sources, path, process::Job, progress::Progress, workspace::Workspace,
};

const TARGET: &str = "wasm32-unknown-unknown";

/// The target that browsers run.
pub(crate) fn target(workspace: &Workspace) -> Result<(), Failure> {
    let label = format!("Rust target {TARGET}");
    // Asked of rustc and not of rustup, so that toolchains from elsewhere are fine too.
    if has_target(workspace) {
        present(&label);
        return Ok(());
    }
    add(workspace, &label, &["target", "add", TARGET])
}

/// A component that comes with a cargo command.
pub(crate) fn component(workspace: &Workspace, name: &str, command: &str) -> Result<(), Failure> {
    if succeeds(workspace, "cargo", &[command, "--version"]) {
        present(name);
        return Ok(());
    }
    add(workspace, name, &["component", "add", name])
}

/// The sources of the standard library, to compile them for size.
pub(crate) fn library_sources(workspace: &Workspace) -> Result<(), Failure> {
    if has_library_sources(workspace) {
        present("rust-src");
        return Ok(());
    }
    add(workspace, "rust-src", &["component", "add", "rust-src"])
}

fn has_target(workspace: &Workspace) -> bool {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(&workspace.root)
        .stdin(Stdio::null())
        .output();
    output.is_ok_and(|output| {
        let folder = String::from_utf8_lossy(&output.stdout).into_owned();
        output.status.success() && std::fs::read_dir(folder.trim()).is_ok_and(|mut files| files.next().is_some())
    })
}

fn succeeds(workspace: &Workspace, program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .current_dir(&workspace.root)
        .stdin(Stdio::null())
        .output()
        .is_ok_and(|output| output.status.success())
}

fn add(workspace: &Workspace, label: &str, arguments: &[&str]) -> Result<(), Failure> {
    if path::find(&["rustup"]).is_none() {
        return Err(Failure::new(format!("{label} is missing"))
            .advice("install it the way you installed Rust; with rustup it would be:")
            .advice(format!("  rustup {}", arguments.join(" "))));
    }
    let mut progress = Progress::start(format!("installing {label}"));
    let mut job = Job::new("rustup", workspace.log("setup-rustup")?);
    job.command.args(arguments).current_dir(&workspace.root);
    job.run(&mut progress)?;
    progress.done(label);
    Ok(())
}
