//! What the platform wants to know before it makes a code.

use super::button::{Weight, button};
use super::field::{Fault, Kind};
use super::frame::Frame;
use super::key::Key;
use super::{focus, foot, header, notice};
use crate::markup::{Element, Markup, Text, el, plain};
use crate::texts::{Texts, fill};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Event;
use protocol::clarification::ClarificationField;
use session::Input;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(super) fn screen(frame: Frame) -> Vec<Markup> {
    let questions = el("div", "checkout-below").switch(
        move || {
            frame.look(|view| {
                let error = |field: &ClarificationField| field.error.clone().unwrap_or_default();
                view.clarification
                    .iter()
                    .fold(Key::of(&[]), |key, field| key.and_text(&field.path()).and_text(&error(field)))
                    .value()
            })
        },
        move || vec![form(frame, frame.look(|view| view.clarification.clone()))],
    );
    vec![header::header(frame), notice::notices(frame), questions, foot::foot(frame)]
}

/// What was filled in so far, and what is wrong with it.
#[derive(Clone, Copy)]
struct Answers {
    values: StoredValue<Vec<String>>,
    faults: RwSignal<Vec<Option<Fault>>>,
}

fn form(frame: Frame, fields: Vec<ClarificationField>) -> Markup {
    let settings = frame.settings();
    let texts = &settings.texts;
    let refused = |field: &ClarificationField| field.error.is_some().then_some(Fault::Refused);
    let answers = Answers {
        values: StoredValue::new(vec![String::new(); fields.len()]),
        faults: RwSignal::new(fields.iter().map(refused).collect()),
    };
    let form = el("form", "checkout-form")
        .part("clarify")
        .attr("novalidate", "")
        .child(super::plate::heading(frame, "checkout-title", texts.clarify.clone()))
        .child(el("p", "checkout-text").text(texts.clarify_text.clone()));
    let form =
        fields.iter().enumerate().fold(form, |form, (index, field)| form.child(question(frame, answers, index, field)));
    form.child(
        button(frame, Weight::Primary, texts.clarify_send.clone(), || {}).attr("type", "submit").part("clarify-send"),
    )
    .on("submit", move |event| {
        event.prevent_default();
        if send(frame, answers, &fields).is_err()
            && let Some(form) = event.current_target().and_then(|form| form.dyn_into::<Element>().ok())
        {
            focus::first(&form, "[aria-invalid]");
        }
    })
}

/// Hands in the answers, unless one of them is wrong.
fn send(frame: Frame, answers: Answers, fields: &[ClarificationField]) -> Result<(), ()> {
    let values = answers.values.try_get_value().unwrap_or_default();
    let filled = || fields.iter().zip(&values).map(|(field, value)| (field, Kind::of(field).tidy(value)));
    let faults: Vec<_> = filled().map(|(field, value)| Kind::of(field).fault(field, &value)).collect();
    let sound = faults.iter().all(Option::is_none);
    answers.faults.try_set(faults);
    if !sound {
        return Err(());
    }
    let given = filled().filter(|(_, value)| !value.is_empty()).map(|(field, value)| (field.path(), value)).collect();
    frame.act(Input::Clarify(given));
    Ok(())
}

fn question(frame: Frame, answers: Answers, index: usize, field: &ClarificationField) -> Markup {
    let settings = frame.settings();
    let texts = &settings.texts;
    let kind = Kind::of(field);
    let [input, hint, error] = ids();
    let fault = move || answers.faults.with(|faults| faults.get(index).copied().flatten());
    let max = field.max_length;
    let described = kind.hint(texts).map(|text| (text, hint.clone()));
    let by = [Some(error.clone()), described.as_ref().map(|(_, id)| id.clone())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let label = kind.label(texts, &field.name);
    let write = move |event: Event| {
        let value = event_target_value(&event);
        answers.values.try_update_value(|values| values.get_mut(index).map(|known| *known = value));
        // What was complained about is being put right; the next attempt will tell.
        answers.faults.try_update(|faults| faults.get_mut(index).map(|fault| *fault = None));
    };
    el("div", "checkout-field")
        .part("field")
        .child(
            plain("label")
                .attr("for", input.clone())
                .child(plain("span").text(label))
                .maybe((!field.required).then(|| el("small", "checkout-optional").text(texts.optional.clone()))),
        )
        .child(
            el("input", "checkout-input")
                .attr("id", input)
                .attr("name", field.path())
                .attr("type", kind.input_type())
                .maybe_attr("autocomplete", kind.autocomplete())
                .maybe_attr("required", field.required.then_some(""))
                .attr("aria-describedby", by)
                .live_attr("aria-invalid", move || fault().map(|_| "true".into()))
                .on("input", write),
        )
        .child(
            el("p", "checkout-error").attr("id", error).live_text(move || {
                fault().map(|fault| complaint(&frame.settings().texts, fault, max)).unwrap_or_default()
            }),
        )
        .maybe(described.map(|(text, id)| el("p", "checkout-hint").attr("id", id).text(text)))
}

fn complaint(texts: &Texts, fault: Fault, max: Option<u32>) -> Text {
    match fault {
        Fault::Missing => texts.fault_missing.clone(),
        Fault::Email => texts.fault_email.clone(),
        Fault::Phone => texts.fault_phone.clone(),
        Fault::Long => fill(&texts.fault_long, &[("count", &max.unwrap_or_default().to_string())]).into(),
        Fault::Refused => texts.fault_refused.clone(),
    }
}

/// Names that no other field of the page has.
fn ids() -> [String; 3] {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed).to_string();
    ["field", "hint", "error"].map(|what| ["checkout-", what, "-", &number].concat())
}
