//! The stages and the programs that each of them runs.

use crate::{
    failure::Failure,
    package,
    process::{Job, without_proxy},
    setup,
    workspace::Workspace,
};

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// One of the steps of a complete test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// What the others need is installed.
    Setup,
    /// The formatting.
    Fmt,
    /// The lints, for the machine we are on.
    Clippy,
    /// The lints, for the browser.
    ClippyWasm,
    /// The tests that need no browser, with those in the documentation.
    Native,
    /// The documentation.
    Doc,
    /// The tests inside a browser.
    Browser,
    /// The npm package is made and tested.
    Package,
    /// The examples that embed the package.
    Examples,
    /// The tests with a browser, against the demo.
    EndToEnd,
}

impl Stage {
    /// In the order in which they run: what is quick or likely to fail comes first.
    pub(crate) const ALL: [Self; 10] = [
        Self::Setup,
        Self::Fmt,
        Self::Clippy,
        Self::ClippyWasm,
        Self::Native,
        Self::Doc,
        Self::Browser,
        Self::Package,
        Self::Examples,
        Self::EndToEnd,
    ];

    /// The name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::ClippyWasm => "clippy-wasm",
            Self::Native => "native",
            Self::Doc => "doc",
            Self::Browser => "browser",
            Self::Package => "package",
            Self::Examples => "examples",
            Self::EndToEnd => "e2e",
        }
    }

    /// The stage with that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// What it does, for people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Setup => "what is missing is installed",
            Self::Fmt => "formatting",
            Self::Clippy => "lints",
            Self::ClippyWasm => "lints of the browser build",
            Self::Native => "tests without a browser",
            Self::Doc => "documentation",
            Self::Browser => "tests in a browser",
            Self::Package => "the npm package is made and tested",
            Self::Examples => "the examples, in a browser against the sandbox",
            Self::EndToEnd => "from click to receipt in a browser",
        }
    }

    /// Whether it uses more than the Rust toolchain.
    pub(crate) fn needs_setup(self) -> bool {
        matches!(self, Self::ClippyWasm | Self::Browser | Self::Package | Self::Examples | Self::EndToEnd)
    }

    /// A command that puts right what the stage finds.
    pub(crate) fn cure(self) -> Option<&'static str> {
        (self == Self::Fmt).then_some("cargo fmt --all")
    }

    /// The programs to run, one after the other.
    pub(crate) fn jobs(self, workspace: &Workspace) -> Result<Vec<Job>, Failure> {
        match self {
            Self::Setup => Ok(Vec::new()),
            Self::Fmt => Ok(vec![self.cargo(workspace, &["fmt", "--all", "--check", "--", "--color=never", "-l"])?]),
            Self::Clippy => self.clippy(workspace, &["--workspace"]),
            Self::ClippyWasm => {
                let packages = ["--package", "wechat-checkout", "--package", "wechat-checkout-element"];
                self.clippy(workspace, &[packages.as_slice(), WASM.as_slice()].concat())
            }
            Self::Native => self.native(workspace),
            Self::Doc => self.doc(workspace),
            Self::Browser => self.browser(workspace),
            Self::Package => Self::package(workspace),
            Self::Examples => Self::examples(workspace),
            Self::EndToEnd => self.end_to_end(workspace),
        }
    }

    fn clippy(self, workspace: &Workspace, what: &[&str]) -> Result<Vec<Job>, Failure> {
        let mut job = self.cargo(workspace, &["clippy"])?;
        job.command.args(what).args(["--all-targets", "--features", "csr"]).args(["--", "-D", "warnings"]);
        Ok(vec![job])
    }

    fn native(self, workspace: &Workspace) -> Result<Vec<Job>, Failure> {
        // Apart: together, the component would add features to dependencies that it shares with the backend, and the
        // end-to-end tests would have to build those once more, without them.
        let rest = self.cargo(workspace, &["test", "--workspace", "--exclude", "wechat-checkout", "--no-fail-fast"])?;
        let mut component =
            self.cargo(workspace, &["test", "--package", "wechat-checkout", "--features", "csr", "--no-fail-fast"])?;
        component.log = workspace.log("test-native-component")?;
        let mut server = self.cargo(
            workspace,
            &["test", "--package", "wechat-checkout", "--features", "ssr", "--lib", "--no-fail-fast"],
        )?;
        server.log = workspace.log("test-native-server")?;
        Ok(vec![rest, component, server])
    }

    fn doc(self, workspace: &Workspace) -> Result<Vec<Job>, Failure> {
        let mut job = self.cargo(workspace, &["doc", "--workspace", "--no-deps", "--features", "csr"])?;
        job.command.env("RUSTDOCFLAGS", "-D warnings");
        Ok(vec![job])
    }

    fn browser(self, workspace: &Workspace) -> Result<Vec<Job>, Failure> {
        // A page is either rendered in the browser or taken over from a server, so each has a run of its own.
        let rendered = self.in_a_browser(workspace, &["--features", "csr", "--tests"])?;
        let taken_over = self.in_a_browser(workspace, &["--features", "hydrate", "--test", "hydrate"])?;
        Ok(vec![rendered, taken_over])
    }

    fn in_a_browser(self, workspace: &Workspace, what: &[&str]) -> Result<Job, Failure> {
        let driver =
            setup::chromedriver().ok_or_else(|| Failure::new("ChromeDriver is missing: set CHROMEDRIVER to it"))?;
        let mut job = self.cargo(workspace, &["test", "--package", "wechat-checkout"])?;
        job.command
            .args(WASM)
            .args(what)
            .arg("--no-fail-fast")
            .env("CHROMEDRIVER", driver)
            // The defaults are seconds, which is little for a debug build on a busy machine.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
        without_proxy(&mut job.command);
        Ok(job)
    }

    fn package(workspace: &Workspace) -> Result<Vec<Job>, Failure> {
        let mut jobs = package::jobs(workspace, package::Compiler::choose(workspace, false))?;
        let mut job = Job::new("node", workspace.log("test-package")?);
        job.command.arg("tests/run.mjs").current_dir(workspace.root.join(setup::ELEMENT));
        without_proxy(&mut job.command);
        jobs.push(job);
        Ok(jobs)
    }

    fn examples(workspace: &Workspace) -> Result<Vec<Job>, Failure> {
        // They are given the package that the stage before has made.
        let mut jobs = package::jobs(workspace, package::Compiler::choose(workspace, false))?;
        let mut job = Job::new("node", workspace.log("test-examples")?);
        job.command
            .arg("tests/run.mjs")
            .current_dir(workspace.root.join("examples"))
            .env("CARGO_TARGET_DIR", &workspace.target);
        without_proxy(&mut job.command);
        jobs.push(job);
        Ok(jobs)
    }

    fn end_to_end(self, workspace: &Workspace) -> Result<Vec<Job>, Failure> {
        let mut job = Job::new("node", workspace.log("test-e2e")?);
        job.command
            .arg("run.mjs")
            .current_dir(workspace.root.join(setup::END_TO_END))
            .env("CARGO_TARGET_DIR", &workspace.target);
        without_proxy(&mut job.command);
        Ok(vec![job])
    }

    fn cargo(self, workspace: &Workspace, arguments: &[&str]) -> Result<Job, Failure> {
        let mut job = Job::new("cargo", workspace.log(&format!("test-{}", self.name()))?);
        job.command.args(arguments).current_dir(&workspace.root).env("CARGO_TERM_COLOR", "never");
        Ok(job)
    }
}
