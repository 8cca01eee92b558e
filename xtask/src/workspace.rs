//! Where the repository is and where its build goes.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{failure::Failure, json};

/// The two folders that every command needs.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target directory, wherever the user keeps it.
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// Asks the environment and cargo. Nothing is fixed at compile time, because checkouts in different places may
    /// share one target directory and so one built xtask.
    pub(crate) fn find() -> Result<Self, Failure> {
        let member = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let root = match member.as_deref().and_then(Path::parent) {
            Some(root) => root.to_owned(),
            None => env::current_dir().map_err(|error| Failure::new(format!("no current folder: {error}")))?,
        };
        let output = Command::new("cargo")
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(&root)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
        if !output.status.success() {
            return Err(Failure::new("cargo does not understand this workspace")
                .output(String::from_utf8_lossy(&output.stderr)));
        }
        let target = json::text(&String::from_utf8_lossy(&output.stdout), "target_directory")
            .ok_or_else(|| Failure::new("`cargo metadata` names no target directory"))?;
        Ok(Self { root, target: PathBuf::from(target) })
    }

    /// Where the output of a step is kept.
    pub(crate) fn log(&self, step: &str) -> Result<PathBuf, Failure> {
        let folder = self.target.join("xtask");
        fs::create_dir_all(&folder)
            .map_err(|error| Failure::new(format!("cannot create {}: {error}", folder.display())))?;
        Ok(folder.join(format!("{step}.log")))
    }
}
