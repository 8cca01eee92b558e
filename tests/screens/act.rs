//! What the payer does goes out, and what is under way is not done twice.

use crate::stage::{Stage, With, fire, known, scanning, tick};
use protocol::clarification::ClarificationField;
use session::{Actions, Expiry, Input, Phase, View};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

#[wasm_bindgen_test]
async fn buttons_say_what_the_payer_wants() {
    let stage = Stage::show(known(Phase::Expired(Expiry::Code))).await;
    stage.click("renew").await;
    stage.click("check").await;
    assert_eq!(stage.acts(), [Input::Renew, Input::Check]);
}

#[wasm_bindgen_test]
async fn a_button_whose_action_is_under_way_does_nothing_and_keeps_the_focus() {
    let stage = Stage::show(known(Phase::Expired(Expiry::Code))).await;
    stage.change(|view| view.actions.busy = true).await;
    assert_eq!(stage.attribute("[data-part=renew]", "aria-disabled").as_deref(), Some("true"));
    assert_eq!(stage.attribute("[data-part=renew]", "disabled"), None);
    stage.click("renew").await;
    assert!(stage.acts().is_empty());
}

#[wasm_bindgen_test]
async fn an_action_that_failed_is_told_to_be_safe_to_repeat() {
    let actions = Actions { failed: true, ..scanning().actions };
    let stage = Stage::show(View { actions, ..scanning() }).await;
    assert!(stage.part_text("notice").contains("safe to try again"));
}

#[wasm_bindgen_test]
async fn help_opens_and_closes() {
    let stage = Stage::show(scanning()).await;
    assert!(stage.part("help").is_none());
    assert_eq!(stage.attribute("[data-part=trouble]", "aria-expanded").as_deref(), Some("false"));
    stage.click("trouble").await;
    assert_eq!(stage.attribute("[data-part=trouble]", "aria-expanded").as_deref(), Some("true"));
    let help = stage.part_text("help");
    for what in ["Discover", "cannot scan its own screen", "another account", "X03936"] {
        assert!(help.contains(what), "{what}: {help}");
    }
    stage.click("trouble").await;
    assert!(stage.part("help").is_none());
}

#[wasm_bindgen_test]
async fn help_stays_open_while_answers_come_in() {
    let stage = Stage::show(scanning()).await;
    stage.click("trouble").await;
    let help = stage.part("help").unwrap();
    stage.change(|view| view.link = session::Link::Slow).await;
    assert!(help.is_connected());
}

#[wasm_bindgen_test]
async fn giving_up_is_asked_twice() {
    let stage = Stage::show(scanning()).await;
    stage.click("trouble").await;
    stage.click("cancel").await;
    assert!(stage.acts().is_empty());
    stage.click("cancel-no").await;
    assert!(stage.part("cancel-question").is_none());
    stage.click("cancel").await;
    stage.click("cancel-yes").await;
    assert_eq!(stage.acts(), [Input::Cancel]);
}

#[wasm_bindgen_test]
async fn only_what_the_shop_offers_is_offered() {
    let stage = Stage::show(View { actions: Actions::default(), ..scanning() }).await;
    stage.click("trouble").await;
    assert!(stage.part("cancel").is_none() && stage.part("renew").is_none());
    assert!(!stage.part_text("help").contains("Get a new code"));
}

#[wasm_bindgen_test]
async fn the_hosted_page_is_offered_where_there_is_one_and_somebody_who_opens_it() {
    let with = With { open_page: true, ..With::default() };
    let page = View { payment_page: Some(Default::default()), ..scanning() };
    assert!(Stage::show_with(page.clone(), with.clone()).await.part("open-page").is_some());
    assert!(Stage::show(page).await.part("open-page").is_none());
    assert!(Stage::show_with(scanning(), with.clone()).await.part("open-page").is_none());

    let alone = View { payment_page: Some(Default::default()), ..known(Phase::Preparing) };
    let stage = Stage::show_with(alone, with).await;
    assert!(stage.part("open-page").is_some() && stage.part("plate").is_none());
    stage.change(|view| view.phase = Phase::Handoff).await;
    assert!(stage.part_text("page").contains("Continue in the WeChat Pay window"));
}

fn asked() -> View {
    let field = |name: &str, required| ClarificationField {
        object: "customer".into(),
        name: name.into(),
        required,
        max_length: None,
        error: None,
    };
    let clarification = vec![field("email", true), field("phone", true), field("city", false)];
    View { clarification, ..known(Phase::Clarifying) }
}

async fn fill(stage: &Stage, name: &str, value: &str) {
    let input: HtmlInputElement = stage.find(&["[name=\"", name, "\"]"].concat()).unwrap().unchecked_into();
    input.set_value(value);
    fire(&input, "input");
    tick().await;
}

#[wasm_bindgen_test]
async fn answers_are_checked_before_they_are_sent() {
    let stage = Stage::show(asked()).await;
    fill(&stage, "customer.email", "nobody").await;
    stage.click("clarify-send").await;
    assert!(stage.acts().is_empty());

    let described = |name: &str| {
        let input = stage.find(&["[name=\"customer.", name, "\"]"].concat()).unwrap();
        let ids = input.get_attribute("aria-describedby").unwrap();
        let texts = ids.split(' ').map(|id| stage.text(&["#", id].concat())).collect::<Vec<_>>().join(" ");
        (input.get_attribute("aria-invalid").is_some(), texts)
    };
    assert_eq!(described("email"), (true, "An email address looks like name@example.com.".into()));
    assert!(described("phone").1.starts_with("Please fill this in. With the country code"));
    assert!(!described("city").0);

    fill(&stage, "customer.email", "a@example.com").await;
    assert!(!described("email").0, "what was put right is not complained about");
    fill(&stage, "customer.phone", "+86 138 0000 0000").await;
    stage.click("clarify-send").await;
    let sent =
        vec![("customer.email".into(), "a@example.com".into()), ("customer.phone".into(), "8613800000000".into())];
    assert_eq!(stage.acts(), [Input::Clarify(sent)]);
}

#[wasm_bindgen_test]
async fn what_was_filled_in_stays_while_answers_come_in() {
    let stage = Stage::show(asked()).await;
    fill(&stage, "customer.email", "a@example.com").await;
    stage.change(|view| view.link = session::Link::Slow).await;
    let input: HtmlInputElement = stage.find("[type=email]").unwrap().unchecked_into();
    assert_eq!(input.value(), "a@example.com");
}

#[wasm_bindgen_test]
async fn an_answer_that_was_not_accepted_is_marked() {
    let mut view = asked();
    view.clarification[0].error = Some("the platform's own words".into());
    let stage = Stage::show(view).await;
    assert!(stage.part_text("clarify").contains("This was not accepted."));
    assert!(!stage.part_text("clarify").contains("own words"));
}
