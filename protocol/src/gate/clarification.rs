//! Handing in the customer's data that the platform asked for.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::General;
use super::invalid::{Invalid, Reason};

/// Hands in what `clarification_fields` asked for: the body of a POST to
/// [`CLARIFICATION_PATH`](super::CLARIFICATION_PATH).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClarificationRequest {
    /// Which payment waits.
    pub general: General,
    /// The data, nested as it was asked for: `{"customer": {"email": "…"}}`. Empty restarts the platform's
    /// timer, a part of it is followed by another question.
    pub additional_data: Map<String, Value>,
}

impl ClarificationRequest {
    /// A request with nothing in it yet.
    pub fn new(general: General) -> Self {
        Self { general, additional_data: Map::new() }
    }

    /// Adds one answer; `path` is the field's dotted name, such as `customer.email`.
    pub fn answer(&mut self, path: &str, value: impl Into<Value>) -> Result<(), Invalid> {
        let refused = |reason| Invalid::new(["additional_data.", path].concat(), reason);
        let mut at = &mut self.additional_data;
        let mut parts = path.split('.').peekable();
        while let Some(part) = parts.next() {
            if part.is_empty() {
                return Err(refused(Reason::Missing));
            }
            if parts.peek().is_none() {
                at.insert(part.to_owned(), value.into());
                return Ok(());
            }
            let inner = at.entry(part).or_insert_with(|| Value::Object(Map::new()));
            at = inner.as_object_mut().ok_or_else(|| refused(Reason::Form))?;
        }
        Err(refused(Reason::Missing))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};

    use super::*;
    use crate::gate::{PaymentId, ProjectId};

    fn request() -> ClarificationRequest {
        ClarificationRequest::new(General::new(ProjectId::new(200).unwrap(), PaymentId::new("P1").unwrap()))
    }

    #[test]
    fn dotted_names_become_nested_members() {
        let mut request = request();
        request.answer("customer.email", "a@example.com").unwrap();
        request.answer("customer.phone", "861234567890").unwrap();
        let expected = json!({"general": {"project_id": 200, "payment_id": "P1"},
            "additional_data": {"customer": {"email": "a@example.com", "phone": "861234567890"}}});
        assert_eq!(to_value(&request).unwrap(), expected);
    }

    #[test]
    fn an_empty_answer_still_has_its_object() {
        assert_eq!(to_value(request()).unwrap()["additional_data"], json!({}));
    }

    #[test]
    fn a_name_without_a_part_and_a_name_under_a_text_are_refused() {
        let mut request = request();
        for path in ["", "customer.", ".email"] {
            assert_eq!(request.answer(path, "x").unwrap_err().reason, Reason::Missing, "{path}");
        }
        request.answer("customer", "x").unwrap();
        assert_eq!(request.answer("customer.email", "x").unwrap_err().reason, Reason::Form);
    }
}
