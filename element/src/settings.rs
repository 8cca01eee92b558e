//! What the element is set to, by position. `js/settings.js` writes it, and has checked it.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wechat_checkout::{Document, Hosted, HostedMode, JsNode, Logo, Millis, Policy, Source};

pub(crate) struct Settings {
    pub(crate) source: Source,
    pub(crate) language: String,
    pub(crate) back_url: Option<String>,
    pub(crate) retry: bool,
    pub(crate) hosted: Hosted,
    pub(crate) logo: Option<Logo>,
    pub(crate) policy: Policy,
}

/// The first positions; the policy follows.
const POLICY: u32 = 11;

pub(crate) fn read(list: &Array) -> Settings {
    let text = |at: u32| list.get(at).as_string();
    let flag = |at: u32| list.get(at).is_truthy();
    let mut hosted = Hosted { script: flag(7), post: flag(8), ..Hosted::default() };
    if let Some(page) = text(5) {
        hosted.page = page;
    }
    hosted.mode = mode(&list.get(6));
    Settings {
        source: source(text(0), list.get(1)),
        language: text(2).unwrap_or_default(),
        back_url: text(3),
        retry: flag(4),
        hosted,
        logo: text(9).map(|url| logo(url, list.get(10).as_f64())),
        policy: policy(list),
    }
}

fn logo(url: String, share: Option<f64>) -> Logo {
    let logo = Logo::new(url);
    match share {
        Some(share) => logo.with_share(share),
        None => logo,
    }
}

fn source(status_url: Option<String>, document: JsValue) -> Source {
    let source = status_url.map(Source::status).unwrap_or_default();
    match Document::read(&JsNode(document)) {
        Ok(document) => source.with_document(document),
        // Whether it is one was checked before; without an address there is then nothing to show.
        Err(_) => source,
    }
}

fn mode(position: &JsValue) -> HostedMode {
    match position.as_f64().unwrap_or_default() as u32 {
        1 => HostedMode::Redirect,
        2 => HostedMode::NewTab,
        3 => HostedMode::Popup,
        4 => HostedMode::Frame,
        5 => HostedMode::Embedded,
        _ => HostedMode::Auto,
    }
}

/// The numbers in the order of [`Policy`]'s fields; what is no number stays as it is.
fn policy(list: &Array) -> Policy {
    let mut policy = Policy::default();
    let mut at = POLICY;
    let mut next = || {
        let number = list.get(at).as_f64();
        at += 1;
        number
    };
    let millis = |field: &mut Millis, number: Option<f64>| {
        if let Some(number) = number {
            *field = Millis(number as u64);
        }
    };
    millis(&mut policy.interval, next());
    policy.ageing = next().unwrap_or(policy.ageing);
    millis(&mut policy.interval_max, next());
    millis(&mut policy.preparing, next());
    millis(&mut policy.expired, next());
    millis(&mut policy.hidden, next());
    millis(&mut policy.safety_net, next());
    millis(&mut policy.events_silence, next());
    millis(&mut policy.events_retry, next());
    policy.jitter = next().unwrap_or(policy.jitter);
    millis(&mut policy.backoff_max, next());
    millis(&mut policy.retry_after_max, next());
    millis(&mut policy.timeout, next());
    millis(&mut policy.action_timeout, next());
    millis(&mut policy.slow_after, next());
    millis(&mut policy.grace, next());
    millis(&mut policy.confirming, next());
    millis(&mut policy.code_life_max, next());
    millis(&mut policy.payment_life, next());
    millis(&mut policy.tab_margin, next());
    policy
}
