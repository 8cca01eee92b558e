//! What happened, for JavaScript: a kind and parts by position, out of which `js/events.js` makes details.

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;
use wechat_checkout::embed::Told;
use wechat_checkout::{Decline, DeclineReason, Event, Expiry, HostedEvent, Link, Outcome, Phase};

/// Tells what happened.
pub(crate) fn tell(tell: &Function, told: Told<'_>) {
    match told {
        Told::Event(event, payment_id) => self::event(tell, &event, payment_id),
        Told::Retry => pass_on(tell, "retry", Vec::new()),
    }
}

fn event(tell: &Function, event: &Event, payment_id: Option<&str>) {
    let text = JsValue::from_str;
    let maybe = |text: Option<&str>| text.map_or(JsValue::NULL, JsValue::from_str);
    let id = || maybe(payment_id);
    let (kind, parts) = match event {
        Event::Ready => ("ready", vec![id()]),
        Event::Phase(phase) => {
            let outcome = match phase {
                Phase::Settled(outcome) => text(outcome.name()),
                _ => JsValue::NULL,
            };
            let what = match phase {
                Phase::Expired(Expiry::Payment) => text("payment"),
                _ => text("code"),
            };
            ("phase", vec![text(phase.name()), outcome, what])
        }
        Event::Settled(outcome) => {
            let late = matches!(outcome, Outcome::Paid { late: true });
            let none = Decline::default();
            let decline = match outcome {
                Outcome::Declined(decline) | Outcome::Failed(decline) => decline,
                _ => &none,
            };
            let parts = vec![
                id(),
                text(outcome.name()),
                JsValue::from_bool(late),
                text(&decline.code),
                text(reason(decline.reason)),
                JsValue::from_bool(decline.reason.can_retry()),
            ];
            ("settled", parts)
        }
        Event::Expired => ("expired", vec![id()]),
        Event::Renewed => ("renewed", vec![id()]),
        Event::Degraded(link) => {
            let status = match link {
                Link::Refused(status) => JsValue::from_f64(f64::from(*status)),
                _ => JsValue::NULL,
            };
            ("degraded", vec![text(link.name()), status])
        }
        Event::Recovered => ("recovered", vec![]),
        Event::Hosted(said) => {
            let (name, detail) = hosted(said);
            ("hosted", vec![text(name), maybe(detail.as_deref())])
        }
        Event::Error(problem) => ("error", vec![text(problem.code()), text(&problem.field()), text(&problem.reason())]),
        // What a later version of the machine says and this one does not know.
        _ => return,
    };
    pass_on(tell, kind, parts);
}

fn pass_on(tell: &Function, kind: &str, parts: Vec<JsValue>) {
    let parts: Array = parts.into_iter().collect();
    // The other side only puts it in a queue; there is nothing to do about one that fails even at that.
    let _ = tell.call2(&JsValue::UNDEFINED, &JsValue::from_str(kind), &parts);
}

fn reason(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::InsufficientFunds => "insufficient-funds",
        DeclineReason::Limit => "limit",
        DeclineReason::Account => "account",
        DeclineReason::CalledOff => "called-off",
        DeclineReason::TimedOut => "timed-out",
        DeclineReason::Trouble => "trouble",
        _ => "general",
    }
}

fn hosted(event: &HostedEvent) -> (&str, Option<String>) {
    match event {
        HostedEvent::Loaded => ("loaded", None),
        HostedEvent::FailedLoading => ("failed-loading", None),
        HostedEvent::MethodSelected(method) => ("method-selected", Some(method.clone())),
        HostedEvent::PaymentSent => ("payment-sent", None),
        HostedEvent::SubmitResult(id) => ("submit-result", id.clone()),
        HostedEvent::PaymentSuccess => ("payment-success", None),
        HostedEvent::PaymentFail => ("payment-fail", None),
        HostedEvent::Exit => ("exit", None),
        HostedEvent::Destroy => ("destroy", None),
        HostedEvent::Other(name) => (name, None),
        _ => ("other", None),
    }
}
