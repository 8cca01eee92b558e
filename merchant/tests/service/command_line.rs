//! The program as an operator runs it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use crate::world::SECRET;

fn merchant(arguments: &[&str], environment: &[(&str, &str)], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_merchant"));
    command.args(arguments).env_clear().envs(environment.iter().copied());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that does not read its input is none of this function's business.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const MESSAGE: &str = r#"{"payment":{"id":"000049","status":"success"}}"#;
/// Published with ECommPay's own libraries, for the key "secret".
const SIGNATURE: &str = "/3TrhHVz9BHaLfgLyhoxO7dsQNzbzZa/TdO3pxQocXWwgVM6tGlzMLVfpOxFNTnkR9iiFVK/77ZedMcbkCjmng==";

#[test]
fn sign_prints_the_published_signature() {
    let output = merchant(&["sign", "--secret-env", "KEY"], &[("KEY", "secret")], MESSAGE);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), format!("{SIGNATURE}\n")));
}

#[test]
fn verify_accepts_and_refuses_rightly() {
    let signed = MESSAGE.replacen('{', &format!("{{\"signature\":\"{SIGNATURE}\","), 1);
    let verify = |key, input: &str| merchant(&["verify", "--secret-env", "KEY"], &[("KEY", key)], input);
    assert_eq!(verify("secret", &signed).status.code(), Some(0));
    assert_eq!(verify("other", &signed).status.code(), Some(1));
    assert_eq!(verify("secret", &signed.replace("000049", "000050")).status.code(), Some(1));
    let unsigned = verify("secret", MESSAGE);
    assert_eq!(
        (unsigned.status.code(), text(&unsigned.stderr)),
        (Some(1), "merchant: signature: there is none\n".into())
    );
    assert_eq!(verify("secret", "{").status.code(), Some(2));
    assert_eq!(merchant(&["verify", "--secret-env", "KEY"], &[], &signed).status.code(), Some(2));
}

#[test]
fn help_and_version_are_printed_and_nonsense_is_refused() {
    for arguments in [&["--help"][..], &["serve", "--help"], &["sign", "--help"], &["verify", "--help"]] {
        let output = merchant(arguments, &[], "");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(text(&output.stdout).contains("Usage: merchant"), "{arguments:?}");
    }
    assert!(text(&merchant(&["--version"], &[], "").stdout).starts_with("merchant "));
    let output = merchant(&["dance"], &[], "");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()));
}

#[test]
fn a_server_without_its_settings_names_them_and_keeps_its_secrets() {
    let output = merchant(&["serve"], &[("ECOMMPAY_SECRET_KEY", SECRET), ("ECOMMPAY_GATE_URL", "hush-gate")], "");
    let error = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        error.contains("ECOMMPAY_PROJECT_ID is not set") && error.contains("ECOMMPAY_GATE_URL cannot be used"),
        "{error}"
    );
    assert!(!error.contains("hush"), "{error}");
}

#[test]
fn a_server_that_cannot_have_its_file_or_its_port_says_which() {
    let base = [("ECOMMPAY_PROJECT_ID", "238"), ("ECOMMPAY_SECRET_KEY", SECRET), ("RUST_LOG", "off")];
    let with = |more: [(&'static str, &'static str); 2]| {
        let output = merchant(&["serve"], &[base.as_slice(), &more].concat(), "");
        assert_eq!(output.status.code(), Some(2));
        text(&output.stderr)
    };
    let error = with([("DATABASE_URL", "sqlite:/nowhere/at/all.db"), ("MERCHANT_ADDR", "127.0.0.1:0")]);
    assert!(error.starts_with("merchant: DATABASE_URL"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_server_stops_when_it_is_told_to_and_its_log_holds_no_secret() {
    let database = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("stop-{}.db", std::process::id()));
    let (mut child, mut log) = serve(&database, &[("RUST_LOG", "trace")]);
    let started: Vec<String> = log.by_ref().take_while(|line| !line.contains("listening")).collect();
    terminate(&child);
    let rest: Vec<String> = log.collect();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(rest.iter().any(|line| line.contains("stopped")), "{rest:?}");
    assert!(started.iter().chain(&rest).all(|line| !line.contains("hush")), "a secret is in the log");
    remove(&database);
}

#[cfg(unix)]
#[tokio::test]
async fn the_log_of_a_purchase_tells_nothing_about_the_payer_and_opens_no_checkout() {
    use reqwest::Client;
    use serde_json::{Value, json};

    let gate = crate::gate::Gate::open(SECRET).await;
    let database = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("log-{}.db", std::process::id()));
    let (mut child, mut log) = serve(&database, &[("ECOMMPAY_GATE_URL", &gate.url), ("RUST_LOG", "debug")]);
    let address = loop {
        let line = log.next().unwrap();
        if let Some((_, address)) = line.split_once("address=") {
            break address.split_whitespace().next().unwrap().to_owned();
        }
    };
    let client = Client::builder().no_proxy().build().unwrap();
    let response =
        client.post(format!("http://{address}/api/checkouts")).json(&crate::world::basket()).send().await.unwrap();
    let bought = crate::world::bought(response).await;
    let callback =
        |message: Value| client.post(format!("http://{address}/callbacks/ecommpay")).body(message.to_string()).send();
    let mut message = crate::world::sale(&bought.payment_id(), "success");
    message["payment"]["description"] = json!("hush-description");
    assert_eq!(callback(message.clone()).await.unwrap().status().as_u16(), 400);
    assert_eq!(callback(crate::world::signed(&message)).await.unwrap().status().as_u16(), 200);
    for path in ["", "/events"] {
        client.get(format!("http://{address}/api/checkouts/{}{path}", bought.token)).send().await.unwrap();
    }
    terminate(&child);
    let log: Vec<String> = log.collect();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(log.iter().any(|line| line.contains("a payment has an outcome")), "{log:#?}");
    assert!(log.iter().any(|line| line.contains("signature-missing")), "{log:#?}");
    for hidden in ["hush", bought.token.as_str(), "payer@example.com", "1234567890", "weixin"] {
        assert!(!log.iter().any(|line| line.contains(hidden)), "{hidden} is in {log:#?}");
    }
    remove(&database);
}

#[cfg(unix)]
fn serve(database: &Path, more: &[(&str, &str)]) -> (Child, impl Iterator<Item = String> + use<>) {
    let url = format!("sqlite:{}", database.display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_merchant"));
    command.arg("serve").env_clear().envs([
        ("ECOMMPAY_PROJECT_ID", "238"),
        ("ECOMMPAY_SECRET_KEY", SECRET),
        ("MERCHANT_ADMIN_TOKEN", "hush-admin"),
        ("DATABASE_URL", &url),
        ("MERCHANT_ADDR", "127.0.0.1:0"),
    ]);
    let mut child = command.envs(more.iter().copied()).stderr(Stdio::piped()).spawn().unwrap();
    let log = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    (child, log)
}

#[cfg(unix)]
fn terminate(child: &Child) {
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
}

#[cfg(unix)]
fn remove(database: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", database.display()));
    }
}
