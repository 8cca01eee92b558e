//! The code is on the page while it may be scanned, and at no other time.

use crate::stage::{CODE, Stage, known, paid, scanning};
use protocol::code::Code;
use session::{Expiry, Phase};
use wasm_bindgen_test::wasm_bindgen_test;

const LABEL: &str = "WeChat Pay code: pay €18.40 to Camellia Tea";
const FINDER: &str = "M0 0h7v1h-7z";

#[wasm_bindgen_test]
async fn a_code_is_one_path_of_whole_modules_with_its_quiet_zone_and_a_name() {
    let stage = Stage::show(scanning()).await;
    let code = stage.part("code").unwrap();
    assert_eq!(code.local_name(), "svg");
    assert_eq!(code.get_attribute("viewBox").as_deref(), Some("-4 -4 37 37"));
    assert_eq!(code.get_attribute("role").as_deref(), Some("img"));
    assert_eq!(code.get_attribute("aria-label").as_deref(), Some(LABEL));
    assert_eq!(code.child_element_count(), 1);
    assert!(stage.attribute("[data-part=code] path", "d").unwrap().starts_with(FINDER));
}

#[wasm_bindgen_test]
async fn a_veiled_plate_holds_no_code_blurred_or_not() {
    let stage = Stage::show(scanning()).await;
    let phases =
        [Phase::Verifying, Phase::Expired(Expiry::Code), Phase::Expired(Expiry::Payment), Phase::Preparing, paid()];
    for phase in phases {
        let name = phase.name();
        stage.change(|view| *view = known(phase)).await;
        let html = stage.place.inner_html();
        assert!(stage.part("code").is_none(), "{name}");
        assert!(!html.contains(FINDER) && !html.contains(CODE), "{name}");
        stage.change(|view| *view = scanning()).await;
        assert!(stage.part("code").is_some(), "back from {name}");
    }
}

#[wasm_bindgen_test]
async fn a_new_code_takes_the_place_of_the_old_one() {
    let stage = Stage::show(scanning()).await;
    let path = || stage.attribute("[data-part=code] path", "d").unwrap();
    let (old, element) = (path(), stage.part("code").unwrap());
    stage.change(|view| view.code = Some(Code::Text("weixin://wxpay/bizpayurl?pr=another".into()))).await;
    assert_ne!(path(), old);
    assert!(!element.is_connected());
    assert_eq!(stage.place.query_selector_all("[data-part=code]").unwrap().length(), 1);
}

#[wasm_bindgen_test]
async fn the_same_code_told_again_is_not_drawn_again() {
    let stage = Stage::show(scanning()).await;
    let element = stage.part("code").unwrap();
    stage.change(|view| view.payment_id = Some("X03937".into())).await;
    assert!(element.is_connected());
}

#[wasm_bindgen_test]
async fn amount_and_payee_that_come_later_reach_the_name_of_the_code() {
    let mut early = scanning();
    early.payee = None;
    let stage = Stage::show(early).await;
    assert_eq!(stage.attribute("[data-part=code]", "aria-label").as_deref(), Some("WeChat Pay code"));
    stage.change(|view| *view = scanning()).await;
    assert_eq!(stage.attribute("[data-part=code]", "aria-label").as_deref(), Some(LABEL));
}
