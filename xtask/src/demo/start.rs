//! How each of the three programs is started.

use std::{env, path::Path, process::Command};

use super::{Project, build::Programs, data::DataFolder, settings::Settings};
use crate::{failure::Failure, path, process::without_proxy, setup, workspace::Workspace};

/// The sandbox.
pub(crate) fn sandbox(workspace: &Workspace, settings: &Settings, programs: &Programs) -> Command {
    let mut command = service(workspace, &programs.sandbox);
    command.env("SANDBOX_ADDR", settings.sandbox.address.to_string());
    command
}

/// The merchant, as a customer of the sandbox.
pub(crate) fn merchant(
    workspace: &Workspace,
    settings: &Settings,
    data: &DataFolder,
    programs: &Programs,
    project: &Project,
) -> Command {
    let sandbox = settings.sandbox.url();
    let mut command = service(workspace, &programs.merchant);
    command
        .arg("serve")
        .env("ECOMMPAY_PROJECT_ID", &project.id)
        .env("ECOMMPAY_SECRET_KEY", &project.secret_key)
        .env("ECOMMPAY_GATE_URL", &sandbox)
        .env("ECOMMPAY_PAYMENT_PAGE_URL", &sandbox)
        .env("ECOMMPAY_DATA_URL", format!("{sandbox}/v1"))
        // Real credentials that happen to be in the environment are nothing for a sandbox.
        .env_remove("ECOMMPAY_DATA_TOKEN")
        .env_remove("ECOMMPAY_DATA_KEY")
        .env("DATABASE_URL", data.database_url())
        .env("MERCHANT_ADDR", settings.merchant.address.to_string())
        .env("MERCHANT_PUBLIC_URL", settings.merchant.url())
        .env("MERCHANT_ADMIN_TOKEN", "demo-admin");
    command
}

/// The shop: trunk, which passes `/api` on to the merchant.
pub(crate) fn shop(
    workspace: &Workspace,
    settings: &Settings,
    data: &DataFolder,
    release: bool,
) -> Result<Command, Failure> {
    let trunk = path::find(&["trunk"]).ok_or_else(|| Failure::new("trunk is missing"))?;
    let mut command = service(workspace, &trunk);
    command
        .args(["--color=never", "--skip-version-check", "serve"])
        // Everything it needs is on PATH; it must not look for other versions elsewhere.
        .arg("--offline=true")
        .arg(format!("--address={}", settings.shop.address.ip()))
        .arg(format!("--port={}", settings.shop.address.port()))
        .arg(format!("--proxy-backend={}/api", settings.merchant.url()))
        .args(["--proxy-no-system-proxy", "--proxy-no-redirect"])
        .args(release.then_some("--release=true"))
        .arg("--dist")
        .arg(data.shop())
        // A failed build is explained by its causes; the backtrace below them is about trunk and not about us.
        .env("RUST_BACKTRACE", "0")
        // trunk takes only `true` and `false` there, and refuses to start with the customary `1`.
        .env_remove("NO_COLOR");
    if release {
        let programs = setup::programs(workspace, setup::WASM_OPT);
        let known = path::search_path();
        let folders = [programs].into_iter().chain(env::split_paths(&known));
        let joined =
            env::join_paths(folders).map_err(|error| Failure::new(format!("PATH cannot be extended: {error}")))?;
        command.env("PATH", joined);
    }
    Ok(command)
}

fn service(workspace: &Workspace, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&workspace.root).env("PATH", path::search_path());
    without_proxy(&mut command);
    command
}
