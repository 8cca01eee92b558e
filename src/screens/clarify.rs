//! What the platform wants to know before it makes a code.

use super::button::{Weight, button};
use super::field::{Fault, Kind};
use super::frame::Frame;
use super::key::Key;
use super::{focus, foot, header, notice};
use crate::markup::{Element, Markup, Text, el, plain};
use crate::texts::{Texts, fill};
use protocol::clarification::ClarificationField;
use protocol::digits;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

pub(super) fn screen(frame: &Frame) -> Vec<Markup> {
    let questions = el("div", "checkout-below").switch(
        |frame| {
            let error = |field: &ClarificationField| field.error.clone().unwrap_or_default();
            let asked = &frame.view().clarification;
            asked.iter().fold(Key::of(&[]), |key, field| key.and_text(&field.path()).and_text(&error(field))).value()
        },
        |frame| vec![form(frame, frame.view().clarification.clone())],
    );
    vec![header::header(frame), notice::notices(), questions, foot::foot(frame)]
}

/// What is asked, and where on the page it is answered.
struct Question {
    field: ClarificationField,
    /// The name that no other field of the page has.
    id: String,
}

impl Question {
    fn new(field: ClarificationField) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = digits(COUNT.fetch_add(1, Ordering::Relaxed) as u64);
        Self { field, id: ["checkout-field-", &number].concat() }
    }

    fn fault(&self, texts: &Texts, fault: Fault) -> Text {
        match fault {
            Fault::Missing => texts.fault_missing.clone(),
            Fault::Email => texts.fault_email.clone(),
            Fault::Phone => texts.fault_phone.clone(),
            Fault::Long => {
                let most = digits(self.field.max_length.unwrap_or_default().into());
                fill(&texts.fault_long, &[("count", &most)]).into()
            }
        }
    }
}

fn form(frame: &Frame, fields: Vec<ClarificationField>) -> Markup {
    let texts = &frame.texts;
    let questions: Vec<_> = fields.into_iter().map(Question::new).collect();
    let form = el("form", "checkout-form")
        .part("clarify")
        .attr("novalidate", "")
        .child(super::plate::heading("checkout-title", &texts.clarify))
        .child(el("p", "checkout-text").text(&texts.clarify_text));
    let form = questions.iter().fold(form, |form, question| form.child(ask(frame, question)));
    // Pressed or not, what is sent is the form: by the Enter key too.
    let send = button(Weight::Primary, "clarify-send", &texts.clarify_send, |_| {}).attr("type", "submit");
    form.child(send).on("submit", move |frame, event| {
        event.prevent_default();
        if let Some(form) = element(event)
            && !frame.view().actions.busy
        {
            answer(frame, &questions, &form);
        }
    })
}

fn ask(frame: &Frame, question: &Question) -> Markup {
    let texts = &frame.texts;
    let Question { field, id } = question;
    let kind = Kind::of(field);
    let [hint_id, error_id] = ["-hint", "-error"].map(|what| [id, what].concat());
    let hint = kind.hint(texts);
    let described = if hint.is_some() { [&error_id, " ", &hint_id].concat() } else { error_id.clone() };
    let refused = field.error.is_some() && !frame.is_being_put_right(&field.path());
    let label = plain("label")
        .set("for", id.clone())
        .child(plain("span").say(kind.label(texts, &field.name)))
        .maybe((!field.required).then(|| el("small", "checkout-optional").text(&texts.optional)));
    let input = el("input", "checkout-input")
        .set("id", id.clone())
        .set("name", field.path())
        .set("value", frame.typed(&field.path()))
        .attr("type", kind.input_type())
        .maybe_attr("autocomplete", kind.autocomplete())
        .maybe_attr("required", field.required.then_some(""))
        .set("aria-describedby", described)
        .maybe_attr("aria-invalid", refused.then_some("true"))
        // What was complained about is being put right; the next attempt will tell.
        .on("input", |frame, event| {
            if let Some(input) = element(event).and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
                frame.keep(input.name(), input.value());
                mark(&input, None);
            }
        });
    // Right behind the field: that is where `mark` looks for it.
    let error = el("p", "checkout-error").set("id", error_id);
    let error = if refused { error.text(&texts.fault_refused) } else { error };
    el("div", "checkout-field")
        .part("field")
        .child(label)
        .child(input)
        .child(error)
        .maybe(hint.map(|hint| el("p", "checkout-hint").set("id", hint_id).text(&hint)))
}

/// Hands in the answers, unless one of them is wrong.
fn answer(frame: &Frame, questions: &[Question], form: &Element) {
    let mut sound = true;
    let mut given = Vec::new();
    for question in questions {
        let found = form.query_selector(&["#", &question.id].concat()).ok().flatten();
        let Some(input) = found.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { continue };
        let kind = Kind::of(&question.field);
        let value = kind.tidy(&input.value());
        let fault = kind.fault(&question.field, &value);
        sound &= fault.is_none();
        mark(&input, fault.map(|fault| question.fault(&frame.texts, fault)).as_ref());
        if !value.is_empty() {
            given.push((question.field.path(), value));
        }
    }
    if sound {
        frame.send(given);
    } else {
        focus::first(form, "[aria-invalid]");
    }
}

/// Says what is wrong with a field, or that nothing is.
fn mark(input: &Element, fault: Option<&Text>) {
    let _ = match fault {
        Some(_) => input.set_attribute("aria-invalid", "true"),
        None => input.remove_attribute("aria-invalid"),
    };
    if let Some(error) = input.next_element_sibling() {
        error.set_text_content(fault.map(|text| &**text));
    }
}

fn element(event: &Event) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}
