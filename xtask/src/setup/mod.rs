//! `cargo xtask setup`: checks, then installs only what is missing.

mod apt;
mod browser;
mod cargo_tool;
mod node;
mod rust;

use std::fs;

pub(crate) use browser::chromedriver;
pub(crate) use node::programs;

use crate::{failure::Failure, lockfile, progress, workspace::Workspace};

/// Holds `wasm-opt`. A package of its own, since only optimised builds need it and it is large.
pub(crate) const WASM_OPT: &str = "xtask/wasm-opt";
/// Holds the custom element.
pub(crate) const ELEMENT: &str = "element";
/// Holds the end-to-end tests.
pub(crate) const END_TO_END: &str = "tests/e2e";

/// What is going to be done, beyond building and running the demo.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The tests are run.
    pub(crate) tests: bool,
    /// The optimised build is made.
    pub(crate) release: bool,
    /// The npm package is made.
    pub(crate) package: bool,
}

/// Makes sure that everything wanted is there. Says one line per tool.
pub(crate) fn run(workspace: &Workspace, wanted: Wanted) -> Result<(), Failure> {
    rust::target(workspace)?;
    if wanted.tests {
        rust::component(workspace, "rustfmt", "fmt")?;
        rust::component(workspace, "clippy", "clippy")?;
    }
    cargo_tool::ensure(workspace, &wasm_bindgen(workspace)?)?;
    cargo_tool::ensure(workspace, &trunk())?;
    if wanted.release || wanted.package {
        node::packages(workspace, WASM_OPT, "wasm-opt")?;
    }
    if wanted.package {
        node::packages(workspace, ELEMENT, "npm packages of the custom element")?;
        // Without them the package is made all the same, only larger: no reason to stop.
        let _ = rust::library_sources(workspace);
    }
    if wanted.tests {
        node::packages(workspace, END_TO_END, "npm packages of the end-to-end tests")?;
        browser::ensure(workspace)?;
    }
    Ok(())
}

fn present(what: &str) {
    progress::note(&format!("✓ {what}"));
}

fn wasm_bindgen(workspace: &Workspace) -> Result<cargo_tool::Tool, Failure> {
    let path = workspace.root.join("Cargo.lock");
    let lock =
        fs::read_to_string(&path).map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
    let version =
        lockfile::version_of(&lock, "wasm-bindgen").ok_or_else(|| Failure::new("Cargo.lock holds no wasm-bindgen"))?;
    Ok(cargo_tool::Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version,
        // Its lock file has named versions that were withdrawn since.
        locked: false,
        about: "about 2 minutes",
    })
}

fn trunk() -> cargo_tool::Tool {
    cargo_tool::Tool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14".to_owned(),
        locked: true,
        about: "about 4 minutes",
    }
}
