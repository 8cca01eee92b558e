//! The hosted page in a frame of our own.

use super::Hosted;
use super::opener::submit_form;
use super::widget::Widget;
use crate::driver::Listener;
use js_sys::Reflect;
use leptos::html;
use leptos::prelude::*;
use protocol::hosted::PaymentPageConfig;
use session::{HostedEvent, Input};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{HtmlIFrameElement, Url};

/// What the frame's height may be set to by the page, in CSS pixels.
const HEIGHTS: std::ops::RangeInclusive<f64> = 600.0..=2000.0;

/// A frame that shows the hosted page, and believes its messages as hints if they come from its very window
/// and origin.
#[component]
pub(crate) fn HostedFrame(
    /// How the page is opened.
    hosted: Hosted,
    /// What it is opened with.
    config: PaymentPageConfig,
    /// What the frame is called to a screen reader.
    title: String,
    /// What the button says that closes it.
    close: String,
    /// Told what the page lets us know.
    #[prop(into)]
    act: Callback<Input>,
) -> impl IntoView {
    const NAME: &str = "wechat-checkout-frame";
    let frame = NodeRef::<html::Iframe>::new();
    let loading = RwSignal::new(true);
    let height = RwSignal::new(*HEIGHTS.start());
    let address = config.address(&hosted.page);
    let posts = hosted.posts(&address);
    let origin = Url::new(&hosted.page).map(|url| url.origin()).unwrap_or_default();

    let listener = StoredValue::new_local(web_sys::window().and_then(|window| {
        Listener::new(&window, "message", move |event| {
            let frame = frame.try_get_untracked().flatten();
            match frame.as_ref().and_then(|frame| read_message(&event, frame, &origin)) {
                Some(Message::Resize(pixels)) => drop(height.try_set(pixels.clamp(*HEIGHTS.start(), *HEIGHTS.end()))),
                Some(Message::Event(event)) => {
                    act.try_run(Input::Hosted(event));
                }
                None => {}
            }
        })
    }));
    on_cleanup(move || drop(listener.try_update_value(Option::take)));
    Effect::new(move |_| {
        if posts && frame.get().is_some() {
            submit_form(&hosted.page, &config, NAME);
        }
    });

    html::div().class("checkout-hosted").attr("data-part", "hosted").attr("part", "hosted").child((
        html::button()
            .attr("type", "button")
            .class("checkout-button checkout-quiet")
            .attr("data-part", "close-page")
            .attr("part", "close-page")
            .on(leptos::ev::click, move |_| act.run(Input::HandoffClosed))
            .child(close),
        html::iframe()
            .node_ref(frame)
            .attr("name", NAME)
            .attr("title", title)
            .attr("src", (!posts).then_some(address))
            .attr("allow", "payment")
            .attr("referrerpolicy", "strict-origin")
            .style(("height", move || [(height.get() as u32).to_string().as_str(), "px"].concat()))
            .on(leptos::ev::load, move |_| loading.set(false)),
        move || loading.get().then(|| html::div().class("checkout-hosted-loading").attr("data-part", "hosted-loading")),
    ))
}

/// ECommPay's own embedded form, in an element of ours.
#[component]
pub(crate) fn HostedEmbedded(
    /// How the page is opened.
    hosted: Hosted,
    /// What it is opened with.
    config: PaymentPageConfig,
    /// Told what the page lets us know.
    #[prop(into)]
    act: Callback<Input>,
) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let widget = StoredValue::new_local(None::<Widget>);
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            let act: Rc<dyn Fn(Input)> = Rc::new(move |input| {
                act.try_run(input);
            });
            widget.set_value(Some(Widget::run(&hosted, &config, Some(place.into()), &act)));
        }
    });
    on_cleanup(move || drop(widget.try_update_value(Option::take)));
    html::div().node_ref(place).class("checkout-hosted").attr("data-part", "hosted").attr("part", "hosted")
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
