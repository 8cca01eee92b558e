//! How it ended.

use super::button::{Weight, back, button};
use super::frame::Frame;
use super::icon::Icon;
use super::pay::entry;
use super::{plate, reason};
use crate::intl;
use crate::markup::{Markup, Text, el, slot};
use crate::texts::Texts;
use session::{Decline, Outcome, View};

/// An outcome in the payer's words.
struct Told {
    title: Text,
    text: Text,
    tone: &'static str,
    icon: Icon,
}

impl Told {
    fn of(frame: &Frame, outcome: &Outcome) -> Self {
        let texts = &frame.texts;
        let (title, text, tone, icon) = match outcome {
            Outcome::Paid { .. } => {
                let text = frame.told(|texts| (&texts.paid_text, &texts.paid_text_short));
                (&texts.paid, text, "good", Icon::Tick)
            }
            Outcome::Declined(decline) => {
                (&texts.not_paid, reason::declined(frame, decline.reason), "bad", Icon::Cross)
            }
            Outcome::Failed(_) => (&texts.not_paid, reason::failed(frame), "bad", Icon::Cross),
            Outcome::Refunded => (&texts.refunded, texts.refunded_text.clone(), "calm", Icon::Back),
            Outcome::PartlyRefunded => (&texts.partly_refunded, texts.partly_refunded_text.clone(), "calm", Icon::Back),
            _ => (&texts.cancelled, texts.cancelled_text.clone(), "calm", Icon::Cross),
        };
        Self { title: title.clone(), text, tone, icon }
    }
}

pub(super) fn screen(frame: &Frame) -> Vec<Markup> {
    let view = frame.view();
    let Some(outcome) = super::outcome(&view) else { return Vec::new() };
    let told = Told::of(frame, outcome);
    let late = matches!(outcome, Outcome::Paid { late: true });
    // Without a payee the text does not say how much.
    let untold = matches!(outcome, Outcome::Paid { .. }) && view.payee.is_none();
    let amount = frame.amount().filter(|_| untold);
    let news = el("div", "checkout-outcome")
        .part("outcome")
        .child(el("div", "checkout-mark").attr("data-tone", told.tone).child(told.icon.draw()))
        .child(plate::heading("checkout-title", &told.title))
        .maybe(amount.map(|amount| el("p", "checkout-amount").part("amount").say(amount)))
        .child(el("p", "checkout-text").part("outcome-text").text(&told.text))
        .maybe(late.then(|| el("p", "checkout-text").part("late").text(&frame.texts.paid_late)));
    let mut parts = vec![news, receipt(frame, &view, outcome), slot("after")];
    parts.extend(ways_on(frame, outcome));
    parts
}

fn receipt(frame: &Frame, view: &View, outcome: &Outcome) -> Markup {
    let texts = &frame.texts;
    let paid = matches!(outcome, Outcome::Paid { .. } | Outcome::Refunded | Outcome::PartlyRefunded);
    let date = view.date.and_then(|date| intl::date(date, &frame.language));
    let line = |label: &Text, value: Option<String>| value.map(|value| entry(label, value));
    let bought = |value: Option<String>| value.filter(|_| paid);
    el("dl", "checkout-list")
        .part("receipt")
        .maybe(line(&texts.label_payment, view.payment_id.clone()))
        .maybe(line(&texts.label_reason, decline(outcome).map(|decline| named(texts, decline))))
        .maybe(line(&texts.label_method, bought(Some(texts.wechat_pay.to_string()))))
        .maybe(line(&texts.label_time, date))
        .maybe(line(&texts.label_for, bought(view.description.clone())))
}

/// The reason's code and name, such as `20105 · Insufficient funds`.
fn named(texts: &Texts, decline: &Decline) -> String {
    let (_, name) = reason::both(texts, decline.reason);
    let between = if decline.code.is_empty() { "" } else { " · " };
    [&decline.code, between, name].concat()
}

fn ways_on(frame: &Frame, outcome: &Outcome) -> Option<Markup> {
    let worthwhile = match outcome {
        Outcome::Cancelled => true,
        _ => decline(outcome).is_some_and(|decline| decline.reason.can_retry()),
    };
    let retry = (worthwhile && frame.offers_retry)
        .then(|| button(Weight::Primary, "retry", &frame.texts.try_again, Frame::retry));
    let back = back(frame, if retry.is_some() { Weight::Secondary } else { Weight::Primary });
    (retry.is_some() || back.is_some()).then(|| el("div", "checkout-stack").maybe(retry).maybe(back))
}

fn decline(outcome: &Outcome) -> Option<&Decline> {
    match outcome {
        Outcome::Declined(decline) | Outcome::Failed(decline) => Some(decline),
        _ => None,
    }
}

/// The outcome in one breath, for those who do not see it.
pub(super) fn sentence(frame: &Frame) -> Option<Text> {
    let view = frame.view();
    let told = Told::of(frame, super::outcome(&view)?);
    Some(both(&told.title, &told.text))
}

/// A title and its text as two sentences, with the stop that the title's writing has.
pub(super) fn both(title: &str, text: &str) -> Text {
    // From the first radicals on: Chinese, Japanese.
    let is_wide = title.chars().next_back().is_some_and(|last| last >= '\u{2e80}');
    [title, if is_wide { "。" } else { ". " }, text].concat().into()
}

#[cfg(test)]
mod tests {
    use super::both;

    #[test]
    fn a_title_ends_with_the_stop_of_its_writing() {
        assert_eq!(&*both("Paid", "Thank you."), "Paid. Thank you.");
        assert_eq!(&*both("Payé", "Merci."), "Payé. Merci.");
        assert_eq!(&*both("支付成功", "款项已收到。"), "支付成功。款项已收到。");
    }
}
