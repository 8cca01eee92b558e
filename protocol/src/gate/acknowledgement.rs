//! The immediate answer to a request.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::callback::{ErrorItem, integer, objects, text};

/// The immediate answer to a request. It says nothing about what becomes of the payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status")]
#[non_exhaustive]
pub enum Acknowledgement {
    /// The request was accepted; what becomes of it comes by callback.
    #[serde(rename = "success")]
    Accepted {
        /// ECommPay's name for the request, which its callbacks repeat in `operation.request_id`.
        #[serde(skip_serializing_if = "Option::is_none")]
        request_id: Option<String>,
        /// The project.
        #[serde(skip_serializing_if = "Option::is_none")]
        project_id: Option<i64>,
        /// The shop's name for the payment.
        #[serde(skip_serializing_if = "Option::is_none")]
        payment_id: Option<String>,
    },
    /// The request was refused.
    #[serde(rename = "error")]
    Refused(Refusal),
}

/// Why a request was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// ECommPay's code, such as `3041`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// ECommPay's words, meant for the shop and not for the payer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// ECommPay's name for the request, where it gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What is wrong in particular.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorItem>,
}

impl Refusal {
    /// Whether ECommPay gave this code, at the top or as one of the particulars.
    pub fn has_code(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code) || self.errors.iter().any(|error| error.code.as_deref() == Some(code))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.errors.first();
        let code = self.code.as_deref().or_else(|| first?.code.as_deref());
        let message = self.message.as_deref().or_else(|| first?.message.as_deref());
        write!(f, "{}: {}", code.unwrap_or("no code"), message.unwrap_or("no message"))
    }
}

#[derive(Deserialize)]
struct Wire {
    #[serde(default, deserialize_with = "text")]
    status: Option<String>,
    #[serde(default, deserialize_with = "text")]
    request_id: Option<String>,
    #[serde(default, deserialize_with = "integer")]
    project_id: Option<i64>,
    #[serde(default, deserialize_with = "text")]
    payment_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    code: Option<String>,
    #[serde(default, deserialize_with = "text")]
    message: Option<String>,
    #[serde(default, deserialize_with = "objects")]
    errors: Vec<ErrorItem>,
}

impl<'de> Deserialize<'de> for Acknowledgement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Wire { status, request_id, project_id, payment_id, code, message, errors } =
            Wire::deserialize(deserializer)?;
        Ok(if status.as_deref() == Some("success") {
            Self::Accepted { request_id, project_id, payment_id }
        } else {
            Self::Refused(Refusal { code, message, request_id, errors })
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json, to_value};

    use super::*;

    fn read(value: Value) -> Acknowledgement {
        from_value(value).unwrap()
    }

    #[test]
    fn an_accepted_request_has_an_id() {
        let value = json!({"status": "success", "request_id": "f7a1-00000001", "project_id": 200, "payment_id": "P1"});
        let Acknowledgement::Accepted { request_id, project_id, payment_id } = read(value.clone()) else {
            panic!("refused")
        };
        assert_eq!(
            (request_id.as_deref(), project_id, payment_id.as_deref()),
            (Some("f7a1-00000001"), Some(200), Some("P1"))
        );
        assert_eq!(to_value(read(value.clone())).unwrap(), value);
    }

    #[test]
    fn a_refusal_is_read_with_its_code_as_text_or_as_a_number() {
        for code in [json!("3041"), json!(3041)] {
            let Acknowledgement::Refused(refusal) =
                read(json!({"status": "error", "code": code, "message": "Payment ID already exists"}))
            else {
                panic!("accepted")
            };
            assert!(refusal.has_code("3041"), "{code}");
            assert_eq!(refusal.to_string(), "3041: Payment ID already exists");
        }
    }

    #[test]
    fn a_refusal_may_have_nothing_but_particulars() {
        let Acknowledgement::Refused(refusal) =
            read(json!({"errors": [{"code": 2004, "message": "m", "field": "customer.id", "constraint": "required"}]}))
        else {
            panic!("accepted")
        };
        assert!(refusal.has_code("2004") && !refusal.has_code("3041"));
        assert_eq!(refusal.errors[0].field.as_deref(), Some("customer.id"));
        assert_eq!(refusal.to_string(), "2004: m");
    }

    #[test]
    fn an_answer_without_a_known_status_is_a_refusal() {
        for value in
            [json!({}), json!({"status": null, "errors": null}), json!({"status": "SUCCESS"}), json!({"status": 1})]
        {
            assert!(matches!(read(value.clone()), Acknowledgement::Refused(_)), "{value}");
        }
    }
}
