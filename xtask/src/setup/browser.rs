//! Chromium, its driver, Firefox, the second QR reader, and PHP for the backend that is written in it.

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

const FIREFOX: [&str; 4] =
    ["firefox", "firefox-esr", "/usr/bin/firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/// Something the tests need from the system.
struct Need {
    label: &'static str,
    package: &'static str,
    // What installs it on a Mac.
    brew: &'static str,
    // The environment variable that points to it, for systems that keep it elsewhere.
    setting: &'static str,
    // Whether tests are left out without it, and not failing.
    optional: bool,
    found: Option<PathBuf>,
}

/// Makes sure that two browsers, the driver of one and a QR reader are there.
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

fn needs() -> [Need; 5] {
    [
        Need {
            label: "Chromium",
            package: "chromium",
            brew: "brew install --cask google-chrome",
            setting: "CHROME",
            optional: false,
            found: set("CHROME").or_else(|| path::find(&CHROMIUM)),
        },
        Need {
            label: "ChromeDriver",
            package: "chromium-driver",
            brew: "brew install --cask chromedriver",
            setting: "CHROMEDRIVER",
            optional: false,
            found: chromedriver(),
        },
        Need {
            label: "Firefox",
            // The only one that Debian has.
            package: "firefox-esr",
            brew: "brew install --cask firefox",
            setting: "FIREFOX",
            optional: false,
            found: set("FIREFOX").or_else(|| path::find(&FIREFOX)),
        },
        Need {
            label: "zbarimg",
            package: "zbar-tools",
            brew: "brew install zbar",
            setting: "ZBARIMG",
            optional: false,
            found: set("ZBARIMG").or_else(|| path::find(&["zbarimg"])),
        },
        Need {
            label: "PHP",
            package: "php-cli",
            brew: "brew install php",
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
    Err(missing.iter().fold(failure, |failure, need| failure.advice(need.advice(cfg!(target_os = "macos")))))
}

impl Need {
    /// What a person can do about it where there is no apt-get.
    fn advice(&self, is_mac: bool) -> String {
        let install = if is_mac { format!("run `{}`", self.brew) } else { format!("install {}", self.label) };
        format!("{install}, or run `{}=/path/to/it cargo xtask setup --tests`", self.setting)
    }
}

#[cfg(test)]
mod tests {
    use super::{needs, without_apt};

    #[test]
    fn what_is_missing_is_named_with_a_command_to_run() {
        let firefox = needs().into_iter().find(|need| need.label == "Firefox").expect("Firefox is needed");
        let told = without_apt(&[firefox]).unwrap_err().to_string();
        assert!(told.contains("Firefox"), "{told}");
        for need in needs() {
            assert!(need.advice(true).contains("`brew install "), "{}", need.label);
            let elsewhere = need.advice(false);
            assert!(elsewhere.contains(need.label), "{elsewhere}");
            assert!(elsewhere.contains(&format!("`{}=/path/to/it cargo xtask setup --tests`", need.setting)));
        }
    }
}
