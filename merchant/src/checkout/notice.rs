//! What ECommPay says about one operation of one payment, by callback or on being asked.

use protocol::callback::{Callback, Operation, Payment};
use protocol::date::UnixMillis;
use protocol::status::OperationType;
use serde_json::{Map, Value};

/// What ECommPay says about one operation of one payment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notice {
    pub(crate) payment: Payment,
    pub(crate) operation: Operation,
    pub(crate) display_data: Option<Value>,
    /// The message as far as the payer may see it: no signature, nothing about the payer's person or account,
    /// nothing about who did it for ECommPay.
    pub(crate) body: Map<String, Value>,
}

/// Members of a message, and of the objects in it, that a payer may see.
const TOP: [&str; 3] = ["project_id", "display_data", "clarification_fields"];
const PAYMENT: [&str; 6] = ["id", "type", "status", "date", "method", "sum"];
const OPERATION: [&str; 10] =
    ["id", "type", "status", "date", "created_date", "request_id", "sum_initial", "sum_converted", "code", "message"];

impl Notice {
    /// Reads a callback whose signature was verified.
    pub(crate) fn of_callback(message: Value) -> Option<Self> {
        let body = publishable(&message);
        let callback = Callback::from_value(message).ok()?;
        let display_data =
            callback.display_data.filter(|items| items.as_array().is_some_and(|items| !items.is_empty()));
        let mut notice = Self {
            payment: callback.payment.unwrap_or_default(),
            operation: callback.operation.unwrap_or_default(),
            display_data,
            body,
        };
        if notice.operation.code.is_none() {
            let error = callback.errors.into_iter().next();
            notice.explain(error.as_ref().and_then(|error| error.code.clone()), error.and_then(|error| error.message));
        }
        Some(notice)
    }

    /// Reads the answer to a status request whose signature was verified: what it says about each operation.
    ///
    /// An answer has `operations` where a callback has `operation`; for the rest they are alike.
    pub(crate) fn of_answer(answer: &Value) -> Vec<Self> {
        let Some(answer) = answer.as_object() else { return Vec::new() };
        let mut frame = answer.clone();
        let operations = match frame.remove("operations") {
            Some(Value::Array(operations)) => operations.into_iter().filter(Value::is_object).collect(),
            _ => Vec::new(),
        };
        if operations.is_empty() {
            return Self::of_callback(Value::Object(frame)).into_iter().collect();
        }
        let one = |operation| {
            let mut message = frame.clone();
            message.insert("operation".to_owned(), operation);
            Self::of_callback(Value::Object(message))
        };
        operations.into_iter().filter_map(one).collect()
    }

    /// The kind of the operation. A message without one is about the sale.
    pub(crate) fn kind(&self) -> OperationType {
        self.operation.kind.clone().unwrap_or(OperationType::Sale)
    }

    /// When the state was reached, by ECommPay's clock.
    pub(crate) fn told_at(&self) -> Option<UnixMillis> {
        self.payment.date.max(self.operation.date)
    }

    /// A name for the operation that is the same in every message about it.
    pub(crate) fn operation_key(&self) -> String {
        let id = self.operation.id.map(|id| id.to_string());
        id.or_else(|| self.operation.request_id.clone()).unwrap_or_default()
    }

    /// A failed check arrives with `errors` in place of an operation's code.
    fn explain(&mut self, code: Option<String>, message: Option<String>) {
        let Some(code) = code else { return };
        let operation = self.body.entry("operation").or_insert_with(|| Value::Object(Map::new()));
        if let Some(operation) = operation.as_object_mut() {
            operation.insert("code".to_owned(), code.clone().into());
            operation.extend(message.clone().map(|message| ("message".to_owned(), message.into())));
        }
        self.operation.code = Some(code);
        self.operation.message = message;
    }
}

fn publishable(message: &Value) -> Map<String, Value> {
    let mut body = pick(message, &TOP);
    for (name, members) in [("payment", &PAYMENT[..]), ("operation", &OPERATION[..])] {
        if let Some(part) = message.get(name).filter(|part| part.is_object()) {
            body.insert(name.to_owned(), Value::Object(pick(part, members)));
        }
    }
    body
}

fn pick(from: &Value, names: &[&str]) -> Map<String, Value> {
    let present =
        |name: &&str| from.get(*name).filter(|value| !value.is_null()).map(|value| ((*name).to_owned(), value.clone()));
    names.iter().filter_map(present).collect()
}

#[cfg(test)]
mod tests {
    use protocol::status::OperationStatus;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_payer_sees_nothing_of_signature_person_account_or_provider() {
        let notice = Notice::of_callback(json!({"project_id": 238, "signature": "s",
            "general": {"signature": "s"}, "customer": {"id": "1", "phone": "861234567890"}, "account": {"number": "1234"},
            "payment": {"id": "P1", "status": "success", "signature": "s", "sum": {"amount": 100, "currency": "EUR"}},
            "operation": {"id": 7, "type": "sale", "status": "success", "provider": {"payment_id": "423"}, "code": "0"},
            "recurring": {"id": 5}, "redirect_data": {"url": "https://x"}}))
        .unwrap();
        assert_eq!(
            Value::Object(notice.body),
            json!({"project_id": 238,
            "payment": {"id": "P1", "status": "success", "sum": {"amount": 100, "currency": "EUR"}},
            "operation": {"id": 7, "type": "sale", "status": "success", "code": "0"}})
        );
    }

    #[test]
    fn an_answer_says_something_about_each_operation() {
        let notices = Notice::of_answer(&json!({"payment": {"id": "P1", "status": "refunded"}, "operations": [
            {"id": 1, "type": "sale", "status": "success"}, "noise", {"id": 2, "type": "refund", "status": "success"}]}));
        assert_eq!(notices.iter().map(Notice::kind).collect::<Vec<_>>(), [OperationType::Sale, OperationType::Refund]);
        assert_eq!(notices[1].operation_key(), "2");
        assert!(notices.iter().all(|notice| notice.body["payment"]["status"] == "refunded" && !notice.body.contains_key("operations")));
    }

    #[test]
    fn an_answer_without_operations_is_about_the_sale() {
        let notices = Notice::of_answer(&json!({"payment": {"id": "P1", "status": "processing"}, "operations": []}));
        assert_eq!(notices.iter().map(Notice::kind).collect::<Vec<_>>(), [OperationType::Sale]);
        assert_eq!(notices[0].operation.status, None);
    }

    #[test]
    fn an_empty_code_is_no_code() {
        let read = |items: Value| {
            Notice::of_callback(json!({"payment": {"id": "P1"}, "display_data": items})).unwrap().display_data
        };
        assert_eq!(read(json!([])), None);
        assert_eq!(read(json!("x")), None);
        assert!(read(json!([{"type": "qr_data"}])).is_some());
    }

    #[test]
    fn a_failed_check_is_explained_by_its_first_error() {
        let notice = Notice::of_callback(json!({"payment": {"id": "P1", "status": "error"},
            "errors": [{"code": 2004, "message": "Required field not provided"}, {"code": "1"}]}))
        .unwrap();
        assert_eq!(notice.operation.code.as_deref(), Some("2004"));
        assert_eq!(notice.body["operation"], json!({"code": "2004", "message": "Required field not provided"}));
    }

    #[test]
    fn the_later_of_the_two_dates_counts() {
        let notice = Notice::of_callback(json!({"payment": {"date": "2019-01-28T08:07:22+0000"},
            "operation": {"date": "2019-01-28T08:07:23+0000", "status": "processing"}}))
        .unwrap();
        assert_eq!(notice.told_at(), Some(UnixMillis(1_548_662_843_000)));
        assert_eq!(notice.operation.status, Some(OperationStatus::Processing));
        assert_eq!(notice.operation_key(), "");
    }
}
