//! Chromium, its driver, the second QR reader, and PHP for the backend that is written in it.

use std::{env, path::PathBuf};

use super::{apt, present};
use crate::{failure::Failure, path, workspace::Workspace};

const CHROMIUM: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// Something the tests need from the system.
struct Need {
    label: &'static str,
    package: &'static str,
    // The environment variable that points to it, for systems that keep it elsewhere.
    setting: &'static str,
    // Whether tests are left out without it, and not failing.
    optional: bool,
    found: Option<PathBuf>,
}

/// Makes sure that a browser, its driver and a QR reader are there.
pub(crate) fn ensure(workspace: &Workspace) -> Result<(), Failure> {
    let mut missing = Vec::new();
    for need in needs() {
        if need.found.is_some() {
            present(need.label);
        } else {
            missing.push(need);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    if !apt::is_here() {
        missing.retain(|need| !need.optional);
        return if missing.is_empty() { Ok(()) } else { without_apt(&missing) };
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    apt::install(workspace, &packages)
}

/// The driver that the browser tests start.
pub(crate) fn chromedriver() -> Option<PathBuf> {
    set("CHROMEDRIVER").or_else(|| path::find(&["chromedriver", "/usr/bin/chromedriver"]))
}

fn needs() -> [Need; 4] {
    [
        Need {
            label: "Chromium",
            package: "chromium",
            setting: "CHROME",
            optional: false,
            found: set("CHROME").or_else(|| path::find(&CHROMIUM)),
        },
        Need {
            label: "ChromeDriver",
            package: "chromium-driver",
            setting: "CHROMEDRIVER",
            optional: false,
            found: chromedriver(),
        },
        Need {
            label: "zbarimg",
            package: "zbar-tools",
            setting: "ZBARIMG",
            optional: false,
            found: set("ZBARIMG").or_else(|| path::find(&["zbarimg"])),
        },
        Need {
            label: "PHP",
            package: "php-cli",
            setting: "PHP",
            optional: true,
            found: set("PHP").or_else(|| path::find(&["php"])),
        },
    ]
}

fn set(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn without_apt(missing: &[Need]) -> Result<(), Failure> {
    let labels: Vec<&str> = missing.iter().map(|need| need.label).collect();
    let failure = Failure::new(format!("missing for the tests: {}", labels.join(", ")));
    Err(missing.iter().fold(failure, |failure, need| {
        failure.advice(format!("install {}, or set {} to where it is", need.label, need.setting))
    }))
}
