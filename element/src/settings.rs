//! What the element is set to, by position. `js/settings.js` writes it, and has checked it.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wechat_checkout::embed::{Setup, Words};
use wechat_checkout::{Document, Hosted, HostedMode, JsNode, Logo, Millis, Policy, Source, Texts};

/// The first positions; the policy follows.
const POLICY: u32 = 11;

pub(crate) fn read(list: &Array, texts: Texts) -> Setup {
    let text = |at: u32| list.get(at).as_string();
    let flag = |at: u32| list.get(at).is_truthy();
    let mut hosted = Hosted { script: flag(7), post: flag(8), ..Hosted::default() };
    if let Some(page) = text(5) {
        hosted.page = page;
    }
    hosted.mode = mode(&list.get(6));
    Setup {
        source: source(text(0), list.get(1)),
        words: words(list, texts),
        hosted,
        encoder: crate::code::encoder(),
        logo: text(9).map(|url| logo(url, list.get(10).as_f64())),
        policy: policy(list),
    }
}

/// What may change while the checkout is on the page.
pub(crate) fn words(list: &Array, texts: Texts) -> Words {
    let text = |at: u32| list.get(at).as_string();
    Words { language: text(2).unwrap_or_default(), back_url: text(3), retry: list.get(4).is_truthy(), texts }
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
    let mut numbers = Numbers { list, at: POLICY };
    numbers.millis(&mut policy.interval);
    numbers.float(&mut policy.ageing);
    numbers.millis(&mut policy.interval_max);
    numbers.millis(&mut policy.preparing);
    numbers.millis(&mut policy.expired);
    numbers.millis(&mut policy.hidden);
    numbers.millis(&mut policy.safety_net);
    numbers.millis(&mut policy.events_silence);
    numbers.millis(&mut policy.events_retry);
    numbers.float(&mut policy.jitter);
    numbers.millis(&mut policy.backoff_max);
    numbers.millis(&mut policy.retry_after_max);
    numbers.millis(&mut policy.timeout);
    numbers.millis(&mut policy.action_timeout);
    numbers.millis(&mut policy.slow_after);
    numbers.millis(&mut policy.grace);
    numbers.millis(&mut policy.confirming);
    numbers.millis(&mut policy.code_life_max);
    numbers.millis(&mut policy.payment_life);
    numbers.millis(&mut policy.tab_margin);
    policy
}

struct Numbers<'a> {
    list: &'a Array,
    at: u32,
}

impl Numbers<'_> {
    #[inline(never)]
    fn next(&mut self) -> Option<f64> {
        let number = self.list.get(self.at).as_f64();
        self.at += 1;
        number
    }

    #[inline(never)]
    fn millis(&mut self, field: &mut Millis) {
        if let Some(number) = self.next() {
            *field = Millis(number as u64);
        }
    }

    fn float(&mut self, field: &mut f64) {
        *field = self.next().unwrap_or(*field);
    }
}
