//! Customer data that ECommPay asks for.

use protocol::clarification::ClarificationField;
use protocol::gate::{ClarificationRequest, General, Refusal};
use serde_json::Value;

use super::{ActError, Shop};
use crate::checkout::{Checkout, Denied};
use crate::gate::Sent;
use crate::order::{read_email, read_phone};
use crate::store::StoreError;
use crate::token::Token;

/// Why an answer was not handed in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum ClarifyError {
    /// The checkout does not take one.
    #[error(transparent)]
    Act(#[from] ActError),
    /// Something that is asked for is missing.
    #[error("this is asked for")]
    Missing {
        /// Which.
        field: String,
    },
    /// Something cannot be right.
    #[error("this cannot be right")]
    Invalid {
        /// Which.
        field: String,
    },
    /// Something was not asked for.
    #[error("this was not asked for")]
    Unasked {
        /// Which.
        field: String,
    },
    /// The body is no JSON object of objects.
    #[error("a JSON object of objects is expected")]
    NotAnObject,
    /// ECommPay did not take it.
    #[error("it was not accepted")]
    Refused(Refusal),
    /// ECommPay cannot be reached; the same may be sent again.
    #[error("the payment platform cannot be reached")]
    Unreachable,
}

impl From<StoreError> for ClarifyError {
    fn from(error: StoreError) -> Self {
        Self::Act(error.into())
    }
}

const MAX_TEXT: usize = 255;

impl Shop {
    /// Hands in what ECommPay asked for, and nothing else.
    pub(crate) async fn clarify(&self, token: &Token, body: &Value) -> Result<Checkout, ClarifyError> {
        let checkout = self.checkout(token).await?.ok_or(ActError::Unknown)?;
        let Some((payment, fields)) =
            checkout.current().and_then(|payment| Some((payment, payment.clarification_fields()?)))
        else {
            return Err(ActError::denied(Denied::NothingAsked, checkout).into());
        };
        let id = payment.id.clone();
        let mut request = ClarificationRequest::new(General::new(self.settings.project, id.clone()));
        for (path, text) in answers(body, &ClarificationField::read_all(fields))? {
            request.answer(&path, text).map_err(|_| ClarifyError::Invalid { field: path })?;
        }

        let sent = self.gate.clarify(&request).await;
        self.metrics.gate("clarification", sent.as_str());
        match sent {
            Sent::Accepted { .. } | Sent::Repeated => {}
            Sent::Refused(refusal) => return Err(ClarifyError::Refused(refusal)),
            Sent::Unknown(_) => return Err(ClarifyError::Unreachable),
        }
        let mut write = self.store.write().await?;
        let (mut checkout, now) = (write.checkout(token).await?.ok_or(ActError::Unknown)?, self.now());
        // ECommPay may have spoken meanwhile; only the question that was answered is taken away.
        let still_asked = |payment: &crate::checkout::Payment| payment.clarification_fields() == Some(fields);
        if let Some(payment) = checkout.payment_mut(id.as_str()).filter(|payment| still_asked(payment)) {
            payment.clarified(now);
            let payment = payment.clone();
            checkout.revision += 1;
            write.save_payment(&payment).await?;
            write.save_checkout(&checkout).await?;
            write.commit().await?;
            self.feed.tell(checkout.id);
        }
        Ok(checkout)
    }
}

/// The payer's answers, checked against what is asked for: dotted names and texts.
fn answers(body: &Value, fields: &[ClarificationField]) -> Result<Vec<(String, String)>, ClarifyError> {
    let mut answers = Vec::new();
    for (object, members) in body.as_object().ok_or(ClarifyError::NotAnObject)? {
        for (name, value) in members.as_object().ok_or(ClarifyError::NotAnObject)? {
            let path = [object, ".", name].concat();
            let Some(field) = fields.iter().find(|field| field.path() == path) else {
                return Err(ClarifyError::Unasked { field: path });
            };
            let text = match value {
                Value::String(text) => text.trim().to_owned(),
                Value::Number(number) => number.to_string(),
                Value::Null => continue,
                _ => return Err(ClarifyError::Invalid { field: path }),
            };
            let longest = field.max_length.and_then(|length| usize::try_from(length).ok()).unwrap_or(MAX_TEXT);
            let good = match name.as_str() {
                "email" => read_email(&text),
                "phone" => read_phone(&text),
                _ => Some(text.clone()),
            };
            match good {
                _ if text.is_empty() => {}
                Some(good) if good.chars().count() <= longest => answers.push((path, good)),
                _ => return Err(ClarifyError::Invalid { field: path }),
            }
        }
    }
    let missing = fields.iter().find(|field| field.required && !answers.iter().any(|(path, _)| *path == field.path()));
    match missing {
        Some(field) => Err(ClarifyError::Missing { field: field.path() }),
        None => Ok(answers),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(body: &Value) -> Result<Vec<(String, String)>, String> {
        let fields = ClarificationField::read_all(&json!({"customer": {
            "properties": {"email": {"maxLength": 20}, "phone": {}, "city": {}}, "required": ["email"]}}));
        answers(body, &fields).map_err(|error| format!("{error:?}"))
    }

    #[test]
    fn what_is_asked_for_is_handed_on_as_ecommpay_wants_it() {
        let given = answer(&json!({"customer": {"email": " a@example.com ", "phone": "+86 123-456", "city": ""}}));
        assert_eq!(
            given.unwrap(),
            [("customer.email".into(), "a@example.com".into()), ("customer.phone".into(), "86123456".into())]
        );
    }

    #[test]
    fn what_is_missing_wrong_or_not_asked_for_is_named() {
        for (body, error) in [
            (json!({"customer": {"phone": "861234"}}), "Missing { field: \"customer.email\" }"),
            (json!({"customer": {"email": ""}}), "Missing { field: \"customer.email\" }"),
            (json!({}), "Missing { field: \"customer.email\" }"),
            (json!({"customer": {"email": "nobody"}}), "Invalid { field: \"customer.email\" }"),
            (json!({"customer": {"email": "much-too-long@example.com"}}), "Invalid { field: \"customer.email\" }"),
            (json!({"customer": {"email": ["a@example.com"]}}), "Invalid { field: \"customer.email\" }"),
            (json!({"customer": {"email": "a@example.com", "id": "2"}}), "Unasked { field: \"customer.id\" }"),
            (json!({"customer": "x"}), "NotAnObject"),
            (json!([]), "NotAnObject"),
        ] {
            assert_eq!(answer(&body).unwrap_err(), error, "{body}");
        }
    }
}
