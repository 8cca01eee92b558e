//! How it ended.

use super::button::{Weight, button, link};
use super::frame::Frame;
use super::icon::Icon;
use super::pay::entry;
use super::{plate, reason};
use crate::intl;
use crate::markup::{Markup, Text, el};
use crate::texts::Texts;
use session::{Decline, Outcome, Phase};

/// An outcome in the payer's words.
pub(super) struct Told {
    pub(super) title: Text,
    pub(super) text: Text,
    tone: &'static str,
    icon: Icon,
}

impl Told {
    pub(super) fn of(frame: Frame, outcome: &Outcome) -> Self {
        let settings = frame.settings();
        let texts = &settings.texts;
        let told = |title: &Text, text: Text, tone, icon| Self { title: title.clone(), text, tone, icon };
        match outcome {
            Outcome::Paid { .. } => {
                let text = frame.told(|texts: &Texts| (&texts.paid_text, &texts.paid_text_short));
                told(&texts.paid, text, "good", Icon::Tick)
            }
            Outcome::Declined(decline) => {
                told(&texts.not_paid, reason::declined(frame, decline.reason).into(), "bad", Icon::Cross)
            }
            Outcome::Failed(_) => told(&texts.not_paid, reason::failed(frame).into(), "bad", Icon::Cross),
            Outcome::Refunded => told(&texts.refunded, texts.refunded_text.clone(), "calm", Icon::Back),
            Outcome::PartlyRefunded => {
                told(&texts.partly_refunded, texts.partly_refunded_text.clone(), "calm", Icon::Back)
            }
            _ => told(&texts.cancelled, texts.cancelled_text.clone(), "calm", Icon::Cross),
        }
    }
}

pub(super) fn screen(frame: Frame) -> Vec<Markup> {
    let Some(outcome) = frame.look(|view| super::outcome(view).cloned()) else { return Vec::new() };
    let settings = frame.settings();
    let late = matches!(outcome, Outcome::Paid { late: true });
    let told = Told::of(frame, &outcome);
    let news = el("div", "checkout-outcome")
        .part("outcome")
        .child(el("div", "checkout-mark").attr("data-tone", told.tone).child(told.icon.draw()))
        .child(plate::heading(frame, "checkout-title", told.title))
        .child(el("p", "checkout-text").part("outcome-text").text(told.text))
        .maybe(late.then(|| el("p", "checkout-text").part("late").text(settings.texts.paid_late.clone())));
    let mut parts = vec![news, receipt(frame, &outcome)];
    parts.extend(ways_on(frame, &outcome));
    parts
}

fn receipt(frame: Frame, outcome: &Outcome) -> Markup {
    let settings = frame.settings();
    let texts = &settings.texts;
    let (id, date, description) = frame.look(|view| (view.payment_id.clone(), view.date, view.description.clone()));
    let paid = matches!(outcome, Outcome::Paid { .. } | Outcome::Refunded | Outcome::PartlyRefunded);
    let date = date.and_then(|date| intl::date(date, &settings.language));
    let line = |label: &Text, value: Option<String>| value.map(|value| entry(label.clone(), value));
    el("dl", "checkout-list")
        .part("receipt")
        .maybe(line(&texts.label_payment, id))
        .maybe(decline(outcome).map(|decline| reason_line(texts, decline)))
        .maybe(paid.then(|| entry(texts.label_method.clone(), texts.wechat_pay.clone())))
        .maybe(line(&texts.label_time, date))
        .maybe(line(&texts.label_for, description.filter(|_| paid)))
}

fn reason_line(texts: &Texts, decline: &Decline) -> Markup {
    let name = reason::name(texts, decline.reason);
    let value = if decline.code.is_empty() { name.clone() } else { [&decline.code, " · ", name].concat().into() };
    entry(texts.label_reason.clone(), value)
}

fn ways_on(frame: Frame, outcome: &Outcome) -> Option<Markup> {
    let settings = frame.settings();
    let texts = &settings.texts;
    let worthwhile = match outcome {
        Outcome::Cancelled => true,
        _ => decline(outcome).is_some_and(|decline| decline.reason.can_retry()),
    };
    let retry = (worthwhile && settings.retry.is_some())
        .then(|| button(frame, Weight::Primary, texts.try_again.clone(), move || frame.retry()).part("retry"));
    let weight = if retry.is_some() { Weight::Secondary } else { Weight::Primary };
    let back = settings.back_url.clone().map(|url| link(weight, texts.back.clone(), url).part("back"));
    (retry.is_some() || back.is_some()).then(|| el("div", "checkout-stack").maybe(retry).maybe(back))
}

fn decline(outcome: &Outcome) -> Option<&Decline> {
    match outcome {
        Outcome::Declined(decline) | Outcome::Failed(decline) => Some(decline),
        _ => None,
    }
}

/// The outcome in one breath, for those who do not see it.
pub(super) fn sentence(frame: Frame) -> Option<Text> {
    let told = frame.look(|view| match &view.phase {
        Phase::Settled(outcome) => Some(outcome.clone()),
        _ => None,
    });
    let told = Told::of(frame, &told?);
    Some([&*told.title, ". ", &told.text].concat().into())
}
