//! What has to be built before anything can start.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{failure::Failure, json, log, process::Job, progress::Progress, workspace::Workspace};

/// The built programs.
#[derive(Debug)]
pub(crate) struct Programs {
    /// The merchant backend.
    pub(crate) merchant: PathBuf,
    /// The sandbox.
    pub(crate) sandbox: PathBuf,
}

/// Builds the merchant and the sandbox.
pub(crate) fn native(workspace: &Workspace) -> Result<Programs, Failure> {
    let messages = workspace.log("demo-build-messages")?;
    let mut job = Job::new("cargo", workspace.log("demo-build")?);
    job.output = Some(messages.clone());
    job.command
        .args(["build", "--bins"])
        .args(["--package", "wechat-checkout-merchant"])
        .args(["--package", "wechat-checkout-sandbox"])
        // Cargo itself says where it put the programs, whatever the user's settings are.
        .arg("--message-format=json-render-diagnostics")
        .current_dir(&workspace.root);
    quiet(&mut job.command);
    let mut progress = Progress::start("building the merchant and the sandbox");
    job.run(&mut progress)?;
    progress.done("merchant and sandbox built");
    let messages = log::read_lossy(&messages);
    Ok(Programs { merchant: program(&messages, "merchant")?, sandbox: program(&messages, "sandbox")? })
}

/// Compiles the shop. trunk would do it too, but would neither show progress nor stop at an error.
pub(crate) fn shop(workspace: &Workspace, release: bool) -> Result<(), Failure> {
    let mut job = Job::new("cargo", workspace.log("demo-build-shop")?);
    job.command
        // The same as in index.html, so that trunk finds everything built.
        .args(["build", "--package", "wechat-checkout", "--bin", "demo"])
        .args(["--features", "csr", "--target", "wasm32-unknown-unknown"])
        .args(release.then_some("--profile=wasm-release"))
        .current_dir(&workspace.root);
    quiet(&mut job.command);
    let mut progress = Progress::start("building the shop for the browser");
    job.run(&mut progress)?;
    progress.done("shop built");
    Ok(())
}

fn quiet(command: &mut Command) {
    command.env("CARGO_TERM_COLOR", "never");
}

fn program(messages: &str, name: &str) -> Result<PathBuf, Failure> {
    messages
        .lines()
        .filter(|line| line.contains("\"compiler-artifact\""))
        .filter_map(|line| json::text(line, "executable"))
        .map(PathBuf::from)
        .find(|path| path.file_stem().is_some_and(|stem| Path::new(stem) == Path::new(name)))
        .ok_or_else(|| Failure::new(format!("cargo built no program called {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_where_cargo_says() {
        let messages = "{\"reason\":\"compiler-artifact\",\"executable\":null}\n\
                        {\"reason\":\"compiler-artifact\",\"executable\":\"/t/debug/sandbox\",\"fresh\":true}\n";
        assert_eq!(program(messages, "sandbox").expect("found"), PathBuf::from("/t/debug/sandbox"));
        assert!(program(messages, "merchant").is_err());
    }
}
