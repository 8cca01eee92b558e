//! Money that goes back to the payer.

use protocol::money::Money;
use protocol::status::{OperationStatus, OperationType, PaymentStatus};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Notice, Payment};

/// One refund or reversal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Return {
    /// ECommPay's number for the operation.
    pub(crate) operation: String,
    #[serde(rename = "type")]
    pub(crate) kind: OperationType,
    pub(crate) status: OperationStatus,
    /// Minor units of the order's currency.
    pub(crate) amount: i64,
    /// The operation as the payer may see it.
    pub(crate) body: Value,
}

/// How much of a payment went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Returned {
    Nothing,
    Part,
    All,
}

impl Payment {
    /// The minor units that went back. `payment.sum` of a refund's callback is not asked: the sources
    /// disagree about what it means.
    pub(crate) fn returned_amount(&self) -> i64 {
        self.successful_returns().fold(0, |sum, one| sum.saturating_add(one.amount))
    }

    /// How much of the payment went back.
    pub(crate) fn returned(&self, asked_for: Money) -> Returned {
        match self.returned_amount() {
            ..=0 => Returned::Nothing,
            amount if amount < self.paid_amount(asked_for) => Returned::Part,
            _ => Returned::All,
        }
    }

    /// The last refund that went through.
    pub(crate) fn last_return(&self) -> Option<&Return> {
        self.successful_returns().last()
    }

    /// ECommPay's word for a payment of which money went back.
    pub(crate) fn returned_status(&self, asked_for: Money) -> PaymentStatus {
        let reversed = self.successful_returns().all(|one| one.kind == OperationType::Reversal);
        match (self.returned(asked_for), reversed) {
            (Returned::All, true) => PaymentStatus::Reversed,
            (Returned::All, false) => PaymentStatus::Refunded,
            (_, true) => PaymentStatus::PartiallyReversed,
            (_, false) => PaymentStatus::PartiallyRefunded,
        }
    }

    /// Notes what a callback says about a refund. Says whether the payer sees a difference.
    pub(super) fn note_return(&mut self, notice: &Notice, kind: &OperationType, asked_for: Money) -> bool {
        let status = notice.operation.status.clone().unwrap_or_else(|| OperationStatus::Other(String::new()));
        let body = notice.body.get("operation").cloned().unwrap_or_default();
        let one = Return {
            operation: notice.operation_key(),
            kind: kind.clone(),
            status,
            amount: self.amount_of(notice, asked_for),
            body,
        };
        let succeeded = one.status == OperationStatus::Success;
        match self.returns.iter_mut().find(|known| known.operation == one.operation) {
            Some(known) if known.status.is_final() => false,
            Some(known) => {
                *known = one;
                succeeded
            }
            None => {
                self.returns.push(one);
                succeeded
            }
        }
    }

    /// A sum in another currency cannot be added up; whatever it is, it is not the order's money.
    fn amount_of(&self, notice: &Notice, asked_for: Money) -> i64 {
        match notice.operation.sum_initial {
            Some(sum) if sum.currency == asked_for.currency => sum.amount.max(0),
            Some(_) => 0,
            None => match notice.payment.status {
                Some(PaymentStatus::Refunded | PaymentStatus::Reversed) => {
                    self.paid_amount(asked_for) - self.returned_amount()
                }
                _ => 0,
            },
        }
    }

    fn successful_returns(&self) -> impl Iterator<Item = &Return> {
        self.returns.iter().filter(|one| one.status == OperationStatus::Success)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::sample::{notice, payment, sum};
    use super::*;

    fn refund(payment: &mut Payment, id: i64, status: &str, amount: i64) -> bool {
        let notice = notice(json!({"payment": {"id": "p1", "status": "success"},
            "operation": {"id": id, "type": "refund", "status": status, "sum_initial": {"amount": amount, "currency": "EUR"}}}));
        payment.note_return(&notice, &OperationType::Refund, sum())
    }

    #[test]
    fn successful_refunds_add_up_and_others_do_not_count() {
        let mut payment = payment("p1");
        assert!(!refund(&mut payment, 1, "processing", 840));
        assert!(refund(&mut payment, 1, "success", 840));
        assert!(!refund(&mut payment, 2, "decline", 9999));
        assert_eq!((payment.returned_amount(), payment.returned(sum())), (840, Returned::Part));
        assert!(refund(&mut payment, 3, "success", 1000));
        assert_eq!((payment.returned_amount(), payment.returned(sum())), (1840, Returned::All));
        assert_eq!(payment.last_return().unwrap().operation, "3");
    }

    #[test]
    fn a_refund_does_not_go_back_from_its_end_and_is_not_counted_twice() {
        let mut payment = payment("p1");
        assert!(refund(&mut payment, 1, "success", 840));
        assert!(!refund(&mut payment, 1, "success", 840));
        assert!(!refund(&mut payment, 1, "processing", 840));
        assert!(!refund(&mut payment, 1, "decline", 840));
        assert_eq!(payment.returned_amount(), 840);
    }

    #[test]
    fn a_sum_in_another_currency_is_not_added() {
        let mut payment = payment("p1");
        let strange = notice(json!({"operation": {"id": 1, "type": "refund", "status": "success",
            "sum_initial": {"amount": 100, "currency": "USD"}}}));
        payment.note_return(&strange, &OperationType::Refund, sum());
        assert_eq!(payment.returned(sum()), Returned::Nothing);
    }

    #[test]
    fn a_refund_that_does_not_name_its_sum_is_all_of_it_when_the_payment_says_so() {
        let mut payment = payment("p1");
        let whole = notice(
            json!({"payment": {"status": "reversed"}, "operation": {"id": 1, "type": "reversal", "status": "success"}}),
        );
        payment.note_return(&whole, &OperationType::Reversal, sum());
        assert_eq!((payment.returned(sum()), payment.returned_status(sum())), (Returned::All, PaymentStatus::Reversed));
    }
}
