//! How it ended, in words a payer can act on.

use crate::stage::{Stage, With, declined, known, paid};
use session::{Decline, Outcome, Phase};
use wasm_bindgen_test::wasm_bindgen_test;

fn all() -> With {
    With { retry: true, back_url: Some("/shop".into()), ..With::default() }
}

#[wasm_bindgen_test]
async fn a_payer_who_paid_learns_who_has_the_money() {
    let stage = Stage::show_with(known(paid()), all()).await;
    assert_eq!(stage.text("h2"), "Paid");
    assert_eq!(stage.part_text("outcome-text"), "Camellia Tea has your €18.40.");
    assert!(stage.part("late").is_none());
    assert!(stage.part_text("receipt").contains("X03936"));
    assert!(stage.part("retry").is_none(), "nobody pays twice");
    assert_eq!(stage.attribute("[data-part=back]", "href").as_deref(), Some("/shop"));
}

#[wasm_bindgen_test]
async fn money_that_came_late_is_told_to_be_well() {
    let stage = Stage::show(known(Phase::Settled(Outcome::Paid { late: true }))).await;
    assert_eq!(stage.text("h2"), "Paid");
    assert!(stage.part_text("late").contains("you do not have to pay again"));
}

#[wasm_bindgen_test]
async fn a_decline_names_its_reason_and_its_code() {
    let stage = Stage::show_with(known(declined("20105")), all()).await;
    assert_eq!(stage.text("h2"), "Not paid");
    let text = stage.part_text("outcome-text");
    assert_eq!(text, "The WeChat wallet did not have enough money for €18.40. Nothing was charged.");
    assert!(stage.part_text("receipt").contains("20105 · Insufficient funds"));
}

#[wasm_bindgen_test]
async fn trying_again_is_offered_where_it_may_help_and_the_page_can_do_it() {
    let offered = async |phase: Phase, retry: bool| {
        let stage = Stage::show_with(known(phase), With { retry, ..all() }).await;
        stage.part("retry").is_some()
    };
    assert!(offered(declined("20105"), true).await);
    assert!(!offered(declined("20105"), false).await);
    assert!(!offered(declined("20101"), true).await, "a limit stays a limit");
    assert!(offered(Phase::Settled(Outcome::Cancelled), true).await);
    assert!(!offered(Phase::Settled(Outcome::Refunded), true).await);
}

#[wasm_bindgen_test]
async fn a_refusal_of_the_risk_system_gives_nothing_away() {
    let stage = Stage::show(known(declined("4001"))).await;
    assert_eq!(stage.part_text("outcome-text"), "WeChat Pay did not accept this payment. Nothing was charged.");
    assert!(stage.part_text("receipt").contains("4001 · Not accepted"));
}

#[wasm_bindgen_test]
async fn every_outcome_has_its_words() {
    let decline = || Decline::read(None);
    for (outcome, title) in [
        (Outcome::Failed(decline()), "Not paid"),
        (Outcome::Cancelled, "Cancelled"),
        (Outcome::Refunded, "Refunded"),
        (Outcome::PartlyRefunded, "Partly refunded"),
    ] {
        let name = outcome.name();
        let stage = Stage::show(known(Phase::Settled(outcome))).await;
        assert_eq!(stage.text("h2"), title);
        assert!(stage.part_text("outcome-text").len() > 20, "{name}");
        assert_eq!(stage.attribute("[data-checkout]", "data-outcome").as_deref(), Some(name));
    }
}

#[wasm_bindgen_test]
async fn an_outcome_without_amount_and_payee_is_still_a_sentence() {
    let mut view = known(paid());
    (view.payee, view.sum) = (None, None);
    let stage = Stage::show(view).await;
    assert_eq!(stage.part_text("outcome-text"), "The payment has arrived.");
    let mut view = known(declined("20105"));
    (view.payee, view.sum) = (None, None);
    let stage = Stage::show(view).await;
    assert!(stage.part_text("outcome-text").contains("enough money for this payment."));
}

#[wasm_bindgen_test]
async fn chinese_payers_read_chinese() {
    let with = With { language: Some("zh-CN"), ..all() };
    let stage = Stage::show_with(known(paid()), with).await;
    assert_eq!(stage.text("h2"), "支付成功");
    assert_eq!(stage.attribute("[data-checkout]", "lang").as_deref(), Some("zh-CN"));
    assert_eq!(stage.part_text("outcome-text"), "Camellia Tea 已收到您的付款 €18.40。");
}
