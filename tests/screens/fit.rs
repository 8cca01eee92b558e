//! How the card sits on the page: with its stylesheet.

use crate::stage::{Stage, With, known, paid, scanning, until};
use leptos::prelude::{Set, document, window};
use protocol::money::{Currency, Money};
use session::Phase;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

fn height(element: &Element) -> f64 {
    element.get_bounding_client_rect().height()
}

fn computed(element: &Element, property: &str) -> String {
    window().get_computed_style(element).unwrap().unwrap().get_property_value(property).unwrap()
}

#[wasm_bindgen_test]
async fn nothing_moves_when_the_code_comes() {
    let stage = Stage::show(known(Phase::Preparing)).await;
    stage.dress();
    let places = || {
        let top = |part: &str| stage.part(part).unwrap().get_bounding_client_rect().top();
        (height(&stage.card()), top("plate"), top("steps"), top("footer"))
    };
    let before = places();
    stage.left(600).await;
    stage.change(|view| *view = scanning()).await;
    assert_eq!(places(), before);
    stage.countdown.set(None);
    crate::stage::tick().await;
    assert_eq!(places(), before, "nor when its time is not known");
    stage.change(|view| *view = known(Phase::Verifying)).await;
    assert_eq!(places(), before, "nor when it is veiled");
}

#[wasm_bindgen_test]
async fn nothing_overflows_a_card_of_320_pixels_however_long_the_names_are() {
    let mut view = scanning();
    view.payee = Some("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".into());
    view.description = Some("x".repeat(120));
    view.payment_id = Some("9".repeat(80));
    view.sum = Some(Money::new(i64::MAX, Currency::parse("THB").unwrap()));
    let with = With { back_url: Some("/".into()), retry: true, ..With::default() };
    let stage = Stage::show_with(view, with).await;
    stage.dress();
    stage.place.style().set_property("width", "320px").unwrap();
    stage.left(7200).await;
    stage.click("trouble").await;
    let fits = |what: &str| {
        let card = stage.card();
        assert!(card.scroll_width() <= 320, "{what}: {} wide", card.scroll_width());
    };
    fits("scanning");
    stage.change(|view| view.phase = paid()).await;
    fits("paid");
}

#[wasm_bindgen_test]
async fn the_plate_is_white_and_the_code_black_in_the_dark() {
    let stage = Stage::show(scanning()).await;
    stage.dress();
    stage.card().set_attribute("data-theme", "dark").unwrap();
    assert_eq!(computed(&stage.part("plate").unwrap(), "background-color"), "rgb(255, 255, 255)");
    assert_eq!(computed(&stage.part("code").unwrap(), "fill"), "rgb(0, 0, 0)");
    assert_eq!(computed(&stage.card(), "background-color"), "rgb(23, 28, 25)");
}

#[wasm_bindgen_test]
async fn modules_are_whole_pixels() {
    let stage = Stage::show(scanning()).await;
    stage.dress();
    stage.place.style().set_property("width", "400px").unwrap();
    let width = stage.part("code").unwrap().get_bounding_client_rect().width();
    assert!(width >= 222.0 && (width * window().device_pixel_ratio()) % 37.0 == 0.0, "{width}");
}

#[wasm_bindgen_test]
async fn everything_that_is_pressed_is_large_enough() {
    let stage = Stage::show(scanning()).await;
    stage.dress();
    stage.click("trouble").await;
    stage.click("cancel").await;
    let buttons = stage.place.query_selector_all("button").unwrap();
    assert!(buttons.length() >= 4);
    for button in (0..buttons.length()).filter_map(|index| buttons.get(index)) {
        let size = button.unchecked_ref::<Element>().get_bounding_client_rect();
        let name = button.text_content().unwrap();
        assert!(size.width() >= 44.0 && size.height() >= 44.0, "{name}: {} × {}", size.width(), size.height());
    }
}

#[wasm_bindgen_test]
async fn the_card_is_mirrored_for_those_who_read_from_the_right() {
    let stage = Stage::show_with(scanning(), With { language: Some("ar"), ..With::default() }).await;
    stage.dress();
    assert_eq!(stage.attribute("[data-checkout]", "dir").as_deref(), Some("rtl"));
    stage.left(300).await;
    let bar = stage.part("bar").unwrap().get_bounding_client_rect();
    let left = stage.find("[data-part=bar] > *").unwrap().get_bounding_client_rect();
    assert!((bar.right() - left.right()).abs() < 1.0 && left.width() < bar.width() * 0.6);
}

#[wasm_bindgen_test]
async fn colours_can_be_chosen_from_around_it() {
    let stage = Stage::show(known(paid())).await;
    stage.dress();
    stage.place.style().set_property("--checkout-surface", "rgb(1, 2, 3)").unwrap();
    until("painted", || computed(&stage.card(), "background-color") == "rgb(1, 2, 3)").await;
}

#[wasm_bindgen_test]
async fn the_voice_takes_no_room() {
    let stage = Stage::show(scanning()).await;
    stage.dress();
    let voice: HtmlElement = stage.find("[role=status]").unwrap().unchecked_into();
    assert!(voice.offset_width() <= 1 && voice.offset_height() <= 1);
    assert!(document().contains(Some(&voice)));
}
