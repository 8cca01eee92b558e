//! Codes that come as pictures.

use crate::stage::{Stage, fire, known, scanning, tick, until, wait};
use protocol::code::{Code, CodeImage, Reason, Refusal};
use session::{Input, Phase, View};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlCanvasElement, HtmlElement};

/// Twenty-nine pixels a side, one a module.
const PICTURE: &[u8] = include_bytes!("../../src/shop/code.png");

fn image(bytes: &[u8]) -> View {
    View { code: Some(Code::Image(CodeImage::from_bytes(bytes.to_vec()).unwrap())), ..scanning() }
}

#[wasm_bindgen_test]
async fn a_picture_is_painted_from_its_bytes_in_whole_pixels() {
    let stage = Stage::show(image(PICTURE)).await;
    until("painted", || stage.attribute("canvas", "data-loaded").is_some()).await;
    let canvas: HtmlCanvasElement = stage.part("code").unwrap().unchecked_into();
    assert!(canvas.width() > 29 && canvas.width().is_multiple_of(29), "{} pixels", canvas.width());
    assert_eq!(canvas.width(), canvas.height());
    assert_eq!(canvas.get_attribute("role").as_deref(), Some("img"));
    assert!(stage.acts().is_empty());
}

#[wasm_bindgen_test]
async fn a_picture_that_cannot_be_decoded_is_reported() {
    let stage = Stage::show(image(&PICTURE[..60])).await;
    until("reported", || !stage.place.is_connected() || stage.acts() == [Input::CodeFailed]).await;
}

#[wasm_bindgen_test]
async fn a_card_that_goes_while_a_picture_is_decoded_takes_the_work_along() {
    let stage = Stage::show(image(&PICTURE[..60])).await;
    stage.take_down();
    wait(200).await;
    assert!(stage.acts().len() <= 1, "nothing beyond what was there before it went");
}

#[wasm_bindgen_test]
async fn an_address_is_fetched_without_telling_who_asks() {
    // An address of this page, so that the test needs no network.
    let stage = Stage::show(View { code: Some(Code::Url("/nothing.png".into())), ..scanning() }).await;
    let image = stage.part("code").unwrap();
    assert_eq!(image.local_name(), "img");
    assert_eq!(image.get_attribute("referrerpolicy").as_deref(), Some("no-referrer"));
    assert_eq!(image.get_attribute("crossorigin"), None);
    assert_eq!(image.get_attribute("decoding").as_deref(), Some("async"));
    assert!(image.get_attribute("width").is_some() && image.get_attribute("height").is_some(), "its room is reserved");
    assert!(image.get_attribute("alt").unwrap().starts_with("WeChat Pay code"));
}

#[wasm_bindgen_test]
async fn a_picture_that_does_not_arrive_is_reported() {
    let stage = Stage::show(View { code: Some(Code::Url("/nothing.png".into())), ..scanning() }).await;
    fire(&stage.part("code").unwrap(), "error");
    tick().await;
    assert!(stage.acts().contains(&Input::CodeFailed));
}

#[wasm_bindgen_test]
async fn a_picture_is_shown_once_it_has_arrived() {
    let stage = Stage::show(View { code: Some(Code::Url("/nothing.png".into())), ..scanning() }).await;
    assert_eq!(stage.attribute("img", "data-loaded"), None);
    fire(&stage.part("code").unwrap(), "load");
    assert!(stage.attribute("img", "data-loaded").is_some());
}

/// A picture that did not arrive, with nothing to fall back to.
fn lost() -> View {
    let refusal = Some(Refusal { index: 0, reason: Reason::UrlUnreachable });
    let mut view = View { refusal, ..known(Phase::Preparing) };
    view.actions.retry_code = true;
    view
}

fn addressed() -> View {
    View { code: Some(Code::Url("/nothing.png".into())), ..scanning() }
}

#[wasm_bindgen_test]
async fn a_lost_picture_is_offered_again_and_what_cannot_be_shown_is_not() {
    let stage = Stage::show(lost()).await;
    stage.click("retry-code").await;
    assert_eq!(stage.acts(), [Input::RetryCode]);
    stage.change(|view| view.actions.retry_code = false).await;
    assert!(stage.part("retry-code").is_none() && stage.part("support-code").is_some());
}

#[wasm_bindgen_test]
async fn a_picture_that_is_fetched_again_is_another_one_and_stands_where_the_first_stood() {
    let stage = Stage::show(addressed()).await;
    stage.dress();
    let place = || {
        let code = stage.part("code").unwrap().get_bounding_client_rect();
        let plate = stage.part("plate").unwrap().get_bounding_client_rect();
        (code.left(), code.top(), code.width(), plate.top(), plate.height(), stage.card().client_height())
    };
    let (first, before) = (stage.part("code").unwrap(), place());
    stage.change(|view| *view = lost()).await;
    let plate = stage.part("plate").unwrap().get_bounding_client_rect();
    let button = stage.part("retry-code").unwrap().get_bounding_client_rect();
    assert_eq!((plate.top(), plate.height()), (before.3, before.4), "the plate stays where it is");
    assert!(button.bottom() <= plate.bottom() && button.top() > plate.top() && button.height() >= 44.0);
    stage.change(|view| *view = addressed()).await;
    assert!(!first.is_connected() && !first.is_same_node(stage.part("code").as_deref()));
    assert_eq!(place(), before);
}

#[wasm_bindgen_test]
async fn the_focus_stays_in_the_card_when_the_button_that_had_it_goes() {
    let stage = Stage::show(lost()).await;
    let button: HtmlElement = stage.part("retry-code").unwrap().unchecked_into();
    button.focus().unwrap();
    button.click();
    stage.change(|view| *view = addressed()).await;
    until("the card has it", || leptos::prelude::document().active_element() == Some(stage.card())).await;
}
