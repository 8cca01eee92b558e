//! The merchant's command line.

fn main() -> std::process::ExitCode {
    wechat_checkout_merchant::cli::run(std::env::args())
}
