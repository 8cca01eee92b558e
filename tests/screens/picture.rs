//! Codes that come as pictures.

use crate::stage::{Stage, fire, scanning, tick, until, wait};
use protocol::code::{Code, CodeImage};
use session::{Input, View};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlCanvasElement;

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
