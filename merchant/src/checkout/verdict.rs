//! What a message about a sale means.

use protocol::money::Money;
use protocol::status::{OperationStatus, PaymentStatus};

use super::Notice;

/// What a message about a sale means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// No outcome yet.
    Open,
    /// The money that was asked for arrived.
    Paid,
    /// Money arrived, and it is not, or cannot be shown to be, what was asked for. How much, where it is in
    /// the order's currency.
    Held { received: Option<i64> },
    /// Refused.
    Declined,
    /// It did not come to a payment.
    Failed,
    /// The message contradicts itself; nothing may be decided on it.
    Contradiction,
}

impl Verdict {
    /// What `notice`, which is about the sale, means for an order of `asked_for`.
    ///
    /// For money to have arrived, payment and operation have to agree on it: with several attempts in one
    /// payment, a declined operation comes with a successful payment.
    pub(super) fn of(notice: &Notice, asked_for: Money) -> Self {
        use {OperationStatus as O, PaymentStatus as P};
        match (&notice.payment.status, &notice.operation.status) {
            (Some(P::Decline | P::Error | P::Cancelled), Some(O::Success)) => Self::Contradiction,
            (Some(P::PartiallyPaid), None | Some(O::Success)) => Self::Held { received: received(notice, asked_for) },
            (Some(status), None | Some(O::Success)) if status.is_paid() || status.is_returned() => {
                Self::money(notice, asked_for)
            }
            (Some(status), _) if status.is_paid() || status.is_returned() => Self::Contradiction,
            (None, Some(O::Success)) => Self::money(notice, asked_for),
            (Some(P::Decline | P::Cancelled), _) | (None, Some(O::Decline)) => Self::Declined,
            (Some(P::Error), _) => Self::Failed,
            _ => Self::Open,
        }
    }

    /// Money arrived: is it what was asked for? A message that names no sum proves nothing.
    fn money(notice: &Notice, asked_for: Money) -> Self {
        let returned = notice.payment.status.as_ref().is_some_and(PaymentStatus::is_returned);
        // After a refund the payment's sum may be what is left; the operation's is still what was paid.
        let of_payment = notice.payment.sum.filter(|_| !returned);
        let mut sums = of_payment.iter().chain(&notice.operation.sum_initial).peekable();
        if sums.peek().is_some() && sums.all(|sum| *sum == asked_for) {
            Self::Paid
        } else {
            Self::Held { received: received(notice, asked_for) }
        }
    }
}

fn received(notice: &Notice, asked_for: Money) -> Option<i64> {
    let sum = notice.payment.sum.or(notice.operation.sum_initial)?;
    (sum.currency == asked_for.currency).then_some(sum.amount)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::sample::{notice, sum};
    use super::*;

    fn verdict(payment: &Value, operation: &Value) -> Verdict {
        Verdict::of(&notice(json!({"payment": payment, "operation": operation})), sum())
    }

    fn words(payment: &str, operation: &str) -> Verdict {
        let sum = json!({"amount": 1840, "currency": "EUR"});
        verdict(
            &json!({"status": payment, "sum": sum}),
            &json!({"type": "sale", "status": operation, "sum_initial": sum}),
        )
    }

    #[test]
    fn money_has_arrived_when_payment_and_operation_agree() {
        assert_eq!(words("success", "success"), Verdict::Paid);
        for (payment, operation) in [
            ("success", "decline"),
            ("success", "processing"),
            ("decline", "success"),
            ("error", "success"),
            ("canceled", "success"),
            ("refunded", "decline"),
            ("partially paid", "decline"),
        ] {
            assert_eq!(words(payment, operation), Verdict::Contradiction, "{payment}, {operation}");
        }
        assert_eq!(words("processing", "success"), Verdict::Open);
    }

    #[test]
    fn a_refusal_is_a_refusal_unless_further_attempts_are_running() {
        assert_eq!(words("decline", "decline"), Verdict::Declined);
        assert_eq!(words("canceled", "decline"), Verdict::Declined);
        assert_eq!(words("error", "decline"), Verdict::Failed);
        assert_eq!(words("awaiting customer", "decline"), Verdict::Open);
    }

    #[test]
    fn unknown_and_missing_words_decide_nothing() {
        for (payment, operation) in
            [("expired", "expired"), ("SUCCESS", "SUCCESS"), ("awaiting approval", "processing")]
        {
            assert_eq!(words(payment, operation), Verdict::Open, "{payment}, {operation}");
        }
        assert_eq!(verdict(&json!({}), &json!({})), Verdict::Open);
        assert_eq!(verdict(&json!({"status": "error"}), &Value::Null), Verdict::Failed);
        assert_eq!(verdict(&json!({}), &json!({"status": "decline"})), Verdict::Declined);
    }

    #[test]
    fn every_sum_that_is_named_has_to_be_the_orders() {
        let (right, less) = (json!({"amount": 1840, "currency": "EUR"}), json!({"amount": 1000, "currency": "EUR"}));
        let dollars = json!({"amount": 1840, "currency": "USD"});
        let paid = |of_payment: &Value, of_operation: &Value| {
            verdict(
                &json!({"status": "success", "sum": of_payment}),
                &json!({"status": "success", "sum_initial": of_operation}),
            )
        };
        assert_eq!(paid(&right, &Value::Null), Verdict::Paid);
        assert_eq!(paid(&Value::Null, &right), Verdict::Paid);
        assert_eq!(paid(&less, &right), Verdict::Held { received: Some(1000) });
        assert_eq!(paid(&right, &less), Verdict::Held { received: Some(1840) });
        assert_eq!(paid(&dollars, &dollars), Verdict::Held { received: None });
        assert_eq!(paid(&Value::Null, &Value::Null), Verdict::Held { received: None });
        assert_eq!(words("partially paid", "success"), Verdict::Held { received: Some(1840) });
    }

    #[test]
    fn a_sale_that_was_refunded_meanwhile_was_paid() {
        let paid = verdict(
            &json!({"status": "partially refunded", "sum": {"amount": 840, "currency": "EUR"}}),
            &json!({"type": "sale", "status": "success", "sum_initial": {"amount": 1840, "currency": "EUR"}}),
        );
        assert_eq!(paid, Verdict::Paid);
    }
}
