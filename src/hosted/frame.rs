//! The hosted page in a frame of our own, or in ECommPay's embedded form, beside the card.

use super::opener::submit_form;
use super::widget::Widget;
use super::{Hosted, HostedMode};
use crate::listener::Listener;
use crate::markup::{Hand, Kept, Markup, el, plain};
use crate::screens::{Frame, Key};
use crate::window::window;
use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use protocol::digits;
use protocol::hosted::PaymentPageConfig;
use session::{HostedEvent, Input, Phase};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlIFrameElement, Url};

/// What the frame's height may be set to by the page, in CSS pixels.
const HEIGHTS: std::ops::RangeInclusive<f64> = 600.0..=2000.0;
const NAME: &str = "wechat-checkout-frame";

/// Only the config counts: a frame that is drawn anew loads anew, and the payer begins again.
pub(super) fn key(frame: &Frame) -> u64 {
    let Some((_, config)) = open(frame) else { return 0 };
    let parameters = config.parameters.iter();
    parameters.fold(Key::of(b"open"), |key, (name, value)| key.and_text(name).and_text(value)).value()
}

pub(super) fn draw(frame: &Frame) -> Vec<Markup> {
    let Some((hosted, config)) = open(frame) else { return Vec::new() };
    let place = el("div", "checkout-hosted").part("hosted");
    if hosted.resolved() == HostedMode::Embedded && hosted.script {
        return vec![embedded(place, hosted, config)];
    }
    let loaded = Rc::new(Cell::new(false));
    let shown = loaded.clone();
    let close = el("button", "checkout-button checkout-quiet")
        .part("close-page")
        .attr("type", "button")
        .on("click", |frame, _| frame.act(Input::HandoffClosed))
        .live_text(|frame| frame.texts.back.clone());
    let frame =
        framed(plain("iframe").live_attr("title", |frame| Some(frame.texts.wechat_pay.clone())), hosted, config)
            .on("load", move |_, _| loaded.set(true));
    let loading = move || el("div", "checkout-hosted-loading").attr("data-part", "hosted-loading");
    let key = shown.clone();
    vec![
        place
            .child(close)
            .child(frame)
            .switch(move |_| u64::from(key.get()), move |_| (!shown.get()).then(loading).into_iter().collect()),
    ]
}

/// How and with what the page is open beside the card, if it is.
fn open(frame: &Frame) -> Option<(Hosted, PaymentPageConfig)> {
    let hosted = frame.hosted.as_ref()?;
    let framed = matches!(hosted.resolved(), HostedMode::Frame | HostedMode::Embedded);
    let view = frame.view();
    let config = view.payment_page.clone().filter(|_| framed && view.phase == Phase::Handoff)?;
    Some((hosted.clone(), config))
}

/// A frame that shows the hosted page, and believes its messages as hints if they come from its very window
/// and origin.
fn framed(frame: Markup, hosted: Hosted, config: PaymentPageConfig) -> Markup {
    let address = config.address(&hosted.page);
    let posts = hosted.posts(&address);
    let frame = frame
        .attr("name", NAME)
        .attr("allow", "payment")
        .attr("referrerpolicy", "strict-origin")
        .attr("--checkout-hosted-height", "600px");
    let frame = if posts { frame } else { frame.set("src", address) };
    frame.drawn(move |hand, frame| {
        let frame: &HtmlIFrameElement = frame.dyn_ref()?;
        let origin = Url::new(&hosted.page).map(|url| url.origin()).unwrap_or_default();
        let listener = listen(hand.clone(), frame.clone(), origin);
        // A form finds the frame by its name, and so only once it is in the page.
        let post = posts.then(|| {
            Timeout::new(0, move || {
                submit_form(&hosted.page, &config, NAME);
            })
        });
        Some(Box::new((listener, post)))
    })
}

fn listen(hand: Hand, frame: HtmlIFrameElement, origin: String) -> Option<Listener> {
    Listener::new(&window(), "message", move |event| match read_message(&event, &frame, &origin) {
        Some(Message::Resize(pixels)) => {
            let pixels = pixels.clamp(*HEIGHTS.start(), *HEIGHTS.end()) as u64;
            let _ = frame.style().set_property("--checkout-hosted-height", &[&digits(pixels), "px"].concat());
        }
        Some(Message::Event(event)) => hand.act(Input::Hosted(event)),
        None => {}
    })
}

/// ECommPay's own embedded form, in an element of ours.
fn embedded(place: Markup, hosted: Hosted, config: PaymentPageConfig) -> Markup {
    place.drawn(move |hand, place| -> Kept {
        let hand = hand.clone();
        let act: Rc<dyn Fn(Input)> = Rc::new(move |input| hand.act(input));
        let place: HtmlElement = place.clone().dyn_into().ok()?;
        Some(Box::new(Widget::run(&hosted, &config, Some(place), &act)))
    })
}

enum Message {
    Resize(f64),
    Event(HostedEvent),
}

/// Reads a message of the page: a JSON string such as `{"message":"epframe.resize","data":{"height":900}}`.
///
/// There is no published contract. UNCONFIRMED: the punctuation of `payment.submit_result`; names that are
/// not known pass as they are called.
fn read_message(event: &JsValue, frame: &HtmlIFrameElement, origin: &str) -> Option<Message> {
    let member = |value: &JsValue, name: &str| Reflect::get(value, &name.into()).ok();
    let from = member(event, "origin")?.as_string()?;
    let source = member(event, "source")?;
    let window: JsValue = frame.content_window()?.into();
    if origin.is_empty() || from != origin || source != window {
        return None;
    }
    let text = member(event, "data")?.as_string().filter(|text| text.len() <= 10_000)?;
    let body = js_sys::JSON::parse(&text).ok()?;
    let name = member(&body, "message")?.as_string()?;
    let data = |member_name: &str| member(&member(&body, "data")?, member_name);
    Some(match name.strip_prefix("epframe.")? {
        "resize" => Message::Resize(data("height")?.as_f64()?),
        "loaded" => Message::Event(HostedEvent::Loaded),
        "fail_loading" => Message::Event(HostedEvent::FailedLoading),
        "payment.sent" => Message::Event(HostedEvent::PaymentSent),
        "payment.submit_result" => {
            let id = data("request_id").and_then(|id| id.as_string());
            Message::Event(HostedEvent::SubmitResult(id.map(|id| protocol::code::neutral(&id, 200))))
        }
        "payment.success" => Message::Event(HostedEvent::PaymentSuccess),
        "payment.fail" => Message::Event(HostedEvent::PaymentFail),
        "exit" => Message::Event(HostedEvent::Exit),
        "destroy" => Message::Event(HostedEvent::Destroy),
        other => Message::Event(HostedEvent::Other(protocol::code::neutral(other, 80))),
    })
}
