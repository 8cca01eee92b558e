//! The sandbox as a program.

use std::net::SocketAddr;
use std::process::ExitCode;

use sandbox::{Config, spawn};
use tracing_subscriber::EnvFilter;

const USAGE: &str = "\
sandbox: plays ECommPay and a WeChat phone, with faults on demand

usage: sandbox [serve]
       sandbox --help | --version

Listens at SANDBOX_ADDR (default 127.0.0.1:4010) and keeps everything in memory.
  /phone                 the WeChat phone, for humans
  /payment               the hosted Payment Page; /shared/merchant.js, /shared/merchant.css for shops' pages
  /control/project       the project's number and keys, for the shop's settings
  /control/payments      what the platform knows; POST …/{id}/pay, decline, expire, clarify, error
  /control/faults        what is to go wrong (PUT, DELETE)

settings (environment), all optional:
  SANDBOX_ADDR              where to listen
  SANDBOX_PROJECT_ID        the project's number (238)
  SANDBOX_SECRET_KEY        the project's key
  SANDBOX_DATA_TOKEN        the Data API's token
  SANDBOX_DATA_KEY          the key that belongs to it
  SANDBOX_CALLBACK_URL      where callbacks go that no request gave an address for
  SANDBOX_PUBLIC_URL        how the sandbox is reached from outside
  SANDBOX_REDELIVERY_SCALE  what ECommPay's redelivery pauses are multiplied with (0.01)
  SANDBOX_UNPAID_CODE       the code of a payment whose code nobody used (20602)
  SANDBOX_UNPAID_SECONDS    how long such a payment waits before it is declined (7200)
  RUST_LOG                  what is logged, such as sandbox=debug
";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] | ["serve"] => serve().await,
        ["--help" | "-h" | "help"] => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        ["--version" | "-V"] => {
            println!("sandbox {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        _ => {
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

async fn serve() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("sandbox=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let addr = std::env::var("SANDBOX_ADDR").unwrap_or_else(|_| "127.0.0.1:4010".to_owned());
    let Ok(addr) = addr.parse::<SocketAddr>() else {
        eprintln!("SANDBOX_ADDR: an address and a port are expected, such as 127.0.0.1:4010");
        return ExitCode::from(2);
    };
    let config = match Config::from_env(|name| std::env::var(name).ok()) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let running = match spawn(addr, config).await {
        Ok(running) => running,
        Err(error) => {
            eprintln!("{addr}: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("sandbox: {} (the phone is at {})", running.url(""), running.url("/phone"));
    if let Err(error) = tokio::signal::ctrl_c().await {
        eprintln!("cannot wait for Ctrl-C: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
