//! The driver in a real browser, against a shop that is played by a patched `fetch`.
//!
//! Each confirmed defect of other checkouts has its test here, named for what goes wrong there.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::panic)]

#[path = "browser/shop.rs"]
mod shop;

use session::{Event, Millis, Outcome, Phase, Policy};
use shop::{Page, Shop, declined, paid, pause, waiting, with};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Short enough for a test, long enough for a loaded machine to keep the order of things.
fn quick() -> Policy {
    Policy {
        interval: Millis(40),
        preparing: Millis(20),
        expired: Millis(40),
        grace: Millis(150),
        backoff_max: Millis(80),
        timeout: Millis(2000),
        slow_after: Millis(1500),
        tab_margin: Millis(60),
        ..Policy::default()
    }
}

#[wasm_bindgen_test]
async fn a_payer_sees_the_code_and_then_paid() {
    let shop = Shop::open(waiting());
    let page = Page::mount(quick());
    page.until(|page| page.phase() == "scanning").await;
    assert!(page.has("[data-part=code]"));
    shop.answers(paid());
    page.until(|page| page.phase() == "settled").await;
    assert!(!page.has("[data-part=code]"), "the code must be gone once it is paid");
    assert_eq!(page.outcomes(), [Outcome::Paid { late: false }]);
    assert!(matches!(page.events().last(), Some(Event::Settled(_))), "the outcome is told last");
    let asked = shop.requests();
    pause(300).await;
    assert_eq!(shop.requests(), asked, "nothing is asked once it is settled");
}

#[wasm_bindgen_test]
async fn a_decline_is_told_once_with_its_code() {
    let shop = Shop::open(waiting());
    let page = Page::mount(quick());
    page.until(|page| page.phase() == "scanning").await;
    shop.answers(declined("20105"));
    page.until(|page| page.phase() == "settled").await;
    match &page.outcomes()[..] {
        [Outcome::Declined(decline)] => assert_eq!(decline.code, "20105"),
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn a_countdown_above_sixty_minutes_shows_its_hours() {
    let _shop = Shop::open(with(waiting(), "checkout.expires_in", 3665.0));
    let page = Page::mount(quick());
    page.until(|page| page.has("[data-part=countdown]")).await;
    assert!(page.text("[data-part=countdown]").contains("1:01:0"), "{}", page.text("[data-part=countdown]"));
}

#[wasm_bindgen_test]
async fn no_outcome_is_told_after_unmount_though_an_answer_was_under_way() {
    let shop = Shop::open(waiting());
    let page = Page::mount(quick());
    page.until(|page| page.phase() == "scanning").await;
    shop.hangs();
    page.until(|_| shop.hanging() == 1).await;
    let (events, hanging) = (page.events().len(), shop.hanging());
    let log = page.unmount();
    assert_eq!((hanging, shop.aborted()), (1, 1), "the request that was out is aborted");
    shop.answers(paid());
    shop.release();
    pause(200).await;
    assert_eq!(log.events().len(), events, "nothing is told after unmount");
}

#[wasm_bindgen_test]
async fn time_up_while_a_question_is_out_gives_one_outcome_and_it_is_paid() {
    let shop = Shop::open(with(waiting(), "checkout.expires_in", 0.3));
    let page = Page::mount(quick());
    page.until(|page| page.phase() == "scanning").await;
    shop.hangs();
    page.until(|page| page.phase() == "verifying").await;
    assert!(!page.has("[data-part=code]"), "under the veil there is no code");
    shop.answers(paid());
    shop.release();
    page.until(|page| page.phase() == "settled").await;
    assert_eq!(page.outcomes(), [Outcome::Paid { late: false }]);
    assert!(!page.events().contains(&Event::Expired));
}

#[wasm_bindgen_test]
async fn network_loss_is_told_and_so_is_its_end() {
    let shop = Shop::open(waiting());
    let page = Page::mount(quick());
    page.until(|page| page.phase() == "scanning").await;
    shop.fails("network");
    page.until(|page| page.has("[data-part=notice]")).await;
    assert!(page.events().iter().any(|event| matches!(event, Event::Degraded(_))));
    shop.answers(paid());
    page.until(|page| page.phase() == "settled").await;
    assert!(page.events().contains(&Event::Recovered));
}

#[wasm_bindgen_test]
async fn a_host_page_that_patched_fetch_badly_does_not_end_the_asking() {
    for way in ["string", "undefined", "throw", "object", "number", "null", "bad-json", "foreign-error"] {
        let shop = Shop::open(waiting());
        let page = Page::mount(quick());
        page.until(|page| page.phase() == "scanning").await;
        shop.fails(way);
        let before = shop.requests();
        page.until(|_| shop.requests() >= before + 3).await;
        shop.answers(paid());
        page.until(|page| page.phase() == "settled").await;
        assert_eq!(page.outcomes().len(), 1, "{way}");
    }
}

#[wasm_bindgen_test]
async fn the_first_status_is_not_taken_for_an_outcome() {
    for status in ["processing", "awaiting customer action", "awaiting payment", "initial", "expired", "SUCCESS"] {
        let shop = Shop::open(with(waiting(), "payment.status", status));
        let page = Page::mount(quick());
        page.until(|_| shop.requests() >= 3).await;
        assert!(page.outcomes().is_empty(), "{status}");
    }
}

#[wasm_bindgen_test]
async fn a_reload_does_not_restart_the_countdown() {
    let shop = Shop::open(with(waiting(), "checkout.expires_in", 500.0));
    let page = Page::mount(quick());
    page.until(|page| page.has("[data-part=countdown]")).await;
    drop(page);
    shop.answers(with(waiting(), "checkout.expires_in", 120.0));
    let page = Page::mount(quick());
    page.until(|page| page.has("[data-part=countdown]")).await;
    let text = page.text("[data-part=countdown]");
    assert!(text.contains("02:00") || text.contains("01:5"), "{text}");
}

#[wasm_bindgen_test]
async fn a_device_clock_that_is_a_day_ahead_expires_nothing() {
    let shop = Shop::open(waiting());
    let page = Page::mount(quick());
    page.until(|page| page.phase() == "scanning").await;
    let asked = shop.requests();
    shop::set_clock_ahead(86_400_000.0);
    page.until(|_| shop.requests() >= asked + 4).await;
    let phase = page.phase();
    shop::set_clock_ahead(0.0);
    assert_eq!(phase, "scanning");
    assert!(!page.events().contains(&Event::Expired));
}

#[wasm_bindgen_test]
async fn an_expired_code_is_gone_and_a_success_that_comes_later_still_wins() {
    let shop = Shop::open(with(waiting(), "checkout.expires_in", 0.1));
    let page = Page::mount(quick());
    page.until(|page| page.phase() == "scanning").await;
    shop.answers(with(waiting(), "checkout.expires_in", -1.0));
    page.until(|page| page.phase() == "expired").await;
    assert!(!page.has("[data-part=code]"));
    assert_eq!(page.events().iter().filter(|event| **event == Event::Expired).count(), 1);
    shop.answers(paid());
    page.until(|page| page.phase() == "settled").await;
    assert_eq!(page.outcomes(), [Outcome::Paid { late: true }]);
}

#[wasm_bindgen_test]
async fn there_is_never_more_than_one_request_out() {
    let shop = Shop::open(waiting());
    shop.delays(70);
    let page = Page::mount(quick());
    page.until(|_| shop.requests() >= 5).await;
    for _ in 0..5 {
        page.remote().check();
    }
    page.until(|_| shop.requests() >= 9).await;
    assert_eq!(shop.most_at_once(), 1);
}

#[wasm_bindgen_test]
async fn moving_the_element_in_the_page_does_not_end_the_checkout() {
    let shop = Shop::open(waiting());
    let page = Page::mount(quick());
    page.until(|page| page.phase() == "scanning").await;
    page.move_elsewhere();
    shop.answers(paid());
    page.until(|page| page.phase() == "settled").await;
}

#[wasm_bindgen_test]
async fn an_integrator_may_act_and_unmount_inside_an_event() {
    let shop = Shop::open(waiting());
    let page = Page::mount_with(quick(), |event, page| {
        page.remote().check();
        if *event == Event::Phase(Phase::Scanning) {
            page.unmount_now();
        }
    });
    page.until(|_| shop.requests() >= 1).await;
    pause(200).await;
    let asked = shop.requests();
    pause(200).await;
    assert_eq!(shop.requests(), asked, "an unmounted checkout asks nothing");
}

#[wasm_bindgen_test]
async fn two_tabs_of_one_checkout_make_the_requests_of_one() {
    let shop = Shop::open(waiting());
    let policy = Policy { interval: Millis(100), tab_margin: Millis(150), ageing: 0.0, ..quick() };
    let one = Page::mount(policy.clone());
    one.until(|page| page.phase() == "scanning").await;
    let two = Page::mount(policy);
    two.until(|page| page.phase() == "scanning").await;
    let before = shop.requests();
    pause(2000).await;
    let made = shop.requests() - before;
    assert!((8..=24).contains(&made), "{made} requests in two seconds at 100 to 120 ms each: one tab makes about 18");
    shop.answers(paid());
    one.until(|page| page.phase() == "settled").await;
    two.until(|page| page.phase() == "settled").await;
}

#[wasm_bindgen_test]
async fn a_refusal_stops_the_asking_and_says_so() {
    for status in [401.0, 403.0, 404.0, 410.0] {
        let shop = Shop::open(JsValue::NULL);
        shop.refuses(status);
        let page = Page::mount(quick());
        page.until(|page| page.has("[data-part=notice]")).await;
        let asked = shop.requests();
        pause(250).await;
        assert_eq!(shop.requests(), asked, "{status}");
    }
}

#[wasm_bindgen_test]
async fn a_shop_in_trouble_is_asked_again() {
    let shop = Shop::open(waiting());
    shop.refuses(503.0);
    let page = Page::mount(quick());
    page.until(|_| shop.requests() >= 3).await;
    shop.answers(paid());
    page.until(|page| page.phase() == "settled").await;
}
