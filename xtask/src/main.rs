//! The project's own commands: `cargo xtask setup`, `demo`, `package`, `test`.
//!
//! Progress goes to standard error and results to standard output; standard input is never read.

mod cli;
mod demo;
mod failure;
mod http;
mod interrupt;
mod json;
mod lockfile;
mod log;
mod package;
mod path;
mod process;
mod progress;
mod setup;
mod test;
mod workspace;

use std::process::ExitCode;

use cli::Request;
use failure::Failure;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match cli::parse(&arguments).and_then(serve) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprint!("{failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn serve(request: Request) -> Result<(), Failure> {
    interrupt::listen()?;
    match request {
        Request::Help(text) => {
            progress::result(text.trim_end());
            Ok(())
        }
        Request::Setup(wanted) => setup::run(&workspace::Workspace::find()?, wanted),
        Request::Demo(options) => demo::run(&workspace::Workspace::find()?, options),
        Request::Package(options) => package::run(&workspace::Workspace::find()?, options),
        Request::Test(options) => test::run(&workspace::Workspace::find()?, options),
    }
}
