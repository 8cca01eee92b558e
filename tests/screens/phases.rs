//! Each phase shows what belongs to it, and only that.

use crate::stage::{Stage, With, known, paid, scanning};
use leptos::prelude::Update;
use protocol::code::{Info, Reason, Refusal};
use session::{Expiry, Link, Millis, Phase, View};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_card_says_where_it_stands() {
    let stage = Stage::show(scanning()).await;
    assert_eq!(stage.attribute("[data-checkout]", "data-phase").as_deref(), Some("scanning"));
    assert_eq!(stage.attribute("[data-checkout]", "data-link").as_deref(), Some("good"));
    assert_eq!(stage.attribute("[data-checkout]", "data-outcome"), None);
    stage.change(|view| *view = known(paid())).await;
    assert_eq!(stage.attribute("[data-checkout]", "data-phase").as_deref(), Some("settled"));
    assert_eq!(stage.attribute("[data-checkout]", "data-outcome").as_deref(), Some("paid"));
}

#[wasm_bindgen_test]
async fn who_how_much_and_for_what_are_told() {
    let stage = Stage::show(scanning()).await;
    assert_eq!(stage.part_text("amount"), "€18.40");
    assert!(stage.part_text("payee").contains("Camellia Tea"));
    assert_eq!(stage.part_text("description"), "2 × Longjing, 50 g");
    assert_eq!(stage.part_text("payment-id"), "Payment X03936");
}

#[wasm_bindgen_test]
async fn sixty_one_minutes_are_shown_as_an_hour_and_a_minute() {
    let stage = Stage::show(scanning()).await;
    stage.left(3660).await;
    assert_eq!(stage.part_text("clock"), "1:01:00");
    stage.left(468).await;
    assert_eq!(stage.part_text("clock"), "07:48");
    assert_eq!(stage.attribute("[role=progressbar]", "aria-valuenow").as_deref(), Some("78"));
    assert_eq!(stage.attribute("[role=timer]", "aria-live").as_deref(), Some("off"));
}

#[wasm_bindgen_test]
async fn a_time_that_is_not_known_is_not_shown() {
    let stage = Stage::show(scanning()).await;
    assert!(stage.part("countdown").is_none());
    assert!(stage.text(".checkout-time").contains("Waiting"));
    stage.left(60).await;
    assert!(stage.part("countdown").is_some());
}

#[wasm_bindgen_test]
async fn a_second_that_passes_moves_the_clock_and_leaves_the_rest_alone() {
    let stage = Stage::show(scanning()).await;
    stage.left(100).await;
    let (code, clock) = (stage.part("code").unwrap(), stage.part("clock").unwrap());
    stage.countdown.update(|left| left.as_mut().unwrap().remaining = Millis::from_secs(99));
    crate::stage::tick().await;
    assert_eq!(clock.text_content().as_deref(), Some("01:39"));
    assert!(clock.is_connected() && code.is_connected());
}

#[wasm_bindgen_test]
async fn notes_about_the_link_come_and_go() {
    let stage = Stage::show(scanning()).await;
    assert!(stage.part("notice").is_none());
    for link in [Link::Slow, Link::Offline] {
        stage.change(|view| view.link = link).await;
        let note = stage.part_text("notice");
        assert!(note.contains("trying again") && note.contains("You can still scan and pay"), "{note}");
        assert!(stage.part("code").is_some(), "the code stays: it may still be paid");
    }
    stage.change(|view| view.link = Link::Refused(410)).await;
    assert!(stage.part_text("notice").contains("HTTP 410"));
    stage.change(|view| view.link = Link::Good).await;
    assert!(stage.part("notice").is_none());
}

#[wasm_bindgen_test]
async fn a_shop_that_will_not_answer_is_not_waited_for() {
    let with = With { back_url: Some("/shop".into()), ..With::default() };
    let stage = Stage::show_with(View { link: Link::Refused(404), ..View::default() }, with).await;
    assert!(stage.part_text("plate").contains("No answer from the shop"));
    assert!(stage.find(".checkout-spinner").is_none() && stage.part("steps").is_none());
    assert_eq!(stage.attribute("[data-part=back]", "href").as_deref(), Some("/shop"));
}

#[wasm_bindgen_test]
async fn nobody_is_told_to_scan_where_there_is_nothing_to_scan() {
    let stage = Stage::show(View { link: Link::Offline, ..known(Phase::Preparing) }).await;
    assert!(!stage.part_text("notice").contains("scan"));
}

#[wasm_bindgen_test]
async fn an_unusable_code_is_told_with_a_code_for_support() {
    let refusal = Some(Refusal { index: 0, reason: Reason::ImageFormat });
    let stage = Stage::show(View { refusal, ..known(Phase::Preparing) }).await;
    let plate = stage.part_text("plate");
    assert!(plate.contains("The shop sent a code we cannot show"), "{plate}");
    assert!(plate.contains("code-image-format"), "{plate}");
}

#[wasm_bindgen_test]
async fn what_else_the_platform_says_is_shown_as_text() {
    let info = vec![Info { title: "Rate".into(), text: "<b>1 EUR</b>".into() }];
    let stage = Stage::show(View { info, ..scanning() }).await;
    assert!(stage.part_text("info").contains("<b>1 EUR</b>"));
}

#[wasm_bindgen_test]
async fn an_expired_code_can_be_renewed_and_an_ended_payment_is_not_offered_to() {
    let stage = Stage::show(known(Phase::Expired(Expiry::Code))).await;
    assert!(stage.part_text("plate").contains("This code has expired"));
    assert!(stage.part("renew").is_some() && stage.part("check").is_some());

    let mut ended = known(Phase::Expired(Expiry::Payment));
    ended.actions.renew = false;
    stage.change(|view| *view = ended).await;
    assert!(stage.part_text("plate").contains("The time to pay is over"));
    assert!(stage.part("renew").is_none() && stage.part("check").is_some());
}

#[wasm_bindgen_test]
async fn a_card_about_which_nothing_is_known_has_room_for_all_of_it() {
    let stage = Stage::show(View::default()).await;
    stage.dress();
    for part in ["amount", "description", "plate"] {
        let height = stage.part(part).unwrap().get_bounding_client_rect().height();
        assert!(height > 15.0, "{part} is {height} high");
    }
}
