//! The Data API: every operation of a project, page by page.
//!
//! It is signed at the top level, with the key that belongs to the Dashboard user's token and not with the
//! project's.

use serde::{Deserialize, Deserializer, Serialize};

use crate::callback::{objects, text};
use crate::gate::invalid::{Invalid, Reason, required};

/// Where the live Data API is.
pub const LIVE_HOST: &str = "https://data.ecommpay.com";
/// Takes an [`OperationsRequest`].
pub const OPERATIONS_PATH: &str = "/v1/operations/get";
/// How many operations one answer can hold.
pub const LARGEST_LIMIT: u32 = 1000;

/// Asks for operations: the body of a POST to [`OPERATIONS_PATH`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OperationsRequest {
    /// The Dashboard user's token.
    pub token: String,
    /// Only of these projects.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub project_id: Vec<u32>,
    /// Only of this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// The time zone of `interval` and of the answer: a name or an offset. The user's own without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tz: Option<String>,
    /// How many at most; [`LARGEST_LIMIT`] without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// How many to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// Only of these kinds.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub operation_type: Vec<String>,
    /// Only in these states.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub operation_status: Vec<String>,
    /// Only of this customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// Only of the customer with this address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_email: Option<String>,
    /// Only these members of every operation.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub fields: Vec<String>,
    /// Set by [`sign_top_level`](crate::sign::sign_top_level).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

impl OperationsRequest {
    /// Asks for everything the token may see.
    pub fn new(token: impl Into<String>) -> Self {
        Self { token: token.into(), ..Self::default() }
    }

    /// The first member the Data API would refuse, if there is one.
    pub fn validate(&self) -> Result<(), Invalid> {
        required("token", &self.token, 255)?;
        if let Some(interval) = &self.interval {
            required("interval.from", &interval.from, 255)?;
            required("interval.to", &interval.to, 255)?;
        }
        match self.limit {
            Some(limit) if limit == 0 || limit > LARGEST_LIMIT => Err(Invalid::new("limit", Reason::Range)),
            _ => Ok(()),
        }
    }
}

/// A span of time, written `YYYY-MM-DD hh:mm:ss`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Interval {
    /// Its beginning.
    pub from: String,
    /// Its end.
    pub to: String,
}

/// One page of operations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct OperationsAnswer {
    /// The operations.
    #[serde(deserialize_with = "objects")]
    pub operations: Vec<OperationRecord>,
    /// Made with the same key as that of the question.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub signature: Option<String>,
}

/// One operation as the Data API tells it; all of its numbers come as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OperationRecord {
    /// The project.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub project_id: Option<String>,
    /// ECommPay's number for the operation.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub operation_id: Option<String>,
    /// The shop's name for the payment.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub payment_id: Option<String>,
    /// The operation's kind.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub operation_type: Option<String>,
    /// The operation's state.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub operation_status: Option<String>,
    /// What the payer paid with.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub account_number: Option<String>,
    /// The payer's address.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub customer_ip: Option<String>,
    /// The method's name.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub payment_method_name: Option<String>,
    /// The method's kind.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub payment_method_type: Option<String>,
    /// What the payer read.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub payment_description: Option<String>,
    /// When the operation began.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub operation_created_at: Option<String>,
    /// When the operation ended.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub operation_completed_at: Option<String>,
    /// When the provider did it.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub provider_date: Option<String>,
    /// The sum in the currency it was asked for.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::callback::object")]
    pub sum_initial: Option<RecordSum>,
    /// The sum in the currency it was done in.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::callback::object")]
    pub sum_converted: Option<RecordSum>,
}

/// A sum whose amount is text, as the Data API writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordSum {
    /// Minor units.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub amount: Option<String>,
    /// The currency.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub currency: Option<String>,
}

/// Why the Data API refused a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ApiError {
    /// The kind of error.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub name: Option<String>,
    /// The error in words.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub message: Option<String>,
    /// The Data API's code.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub code: Option<String>,
    /// The HTTP status once more.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "text")]
    pub status: Option<String>,
}

impl ApiError {
    /// An error in words.
    pub fn new(name: impl Into<String>, message: impl Into<String>, status: u16) -> Self {
        let (name, message) = (Some(name.into()), Some(message.into()));
        Self { name, message, code: Some("0".to_owned()), status: Some(status.to_string()) }
    }
}

/// A list; the Data API takes a single value for a list of one.
fn one_or_many<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany<T> {
        Many(Vec<T>),
        One(T),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::Many(many) => many,
        OneOrMany::One(one) => vec![one],
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json, to_value};

    use super::*;

    #[test]
    fn a_question_holds_what_was_set_and_no_more() {
        let mut question = OperationsRequest::new("user-token");
        assert_eq!(to_value(&question).unwrap(), json!({"token": "user-token"}));
        question.project_id = vec![238];
        question.interval = Some(Interval { from: "2019-01-28 00:00:00".into(), to: "2019-01-29 00:00:00".into() });
        question.limit = Some(1000);
        assert_eq!(question.validate(), Ok(()));
        assert_eq!(
            to_value(&question).unwrap(),
            json!({"token": "user-token", "project_id": [238], "limit": 1000,
            "interval": {"from": "2019-01-28 00:00:00", "to": "2019-01-29 00:00:00"}})
        );
    }

    #[test]
    fn a_question_that_would_be_refused_is_refused_here() {
        let refused = |question: OperationsRequest| question.validate().unwrap_err();
        assert_eq!(refused(OperationsRequest::new("")), Invalid::new("token", Reason::Missing));
        let half = OperationsRequest {
            interval: Some(Interval { from: "2019-01-28 00:00:00".into(), to: String::new() }),
            ..OperationsRequest::new("t")
        };
        assert_eq!(refused(half), Invalid::new("interval.to", Reason::Missing));
        let large = OperationsRequest { limit: Some(1001), ..OperationsRequest::new("t") };
        assert_eq!(refused(large), Invalid::new("limit", Reason::Range));
    }

    #[test]
    fn a_single_value_is_read_as_a_list_of_one() {
        let question: OperationsRequest =
            from_value(json!({"token": "t", "operation_type": "sale", "project_id": [1, 2]})).unwrap();
        assert_eq!(question.operation_type, ["sale"]);
        assert_eq!(question.project_id, [1, 2]);
    }

    #[test]
    fn numbers_are_read_where_texts_are_expected() {
        let answer: OperationsAnswer =
            from_value(json!({"operations": [{"operation_id": 9_227_000_002_916_i64, "project_id": "238",
            "sum_initial": {"amount": 100, "currency": "EUR"}, "surprise": []}, "noise"], "signature": "x"}))
            .unwrap();
        assert_eq!(answer.operations.len(), 1);
        assert_eq!(answer.operations[0].operation_id.as_deref(), Some("9227000002916"));
        assert_eq!(answer.operations[0].sum_initial.as_ref().unwrap().amount.as_deref(), Some("100"));
    }
}
