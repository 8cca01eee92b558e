//! Under the strictest policy, and when the card goes away.

use crate::stage::{Stage, known, paid, scanning, tick};
use leptos::prelude::{Set, Update, document};
use protocol::clarification::ClarificationField;
use session::{Countdown, Expiry, Link, Millis, Phase, View};
use wasm_bindgen_test::wasm_bindgen_test;

/// From here on this page refuses every HTML that comes as text.
fn trust_no_text() {
    let meta = document().create_element("meta").unwrap();
    meta.set_attribute("http-equiv", "Content-Security-Policy").unwrap();
    meta.set_attribute("content", "require-trusted-types-for 'script'").unwrap();
    document().head().unwrap().append_child(&meta).unwrap();
    let refused = document().create_element("p").unwrap();
    assert!(js_sys::Reflect::set(&refused, &"innerHTML".into(), &"x".into()).is_err(), "the policy is in force");
}

#[wasm_bindgen_test]
async fn every_screen_can_be_drawn_where_no_html_is_trusted() {
    trust_no_text();
    let field = ClarificationField {
        object: "customer".into(),
        name: "email".into(),
        required: true,
        max_length: None,
        error: None,
    };
    let stage = Stage::show(View::default()).await;
    for phase in [
        Phase::Preparing,
        Phase::Clarifying,
        Phase::Scanning,
        Phase::Verifying,
        Phase::Expired(Expiry::Code),
        Phase::Expired(Expiry::Payment),
        Phase::Handoff,
        Phase::Confirming,
        paid(),
    ] {
        let name = phase.name();
        let view = View { link: Link::Slow, clarification: vec![field.clone()], ..known(phase) };
        stage.change(|old| *old = view).await;
        assert_eq!(stage.attribute("[data-checkout]", "data-phase").as_deref(), Some(name));
        if stage.part("trouble").is_some() {
            stage.click("trouble").await;
            assert!(stage.part("help").is_some(), "{name}");
            stage.click("trouble").await;
        }
    }
}

#[wasm_bindgen_test]
async fn what_comes_from_outside_is_text() {
    let evil = "<img src=x onerror=alert(1)>";
    let mut view = scanning();
    view.payee = Some(evil.into());
    view.description = Some(evil.into());
    view.payment_id = Some(evil.into());
    let stage = Stage::show(view).await;
    stage.click("trouble").await;
    assert!(stage.find("img").is_none());
    assert_eq!(stage.part_text("description"), evil);
}

#[wasm_bindgen_test]
async fn a_card_that_is_gone_leaves_nothing_and_hears_nothing() {
    let stage = Stage::show(scanning()).await;
    stage.left(100).await;
    stage.take_down();
    assert_eq!(stage.place.child_element_count(), 0);
    stage.view.set(known(paid()));
    stage.countdown.set(Some(Countdown { remaining: Millis(0), full: Millis(1) }));
    stage.view.update(|view| view.link = Link::Offline);
    tick().await;
    assert_eq!(stage.place.child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn two_cards_on_one_page_do_not_share_names() {
    let field = |name: &str| ClarificationField {
        object: "customer".into(),
        name: name.into(),
        required: true,
        max_length: None,
        error: None,
    };
    let view = || View { clarification: vec![field("email"), field("phone")], ..known(Phase::Clarifying) };
    let (one, two) = (Stage::show(view()).await, Stage::show(view()).await);
    let ids = |stage: &Stage| {
        let inputs = stage.place.query_selector_all("[id]").unwrap();
        let id = |index| js_sys::Reflect::get(&inputs.get(index).unwrap(), &"id".into()).unwrap().as_string().unwrap();
        (0..inputs.length()).map(id).collect::<Vec<_>>()
    };
    let mut all = [ids(&one), ids(&two)].concat();
    let count = all.len();
    assert!(count >= 8);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count);
}
