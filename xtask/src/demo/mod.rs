//! `cargo xtask demo`: the shop, the merchant and the sandbox, together until Ctrl-C.

mod build;
mod data;
mod services;
mod settings;
mod start;

use std::time::Duration;

use data::DataFolder;
use services::Services;
use settings::Settings;

use crate::{failure::Failure, http, interrupt, json, log, progress, setup, workspace::Workspace};

const SOON: Duration = Duration::from_secs(30);
// An optimised build is made by trunk before it answers.
const LATER: Duration = Duration::from_secs(15 * 60);

/// How to run the demo.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Start with an empty database.
    pub(crate) fresh: bool,
    /// Serve the optimised build.
    pub(crate) release: bool,
}

/// Who the merchant is to the sandbox.
#[derive(Debug)]
pub(crate) struct Project {
    id: String,
    secret_key: String,
}

/// Runs everything until somebody asks to stop.
pub(crate) fn run(workspace: &Workspace, options: Options) -> Result<(), Failure> {
    let settings = Settings::read(workspace, |name| std::env::var(name).ok())?;
    // Before the minutes that a first build takes: nobody wants to learn of a taken port after them.
    settings.check_ports()?;
    let data = DataFolder::open(&settings.folder, options.fresh)?;
    setup::run(workspace, setup::Wanted { release: options.release, ..setup::Wanted::default() })?;
    let programs = build::native(workspace)?;
    build::shop(workspace, options.release)?;
    let mut services = Services::default();
    match serve(workspace, &settings, &data, &programs, options, &mut services) {
        Err(failure) if failure.is_interruption() => {
            progress::note("stopping");
            services.stop();
            Ok(())
        }
        outcome => outcome,
    }
}

fn serve(
    workspace: &Workspace,
    settings: &Settings,
    data: &DataFolder,
    programs: &build::Programs,
    options: Options,
    services: &mut Services,
) -> Result<(), Failure> {
    let mut sandbox = start::sandbox(workspace, settings, programs);
    services.start("sandbox", &mut sandbox, data.log("sandbox"))?;
    let project = services.wait_for("sandbox", SOON, |_| Ok(project(settings)))?;

    let mut merchant = start::merchant(workspace, settings, data, programs, &project);
    services.start("merchant", &mut merchant, data.log("merchant"))?;
    services.wait_for("merchant", SOON, |_| Ok(answers(settings.merchant.reach(), "/health")))?;

    let mut shop = start::shop(workspace, settings, data, options.release)?;
    services.start("shop", &mut shop, data.log("shop"))?;
    services.wait_for("shop", LATER, |log| {
        broken_build(log)?;
        Ok(answers(settings.shop.reach(), "/"))
    })?;

    let phone = settings.sandbox.url();
    progress::note(&format!("  a phone to pay with: {phone}/phone"));
    progress::note(&format!("  database and logs: {}; Ctrl-C stops everything", data.folder().display()));
    progress::result(&format!("ready: {}", settings.shop.url()));
    services.watch()
}

fn project(settings: &Settings) -> Option<Project> {
    let answer = http::get(settings.sandbox.reach(), "/control/project")?;
    Some(Project { id: json::digits(&answer.body, "project_id")?, secret_key: json::text(&answer.body, "secret_key")? })
}

fn answers(address: std::net::SocketAddr, path: &str) -> Option<()> {
    (http::get(address, path)?.status == 200).then_some(())
}

// trunk goes on serving after a failed build, in the hope of a change. At the start that hope is a hang.
fn broken_build(log: &std::path::Path) -> Result<(), Failure> {
    interrupt::check()?;
    if log::read_lossy(log).lines().any(|line| line.contains("ERROR")) {
        return Err(Failure::new("trunk could not build the shop")
            .output(log::tail(log, 30))
            .advice(format!("all of its output: {}", log.display())));
    }
    Ok(())
}
