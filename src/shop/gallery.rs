//! All screens of the component side by side, drawn from views that never were a payment.

use super::language::Language;
use leptos::prelude::*;
use protocol::clarification::ClarificationField;
use protocol::code::{Code, CodeImage, Info, Reason, Refusal};
use protocol::date::UnixMillis;
use protocol::money::{Currency, Money};
use session::{Actions, Countdown, Decline, Expiry, Link, Millis, Outcome, Phase, View};
use wechat_checkout::Texts;
use wechat_checkout::screens::Screens;

/// One screen: what it is called, and what is on it.
struct Exhibit {
    name: &'static str,
    view: View,
    left: Option<u64>,
    retry: bool,
}

/// The page with all screens.
#[component]
pub(super) fn Gallery(
    /// The language.
    language: RwSignal<Language>,
) -> impl IntoView {
    move || {
        let language = language.get();
        let wall = exhibits(language).into_iter().map(|exhibit| hang(exhibit, language)).collect_view();
        view! {
            <h1 class="unseen">{language.words().gallery}</h1>
            <div class="gallery">{wall}</div>
        }
    }
}

fn hang(exhibit: Exhibit, language: Language) -> impl IntoView {
    let Exhibit { name, view, left, retry } = exhibit;
    let view = RwSignal::new(view);
    let full = Millis::from_secs(left.unwrap_or(600).max(600));
    let countdown = RwSignal::new(left.map(|left| Countdown { remaining: Millis::from_secs(left), full }));
    let back_url = Some(String::from("/"));
    let retry = retry.then(|| Callback::new(|()| {}));
    view! {
        <figure data-exhibit=name>
            <figcaption>{name.to_owned()}</figcaption>
            <Screens
                view=view.read_only()
                countdown=countdown.read_only()
                act=Callback::new(|_| {})
                texts=Texts::for_language(language.tag())
                language=language.tag()
                retry
                open_page=None
                back_url
            />
        </figure>
    }
}

const CODE: &str = "weixin://wxpay/bizpayurl?pr=dMrSpJG";

/// A payment of which everything is known, in that phase.
fn known(language: Language, phase: Phase) -> View {
    let (payee, description) = match language {
        Language::English => ("Camellia Tea", "2 × Longjing, 50 g"),
        Language::Chinese => ("山茶小铺", "2 × 龙井 50 克"),
    };
    let settled = phase.is_settled();
    View {
        code: (phase == Phase::Scanning).then(|| Code::Text(CODE.into())),
        date: settled.then_some(UnixMillis(1_795_520_520_000)),
        payee: Some(payee.into()),
        sum: Currency::parse("EUR").ok().map(|euro| Money::new(1840, euro)),
        description: Some(description.into()),
        payment_id: Some("X03936".into()),
        actions: Actions { renew: !settled, cancel: !settled, check: !settled, ..Actions::default() },
        phase,
        ..View::default()
    }
}

fn declined(code: &str) -> Phase {
    Phase::Settled(Outcome::Declined(Decline::read(Some(code))))
}

fn exhibits(language: Language) -> Vec<Exhibit> {
    let show = |name, view, left| Exhibit { name, view, left, retry: false };
    let settled =
        |name, outcome| Exhibit { name, view: known(language, Phase::Settled(outcome)), left: None, retry: true };
    let scanning = || known(language, Phase::Scanning);
    let preparing = || known(language, Phase::Preparing);
    vec![
        show("nothing known", View::default(), None),
        show("no answer", View { link: Link::Refused(404), ..View::default() }, None),
        show("preparing", preparing(), None),
        show("scanning", scanning(), Some(468)),
        show("scanning, 61 minutes", scanning(), Some(3660)),
        show("scanning, the last minute", scanning(), Some(42)),
        show("scanning, time unknown", scanning(), None),
        show("scanning, offline", View { link: Link::Offline, ..scanning() }, Some(312)),
        show("scanning, slow", View { link: Link::Slow, ..scanning() }, Some(250)),
        show("scanning, refused", View { link: Link::Refused(404), ..scanning() }, Some(250)),
        show("scanning, more to read", View { info: more(), ..scanning() }, Some(540)),
        show("scanning, a picture", View { code: picture(), ..scanning() }, Some(540)),
        show(
            "scanning, an action failed",
            View { actions: Actions { failed: true, ..scanning().actions }, ..scanning() },
            Some(200),
        ),
        show(
            "unusable code",
            View { refusal: Some(Refusal { index: 0, reason: Reason::ImageFormat }), ..preparing() },
            None,
        ),
        show("verifying", known(language, Phase::Verifying), None),
        show("expired", known(language, Phase::Expired(Expiry::Code)), None),
        show(
            "expired, busy",
            View {
                actions: Actions { busy: true, ..preparing().actions },
                ..known(language, Phase::Expired(Expiry::Code))
            },
            None,
        ),
        Exhibit {
            name: "ended",
            view: View {
                actions: Actions { renew: false, ..preparing().actions },
                ..known(language, Phase::Expired(Expiry::Payment))
            },
            left: None,
            retry: true,
        },
        show("clarifying", View { clarification: questions(), ..known(language, Phase::Clarifying) }, None),
        show("handoff", known(language, Phase::Handoff), None),
        show("confirming", known(language, Phase::Confirming), None),
        settled("paid", Outcome::Paid { late: false }),
        settled("paid late", Outcome::Paid { late: true }),
        Exhibit { name: "declined, funds", view: known(language, declined("20105")), left: None, retry: true },
        Exhibit { name: "declined, limit", view: known(language, declined("20101")), left: None, retry: true },
        Exhibit { name: "declined, general", view: known(language, declined("20000")), left: None, retry: true },
        settled("failed", Outcome::Failed(Decline::read(Some("3041")))),
        settled("cancelled", Outcome::Cancelled),
        settled("refunded", Outcome::Refunded),
        settled("partly refunded", Outcome::PartlyRefunded),
        show("a long name and sum", long(scanning()), Some(7200)),
    ]
}

fn more() -> Vec<Info> {
    let info = |title: &str, text: &str| Info { title: title.into(), text: text.into() };
    vec![info("Exchange rate", "1 EUR = 7.84 CNY"), info("You pay in WeChat", "CN¥144.26")]
}

fn questions() -> Vec<ClarificationField> {
    let field = |name: &str, required, error: Option<&str>| ClarificationField {
        object: "customer".into(),
        name: name.into(),
        required,
        max_length: Some(255),
        error: error.map(Into::into),
    };
    vec![field("email", true, Some("invalid")), field("phone", true, None), field("city", false, None)]
}

/// The names of a shop and of money that go on for longer than most.
fn long(view: View) -> View {
    View {
        payee: Some("The Very Old And Honourable Camellia Tea Trading Company Of Hangzhou".into()),
        sum: Currency::parse("THB").ok().map(|baht| Money::new(123_456_789_012, baht)),
        description: Some("12 × Longjing, 50 g; 7 × Da Hong Pao, 50 g; 3 × Shou Pu'er, 100 g; Donaudampfschifffahrtsgesellschaftskapitän".into()),
        ..view
    }
}

/// A code that came as a picture, one pixel a module.
fn picture() -> Option<Code> {
    const BYTES: &[u8] = include_bytes!("code.png");
    CodeImage::from_bytes(BYTES.to_vec()).ok().map(Code::Image)
}
