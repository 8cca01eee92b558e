//! What happened, for JavaScript: a kind and texts by position, out of which `js/events.js` makes details.

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;
use wechat_checkout::embed::Told;
use wechat_checkout::{DeclineReason, Event, Expiry, Link, Outcome, Phase, digits};

/// Tells what happened.
pub(crate) fn tell(tell: &Function, told: Told<'_>) {
    match told {
        Told::Event(event, payment_id) => self::event(tell, &event, payment_id),
        Told::Retry => pass_on(tell, "retry", &[]),
    }
}

fn event(tell: &Function, event: &Event, id: Option<&str>) {
    match event {
        Event::Ready => pass_on(tell, "ready", &[id]),
        Event::Phase(phase) => {
            let outcome = match phase {
                Phase::Settled(outcome) => Some(outcome.name()),
                _ => None,
            };
            let what = if *phase == Phase::Expired(Expiry::Payment) { "payment" } else { "code" };
            pass_on(tell, "phase", &[Some(phase.name()), outcome, Some(what)]);
        }
        Event::Settled(outcome) => {
            let (late, decline) = match outcome {
                Outcome::Paid { late: true } => (YES, None),
                Outcome::Declined(decline) | Outcome::Failed(decline) => (None, Some(decline)),
                _ => (None, None),
            };
            let code = decline.map_or("", |decline| &decline.code);
            let why = decline.map_or(DeclineReason::General, |decline| decline.reason);
            let can_retry = YES.filter(|_| why.can_retry());
            pass_on(tell, "settled", &[id, Some(outcome.name()), late, Some(code), Some(reason(why)), can_retry]);
        }
        Event::Expired => pass_on(tell, "expired", &[id]),
        Event::Renewed => pass_on(tell, "renewed", &[id]),
        Event::Degraded(link) => {
            let status = match link {
                Link::Refused(status) => Some(digits(u64::from(*status))),
                _ => None,
            };
            pass_on(tell, "degraded", &[Some(link.name()), status.as_deref()]);
        }
        Event::Recovered => pass_on(tell, "recovered", &[]),
        Event::Hosted(said) => pass_on(tell, "hosted", &[Some(said.name()), said.detail()]),
        Event::Error(problem) => {
            let (field, reason) = (problem.field(), problem.reason());
            pass_on(tell, "error", &[Some(problem.code()), Some(&field), Some(&reason)]);
        }
        // What a later version of the machine says and this one does not know.
        _ => {}
    }
}

/// What is so; what is not so is nothing.
const YES: Option<&str> = Some("yes");

#[inline(never)]
fn pass_on(tell: &Function, kind: &str, parts: &[Option<&str>]) {
    let list = Array::new();
    for part in parts {
        list.push(&part.map_or(JsValue::NULL, JsValue::from_str));
    }
    // The other side only puts it in a queue; there is nothing to do about one that fails even at that.
    let _ = tell.call2(&JsValue::UNDEFINED, &JsValue::from_str(kind), &list);
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
