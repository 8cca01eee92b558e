//! The hosted page in a frame of our own.

use super::Hosted;
use super::opener::submit_form;
use crate::driver::Listener;
use js_sys::Reflect;
use leptos::html;
use leptos::prelude::*;
use protocol::hosted::PaymentPageConfig;
use session::{HostedEvent, Input};
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
        html::iframe()
            .node_ref(frame)
            .attr("name", NAME)
            .attr("title", title)
            .attr("src", (!posts).then_some(address))
            .attr("allow", "payment")
            .attr("referrerpolicy", "strict-origin")
            .style(("height", move || [(height.get() as u32).to_string().as_str(), "px"].concat()))
            .on(leptos::ev::load, move |_| {
                loading.set(false);
                act.run(Input::Hosted(HostedEvent::Loaded));
            }),
        move || loading.get().then(|| html::div().class("checkout-hosted-loading").attr("data-part", "hosted-loading")),
    ))
}

enum Message {
    Resize(f64),
    Event(HostedEvent),
}

/// Reads a message of the page: a JSON string such as `{"message":"epframe.resize","data":{"height":900}}`.
///
/// UNCONFIRMED: of the names only these were seen in ECommPay's published code; others pass as they are called.
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
    Some(match name.strip_prefix("epframe.")? {
        "resize" => Message::Resize(member(&member(&body, "data")?, "height")?.as_f64()?),
        "destroy" => Message::Event(HostedEvent::Destroy),
        "exit" => Message::Event(HostedEvent::Exit),
        "payment.success" => Message::Event(HostedEvent::PaymentSuccess),
        "payment.fail" => Message::Event(HostedEvent::PaymentFail),
        other => Message::Event(HostedEvent::Other(protocol::code::neutral(other, 80))),
    })
}
