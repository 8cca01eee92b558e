//! Checkouts for tests: one of 18.40 EUR, with payments `p1`, `p2`, … that ECommPay has accepted.

use protocol::date::UnixMillis;
use protocol::gate::{Customer, PaymentId};
use protocol::money::{Currency, Money};
use protocol::status::{OperationStatus, OperationType};
use serde_json::{Value, json};

use super::{Checkout, CheckoutId, Notice, Payment, Return, Sending};
use crate::timing::Timing;
use crate::token::Token;

/// 2019-01-28T08:00:00Z
pub(crate) const START: UnixMillis = UnixMillis(1_548_662_400_000);

pub(crate) fn sum() -> Money {
    Money::new(1840, Currency::parse("EUR").unwrap())
}

pub(crate) fn checkout(payments: usize) -> Checkout {
    Checkout {
        id: CheckoutId(1),
        token: Token::read("AbCdEfGhIjKlMnOpQrStUvWxYz012345").unwrap(),
        sum: sum(),
        description: "2 × Longjing, 50 g".into(),
        customer: Customer::new("c1", "192.0.2.1"),
        revision: 1,
        cancelled_at: None,
        payments: (1..=payments).map(|number| payment(&format!("p{number}"))).collect(),
    }
}

pub(crate) fn payment(id: &str) -> Payment {
    Payment { sending: Sending::Accepted, send_at: None, ..Payment::new(PaymentId::new(id).unwrap(), START) }
}

/// A payment on the hosted page that nobody has confirmed yet.
pub(crate) fn hosted(id: &str) -> Payment {
    let config = json!({"payment_id": id, "best_before": "2019-01-28T10:00:00+00:00", "signature": "s"});
    Payment::hosted(PaymentId::new(id).unwrap(), config, START, &Timing::default())
}

/// A checkout with the code's payment `p1`, and `h1` on the hosted page.
pub(crate) fn both() -> Checkout {
    let mut checkout = checkout(1);
    checkout.payments.push(hosted("h1"));
    checkout
}

pub(crate) fn notice(message: Value) -> Notice {
    Notice::of_callback(message).unwrap()
}

pub(crate) fn give_back(payment: &mut Payment, amount: i64) {
    payment.returns.push(Return {
        operation: format!("r{}", payment.returns.len()),
        kind: OperationType::Refund,
        status: OperationStatus::Success,
        amount,
        body: json!({"type": "refund", "status": "success", "code": "0", "sum_initial": {"amount": amount, "currency": "EUR"}}),
    });
}
