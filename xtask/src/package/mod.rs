//! `cargo xtask package`: the npm package with the custom element, as a folder and as a tarball.

mod compiler;

use std::fs;

pub(crate) use compiler::{Compiler, has_library_sources};

use crate::{
    failure::Failure,
    log,
    process::Job,
    progress::{self, Progress},
    setup,
    workspace::Workspace,
};

/// What a browser may have to download, in bytes of brotli 11: WebAssembly, JavaScript, styles and one language.
/// A ratchet on the way to the budget of 40 000 in docs: lower it with every saving, never raise it.
const MOST: &str = "80300";

/// How to make it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Without unstable compiler flags: larger, but the same files.
    pub(crate) stable: bool,
}

/// Makes the package and says what each part of it weighs.
pub(crate) fn run(workspace: &Workspace, options: Options) -> Result<(), Failure> {
    setup::run(workspace, setup::Wanted { package: true, ..setup::Wanted::default() })?;
    let compiler = Compiler::choose(workspace, options.stable);
    let mut progress = Progress::start("packaging the custom element");
    let jobs = jobs(workspace, compiler)?;
    let sizes = jobs.get(1).map(|job| job.log.clone());
    for job in jobs {
        job.run(&mut progress)?;
    }
    progress.done("packaged the custom element");
    if let Some(sizes) = sizes {
        progress::result(log::read_lossy(&sizes).trim_end());
    }
    progress::result(&format!("in {} and {}", folder(workspace).display(), tarballs(workspace).display()));
    Ok(())
}

/// The programs that make the package, one after the other.
pub(crate) fn jobs(workspace: &Workspace, compiler: Compiler) -> Result<Vec<Job>, Failure> {
    fs::create_dir_all(tarballs(workspace)).map_err(|error| Failure::new(format!("cannot make a folder: {error}")))?;
    Ok(vec![compiler.job(workspace)?, bundle(workspace, compiler)?, pack(workspace)?])
}

fn bundle(workspace: &Workspace, compiler: Compiler) -> Result<Job, Failure> {
    let mut job = Job::new("node", workspace.log("package-bundle")?);
    job.command
        .arg(workspace.root.join("element/build/build.mjs"))
        .arg("--wasm")
        .arg(compiler.module(workspace))
        .arg("--wasm-opt")
        .arg(setup::programs(workspace, setup::WASM_OPT).join("wasm-opt"))
        .arg("--out")
        .arg(folder(workspace))
        .current_dir(&workspace.root);
    // What plain stable makes is larger, which says nothing about our code.
    job.command.args(compiler.is_small().then_some(["--gate", MOST]).into_iter().flatten());
    Ok(job)
}

fn pack(workspace: &Workspace) -> Result<Job, Failure> {
    let mut job = Job::new("npm", workspace.log("package-pack")?);
    job.command
        .args(["pack", "--ignore-scripts", "--pack-destination"])
        .arg(tarballs(workspace))
        .arg(folder(workspace))
        .current_dir(&workspace.root);
    Ok(job)
}

fn folder(workspace: &Workspace) -> std::path::PathBuf {
    workspace.root.join("element/dist")
}

fn tarballs(workspace: &Workspace) -> std::path::PathBuf {
    workspace.target.join("package")
}
