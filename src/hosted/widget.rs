//! ECommPay's own `merchant.js`, where the integrator allows it.
//!
//! It is loaded from the Payment Page's host at run time, as ECommPay asks, and its `EPayWidget` is looked
//! up by name. Nothing of it is trusted: each step may fail, and its events are hints.

use super::Hosted;
use crate::promise::settle;
use crate::window::window;
use js_sys::{Function, Object, Promise, Reflect};
use protocol::hosted::PaymentPageConfig;
use session::{HandoffTrouble, HostedEvent, Input};
use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlLinkElement, HtmlScriptElement};

/// A widget that was started. Dropping it makes what it still says unheard.
pub(super) struct Widget {
    alive: Rc<Cell<bool>>,
}

impl Drop for Widget {
    fn drop(&mut self) {
        self.alive.set(false);
    }
}

/// The handlers of a Payment Page config (ECommPay, Payment Page events).
const HANDLERS: [&str; 22] = [
    "onLoaded",
    "onFailLoading",
    "onResize",
    "onPaymentMethodSelect",
    "onPaymentSent",
    "onPaymentSubmitResult",
    "onShowClarificationPage",
    "onSubmitClarificationForm",
    "onRedirectIframe",
    "onRedirectIframeComplete",
    "onPaymentSuccess",
    "onPaymentFail",
    "onExit",
    "onDestroy",
    "onTabChange",
    "onWalletSelect",
    "onWalletRemove",
    "onAmountChange",
    "onEnterKeyPressed",
    "onValidationError",
    "onShowLoader",
    "onHideLoader",
];

impl Widget {
    /// Starts the widget: as a modal, or embedded in an element of the page.
    pub(super) fn run(
        hosted: &Hosted,
        config: &PaymentPageConfig,
        target: Option<HtmlElement>,
        act: &Rc<dyn Fn(Input)>,
    ) -> Self {
        let alive = Rc::new(Cell::new(true));
        let act = hearing(&alive, act);
        let (hosted, config) = (hosted.clone(), config.clone());
        let loaded = load(&hosted.page).unwrap_or_else(|| Promise::reject(&JsValue::NULL));
        settle(&loaded, move |loaded| {
            if loaded.is_err() || start(&hosted, &config, target, &act).is_none() {
                act(Input::HandoffFailed(HandoffTrouble::ScriptFailed));
            }
        });
        Self { alive }
    }
}

/// Passes on what comes while the widget is alive.
fn hearing(alive: &Rc<Cell<bool>>, act: &Rc<dyn Fn(Input)>) -> Rc<dyn Fn(Input)> {
    let (alive, act) = (Rc::clone(alive), Rc::clone(act));
    Rc::new(move |input| {
        if alive.get() {
            act(input);
        }
    })
}

fn start(
    hosted: &Hosted,
    config: &PaymentPageConfig,
    target: Option<HtmlElement>,
    act: &Rc<dyn Fn(Input)>,
) -> Option<()> {
    let widget = loaded()?;
    let settings = Object::new();
    for (name, value) in &config.parameters {
        Reflect::set(&settings, &name.as_str().into(), &value.as_str().into()).ok()?;
    }
    // Neither is ever signed: ECommPay's SDKs drop the one, and an element is no parameter but goes by POST,
    // where it is left out of what is sent.
    let (call, method) = match target {
        Some(element) => {
            Reflect::set(&settings, &"target_element".into(), &element).ok()?;
            ("runEmbedded", "POST")
        }
        None => {
            Reflect::set(&settings, &"frame_mode".into(), &"popup".into()).ok()?;
            ("run", if hosted.post { "POST" } else { "GET" })
        }
    };
    for handler in HANDLERS {
        let act = Rc::clone(act);
        let listen = Closure::<dyn Fn(JsValue)>::new(move |payload: JsValue| {
            act(Input::Hosted(HostedEvent::read(handler, detail(handler, &payload))));
        });
        Reflect::set(&settings, &handler.into(), &listen.into_js_value()).ok()?;
    }
    let run: Function = Reflect::get(&widget, &call.into()).ok()?.dyn_into().ok()?;
    run.call2(&widget, &settings, &method.into()).ok().map(drop)
}

/// The one member of a payload that is worth passing on.
fn detail(handler: &str, payload: &JsValue) -> Option<String> {
    let member = match handler {
        "onPaymentSubmitResult" => "request_id",
        "onPaymentMethodSelect" => "payment_method_code",
        _ => return None,
    };
    let value = Reflect::get(payload, &member.into()).ok()?;
    value.as_string().map(|text| protocol::code::neutral(&text, 200))
}

fn loaded() -> Option<JsValue> {
    Reflect::get(&window(), &"EPayWidget".into()).ok().filter(JsValue::is_object)
}

/// Fulfilled once ECommPay's script has run.
fn load(page: &str) -> Option<Promise> {
    if loaded().is_some() {
        return Some(Promise::resolve(&JsValue::NULL));
    }
    let document = crate::window::document()?;
    let head = document.head()?;
    let base = page.trim_end_matches('/');
    let style: HtmlLinkElement = document.create_element("link").ok()?.dyn_into().ok()?;
    style.set_rel("stylesheet");
    style.set_href(&[base, "/shared/merchant.css"].concat());
    head.append_child(&style).ok()?;
    let script: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
    let promise = Promise::new(&mut |resolve, reject| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&reject));
    });
    // Under Trusted Types a script's address has to come from a policy, which the page's CSP must allow by name.
    let address = trusted_script_url(&[base, "/shared/merchant.js"].concat());
    Reflect::set(&script, &"src".into(), &address).ok()?;
    head.append_child(&script).ok()?;
    Some(promise)
}

thread_local! {
    /// Made once: a page's policy allows the name once, and a script may have to be tried again.
    static POLICY: OnceCell<JsValue> = const { OnceCell::new() };
}

fn trusted_script_url(address: &str) -> JsValue {
    let plain = JsValue::from_str(address);
    let policy = POLICY.with(|made| {
        if made.get().is_none()
            && let Some(policy) = policy()
        {
            let _ = made.set(policy);
        }
        made.get().cloned()
    });
    policy.and_then(|policy| script_url(&policy, &plain)).unwrap_or(plain)
}

fn policy() -> Option<JsValue> {
    let types = Reflect::get(&window(), &"trustedTypes".into()).ok().filter(JsValue::is_object)?;
    let create: Function = Reflect::get(&types, &"createPolicy".into()).ok()?.dyn_into().ok()?;
    let rules = Object::new();
    let same = Closure::<dyn Fn(JsValue) -> JsValue>::new(|address| address);
    Reflect::set(&rules, &"createScriptURL".into(), &same.into_js_value()).ok()?;
    create.call2(&types, &"wechat-checkout".into(), &rules).ok()
}

fn script_url(policy: &JsValue, address: &JsValue) -> Option<JsValue> {
    let make: Function = Reflect::get(policy, &"createScriptURL".into()).ok()?.dyn_into().ok()?;
    make.call1(policy, address).ok()
}
