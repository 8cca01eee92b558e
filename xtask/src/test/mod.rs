//! `cargo xtask test`: every check and test, one line each, and the runners' own totals at the end.

mod stage;
mod summary;

pub(crate) use stage::Stage;

use crate::{
    failure::Failure,
    progress::{self, Progress},
    setup,
    workspace::Workspace,
};

/// What to run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// One stage instead of all of them.
    pub(crate) only: Option<Stage>,
}

/// Runs the stages in order and stops at the first failure: what comes after would mostly repeat it.
pub(crate) fn run(workspace: &Workspace, options: Options) -> Result<(), Failure> {
    let stages = match options.only {
        None => Stage::ALL.to_vec(),
        Some(stage) if stage.needs_setup() => vec![Stage::Setup, stage],
        Some(stage) => vec![stage],
    };
    let mut totals = Vec::new();
    for stage in &stages {
        totals.extend(run_stage(workspace, *stage)?);
    }
    for line in &totals {
        progress::result(line);
    }
    progress::result(match options.only {
        None => "every check and test passed",
        Some(_) => "passed",
    });
    Ok(())
}

fn run_stage(workspace: &Workspace, stage: Stage) -> Result<Vec<String>, Failure> {
    if stage == Stage::Setup {
        setup::run(workspace, setup::Wanted { tests: true, release: false, package: true })?;
        return Ok(Vec::new());
    }
    let mut progress = Progress::start(format!("{}: {}", stage.name(), stage.title()));
    let mut totals = Vec::new();
    for job in stage.jobs(workspace)? {
        let log = job.log.clone();
        job.run(&mut progress).map_err(|failure| {
            if failure.is_interruption() {
                return failure;
            }
            let failure = match stage.cure() {
                Some(cure) => failure.advice(format!("to put it right: {cure}")),
                None => failure,
            };
            failure.advice(format!("to run only this: cargo xtask test --only {}", stage.name()))
        })?;
        totals.extend(summary::totals(&log));
    }
    progress.done(&format!("{}: {}", stage.name(), stage.title()));
    if totals.is_empty() {
        return Ok(totals);
    }
    let mut lines = vec![format!("{}:", stage.title())];
    lines.append(&mut totals);
    Ok(lines)
}
