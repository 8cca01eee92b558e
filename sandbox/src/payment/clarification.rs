//! What the platform wants to know about the payer.

use protocol::date::UnixMillis;
use serde_json::{Map, Value, json};

use crate::object::Object;

/// The two published shapes of `clarification_fields`. Which of them WeChat uses is UNCONFIRMED.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Names in a list.
    List,
    /// Names with rules, in the manner of a JSON schema.
    Schema,
}

/// What is still wanted, and what was wrong with the last answer.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) since: UnixMillis,
    pub(crate) shape: Shape,
    fields: Vec<(&'static str, Option<&'static str>)>,
}

impl Wanted {
    /// The e-mail address and the telephone number, which WeChat's providers may insist on.
    pub(crate) fn new(since: UnixMillis, shape: Shape) -> Self {
        Self { since, shape, fields: vec![("email", None), ("phone", None)] }
    }

    /// `clarification_fields` as callbacks have it.
    pub(crate) fn to_value(&self) -> Value {
        let names: Vec<&str> = self.fields.iter().map(|(name, _)| *name).collect();
        if self.shape == Shape::List {
            return json!({ "customer": names });
        }
        let rules = names.iter().map(|name| ((*name).to_owned(), rule(name)));
        let errors: Vec<Value> = self.fields.iter().filter_map(|(name, wrong)| Some(error(name, (*wrong)?))).collect();
        let schema = json!({"type": "object", "properties": rules.collect::<Map<_, _>>(), "required": names});
        let schema = Object::of(schema).with_some("errors", (!errors.is_empty()).then_some(errors));
        Object::default().with("customer", schema).into()
    }

    /// The names of what is still wanted, and whether the last answer to each was wrong.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'static str, bool)> {
        self.fields.iter().map(|(name, wrong)| (*name, wrong.is_some()))
    }

    /// Takes an answer. Hands back the accepted values, and what is wanted after it; none when that is nothing.
    pub(crate) fn answer(
        &self,
        now: UnixMillis,
        additional: &Map<String, Value>,
    ) -> (Vec<(&'static str, String)>, Option<Self>) {
        let given = |name: &str| additional.get("customer")?.get(name)?.as_str();
        let (mut accepted, mut open) = (Vec::new(), Vec::new());
        for (name, _) in &self.fields {
            match given(name) {
                None => open.push((*name, None)),
                Some(value) if is_good(name, value) => accepted.push((*name, value.to_owned())),
                Some(_) => open.push((*name, Some("The value is not valid"))),
            }
        }
        let next = (!open.is_empty()).then_some(Self { since: now, shape: self.shape, fields: open });
        (accepted, next)
    }
}

fn rule(name: &str) -> Value {
    match name {
        "phone" => json!({"type": "string", "format": "regex", "pattern": "^[0-9]{4,24}$"}),
        _ => json!({"type": "string", "maxLength": 255, "format": "email"}),
    }
}

fn error(name: &str, wrong: &str) -> Value {
    json!({"property": format!("customer.{name}"), "message": wrong, "constraint": "format"})
}

fn is_good(name: &str, value: &str) -> bool {
    match name {
        "phone" => (4..=24).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit()),
        _ => value.len() <= 255 && value.split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(0);

    fn answer(wanted: &Wanted, customer: &Value) -> Option<Wanted> {
        wanted.answer(NOW, json!({ "customer": customer }).as_object().unwrap()).1
    }

    #[test]
    fn a_complete_answer_leaves_nothing_to_ask() {
        let wanted = Wanted::new(NOW, Shape::Schema);
        assert!(answer(&wanted, &json!({"email": "a@example.com", "phone": "861234567890"})).is_none());
        assert!(wanted.answer(NOW, &Map::new()).1.is_some());
    }

    #[test]
    fn a_part_is_followed_by_a_question_for_the_rest() {
        let next = answer(&Wanted::new(NOW, Shape::List), &json!({"email": "a@example.com"})).unwrap();
        assert_eq!(next.to_value(), json!({"customer": ["phone"]}));
    }

    #[test]
    fn a_wrong_answer_is_asked_again_and_told_why() {
        let next =
            answer(&Wanted::new(NOW, Shape::Schema), &json!({"email": "a@example.com", "phone": "+86"})).unwrap();
        let asked = next.to_value();
        assert_eq!(asked["customer"]["required"], json!(["phone"]));
        assert_eq!(asked["customer"]["errors"][0]["property"], "customer.phone");
        assert_eq!(asked["customer"]["properties"]["phone"]["pattern"], "^[0-9]{4,24}$");
    }
}
