//! All payments, found by the shop's name or by a scanned code.

use std::collections::HashMap;

use protocol::money::Money;
use protocol::status::OperationType;

use crate::clock::Clock;
use crate::payment::{Operation, Payment};
use crate::token;

/// All payments in the order they were made.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    payments: Vec<Payment>,
    by_name: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
    operations: i64,
}

impl Ledger {
    /// The payment of this name, whatever its case.
    pub(crate) fn find(&self, name: &str) -> Option<&Payment> {
        self.payments.get(*self.by_name.get(&name.to_lowercase())?)
    }

    /// The payment of this name, whatever its case.
    pub(crate) fn find_mut(&mut self, name: &str) -> Option<&mut Payment> {
        self.payments.get_mut(*self.by_name.get(&name.to_lowercase())?)
    }

    /// The payment that a code was made for, be the code still good or not.
    pub(crate) fn find_by_code(&self, token: &str) -> Option<&Payment> {
        self.payments.get(*self.by_code.get(token)?)
    }

    /// The payment and the operation that a request led to.
    pub(crate) fn find_by_request(&self, request_id: &str) -> Option<(&Payment, &Operation)> {
        self.operations().find(|(_, operation)| operation.request_id == request_id)
    }

    /// Remembers which payment a code is for.
    pub(crate) fn know_code(&mut self, token: &str, name: &str) {
        if let Some(index) = self.by_name.get(&name.to_lowercase()) {
            self.by_code.insert(token.to_owned(), *index);
        }
    }

    /// Adds a payment. One of the same name that failed its initial check gives way, and leaves behind what was
    /// sent about it.
    pub(crate) fn add(&mut self, mut payment: Payment) {
        let name = payment.id.folded();
        if let Some(old) = self.find_mut(&name) {
            payment.sent = std::mem::take(&mut old.sent);
            *old = payment;
            return;
        }
        self.by_name.insert(name, self.payments.len());
        self.payments.push(payment);
    }

    /// An operation with a number and a request of its own.
    pub(crate) fn begin(&mut self, kind: OperationType, clock: &Clock, sum: Money) -> Operation {
        // ECommPay's numbers have thirteen digits: more than 32 bits, and a shop should notice.
        const FIRST: i64 = 9_227_000_000_000;
        self.operations += 1;
        let request_id = format!("{}-{:08}", token::hex(40), self.operations);
        Operation::new(FIRST + self.operations, kind, clock.now(), request_id, sum)
    }

    /// All payments in the order they were made.
    pub(crate) fn payments(&self) -> impl Iterator<Item = &Payment> {
        self.payments.iter()
    }

    /// All operations, payment by payment.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (&Payment, &Operation)> {
        self.payments.iter().flat_map(|payment| payment.operations.iter().map(move |operation| (payment, operation)))
    }
}
