//! The command line: what can be asked for, and the texts that explain it.

use crate::{demo, failure::Failure, package, setup, test};

/// What the user asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// Print this text.
    Help(String),
    /// Install what is missing.
    Setup(setup::Wanted),
    /// Run the shop with everything behind it.
    Demo(demo::Options),
    /// Make the npm package.
    Package(package::Options),
    /// Run the checks and tests.
    Test(test::Options),
}

const HELP: &str = "\
The project's own commands

Usage: cargo xtask <COMMAND> [OPTIONS]

Commands:
  setup    Installs what is missing to build, run and test
  demo     Runs the tea shop with a merchant and a sandbox that plays ECommPay
  package  Makes the npm package with the custom element, and says what it weighs
  test     Runs every check and test

`cargo xtask <COMMAND> --help` tells more.
";

const SETUP: &str = "\
Installs what is missing to build and run, and nothing else; run it as often as you like

Usage: cargo xtask setup [OPTIONS]

Options:
  --tests    Also what the tests need: npm packages, and on Debian and its relatives Chromium,
             its driver and zbar-tools through apt-get (with sudo where you are not root)
  --release  Also wasm-opt, which `demo --release` needs (an npm package)
  --package  Also what `package` needs: npm packages and the sources of Rust's standard library
  --help     Prints this
";

const DEMO: &str = "\
Runs the tea shop with a merchant and a sandbox that plays ECommPay and a WeChat phone

Usage: cargo xtask demo [OPTIONS]

Sets up and builds what is missing, and prints `ready: http://…` once everything answers.
Ctrl-C stops everything. The database is kept between runs.

Options:
  --fresh    Starts with an empty database
  --release  Serves the optimised build of the shop
  --help     Prints this

Environment:
  DEMO_PORT      Port of the shop                        [default: 8080]
  MERCHANT_ADDR  Address of the merchant                 [default: 127.0.0.1:4000]
  SANDBOX_ADDR   Address of the sandbox                  [default: 127.0.0.1:4010]
  DEMO_DIR       Folder of the database and the logs     [default: demo, in cargo's target folder]
";

const PACKAGE: &str = "\
Makes the npm package with the custom element, in element/dist and as a tarball

Usage: cargo xtask package [OPTIONS]

Prints what each file weighs, as it is and compressed by brotli 11, and fails where a page would have to download
more than is allowed.

Options:
  --stable  Without unstable compiler flags: larger, but the same files, and faster to make
  --help    Prints this
";

const TEST: &str = "\
Runs every check and test, in this order, and stops at the first that fails

Usage: cargo xtask test [--only STAGE]

Stages:
";

const TEST_OPTIONS: &str = "
Options:
  --only STAGE  Runs one stage, after what it needs is set up
  --help        Prints this

Environment:
  CHROME        The browser for the end-to-end tests       [default: looked for]
  CHROMEDRIVER  The driver for the browser tests           [default: looked for]
";

/// Understands the arguments after `cargo xtask`.
pub(crate) fn parse(arguments: &[String]) -> Result<Request, Failure> {
    let mut words = arguments.iter().map(String::as_str);
    let command = words.next().unwrap_or("--help");
    let mut options: Vec<&str> = words.collect();
    let help = take(&mut options, "--help") | take(&mut options, "-h");
    let request = match command {
        "--help" | "-h" | "help" => return Ok(Request::Help(HELP.to_owned())),
        "setup" if help => return Ok(Request::Help(SETUP.to_owned())),
        "setup" => Request::Setup(setup::Wanted {
            tests: take(&mut options, "--tests"),
            release: take(&mut options, "--release"),
            package: take(&mut options, "--package"),
        }),
        "package" if help => return Ok(Request::Help(PACKAGE.to_owned())),
        "package" => Request::Package(package::Options { stable: take(&mut options, "--stable") }),
        "demo" if help => return Ok(Request::Help(DEMO.to_owned())),
        "demo" => Request::Demo(demo::Options {
            fresh: take(&mut options, "--fresh"),
            release: take(&mut options, "--release"),
        }),
        "test" if help => return Ok(Request::Help(test_help())),
        "test" => Request::Test(test::Options { only: take_value(&mut options, "--only")?.map(stage).transpose()? }),
        other => {
            return Err(
                Failure::usage(format!("there is no command `{other}`")).advice("`cargo xtask --help` lists them")
            );
        }
    };
    match options.first() {
        None => Ok(request),
        Some(unknown) => Err(Failure::usage(format!("`{command}` does not understand `{unknown}`"))
            .advice(format!("`cargo xtask {command} --help` tells more"))),
    }
}

fn test_help() -> String {
    let stages: String =
        test::Stage::ALL.iter().map(|stage| format!("  {:<12} {}\n", stage.name(), stage.title())).collect();
    format!("{TEST}{stages}{TEST_OPTIONS}")
}

fn stage(name: &str) -> Result<test::Stage, Failure> {
    test::Stage::named(name).ok_or_else(|| {
        Failure::usage(format!("there is no stage `{name}`")).advice("`cargo xtask test --help` lists them")
    })
}

fn take(options: &mut Vec<&str>, flag: &str) -> bool {
    let before = options.len();
    options.retain(|option| *option != flag);
    options.len() < before
}

fn take_value<'a>(options: &mut Vec<&'a str>, name: &str) -> Result<Option<&'a str>, Failure> {
    let joined = format!("{name}=");
    let Some(at) = options.iter().position(|option| *option == name || option.starts_with(&joined)) else {
        return Ok(None);
    };
    let option = options.remove(at);
    if let Some(value) = option.strip_prefix(&joined) {
        return Ok(Some(value));
    }
    if at < options.len() {
        return Ok(Some(options.remove(at)));
    }
    Err(Failure::usage(format!("`{name}` needs a value")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Request, Failure> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words)
    }

    #[test]
    fn options_are_understood() {
        assert_eq!(
            parsed("demo --release --fresh").expect("a demo"),
            Request::Demo(demo::Options { fresh: true, release: true })
        );
        for line in ["test --only browser", "test --only=browser"] {
            assert_eq!(
                parsed(line).expect("a test"),
                Request::Test(test::Options { only: Some(test::Stage::Browser) })
            );
        }
    }

    #[test]
    fn every_command_has_help() {
        for line in ["", "--help", "setup --help", "demo -h", "package --help", "test --only fmt --help"] {
            assert!(matches!(parsed(line), Ok(Request::Help(_))), "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for line in ["dance", "demo --fast", "test --only", "test --only nothing", "setup x"] {
            let failure = parsed(line).expect_err(line);
            assert_eq!(failure.exit_code(), 2, "{line}");
        }
    }
}
