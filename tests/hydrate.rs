//! Taking over what a server drew.
//!
//! A server draws the same elements as a browser does, with an empty comment behind each changing part, so
//! markup that was drawn in a browser stands in for a server's here.

#![cfg(all(target_arch = "wasm32", feature = "hydrate"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use leptos::mount::{hydrate_from, mount_to};
use leptos::prelude::*;
use protocol::code::Code;
use session::{Countdown, Input, Millis, Outcome, Phase, View};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};
use wechat_checkout::screens::{Screens, ScreensProps};
use wechat_checkout::{Document, JsNode, Logo, Source, Texts, WechatCheckout};

wasm_bindgen_test_configure!(run_in_browser);

fn scanning() -> View {
    View {
        phase: Phase::Scanning,
        code: Some(Code::Text("weixin://wxpay/bizpayurl?pr=dMrSpJG".into())),
        payment_id: Some("X03936".into()),
        ..View::default()
    }
}

fn screens(view: RwSignal<View>, logo: Option<Logo>) -> impl IntoView {
    let countdown = Countdown { remaining: Millis::from_secs(300), full: Millis::from_secs(600) };
    Screens(ScreensProps {
        view: view.read_only(),
        countdown: RwSignal::new(Some(countdown)).read_only(),
        act: Callback::new(|_: Input| {}),
        texts: Texts::english().into(),
        language: "en".into(),
        retry: None,
        open_page: None,
        back_url: None,
        logo,
    })
}

fn place() -> HtmlElement {
    let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    place
}

/// The markup of a server.
fn drawn_elsewhere(logo: Option<Logo>) -> String {
    let place = place();
    let card = mount_to(place.clone(), || screens(RwSignal::new(scanning()), logo));
    let html = place.inner_html();
    drop(card);
    place.remove();
    html
}

async fn tick() {
    for _ in 0..3 {
        let promise = js_sys::Promise::new(&mut |done, _| {
            window().set_timeout_with_callback(&done).unwrap();
        });
        JsFuture::from(promise).await.unwrap();
    }
}

fn find(place: &HtmlElement, selector: &str) -> Option<Element> {
    place.query_selector(selector).unwrap()
}

#[wasm_bindgen_test]
async fn what_a_server_drew_is_taken_over_and_lives() {
    let place = place();
    place.set_inner_html(&drawn_elsewhere(None));
    let before = place.inner_html();
    let parts = ["[data-checkout]", "[data-part=code]", "[data-part=clock]", "[data-part=trouble]"];
    let old = parts.map(|part| find(&place, part).unwrap());

    let view = RwSignal::new(scanning());
    let card = hydrate_from(place.clone(), move || screens(view, None));
    tick().await;
    assert_eq!(place.inner_html(), before, "nothing is drawn twice, nothing goes missing");
    assert_eq!(parts.map(|part| find(&place, part).unwrap()), old, "the elements are the server's");

    find(&place, "[data-part=trouble]").unwrap().unchecked_into::<HtmlElement>().click();
    tick().await;
    assert!(find(&place, "[data-part=help]").is_some());
    view.update(|view| view.phase = Phase::Settled(Outcome::Paid { late: false }));
    tick().await;
    assert!(find(&place, "[data-part=code]").is_none());
    assert_eq!(find(&place, "h2").unwrap().text_content().as_deref(), Some("Paid"));
    drop(card);
    place.remove();
}

#[wasm_bindgen_test]
async fn what_a_server_drew_differently_is_put_right() {
    let place = place();
    place
        .set_inner_html(&drawn_elsewhere(None).replace("05:00", "99:99").replace("<ol", "<ul").replace("</ol", "</ul"));
    let view = RwSignal::new(scanning());
    let card = hydrate_from(place.clone(), move || screens(view, None));
    tick().await;
    assert_eq!(find(&place, "[data-part=clock]").unwrap().text_content().as_deref(), Some("05:00"));
    assert_eq!(place.query_selector_all("[data-part=steps]").unwrap().length(), 1);
    assert!(find(&place, "ol").is_some() && find(&place, "ul").is_none());
    drop(card);
    place.remove();
}

#[wasm_bindgen_test]
async fn a_logo_that_had_arrived_before_the_program_did_is_seen_all_the_same() {
    let logo = Logo::new("data:image/gif;base64,R0lGODlhAgADAIAAAAAAAP///yH5BAAAAAAALAAAAAACAAMAAAICRF4AOw==");
    let place = place();
    place.set_inner_html(&drawn_elsewhere(Some(logo.clone())));
    let parts = ["[data-part=code]", "[data-part=code] .checkout-covered", "[data-part=logo]"];
    let old = parts.map(|part| find(&place, part).unwrap());
    tick().await;
    let view = RwSignal::new(scanning());
    let card = hydrate_from(place.clone(), move || screens(view, Some(logo)));
    for _ in 0..20 {
        tick().await;
    }
    assert_eq!(parts.map(|part| find(&place, part).unwrap()), old, "the elements are the server's");
    assert!(old[2].has_attribute("data-loaded"));
    drop(card);
    place.remove();
}

/// A shop's page: a checkout, and something behind it.
fn shop_page() -> impl IntoView {
    let body = r#"{
        "payment": { "id": "X03936", "status": "awaiting customer action" },
        "operation": { "type": "sale", "status": "awaiting customer action" },
        "display_data": [{ "type": "qr_data", "title": "QR", "data": "weixin://wxpay/bizpayurl?pr=dMrSpJG" }],
        "checkout": { "payee": "Camellia Tea", "expires_in": 468 }
    }"#;
    let document = Document::read(&JsNode(js_sys::JSON::parse(body).unwrap())).unwrap();
    let pressed = RwSignal::new(0);
    view! {
        <WechatCheckout source=Source::document(document) language="en" attr:class="of-the-shop"/>
        <button id="behind" on:click=move |_| pressed.update(|pressed| *pressed += 1)>{pressed}</button>
    }
}

#[wasm_bindgen_test]
async fn a_checkout_on_a_page_from_a_server_is_taken_over_and_so_is_what_stands_behind_it() {
    let drawn = place();
    let page = mount_to(drawn.clone(), shop_page);
    let html = drawn.inner_html();
    drop(page);
    drawn.remove();

    let place = place();
    place.set_inner_html(&html);
    let parts = ["[data-checkout]", ".checkout-beside", "#behind"];
    let old = parts.map(|part| find(&place, part).unwrap());
    let page = hydrate_from(place.clone(), shop_page);
    tick().await;
    assert_eq!(parts.map(|part| find(&place, part).unwrap()), old, "the elements are the server's");
    assert_eq!(find(&place, "section").unwrap().class_name(), "of-the-shop checkout");
    assert_eq!(place.query_selector_all("[data-part=code], .checkout-beside, button#behind").unwrap().length(), 3);
    find(&place, "#behind").unwrap().unchecked_into::<HtmlElement>().click();
    tick().await;
    assert_eq!(find(&place, "#behind").unwrap().text_content().as_deref(), Some("1"));
    assert_eq!(find(&place, "[data-checkout]").unwrap().get_attribute("data-phase").as_deref(), Some("scanning"));
    drop(page);
    place.remove();
}
