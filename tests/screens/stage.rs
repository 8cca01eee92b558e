//! A card on a page of its own, and what can be seen of it.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use protocol::code::Code;
use protocol::money::{Currency, Money};
use session::{Actions, Countdown, Decline, Input, Millis, Outcome, Phase, View};
use std::cell::RefCell;
use std::sync::{Arc, Mutex};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlElement};
use wechat_checkout::screens::{Screens, ScreensProps};
use wechat_checkout::{Logo, Texts};

pub const CODE: &str = "weixin://wxpay/bizpayurl?pr=dMrSpJG";
const STYLE: &str = include_str!("../../style/checkout.css");

/// A mounted card. Dropping it takes it away.
pub struct Stage {
    pub place: HtmlElement,
    pub view: RwSignal<View>,
    pub countdown: RwSignal<Option<Countdown>>,
    acts: Arc<Mutex<Vec<Input>>>,
    card: RefCell<Option<Box<dyn std::any::Any>>>,
}

/// What a card is mounted with.
#[derive(Clone, Default)]
pub struct With {
    pub language: Option<&'static str>,
    pub retry: bool,
    pub open_page: bool,
    pub back_url: Option<String>,
    pub logo: Option<Logo>,
}

impl Stage {
    pub async fn show(view: View) -> Self {
        Self::show_with(view, With::default()).await
    }

    pub async fn show_with(view: View, with: With) -> Self {
        let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&place).unwrap();
        let (view, countdown) = (RwSignal::new(view), RwSignal::new(None));
        let acts = Arc::new(Mutex::new(Vec::new()));
        let told = acts.clone();
        let language = with.language.unwrap_or("en");
        let card = mount_to(place.clone(), move || {
            Screens(ScreensProps {
                view: view.read_only(),
                countdown: countdown.read_only(),
                act: Callback::new(move |input| told.lock().unwrap().push(input)),
                texts: Arc::new(Texts::for_language(language)),
                language: language.into(),
                retry: with.retry.then(|| Callback::new(|()| {})),
                open_page: with.open_page.then(|| Callback::new(|()| {})),
                back_url: with.back_url,
                logo: with.logo,
            })
        });
        let stage = Self { place, view, countdown, acts, card: RefCell::new(Some(keep(card))) };
        tick().await;
        stage
    }

    /// Changes what is shown.
    pub async fn change(&self, change: impl FnOnce(&mut View)) {
        self.view.update(change);
        tick().await;
    }

    /// Sets the time that is left, of ten minutes or more.
    pub async fn left(&self, seconds: u64) {
        let full = Millis::from_secs(seconds.max(600));
        self.countdown.set(Some(Countdown { remaining: Millis::from_secs(seconds), full }));
        tick().await;
    }

    /// What the payer did since this was last asked.
    pub fn acts(&self) -> Vec<Input> {
        std::mem::take(&mut self.acts.lock().unwrap())
    }

    pub fn take_down(&self) {
        self.card.take();
    }

    pub fn card(&self) -> Element {
        self.find("[data-checkout]").expect("a card")
    }

    pub fn find(&self, selector: &str) -> Option<Element> {
        self.place.query_selector(selector).unwrap()
    }

    pub fn part(&self, name: &str) -> Option<Element> {
        self.find(&["[data-part=\"", name, "\"]"].concat())
    }

    pub fn text(&self, selector: &str) -> String {
        self.find(selector).map(|element| element.text_content().unwrap()).unwrap_or_default()
    }

    pub fn part_text(&self, name: &str) -> String {
        self.part(name).map(|element| element.text_content().unwrap()).unwrap_or_default()
    }

    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.find(selector)?.get_attribute(name)
    }

    pub async fn click(&self, part: &str) {
        let button: HtmlElement = self.part(part).unwrap_or_else(|| panic!("no {part}")).unchecked_into();
        button.click();
        tick().await;
    }

    /// Loads the stylesheet for this card.
    pub fn dress(&self) {
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(STYLE));
        self.place.append_child(&style).unwrap();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.take_down();
        self.place.remove();
    }
}

fn keep<M: Mountable + 'static>(card: UnmountHandle<M>) -> Box<dyn std::any::Any> {
    Box::new(card)
}

/// Lets signals reach the page, and whatever waits a turn after that.
pub async fn tick() {
    for _ in 0..3 {
        wait(0).await;
    }
}

pub async fn wait(millis: i32) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, millis).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Waits until something is so, for three seconds at most.
pub async fn until(what: &str, so: impl Fn() -> bool) {
    for _ in 0..150 {
        if so() {
            return;
        }
        wait(20).await;
    }
    panic!("never: {what}");
}

pub fn fire(element: &Element, name: &str) {
    let event = Event::new(name).unwrap();
    element.dispatch_event(&event).unwrap();
}

/// A payment of which everything is known.
pub fn known(phase: Phase) -> View {
    let open = !phase.is_settled();
    View {
        code: (phase == Phase::Scanning).then(|| Code::Text(CODE.into())),
        payee: Some("Camellia Tea".into()),
        sum: Some(Money::new(1840, Currency::parse("EUR").unwrap())),
        description: Some("2 × Longjing, 50 g".into()),
        payment_id: Some("X03936".into()),
        actions: Actions { renew: open, cancel: open, check: open, ..Actions::default() },
        phase,
        ..View::default()
    }
}

pub fn scanning() -> View {
    known(Phase::Scanning)
}

pub fn paid() -> Phase {
    Phase::Settled(Outcome::Paid { late: false })
}

pub fn declined(code: &str) -> Phase {
    Phase::Settled(Outcome::Declined(Decline::read(Some(code))))
}
