//! One operation upon a payment.

use protocol::date::UnixMillis;
use protocol::money::Money;
use protocol::status::{OperationStatus, OperationType};

use crate::result_code;

/// One operation upon a payment.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) id: i64,
    pub(crate) kind: OperationType,
    pub(crate) status: OperationStatus,
    pub(crate) created: UnixMillis,
    pub(crate) updated: UnixMillis,
    pub(crate) request_id: String,
    pub(crate) sum: Money,
    pub(crate) code: String,
    /// WeChat's number for it, and when it was done there.
    pub(crate) receipt: Option<(String, UnixMillis)>,
    /// The shop's name for a refund.
    pub(crate) merchant_refund_id: Option<String>,
}

impl Operation {
    /// An operation that was just asked for.
    pub(crate) fn new(id: i64, kind: OperationType, now: UnixMillis, request_id: String, sum: Money) -> Self {
        Self {
            id,
            kind,
            status: OperationStatus::Processing,
            created: now,
            updated: now,
            request_id,
            sum,
            code: "9999".to_owned(),
            receipt: None,
            merchant_refund_id: None,
        }
    }

    /// Moves it to a state.
    pub(super) fn end(&mut self, now: UnixMillis, status: OperationStatus, code: &str) {
        self.status = status;
        self.updated = now;
        code.clone_into(&mut self.code);
    }

    /// The code in words.
    pub(crate) fn message(&self) -> &'static str {
        result_code::text(&self.code)
    }
}
