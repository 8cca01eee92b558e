//! Asking what became of a payment or of a request.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{General, ProjectId};
use crate::callback::{Account, CustomerData, ErrorItem, Operation, Payment, integer, object, objects, text};

/// Asks for the state of a payment: the body of a POST to [`STATUS_PATH`](super::STATUS_PATH).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRequest {
    /// Which payment.
    pub general: General,
    /// In which format the answer is wanted; the merchant's without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination: Option<Destination>,
}

impl StatusRequest {
    /// Asks in the merchant's format.
    pub fn new(general: General) -> Self {
        Self { general, destination: None }
    }
}

/// The two formats of a status answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Destination {
    /// The format of callbacks.
    Merchant,
    /// The format of the Payment Page.
    Terminal,
}

/// Asks for the state of one request: the body of a POST to
/// [`REQUEST_STATUS_PATH`](super::REQUEST_STATUS_PATH). Signed at the top level, not in `general`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestStatusRequest {
    /// The shop's project.
    pub project_id: ProjectId,
    /// The `request_id` of the acknowledgement.
    pub request_id: String,
    /// Set by [`sign_top_level`](crate::sign::sign_top_level).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

impl RequestStatusRequest {
    /// Asks for the state of one request.
    pub fn new(project_id: ProjectId, request_id: impl Into<String>) -> Self {
        Self { project_id, request_id: request_id.into(), signature: None }
    }
}

/// The state of a payment in the merchant's format, with every operation it has had.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct StatusAnswer {
    /// The project.
    #[serde(deserialize_with = "integer")]
    pub project_id: Option<i64>,
    /// The payment as it stands.
    #[serde(deserialize_with = "object")]
    pub payment: Option<Payment>,
    /// Its operations, in the order ECommPay gave them.
    #[serde(deserialize_with = "objects")]
    pub operations: Vec<Operation>,
    /// What is known of the payer.
    #[serde(deserialize_with = "object")]
    pub customer: Option<CustomerData>,
    /// What the payer paid with.
    #[serde(deserialize_with = "object")]
    pub account: Option<Account>,
    /// What went wrong.
    #[serde(deserialize_with = "objects")]
    pub errors: Vec<ErrorItem>,
    /// What the platform wants to know, in either of its shapes.
    pub clarification_fields: Option<Value>,
    /// The code to show, should the answer have one: nothing promises it.
    pub display_data: Option<Value>,
    /// `error` where the question itself was refused.
    #[serde(deserialize_with = "text")]
    pub status: Option<String>,
    /// Why the question was refused.
    #[serde(deserialize_with = "text")]
    pub code: Option<String>,
    /// Why, in words.
    #[serde(deserialize_with = "text")]
    pub message: Option<String>,
}

impl StatusAnswer {
    /// Whether ECommPay says that it does not know the payment. Its `payment.status: error` is then no
    /// status of a payment and must change nothing.
    pub fn unknown(&self) -> Option<Unknown> {
        let codes = || self.errors.iter().map(|error| error.code.as_deref()).chain([self.code.as_deref()]).flatten();
        if codes().any(|code| code == "3062") {
            Some(Unknown::NotYet)
        } else if codes().any(|code| code == "3061") {
            Some(Unknown::Never)
        } else {
            None
        }
    }
}

/// In what way a payment is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// Code 3061: there is no such payment.
    Never,
    /// Code 3062: its details have not arrived yet; ask again.
    NotYet,
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;
    use crate::status::{OperationStatus, PaymentStatus};

    fn read(value: Value) -> StatusAnswer {
        from_value(value).unwrap()
    }

    #[test]
    fn an_answer_has_all_operations_of_a_payment() {
        let answer = read(json!({"project_id": 238,
            "payment": {"id": "P1", "type": "purchase", "status": "awaiting customer action", "method": "wechat",
                "date": "2019-01-28T08:07:22+0000", "sum": {"amount": 100, "currency": "EUR"}, "description": "…"},
            "operations": [{"id": 9_227_000_002_916_i64, "type": "sale", "status": "awaiting customer action",
                "code": "9999", "request_id": "r-1"}, {"id": "9227000002917", "type": "refund", "status": "decline", "code": 3283}],
            "customer": {"id": "1"}, "signature": "…"}));
        assert_eq!(answer.payment.unwrap().status, Some(PaymentStatus::AwaitingCustomerAction));
        assert_eq!(answer.operations.len(), 2);
        assert_eq!(answer.operations[1].id, Some(9_227_000_002_917));
        assert_eq!(answer.operations[1].status, Some(OperationStatus::Decline));
        assert_eq!(answer.operations[1].code.as_deref(), Some("3283"));
    }

    #[test]
    fn an_unknown_payment_is_told_from_one_that_is_not_known_yet() {
        let errors = |code: Value| json!({"payment": {"status": "error"}, "errors": [{"code": code, "message": "…"}]});
        assert_eq!(read(errors(json!("3061"))).unknown(), Some(Unknown::Never));
        assert_eq!(read(errors(json!(3062))).unknown(), Some(Unknown::NotYet));
        assert_eq!(read(json!({"status": "error", "code": "3061"})).unknown(), Some(Unknown::Never));
        assert_eq!(read(errors(json!("2004"))).unknown(), None);
    }

    #[test]
    fn an_answer_of_an_unexpected_shape_is_empty_and_not_an_error() {
        assert_eq!(
            read(json!({"payment": "x", "operations": {}, "errors": 1, "customer": []})),
            StatusAnswer::default()
        );
    }

    #[test]
    fn a_request_names_a_format_only_when_it_is_told_to() {
        let general = General::new(ProjectId::new(200).unwrap(), crate::gate::PaymentId::new("P1").unwrap());
        let mut request = StatusRequest::new(general);
        assert_eq!(serde_json::to_value(&request).unwrap().get("destination"), None);
        request.destination = Some(Destination::Terminal);
        assert_eq!(serde_json::to_value(&request).unwrap()["destination"], "terminal");
    }
}
