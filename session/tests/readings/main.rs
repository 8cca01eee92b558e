//! What a document says, written down for whoever else reads documents: `tests/data/readings.json`.
//!
//! The custom element's plain JavaScript reads them too, while the WebAssembly is on its way and where it cannot run,
//! and is held to the same file. `READINGS=write cargo test --package wechat-checkout-session --test readings` writes it.

mod documents;

use documents::documents;
use protocol::clarification::ClarificationField;
use protocol::code::{Code, Display, PageOrigin, Timeout};
use protocol::document::Document;
use serde_json::{Value, json};
use std::fs;
use wechat_checkout_session::{
    Command, DeclineReason, Event, Input, Millis, Options, Outcome, Phase, Problem, Session, Source,
};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/readings.json");
const ORIGIN: &str = "https://shop.example";

/// Every word of an operation's kind that matters, and none.
const KINDS: [Option<&str>; 8] = [
    None,
    Some("sale"),
    Some("auth"),
    Some("capture"),
    Some("cancel"),
    Some("refund"),
    Some("reversal"),
    Some("something new"),
];
const OPERATION: [Option<&str>; 8] = [
    None,
    Some("processing"),
    Some("awaiting customer action"),
    Some("awaiting redirect result"),
    Some("awaiting clarification"),
    Some("decline"),
    Some("success"),
    Some("something new"),
];
const PAYMENT: [Option<&str>; 17] = [
    None,
    Some("processing"),
    Some("awaiting customer action"),
    Some("awaiting redirect result"),
    Some("awaiting clarification"),
    Some("awaiting customer"),
    Some("error"),
    Some("decline"),
    Some("cancelled"),
    Some("canceled"),
    Some("success"),
    Some("partially paid"),
    Some("partially refunded"),
    Some("refunded"),
    Some("partially reversed"),
    Some("reversed"),
    Some("SUCCESS"),
];

#[test]
fn what_documents_say_is_as_it_is_written_down() {
    let written = lines(&[("outcomes", outcomes()), ("documents", documents().iter().map(reading).collect())]);
    if std::env::var("READINGS").as_deref() == Ok("write") {
        fs::write(FILE, &written).unwrap();
    }
    let known = fs::read_to_string(FILE).unwrap();
    for (line, (known, now)) in known.lines().zip(written.lines()).enumerate() {
        assert_eq!(known, now, "line {}", line + 1);
    }
    assert_eq!(known.len(), written.len());
}

/// One line for each value, so that a change shows which.
fn lines(parts: &[(&str, Vec<Value>)]) -> String {
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, values)| {
            let values: Vec<_> = values.iter().map(|value| format!("    {}", ascii(&value.to_string()))).collect();
            format!("  \"{name}\": [\n{}\n  ]", values.join(",\n"))
        })
        .collect();
    format!("{{\n{}\n}}\n", parts.join(",\n"))
}

/// Without what an editor hides, or writes from right to left.
fn ascii(json: &str) -> String {
    let mut out = String::new();
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}

/// Every combination of states, and the outcome that it is.
fn outcomes() -> Vec<Value> {
    let mut all = Vec::new();
    for kind in KINDS {
        for operation in OPERATION {
            for payment in PAYMENT {
                let document = json!({
                    "payment": {"status": payment}, "operation": {"type": kind, "status": operation}});
                let name = outcome(&open(&document).0).map(|outcome| outcome.name());
                all.push(json!([kind, operation, payment, name]));
            }
        }
    }
    all
}

fn reading(document: &Value) -> Value {
    let (session, problems) = open(document);
    let Ok(known) = Document::read(document) else {
        return json!({"document": document, "reading": null});
    };
    let view = session.view();
    let outcome = outcome(&session);
    let decline = match &outcome {
        Some(Outcome::Declined(decline) | Outcome::Failed(decline)) => Some(decline),
        _ => None,
    };
    let display = Display::read(&known.display_data, &PageOrigin::new(ORIGIN));
    let mut reading = json!({
        "id": view.payment_id,
        "sum": view.sum.map(|sum| sum.to_string()),
        "description": view.description,
        "payee": view.payee,
        "revision": known.checkout.revision,
        "left": known.checkout.expires_in,
        "created": known.operation.as_ref().and_then(|operation| operation.created).map(|created| created.0),
        "life": display.timeout.map(|timeout| match timeout {
            Timeout::After { seconds } => json!({"seconds": seconds}),
            Timeout::At(end) => json!({"end": end.0}),
        }),
        "code": display.codes.first().map(|code| match code {
            Code::Text(text) => json!(["text", text]),
            Code::Image(image) => json!(["image", image.bytes.len()]),
            // As a browser writes it.
            Code::Url(url) => json!(["url", absolute(url)]),
            _ => Value::Null,
        }),
        "fault": problems.iter().find(|problem| matches!(problem, Problem::Code(_)))
            .map(|problem| json!([problem.code(), problem.field()])),
        "asked": (!view.clarification.is_empty()).then(|| asked(&view.clarification)),
        "page": view.payment_page.map(|_| true),
        "pageFault": problems.iter().find(|problem| matches!(problem, Problem::Config(_)))
            .map(|problem| json!([problem.code(), problem.field()])),
        "outcome": outcome.as_ref().map(Outcome::name),
        "decline": decline.map(|decline| {
            json!([decline.code, reason(decline.reason), decline.reason.can_retry()])
        }),
    });
    if let Some(members) = reading.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    json!({"document": document, "reading": reading})
}

/// Each question by its path, whether it must be answered, its most characters, and whether the last answer was refused.
fn asked(fields: &[ClarificationField]) -> Vec<Value> {
    fields.iter().map(|field| json!([field.path(), field.required, field.max_length, field.error.is_some()])).collect()
}

fn absolute(url: &str) -> String {
    if url.starts_with('/') { [ORIGIN, url].concat() } else { url.replacen("HTTPS:", "https:", 1) }
}

/// As the custom element calls it.
fn reason(reason: DeclineReason) -> String {
    let name = format!("{reason:?}");
    let words = name.char_indices().map(|(at, c)| {
        let between = if at > 0 && c.is_ascii_uppercase() { "-" } else { "" };
        format!("{between}{}", c.to_ascii_lowercase())
    });
    words.collect()
}

fn outcome(session: &Session) -> Option<Outcome> {
    match session.view().phase {
        Phase::Settled(outcome) => Some(outcome),
        _ => None,
    }
}

/// A session that was told one document, and what it complained about.
fn open(document: &Value) -> (Session, Vec<Problem>) {
    let options = Options { origin: PageOrigin::new(ORIGIN), ..Options::default() };
    let mut session = Session::new(Millis(0), options);
    if let Ok(document) = Document::read(document) {
        session.handle(Millis(0), Input::Document { source: Source::Page, document: Box::new(document), date: None });
    }
    let problems = std::iter::from_fn(|| session.poll_command())
        .filter_map(|command| match command {
            Command::Emit(Event::Error(problem)) => Some(problem),
            _ => None,
        })
        .collect();
    (session, problems)
}
