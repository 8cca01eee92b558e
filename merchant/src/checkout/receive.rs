//! What a message of ECommPay's changes.

use std::cmp::Ordering;

use protocol::date::UnixMillis;
use protocol::gate::PaymentId;
use protocol::money::Money;
use protocol::status::OperationType;
use serde_json::Value;

use super::deadline::code_deadline;
use super::verdict::Verdict;
use super::{Checkout, Notice, Payment, Sale, Sending};
use crate::timing::Timing;

/// How a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// ECommPay spoke by itself.
    Callback,
    /// It was asked.
    Answer,
}

impl Source {
    /// The name in the database.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::Answer => "answer",
        }
    }
}

/// What a message changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Received {
    /// Whether the document is another one now.
    pub(crate) changed: bool,
    /// What became of the sale, where it was this message that said so.
    pub(crate) outcome: Option<Sale>,
    /// The payer had paid through another code already: the first payment, and this one.
    pub(crate) doubled: Option<(PaymentId, PaymentId)>,
}

impl Checkout {
    /// Takes in what ECommPay says about the payment with this id.
    ///
    /// Messages come late, twice and out of order. What they say is ranked, and a payment only goes up: open,
    /// then refused, then held, then paid, then given back. A success beats a refusal that came before it,
    /// because money that arrived is the truth; nothing that comes later unmakes a payment.
    pub(crate) fn receive(
        &mut self,
        id: &str,
        notice: &Notice,
        source: Source,
        now: UnixMillis,
        timing: &Timing,
    ) -> Received {
        let asked_for = self.sum;
        let first = self.payments.iter().filter(|payment| payment.sale == Sale::Paid && !payment.is_named(id));
        let first = first.min_by_key(|payment| payment.paid_at).map(|payment| payment.id.clone());
        let Some(payment) = self.payment_mut(id) else { return Received::default() };

        if payment.sending == Sending::Pending {
            // The acknowledgement was lost or is still on its way: the sale arrived, or nobody could talk of it.
            payment.accept(notice.operation.request_id.clone(), now, timing);
        }
        let before = payment.sale;
        let changed = payment.take_in(notice, asked_for, now);
        let outcome = (payment.sale != before).then_some(payment.sale);
        if source == Source::Callback {
            payment.asked = 0;
        }
        payment.schedule(now, timing);
        if source == Source::Callback && payment.is_in_doubt(notice) {
            payment.ask_at = Some(now);
        }
        let doubled = match (outcome, first) {
            (Some(Sale::Paid), Some(first)) => Some((first, payment.id.clone())),
            _ => None,
        };
        if changed {
            self.revision += 1;
        }
        Received { changed, outcome, doubled }
    }
}

impl Payment {
    fn take_in(&mut self, notice: &Notice, asked_for: Money, now: UnixMillis) -> bool {
        let kind = notice.kind();
        if kind.returns_money() {
            return self.note_return(notice, &kind, asked_for);
        }
        if kind != OperationType::Sale {
            return false;
        }
        let verdict = Verdict::of(notice, asked_for);
        let next = match verdict {
            Verdict::Contradiction => return false,
            Verdict::Open => Sale::Open,
            Verdict::Declined => Sale::Declined,
            Verdict::Failed => Sale::Failed,
            Verdict::Held { .. } => Sale::Held,
            Verdict::Paid => Sale::Paid,
        };
        match rank(next).cmp(&rank(self.sale)) {
            Ordering::Less => false,
            Ordering::Equal if self.sale != Sale::Open => false,
            Ordering::Equal => self.move_on(notice, now),
            Ordering::Greater => {
                self.sale = next;
                self.received = match verdict {
                    Verdict::Held { received } => received,
                    _ => None,
                };
                self.paid_at = (next == Sale::Paid).then_some(now);
                self.told_at = notice.told_at().or(self.told_at);
                self.body = Some(notice.body.clone());
                true
            }
        }
    }

    /// The payment is open and stays so. A message older than the last one has nothing to say, except that it
    /// may bring the code, which comes only once.
    fn move_on(&mut self, notice: &Notice, now: UnixMillis) -> bool {
        let stale = matches!((notice.told_at(), self.told_at), (Some(new), Some(known)) if new < known);
        if !stale {
            self.told_at = notice.told_at().or(self.told_at);
        }
        let is_news = |code: &&Value| match &self.display_data {
            None => true,
            Some(known) => !stale && known != *code,
        };
        let mut changed = false;
        if let Some(code) = notice.display_data.as_ref().filter(is_news) {
            self.code_deadline = code_deadline(code, notice, self.no_code_before, now);
            self.display_data = Some(code.clone());
            changed = true;
        }
        if stale && self.body.is_some() {
            return changed;
        }
        let mut body = notice.body.clone();
        body.remove("display_data");
        if let (Some(fields), false) = (self.clarification_fields(), body.contains_key("clarification_fields"))
            && body.get("payment").and_then(|payment| payment.get("status"))
                == Some(&Value::from("awaiting clarification"))
        {
            // An answer may leave out what a callback has asked for.
            body.insert("clarification_fields".to_owned(), fields.clone());
        }
        changed |= self.body.as_ref() != Some(&body);
        self.body = Some(body);
        changed
    }

    /// Whether a message leaves something open that asking ECommPay would clear up: a refund of a payment
    /// that nobody has seen paid, or a message that contradicts itself.
    fn is_in_doubt(&self, notice: &Notice) -> bool {
        let speaks_of_money =
            notice.kind().returns_money() || notice.payment.status.as_ref().is_some_and(|status| status.is_paid());
        self.sale != Sale::Paid && self.sale != Sale::Held && speaks_of_money
    }
}

fn rank(sale: Sale) -> u8 {
    match sale {
        Sale::Open => 0,
        Sale::Declined | Sale::Failed => 1,
        Sale::Held => 2,
        Sale::Paid => 3,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::State;
    use super::super::sample::{START, checkout, notice};
    use super::*;

    fn said(checkout: &mut Checkout, id: &str, message: Value) -> Received {
        checkout.receive(id, &notice(message), Source::Callback, UnixMillis(START.0 + 5000), &Timing::default())
    }

    fn sale(status: &str, amount: i64) -> Value {
        let sum = json!({"amount": amount, "currency": "EUR"});
        json!({"payment": {"status": status, "sum": sum}, "operation": {"id": 1, "type": "sale", "status": status, "sum_initial": sum, "code": "0"}})
    }

    fn code(date: &str) -> Value {
        json!({"payment": {"status": "awaiting customer action", "date": date},
            "operation": {"id": 1, "type": "sale", "status": "awaiting customer action"},
            "display_data": [{"type": "qr_data", "title": "QR code", "data": "weixin://wxpay/bizpayurl?pr=a"}]})
    }

    #[test]
    fn a_success_is_the_outcome_once_and_nothing_unmakes_it() {
        let mut checkout = checkout(1);
        let received = said(&mut checkout, "P1", sale("success", 1840));
        assert_eq!(received, Received { changed: true, outcome: Some(Sale::Paid), doubled: None });
        for later in [
            sale("success", 1840),
            sale("success", 1),
            sale("decline", 1840),
            sale("processing", 1840),
            code("2030-01-01T00:00:00Z"),
        ] {
            assert_eq!(said(&mut checkout, "p1", later.clone()), Received::default(), "{later}");
        }
        assert_eq!((checkout.state(), checkout.revision), (State::Paid, 2));
    }

    #[test]
    fn a_refusal_stays_unless_the_money_arrives_after_all() {
        let mut checkout = checkout(1);
        assert_eq!(said(&mut checkout, "p1", sale("decline", 1840)).outcome, Some(Sale::Declined));
        for later in [sale("processing", 1840), code("2030-01-01T00:00:00Z"), sale("error", 1840)] {
            assert!(!said(&mut checkout, "p1", later.clone()).changed, "{later}");
        }
        assert_eq!(said(&mut checkout, "p1", sale("success", 1840)).outcome, Some(Sale::Paid));
    }

    #[test]
    fn a_wrong_sum_is_held_until_the_right_one_arrives() {
        let mut checkout = checkout(1);
        assert_eq!(said(&mut checkout, "p1", sale("success", 1000)).outcome, Some(Sale::Held));
        assert_eq!(checkout.payments[0].received, Some(1000));
        assert!(!said(&mut checkout, "p1", sale("decline", 1840)).changed);
        assert_eq!(said(&mut checkout, "p1", sale("success", 1840)).outcome, Some(Sale::Paid));
        assert_eq!(checkout.payments[0].received, None);
    }

    #[test]
    fn the_second_of_two_successes_is_told_with_the_first() {
        let mut checkout = checkout(2);
        assert_eq!(said(&mut checkout, "p2", sale("success", 1840)).doubled, None);
        let doubled = said(&mut checkout, "p1", sale("success", 1840)).doubled.unwrap();
        assert_eq!((doubled.0.as_str(), doubled.1.as_str()), ("p2", "p1"));
        assert_eq!(said(&mut checkout, "p1", sale("success", 1840)).doubled, None);
    }

    #[test]
    fn the_code_is_kept_while_later_messages_do_not_repeat_it() {
        let mut checkout = checkout(1);
        assert!(said(&mut checkout, "p1", code("2019-01-28T08:00:02Z")).changed);
        assert!(!said(&mut checkout, "p1", code("2019-01-28T08:00:02Z")).changed);
        assert!(
            said(&mut checkout, "p1", json!({"payment": {"status": "processing", "date": "2019-01-28T08:00:03Z"}}))
                .changed
        );
        let payment = &checkout.payments[0];
        assert!(payment.display_data.is_some());
        assert_eq!(payment.body.as_ref().unwrap()["payment"]["status"], "processing");
    }

    #[test]
    fn an_older_message_does_not_turn_the_clock_back_but_may_bring_the_code() {
        let mut checkout = checkout(1);
        said(
            &mut checkout,
            "p1",
            json!({"payment": {"status": "awaiting customer action", "date": "2019-01-28T08:00:05Z"}}),
        );
        assert!(said(&mut checkout, "p1", code("2019-01-28T08:00:02Z")).changed);
        assert!(
            !said(&mut checkout, "p1", json!({"payment": {"status": "processing", "date": "2019-01-28T08:00:01Z"}}))
                .changed
        );
        let payment = &checkout.payments[0];
        assert!(payment.display_data.is_some());
        assert_eq!(payment.body.as_ref().unwrap()["payment"]["status"], "awaiting customer action");
    }

    #[test]
    fn a_declined_refund_is_no_second_payment() {
        let mut checkout = checkout(1);
        said(&mut checkout, "p1", sale("success", 1840));
        let refund = json!({"payment": {"status": "success", "sum": {"amount": 1840, "currency": "EUR"}},
            "operation": {"id": 2, "type": "refund", "status": "decline", "code": "3283"}});
        assert_eq!(said(&mut checkout, "p1", refund), Received::default());
        assert_eq!(checkout.state(), State::Paid);
    }

    #[test]
    fn a_refund_of_what_nobody_saw_paid_is_looked_into_at_once() {
        let mut checkout = checkout(1);
        said(
            &mut checkout,
            "p1",
            json!({"payment": {"status": "refunded"}, "operation": {"id": 2, "type": "refund", "status": "success"}}),
        );
        assert_eq!(checkout.state(), State::Open);
        assert_eq!(checkout.payments[0].ask_at, Some(UnixMillis(START.0 + 5000)));
    }

    #[test]
    fn a_callback_is_an_acknowledgement_too() {
        let mut checkout = checkout(1);
        checkout.payments[0] = Payment::new(PaymentId::new("p1").unwrap(), START);
        said(&mut checkout, "p1", code("2019-01-28T08:00:02Z"));
        let payment = &checkout.payments[0];
        assert_eq!((payment.sending, payment.send_at), (Sending::Accepted, None));
    }

    #[test]
    fn after_a_callback_the_silence_that_is_borne_is_short_again() {
        let mut checkout = checkout(1);
        checkout.payments[0].asked = 5;
        said(&mut checkout, "p1", sale("processing", 1840));
        assert_eq!(checkout.payments[0].ask_at, Some(UnixMillis(START.0 + 5000 + 60_000)));
        let answer = notice(sale("processing", 1840));
        checkout.payments[0].asked = 1;
        checkout.receive("p1", &answer, Source::Answer, UnixMillis(START.0 + 5000), &Timing::default());
        assert_eq!(checkout.payments[0].ask_at, Some(UnixMillis(START.0 + 5000 + 96_000)), "an answer is no callback");
    }

    #[test]
    fn other_operations_and_other_payments_change_nothing() {
        let mut checkout = checkout(1);
        for kind in ["auth", "capture", "account verification"] {
            let mut message = sale("success", 1840);
            message["operation"]["type"] = json!(kind);
            assert!(!said(&mut checkout, "p1", message).changed, "{kind}");
        }
        assert_eq!(said(&mut checkout, "elsewhere", sale("success", 1840)), Received::default());
    }

    #[test]
    fn a_question_stays_while_answers_leave_it_out_and_goes_when_it_is_over() {
        let mut checkout = checkout(1);
        let wanted =
            json!({"payment": {"status": "awaiting clarification"}, "clarification_fields": {"customer": ["email"]}});
        said(&mut checkout, "p1", wanted);
        said(
            &mut checkout,
            "p1",
            json!({"payment": {"status": "awaiting clarification"}, "operation": {"code": "9999"}}),
        );
        assert_eq!(checkout.payments[0].clarification_fields(), Some(&json!({"customer": ["email"]})));
        said(&mut checkout, "p1", json!({"payment": {"status": "processing"}}));
        assert_eq!(checkout.payments[0].clarification_fields(), None);
    }
}
