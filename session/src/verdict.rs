//! Whether a document tells an outcome, and which.

use crate::{Decline, Outcome};
use protocol::document::Document;
use protocol::status::{OperationStatus, OperationType, PaymentStatus};

/// The outcome a document tells; none while it is open.
///
/// The operation's type comes before any status: a declined refund arrives with `payment.status: success`
/// and is no second payment. Where members contradict each other nothing is decided.
pub(crate) fn outcome(document: &Document, late: bool) -> Option<Outcome> {
    let operation = document.operation.as_ref();
    let payment = document.payment.status.as_ref();
    let status = operation.and_then(|operation| operation.status.as_ref());
    let kind = operation.map_or(&OperationType::Sale, |operation| &operation.kind);

    match payment {
        Some(PaymentStatus::Refunded | PaymentStatus::Reversed) => return Some(Outcome::Refunded),
        Some(PaymentStatus::PartiallyRefunded | PaymentStatus::PartiallyReversed) => {
            return Some(Outcome::PartlyRefunded);
        }
        _ => {}
    }
    if kind.returns_money() {
        // Money can only go back where it was paid, and until the platform says that it went back it did not.
        return payment.filter(|status| **status == PaymentStatus::Success).map(|_| Outcome::Paid { late });
    }
    let sale = *kind == OperationType::Sale;
    let decline = || Decline::read(operation.and_then(|operation| operation.code.as_deref()));
    match (payment, status) {
        (Some(PaymentStatus::Success), Some(OperationStatus::Decline)) if sale => None,
        (Some(PaymentStatus::Success), _) => Some(Outcome::Paid { late }),
        (Some(_), Some(OperationStatus::Success)) if sale => None,
        (Some(PaymentStatus::Cancelled), _) => Some(Outcome::Cancelled),
        (Some(PaymentStatus::Decline), _) => Some(Outcome::Declined(decline())),
        (Some(PaymentStatus::Error), _) => Some(Outcome::Failed(decline())),
        // A payment without a status of its own is as its operation is.
        (None, Some(OperationStatus::Success)) if sale => Some(Outcome::Paid { late }),
        (None, Some(OperationStatus::Decline)) if sale => Some(Outcome::Declined(decline())),
        // Partly paid is neither paid nor refused: the shop has to sort it out, the payer waits.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DeclineReason;
    use serde_json::{Value, json};

    fn told(value: &Value) -> Option<Outcome> {
        outcome(&Document::read(value).unwrap(), false)
    }

    fn body(kind: &str, operation: &str, payment: &str) -> Value {
        json!({"payment": {"status": payment}, "operation": {"type": kind, "status": operation, "code": "20105"}})
    }

    const PAID: Option<Outcome> = Some(Outcome::Paid { late: false });

    #[test]
    fn a_declined_refund_does_not_undo_the_payment() {
        assert_eq!(told(&body("refund", "decline", "success")), PAID);
        assert_eq!(told(&body("refund", "processing", "success")), PAID);
    }

    #[test]
    fn a_refund_of_what_was_never_paid_decides_nothing() {
        for payment in ["processing", "decline", "error", "whatever"] {
            assert_eq!(told(&body("refund", "success", payment)), None, "{payment}");
        }
    }

    #[test]
    fn refunds_and_reversals_are_seen_on_return() {
        assert_eq!(told(&body("refund", "success", "refunded")), Some(Outcome::Refunded));
        assert_eq!(told(&body("reversal", "success", "reversed")), Some(Outcome::Refunded));
        assert_eq!(told(&body("refund", "success", "partially refunded")), Some(Outcome::PartlyRefunded));
        assert_eq!(told(&body("refund", "decline", "partially refunded")), Some(Outcome::PartlyRefunded));
    }

    #[test]
    fn a_sale_is_as_the_platform_says() {
        assert_eq!(told(&body("sale", "success", "success")), PAID);
        let declined = told(&body("sale", "decline", "decline"));
        assert_eq!(
            declined,
            Some(Outcome::Declined(Decline { code: "20105".into(), reason: DeclineReason::InsufficientFunds }))
        );
        assert!(matches!(told(&body("sale", "decline", "error")), Some(Outcome::Failed(_))));
        assert_eq!(told(&body("sale", "decline", "canceled")), Some(Outcome::Cancelled));
    }

    #[test]
    fn contradictions_and_unknown_words_decide_nothing() {
        for (operation, payment) in [
            ("decline", "success"),
            ("success", "decline"),
            ("success", "processing"),
            ("decline", "awaiting customer"),
            ("success", "partially paid"),
            ("success", "SUCCESS"),
            ("expired", "expired"),
        ] {
            assert_eq!(told(&body("sale", operation, payment)), None, "{operation}, {payment}");
        }
    }

    #[test]
    fn what_became_of_another_operation_does_not_change_what_the_payment_is() {
        assert_eq!(told(&body("capture", "decline", "success")), PAID);
        assert_eq!(told(&body("cancel", "success", "canceled")), Some(Outcome::Cancelled));
        for kind in ["cancel", "auth", "something new"] {
            for status in ["success", "decline"] {
                assert_eq!(
                    told(&json!({"payment": {}, "operation": {"type": kind, "status": status}})),
                    None,
                    "{kind}"
                );
            }
        }
    }

    #[test]
    fn a_payment_without_status_is_as_its_operation() {
        assert_eq!(told(&json!({"payment": {}, "operation": {"type": "sale", "status": "success"}})), PAID);
        assert!(matches!(
            told(&json!({"payment": {}, "operation": {"status": "decline"}})),
            Some(Outcome::Declined(_))
        ));
        assert_eq!(told(&json!({"payment": {"id": "x"}})), None);
    }
}
