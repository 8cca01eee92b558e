//! One payment and what can happen to it.

mod clarification;
mod operation;

pub(crate) use clarification::{Shape, Wanted};
pub(crate) use operation::Operation;

use protocol::date::UnixMillis;
use protocol::gate::{CallbackOptions, PaymentId, ReturnUrl, SaleRequest};
use protocol::money::Money;
use protocol::status::{OperationStatus, OperationType, PaymentStatus};
use serde_json::{Map, Value, json};

use crate::wechat::WechatCode;

/// One payment.
#[derive(Debug)]
pub(crate) struct Payment {
    pub(crate) id: PaymentId,
    pub(crate) door: Door,
    pub(crate) sum: Money,
    pub(crate) description: Option<String>,
    pub(crate) customer: Customer,
    pub(crate) addresses: Addresses,
    pub(crate) callback: CallbackOptions,
    pub(crate) return_url: ReturnUrl,
    pub(crate) status: PaymentStatus,
    pub(crate) updated: UnixMillis,
    /// The sale first, then the refunds in the order they were asked for.
    pub(crate) operations: Vec<Operation>,
    pub(crate) code: Option<WechatCode>,
    pub(crate) display_data: Value,
    pub(crate) wanted: Option<Wanted>,
    pub(crate) errors: Vec<Value>,
    pub(crate) sent: Vec<Sent>,
}

/// Through which of ECommPay's interfaces a payment came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// The shop's server asked for a code and shows it.
    Gate,
    /// The payer confirmed on the hosted page, which shows everything by itself.
    Page,
}

/// Who pays.
#[derive(Debug)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) ip_address: String,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
}

/// Where callbacks about a payment go.
#[derive(Debug)]
pub(crate) struct Addresses {
    pub(crate) any: Option<String>,
    pub(crate) success: Option<String>,
    pub(crate) decline: Option<String>,
}

/// A callback as it was sent, or was to be sent and got lost.
#[derive(Debug)]
pub(crate) struct Sent {
    /// Grows from callback to callback, and is the same for every send of one.
    pub(crate) number: u64,
    pub(crate) body: Value,
    /// The HTTP status of the answer; none where nobody answered or the callback got lost.
    pub(crate) answer: Option<u16>,
}

/// The payment has an outcome already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settled;

impl Payment {
    /// A payment that was just asked for.
    pub(crate) fn new(door: Door, request: SaleRequest, sale: Operation) -> Self {
        let SaleRequest { general, customer, payment, callback, return_url } = request;
        Self {
            id: general.payment_id,
            door,
            sum: payment.sum(),
            description: payment.description,
            customer: Customer {
                id: customer.id,
                ip_address: customer.ip_address,
                email: customer.email,
                phone: customer.phone,
            },
            addresses: Addresses {
                any: general.merchant_callback_url,
                success: general.merchant_success_callback_url,
                decline: general.merchant_decline_callback_url,
            },
            callback: callback.unwrap_or_default(),
            return_url: return_url.unwrap_or_default(),
            status: PaymentStatus::Processing,
            updated: sale.created,
            operations: vec![sale],
            code: None,
            display_data: json!([]),
            wanted: None,
            errors: Vec::new(),
            sent: Vec::new(),
        }
    }

    /// Whether the payment has an outcome.
    pub(crate) fn is_settled(&self) -> bool {
        self.status.is_final()
    }

    /// The sale that began it.
    pub(crate) fn sale(&self) -> Option<&Operation> {
        self.operations.first()
    }

    /// The operation with this number.
    pub(crate) fn operation(&self, id: i64) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// What was given back so far.
    pub(crate) fn refunded(&self) -> i64 {
        let done = self.operations.iter().filter(|operation| {
            operation.kind == OperationType::Refund && operation.status == OperationStatus::Success
        });
        done.map(|operation| operation.sum.amount).sum()
    }

    /// `payment.sum` as callbacks tell it. ECommPay's documents disagree: after a part it is what is left,
    /// after the whole the WeChat page still prints the full sum.
    pub(crate) fn shown_sum(&self) -> Money {
        match self.status {
            PaymentStatus::PartiallyRefunded => Money::new(self.sum.amount - self.refunded(), self.sum.currency),
            _ => self.sum,
        }
    }

    /// The code was made at WeChat: the payer's turn.
    pub(crate) fn show(&mut self, now: UnixMillis, code: WechatCode, display_data: Value) -> Result<(), Settled> {
        self.move_to(now, PaymentStatus::AwaitingCustomerAction, OperationStatus::AwaitingCustomerAction, "9999")?;
        self.code = Some(code);
        self.display_data = display_data;
        Ok(())
    }

    /// The platform wants to know something first. A code that was out is void.
    pub(crate) fn ask(&mut self, now: UnixMillis, wanted: Wanted) -> Result<(), Settled> {
        self.move_to(now, PaymentStatus::AwaitingClarification, OperationStatus::AwaitingClarification, "9999")?;
        self.wanted = Some(wanted);
        self.code = None;
        self.display_data = json!([]);
        Ok(())
    }

    /// Takes what the platform asked for. Whether that was all of it; none where nothing was asked.
    pub(crate) fn take_answer(&mut self, now: UnixMillis, answer: &Map<String, Value>) -> Option<bool> {
        let (accepted, open) = self.wanted.as_ref()?.answer(now, answer);
        for (field, value) in accepted {
            match field {
                "phone" => self.customer.phone = Some(value),
                _ => self.customer.email = Some(value),
            }
        }
        let is_complete = open.is_none();
        if is_complete {
            self.go_on(now).ok()?;
        } else {
            self.wanted = open;
        }
        Some(is_complete)
    }

    /// The code that is out is void and another one is wanted. None where no code is out.
    pub(crate) fn take_back_code(&mut self, now: UnixMillis) -> Option<()> {
        if self.status != PaymentStatus::AwaitingCustomerAction {
            return None;
        }
        self.code = None;
        self.display_data = json!([]);
        self.go_on(now).ok()
    }

    /// The platform knows enough and goes on.
    fn go_on(&mut self, now: UnixMillis) -> Result<(), Settled> {
        self.wanted = None;
        self.move_to(now, PaymentStatus::Processing, OperationStatus::Processing, "9999")
    }

    /// The payer paid.
    pub(crate) fn succeed(&mut self, now: UnixMillis, receipt: String) -> Result<(), Settled> {
        self.move_to(now, PaymentStatus::Success, OperationStatus::Success, "0")?;
        if let Some(sale) = self.operations.first_mut() {
            sale.receipt = Some((receipt, now));
        }
        Ok(())
    }

    /// The payment was refused.
    pub(crate) fn decline(&mut self, now: UnixMillis, code: &str) -> Result<(), Settled> {
        self.move_to(now, PaymentStatus::Decline, OperationStatus::Decline, code)
    }

    /// The initial check failed after the acknowledgement. The same name may be used again.
    pub(crate) fn fail(&mut self, now: UnixMillis, code: &str) -> Result<(), Settled> {
        self.move_to(now, PaymentStatus::Error, OperationStatus::Decline, code)?;
        let number: i64 = code.parse().unwrap_or(100);
        self.errors = vec![json!({"code": number, "message": crate::result_code::text(code)})];
        Ok(())
    }

    /// Ends a refund that was asked for, one way or the other.
    pub(crate) fn settle_refund(&mut self, now: UnixMillis, id: i64, receipt: String) {
        let left = self.sum.amount - self.refunded();
        let Some(refund) = self.operations.iter_mut().find(|operation| operation.id == id) else { return };
        if refund.status.is_final() {
            return;
        }
        if refund.sum.amount > left {
            refund.end(now, OperationStatus::Decline, "3283");
            return;
        }
        let whole = refund.sum.amount == left;
        refund.end(now, OperationStatus::Success, "0");
        refund.receipt = Some((receipt, now));
        self.status = if whole { PaymentStatus::Refunded } else { PaymentStatus::PartiallyRefunded };
        self.updated = now;
    }

    fn move_to(
        &mut self,
        now: UnixMillis,
        status: PaymentStatus,
        sale: OperationStatus,
        code: &str,
    ) -> Result<(), Settled> {
        if self.is_settled() {
            return Err(Settled);
        }
        self.status = status;
        self.updated = now;
        if let Some(operation) = self.operations.first_mut() {
            operation.end(now, sale, code);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use protocol::gate::{Customer, General, ProjectId};
    use protocol::money::Currency;

    use super::*;

    const NOW: UnixMillis = UnixMillis(1_548_662_842_000);

    fn payment() -> Payment {
        let general = General::new(ProjectId::new(238).unwrap(), PaymentId::new("P1").unwrap());
        let sum = Money::new(1370, Currency::parse("EUR").unwrap());
        let request = SaleRequest::new(general, Customer::new("1", "1.2.3.4"), sum).unwrap();
        Payment::new(Door::Gate, request, Operation::new(1, OperationType::Sale, NOW, "r-1".into(), sum))
    }

    fn refund(payment: &mut Payment, id: i64, amount: i64) {
        let sum = Money::new(amount, payment.sum.currency);
        payment.operations.push(Operation::new(id, OperationType::Refund, NOW, "r".into(), sum));
        payment.settle_refund(NOW, id, "receipt".into());
    }

    #[test]
    fn an_outcome_is_final() {
        let mut payment = payment();
        assert_eq!(payment.succeed(NOW, "423163569".into()), Ok(()));
        assert_eq!(payment.decline(NOW, "20105"), Err(Settled));
        assert_eq!(payment.show(NOW, WechatCode::new(NOW, None), json!([])), Err(Settled));
        assert_eq!((payment.status.as_str(), payment.sale().unwrap().code.as_str()), ("success", "0"));
    }

    #[test]
    fn a_question_voids_the_code_that_was_out() {
        let mut payment = payment();
        payment.show(NOW, WechatCode::new(NOW, None), json!([1])).unwrap();
        payment.ask(NOW, Wanted::new(NOW, Shape::Schema)).unwrap();
        assert!(payment.code.is_none() && payment.display_data == json!([]));
        assert_eq!(payment.status, PaymentStatus::AwaitingClarification);
    }

    #[test]
    fn parts_that_add_up_to_the_whole_make_a_payment_refunded() {
        let mut payment = payment();
        payment.succeed(NOW, "1".into()).unwrap();
        refund(&mut payment, 2, 1000);
        assert_eq!((payment.status.as_str(), payment.shown_sum().amount), ("partially refunded", 370));
        refund(&mut payment, 3, 371);
        assert_eq!(payment.operations[2].code, "3283");
        assert_eq!((payment.status.as_str(), payment.refunded()), ("partially refunded", 1000));
        refund(&mut payment, 4, 370);
        assert_eq!((payment.status.as_str(), payment.refunded()), ("refunded", 1370));
    }
}
