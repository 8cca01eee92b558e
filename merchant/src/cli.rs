//! The command line.

use std::io::{IsTerminal as _, Read, Write};
use std::process::ExitCode;

use protocol::sign::{self, SecretKey};
use serde_json::Value;

use crate::server::Server;
use crate::settings::Settings;

const HELP: &str = "\
A reference merchant backend for WeChat Pay through ECommPay

Usage: merchant <command>

Commands:
  serve    Serves the shop's checkout until Ctrl-C or SIGTERM
  sign     Prints the signature of a message
  verify   Checks the signature of a message

Options:
  -h, --help     Prints this, or the help of a command
  -V, --version  Prints the version
";

const SERVE_HELP: &str = "\
Serves the shop's checkout until Ctrl-C or SIGTERM

Usage: merchant serve

Environment:
  ECOMMPAY_PROJECT_ID        The project's number (required)
  ECOMMPAY_SECRET_KEY        The project's secret key (required)
  ECOMMPAY_GATE_URL          Where Gate is            [default: https://api.ecommpay.com]
  ECOMMPAY_PAYMENT_PAGE_URL  Where the hosted page is [default: https://paymentpage.ecommpay.com]
  ECOMMPAY_DATA_URL          Where the Data API is    [default: https://data.ecommpay.com/v1]
  ECOMMPAY_DATA_TOKEN        Who asks the Data API, together with
  ECOMMPAY_DATA_KEY          the key that belongs to it
  DATABASE_URL               Where checkouts are kept [default: sqlite:merchant.db]
  MERCHANT_ADDR              Where to listen          [default: 127.0.0.1:4000]
  MERCHANT_PUBLIC_URL        Where ECommPay reaches this server; without it callbacks go to the project's own address
  MERCHANT_ADMIN_TOKEN       What the operator's own requests carry
  MERCHANT_BEHIND_PROXY      1 where a reverse proxy of the shop appends the payer's address to X-Forwarded-For
  RUST_LOG                   What to log              [default: info]
";

const SIGN_HELP: &str = "\
Prints the signature of the JSON message on standard input

Usage: merchant sign --secret-env NAME < body.json

Options:
  --secret-env NAME  The environment variable that holds the secret key
  -h, --help         Prints this
";

const VERIFY_HELP: &str = "\
Checks the signature of the JSON message on standard input

Usage: merchant verify --secret-env NAME < body.json

Exit status: 0 where the signature fits, 1 where it does not, 2 where that cannot be told

Options:
  --secret-env NAME  The environment variable that holds the secret key
  -h, --help         Prints this
";

/// What a command line asks for.
#[derive(Debug, PartialEq, Eq)]
enum Command {
    Print(&'static str),
    Version,
    Serve,
    Sign { secret_env: String },
    Verify { secret_env: String },
}

/// Why a command was not carried out. Its text never holds a secret.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum CliError {
    #[error("{0}\n\nTry 'merchant --help'")]
    Usage(String),
    #[error("{0}")]
    Failed(String),
}

const OK: u8 = 0;
const REFUSED: u8 = 1;
const FAILED: u8 = 2;

/// Carries out a command line.
pub fn run(arguments: impl IntoIterator<Item = String>) -> ExitCode {
    let arguments: Vec<String> = arguments.into_iter().skip(1).collect();
    let done = Command::read(&arguments).and_then(Command::run);
    ExitCode::from(done.unwrap_or_else(|error| {
        say_error(&error.to_string());
        FAILED
    }))
}

impl Command {
    fn read(arguments: &[String]) -> Result<Self, CliError> {
        let Some((command, options)) = arguments.split_first() else {
            return Err(CliError::Usage("a command is expected".to_owned()));
        };
        let wants_help = options.iter().any(|option| matches!(option.as_str(), "-h" | "--help"));
        match command.as_str() {
            "-h" | "--help" | "help" => Ok(Self::Print(HELP)),
            "-V" | "--version" => Ok(Self::Version),
            "serve" if wants_help => Ok(Self::Print(SERVE_HELP)),
            "sign" if wants_help => Ok(Self::Print(SIGN_HELP)),
            "verify" if wants_help => Ok(Self::Print(VERIFY_HELP)),
            "serve" => match options.first() {
                None => Ok(Self::Serve),
                Some(option) => Err(CliError::Usage(format!("serve takes no option {option}"))),
            },
            "sign" => Ok(Self::Sign { secret_env: secret_env(options)? }),
            "verify" => Ok(Self::Verify { secret_env: secret_env(options)? }),
            other => Err(CliError::Usage(format!("there is no command {other}"))),
        }
    }

    fn run(self) -> Result<u8, CliError> {
        match self {
            Self::Print(text) => say(text),
            Self::Version => say(concat!("merchant ", env!("CARGO_PKG_VERSION"), "\n")),
            Self::Serve => serve(),
            Self::Sign { secret_env } => {
                let key = secret(&secret_env)?;
                let message = message()?;
                say(&[&sign::sign(&message, &key), "\n"].concat())
            }
            Self::Verify { secret_env } => {
                let key = secret(&secret_env)?;
                match sign::verify(&message()?, &key) {
                    Ok(_) => Ok(OK),
                    Err(error) => {
                        say_error(&error.to_string());
                        Ok(REFUSED)
                    }
                }
            }
        }
    }
}

fn secret_env(options: &[String]) -> Result<String, CliError> {
    let name = match options {
        [option, name] if option == "--secret-env" => Some(name.as_str()),
        [option] => option.strip_prefix("--secret-env="),
        _ => None,
    };
    // The name is not repeated: whoever mistakes it for the secret itself would find that in the log.
    match name.filter(|name| !name.is_empty()) {
        Some(name) => Ok(name.to_owned()),
        None => Err(CliError::Usage("--secret-env and the name of an environment variable are expected".to_owned())),
    }
}

fn secret(name: &str) -> Result<SecretKey, CliError> {
    let value = std::env::var(name).unwrap_or_default();
    SecretKey::new(value)
        .map_err(|_| CliError::Failed("the environment variable that --secret-env names is not set".to_owned()))
}

fn message() -> Result<Value, CliError> {
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| CliError::Failed(format!("standard input cannot be read: {error}")))?;
    match serde_json::from_str(&text) {
        Ok(message @ Value::Object(_)) => Ok(message),
        Ok(_) => Err(CliError::Failed("a JSON object is expected on standard input".to_owned())),
        Err(error) => {
            Err(CliError::Failed(format!("a JSON object is expected on standard input: line {}", error.line())))
        }
    }
}

fn serve() -> Result<u8, CliError> {
    let settings = Settings::from_env().map_err(|error| CliError::Failed(error.to_string()))?;
    start_logging();
    let failed = |error: &dyn std::fmt::Display| CliError::Failed(error.to_string());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| failed(&error))?;
    runtime.block_on(async {
        if settings.public.is_none() {
            tracing::warn!("MERCHANT_PUBLIC_URL is not set: callbacks go to the address the project has at ECommPay");
        }
        let stop = told_to_stop().map_err(|error| failed(&error))?;
        let server = Server::start(settings).await.map_err(|error| failed(&error))?;
        tracing::info!(address = %server.address(), "listening");
        server.run_until(stop).await.map_err(|error| failed(&error))?;
        tracing::info!("stopped");
        Ok(OK)
    })
}

fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
}

/// Ends when the process is told to stop. It listens from the moment it is made, so that nobody who was told
/// that the server is there can come too early.
#[cfg(unix)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the process is told to stop.
#[cfg(not(unix))]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a handler the process just ends.
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn say(text: &str) -> Result<u8, CliError> {
    let written = std::io::stdout().write_all(text.as_bytes());
    written.map(|()| OK).map_err(|error| CliError::Failed(format!("standard output cannot be written: {error}")))
}

fn say_error(text: &str) {
    // There is nobody left to tell where standard error cannot be written.
    let _ = writeln!(std::io::stderr(), "merchant: {text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, CliError> {
        Command::read(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn every_command_has_help() {
        for (line, help) in
            [("--help", HELP), ("serve --help", SERVE_HELP), ("sign -h", SIGN_HELP), ("verify --help", VERIFY_HELP)]
        {
            assert_eq!(read(line), Ok(Command::Print(help)), "{line}");
        }
    }

    #[test]
    fn a_secret_is_named_and_never_given() {
        assert_eq!(read("sign --secret-env KEY"), Ok(Command::Sign { secret_env: "KEY".into() }));
        assert_eq!(read("verify --secret-env=KEY"), Ok(Command::Verify { secret_env: "KEY".into() }));
        for line in [
            "sign",
            "sign --secret-env",
            "sign --secret-env=",
            "sign s3cret",
            "verify --secret s3cret",
            "sign --secret-env A s3cret",
        ] {
            let error = read(line).unwrap_err().to_string();
            assert!(error.starts_with("--secret-env") && !error.contains("s3cret"), "{line}: {error}");
        }
    }

    #[test]
    fn what_is_no_command_is_said_to_be_none() {
        for line in ["", "server", "serve --port 1"] {
            assert!(matches!(read(line), Err(CliError::Usage(_))), "{line}");
        }
    }
}
