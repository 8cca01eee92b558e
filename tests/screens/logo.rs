//! The shop's logo over a code.

use crate::stage::{Stage, With, known, scanning, until};
use session::{Input, LogoTrouble, Phase};
use wasm_bindgen_test::wasm_bindgen_test;
use wechat_checkout::Logo;

/// A picture that is at hand, so that the test needs no network.
const PICTURE: &str = "data:image/gif;base64,R0lGODlhAgADAIAAAAAAAP///yH5BAAAAAAALAAAAAACAAMAAAICRF4AOw==";

fn with_logo() -> With {
    With { logo: Some(Logo::new(PICTURE)), ..With::default() }
}

fn is_covered(stage: &Stage) -> bool {
    let covered = stage.find("[data-part=code] .checkout-covered").unwrap();
    let style = leptos::prelude::window().get_computed_style(&covered).unwrap().unwrap();
    style.get_property_value("display").unwrap() == "none"
}

#[wasm_bindgen_test]
async fn no_logo_lies_over_a_code_unless_the_shop_wants_one() {
    let stage = Stage::show(scanning()).await;
    assert!(stage.part("logo").is_none());
    assert_eq!(stage.attribute("[data-part=code]", "viewBox").as_deref(), Some("-4 -4 37 37"));
}

#[wasm_bindgen_test]
async fn a_code_with_a_logo_is_corrected_better_and_keeps_its_name() {
    let stage = Stage::show_with(scanning(), with_logo()).await;
    assert_eq!(stage.attribute("[data-part=code] svg", "viewBox").as_deref(), Some("-4 -4 45 45"), "version 5");
    let code = stage.part("code").unwrap();
    assert_eq!(code.get_attribute("role").as_deref(), Some("img"));
    assert!(code.get_attribute("aria-label").unwrap().starts_with("WeChat Pay code: pay"));
}

#[wasm_bindgen_test]
async fn a_logo_is_fetched_without_telling_who_asks_and_has_no_name_of_its_own() {
    let stage = Stage::show_with(scanning(), with_logo()).await;
    let logo = stage.part("logo").unwrap();
    assert_eq!(logo.local_name(), "img");
    assert_eq!(logo.get_attribute("referrerpolicy").as_deref(), Some("no-referrer"));
    assert_eq!(logo.get_attribute("alt").as_deref(), Some(""));
}

#[wasm_bindgen_test]
async fn modules_are_cleared_when_the_logo_has_arrived_and_not_before() {
    let stage = Stage::show_with(scanning(), with_logo()).await;
    stage.dress();
    until("cleared", || is_covered(&stage)).await;
    let logo = stage.part("logo").unwrap();
    assert_eq!(logo.get_attribute("data-loaded").as_deref(), Some(""));
    logo.remove_attribute("data-loaded").unwrap();
    assert!(!is_covered(&stage));
}

#[wasm_bindgen_test]
async fn a_logo_that_does_not_arrive_leaves_a_whole_code_and_is_told() {
    let lost = With { logo: Some(Logo::new("/nothing.png")), ..With::default() };
    let stage = Stage::show_with(scanning(), lost).await;
    stage.dress();
    until("taken away", || stage.part("logo").is_none()).await;
    assert!(!is_covered(&stage));
    assert_eq!(stage.acts(), [Input::LogoFailed(LogoTrouble::Unreachable)]);
}

#[wasm_bindgen_test]
async fn a_logo_lies_in_the_middle_within_whole_cleared_modules() {
    let stage = Stage::show_with(scanning(), with_logo()).await;
    stage.dress();
    stage.place.style().set_property("width", "400px").unwrap();
    let (code, logo) = (stage.part("code").unwrap(), stage.part("logo").unwrap());
    let (code, logo) = (code.get_bounding_client_rect(), logo.get_bounding_client_rect());
    let module = code.width() / 45.0;
    assert!((logo.width() - 6.0 * module).abs() < 0.1, "half a module of white around it: {}", logo.width() / module);
    assert!((logo.left() + logo.right() - code.left() - code.right()).abs() < 0.1);
    assert!((logo.top() + logo.bottom() - code.top() - code.bottom()).abs() < 0.1);
}

#[wasm_bindgen_test]
async fn a_veiled_plate_holds_no_logo() {
    let stage = Stage::show_with(scanning(), with_logo()).await;
    stage.change(|view| *view = known(Phase::Verifying)).await;
    assert!(stage.part("logo").is_none());
}
