//! The two ways to compile the WebAssembly.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::{failure::Failure, process::Job, progress, workspace::Workspace};

const TARGET: &str = "wasm32-unknown-unknown";

/// How the WebAssembly is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compiler {
    /// The standard library is compiled along, for size, without the machinery of panics. This takes the sources of
    /// the library, and the stable compiler's own switch for what is not stable yet.
    Small,
    /// Whatever the stable toolchain does.
    Stable,
}

impl Compiler {
    /// The small one, if it can be had and nobody asked for the other.
    pub(crate) fn choose(workspace: &Workspace, stable: bool) -> Self {
        if stable {
            return Self::Stable;
        }
        if has_library_sources(workspace) {
            return Self::Small;
        }
        progress::note("! the component rust-src cannot be had: the package is made by plain stable and is larger");
        Self::Stable
    }

    /// Whether what it makes is as small as it gets.
    pub(crate) fn is_small(self) -> bool {
        self == Self::Small
    }

    /// The compilation.
    pub(crate) fn job(self, workspace: &Workspace) -> Result<Job, Failure> {
        let mut job = Job::new("cargo", workspace.log("package-compile")?);
        job.command
            .args(["build", "--package", "wechat-checkout-element", "--target", TARGET, "--profile", self.profile()])
            .current_dir(&workspace.root)
            .env("CARGO_TERM_COLOR", "never");
        if self == Self::Small {
            job.command
                // A profile of its own, which a manifest cannot hold as long as this way to panic is unstable.
                .args(["--config", "profile.wasm-small.inherits='wasm-release'"])
                .args(["--config", "profile.wasm-small.panic='immediate-abort'"])
                .args(["-Zpanic-immediate-abort", "-Zbuild-std=std,panic_abort"])
                .arg("-Zbuild-std-features=optimize_for_size")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none");
        }
        Ok(job)
    }

    /// Where the module is afterwards.
    pub(crate) fn module(self, workspace: &Workspace) -> PathBuf {
        workspace.target.join(TARGET).join(self.profile()).join("wechat_checkout_element.wasm")
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Small => "wasm-small",
            Self::Stable => "wasm-release",
        }
    }
}

/// Whether the sources of the standard library are where cargo looks for them.
pub(crate) fn has_library_sources(workspace: &Workspace) -> bool {
    let output = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(&workspace.root)
        .stdin(Stdio::null())
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default();
    PathBuf::from(output).join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
}
