//! What is said to those who do not see the card, and where the keyboard goes.

use crate::stage::{Stage, known, paid, scanning, tick, wait};
use leptos::prelude::document;
use session::{Expiry, Link, Phase};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

const POLITE: &str = "[role=status]";
const ALERT: &str = "[role=alert]";

fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

#[wasm_bindgen_test]
async fn the_voice_is_inside_the_card_and_there_from_the_start() {
    let stage = Stage::show(known(Phase::Preparing)).await;
    for region in [POLITE, ALERT] {
        let region = stage.find(region).unwrap();
        assert!(stage.card().contains(Some(&region)));
    }
    assert_eq!(stage.text(ALERT), "");
}

#[wasm_bindgen_test]
async fn a_code_and_the_time_that_passes_are_told() {
    let stage = Stage::show(known(Phase::Preparing)).await;
    stage.left(600).await;
    stage.change(|view| *view = scanning()).await;
    assert_eq!(stage.text(POLITE), "The code is ready. Scan it with WeChat to pay €18.40 to Camellia Tea.");
    stage.left(541).await;
    assert!(stage.text(POLITE).starts_with("The code is ready"));
    stage.left(540).await;
    assert_eq!(stage.text(POLITE), "9 minutes left to scan the code.");
    stage.left(60).await;
    assert_eq!(stage.text(POLITE), "1 minute left to scan the code.");
    stage.left(30).await;
    assert_eq!(stage.text(POLITE), "30 seconds left to scan the code.");
}

#[wasm_bindgen_test]
async fn a_broken_link_and_its_mending_are_told() {
    let stage = Stage::show(scanning()).await;
    stage.change(|view| view.link = Link::Offline).await;
    assert!(stage.text(POLITE).starts_with("No connection."));
    stage.change(|view| view.link = Link::Good).await;
    assert_eq!(stage.text(POLITE), "The connection is back.");
}

#[wasm_bindgen_test]
async fn the_outcome_is_told_at_once_and_nothing_talks_over_it() {
    let stage = Stage::show(scanning()).await;
    stage.change(|view| *view = known(paid())).await;
    assert_eq!(stage.text(ALERT), "Paid. Camellia Tea has your €18.40.");
    assert_eq!(stage.text(POLITE), "");
}

#[wasm_bindgen_test]
async fn the_end_of_a_code_is_told_at_once() {
    let stage = Stage::show(scanning()).await;
    stage.change(|view| *view = known(Phase::Expired(Expiry::Code))).await;
    assert!(stage.text(ALERT).starts_with("This code has expired. Already paid?"));
    stage.change(|view| *view = scanning()).await;
    assert_eq!(stage.text(ALERT), "");
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_outcome_when_the_payer_is_nowhere_else() {
    let stage = Stage::show(scanning()).await;
    stage.change(|view| *view = known(paid())).await;
    wait(50).await;
    assert_eq!(focused().unwrap().text_content().as_deref(), Some("Paid"));
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_end_of_a_code_and_the_next_stop_is_a_new_one() {
    let stage = Stage::show(scanning()).await;
    stage.part("trouble").unwrap().unchecked_into::<HtmlElement>().focus().unwrap();
    stage.change(|view| *view = known(Phase::Expired(Expiry::Code))).await;
    wait(50).await;
    let heading = focused().unwrap();
    assert_eq!(heading.text_content().as_deref(), Some("This code has expired"));
    assert_eq!(heading.next_element_sibling().unwrap().get_attribute("data-part").as_deref(), Some("renew"));
}

#[wasm_bindgen_test]
async fn a_payer_who_types_elsewhere_is_not_interrupted() {
    let stage = Stage::show(scanning()).await;
    let elsewhere: HtmlElement = document().create_element("input").unwrap().unchecked_into();
    stage.place.append_child(&elsewhere).unwrap();
    elsewhere.focus().unwrap();
    stage.change(|view| *view = known(paid())).await;
    wait(50).await;
    assert_eq!(focused(), Some(elsewhere));
}

#[wasm_bindgen_test]
async fn a_page_that_opens_on_a_paid_checkout_does_not_jump_to_it() {
    let stage = Stage::show(known(paid())).await;
    wait(50).await;
    assert!(focused().is_none_or(|focused| !stage.card().contains(Some(&focused))));
}

#[wasm_bindgen_test]
async fn the_focus_stays_in_the_card_when_its_button_goes() {
    let stage = Stage::show(known(Phase::Expired(Expiry::Code))).await;
    stage.part("renew").unwrap().unchecked_into::<HtmlElement>().focus().unwrap();
    stage.part("renew").unwrap().unchecked_into::<HtmlElement>().click();
    stage.change(|view| *view = known(Phase::Preparing)).await;
    tick().await;
    wait(50).await;
    assert_eq!(focused().map(Into::into), Some(stage.card()));
}
