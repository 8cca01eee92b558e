//! The checkout document: what a browser is told.
//!
//! It is what ECommPay last said about the payment that is shown, as far as the payer may see it, plus what
//! this shop adds in `checkout`. Sum and description are always the order's own.

use protocol::date::UnixMillis;
use protocol::gate::ProjectId;
use protocol::status::PaymentStatus;
use serde_json::{Map, Value, json};

use super::{Checkout, Payment, Sale, Shown, State};
use crate::catalogue::PAYEE;
use crate::settings::BaseUrl;

/// What a browser is told about a checkout at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    body: Map<String, Value>,
    /// Grows with each change.
    pub(crate) revision: i64,
    /// Where the checkout stands.
    pub(crate) state: State,
    /// The seconds the code still works; negative when its time is over.
    pub(crate) expires_in: Option<f64>,
    /// Whether a hosted page would still be offered, had its time not run out: the one change of a document
    /// that makes no new revision.
    pub(crate) page_is_closed: bool,
}

/// Where the signed config of a hosted page stands.
const PAYMENT_PAGE: &str = "payment_page";

impl Document {
    /// Says beside the config of a hosted page, if there is one, where that page is.
    pub(crate) fn with_payment_page_at(mut self, url: &BaseUrl) -> Self {
        if let Some(checkout) = self.body.get_mut("checkout").and_then(Value::as_object_mut)
            && checkout.contains_key(PAYMENT_PAGE)
        {
            checkout.insert("payment_page_url".to_owned(), url.to_string().into());
        }
        self
    }

    /// The document, with the time that is left as of its writing.
    pub(crate) fn into_value(mut self) -> Value {
        if let (Some(seconds), Some(checkout)) =
            (self.expires_in, self.body.get_mut("checkout").and_then(Value::as_object_mut))
        {
            checkout.insert("expires_in".to_owned(), seconds.into());
        }
        Value::Object(self.body)
    }
}

impl Checkout {
    /// The document as of `now`. None only for a checkout without any payment, which is never stored.
    pub(crate) fn document(&self, project: ProjectId, now: UnixMillis) -> Option<Document> {
        let Shown { payment, state } = self.shown()?;
        let mut body = Map::new();
        body.insert("project_id".to_owned(), project.number().into());
        body.insert("payment".to_owned(), self.payment_member(payment, state));
        body.insert("operation".to_owned(), operation_member(payment, state));
        // Open is also a checkout whose code was refused, while the payer is at work on the hosted page.
        let is_payable = state == State::Open && payment.sale == Sale::Open;
        if is_payable {
            // The hosted page shows its own code, and two would be one too many.
            let code = payment.display_data.clone().filter(|_| !payment.is_hosted());
            body.extend(code.map(|code| ("display_data".to_owned(), code)));
            let fields = payment.clarification_fields().cloned();
            body.extend(fields.map(|fields| ("clarification_fields".to_owned(), fields)));
        }
        let mut checkout = Map::new();
        checkout.insert("payee".to_owned(), PAYEE.into());
        checkout.insert("revision".to_owned(), self.revision.into());
        checkout.insert("links".to_owned(), self.links(payment, state));
        let returned = payment.returned_amount();
        if matches!(state, State::PartlyRefunded | State::Refunded) {
            checkout.insert("refunded".to_owned(), json!({"amount": returned, "currency": self.sum.currency.code()}));
        }
        let page = self.offered_page(state);
        let page_is_closed = page.and_then(|page| page.until).is_some_and(|end| end <= now);
        let page = page.filter(|_| !page_is_closed);
        checkout.extend(page.map(|page| (PAYMENT_PAGE.to_owned(), page.config.clone())));
        body.insert("checkout".to_owned(), Value::Object(checkout));
        let expires_in =
            payment.code_deadline.filter(|_| is_payable && !payment.is_hosted()).map(|end| seconds_until(end, now));
        Some(Document { body, revision: self.revision, state, expires_in, page_is_closed })
    }

    fn payment_member(&self, payment: &Payment, state: State) -> Value {
        let said = payment.body.as_ref().and_then(|body| body.get("payment")).and_then(Value::as_object);
        let word = said.and_then(|said| said.get("status")).and_then(Value::as_str);
        let told = word.map(PaymentStatus::read);
        let status = match state {
            State::Open => told.filter(|status| !status.is_final()).unwrap_or(PaymentStatus::Processing),
            // The payer has paid something, and nobody has decided yet what that means. "Paid" would be a
            // promise to deliver, "declined" an invitation to pay again.
            State::Held => PaymentStatus::Processing,
            State::Paid => PaymentStatus::Success,
            State::PartlyRefunded | State::Refunded => payment.returned_status(self.sum),
            State::Declined if told == Some(PaymentStatus::Cancelled) => PaymentStatus::Cancelled,
            State::Declined => PaymentStatus::Decline,
            State::Failed => PaymentStatus::Error,
            State::Cancelled => PaymentStatus::Cancelled,
        };
        let mut member = said.cloned().unwrap_or_default();
        member.entry("type").or_insert_with(|| "purchase".into());
        member.entry("method").or_insert_with(|| "wechat".into());
        member.insert("id".to_owned(), payment.id.as_str().into());
        member.insert("status".to_owned(), status.as_str().into());
        member.insert("sum".to_owned(), json!({"amount": self.sum.amount, "currency": self.sum.currency.code()}));
        member.insert("description".to_owned(), self.description.clone().into());
        Value::Object(member)
    }

    /// Same-origin addresses of what makes sense in this state.
    fn links(&self, shown: &Payment, state: State) -> Value {
        let base = ["/api/checkouts/", self.token.as_str()].concat();
        let mut links = Map::new();
        let mut link = |name: &str, path: &str| links.insert(name.to_owned(), [&base, path].concat().into());
        link("status", "");
        if !state.is_final() {
            link("events", "/events");
        }
        let asked = shown.clarification_fields().is_some();
        match state {
            State::Open => {
                link("cancel", "/cancel");
                if asked {
                    link("clarify", "/clarification")
                } else {
                    link("renew", "/renew")
                };
            }
            State::Declined | State::Failed => {
                link("renew", "/renew");
            }
            State::Held | State::Paid | State::PartlyRefunded | State::Refunded | State::Cancelled => {}
        }
        Value::Object(links)
    }
}

fn operation_member(payment: &Payment, state: State) -> Value {
    let said = || payment.body.as_ref()?.get("operation").cloned();
    let bare = |status: &str| json!({"type": "sale", "status": status});
    match state {
        State::Held => {
            json!({"type": "sale", "status": "processing", "code": "9999", "message": "The payment is being checked"})
        }
        State::Cancelled => bare("cancelled"),
        State::PartlyRefunded | State::Refunded => {
            payment.last_return().map(|last| last.body.clone()).unwrap_or_else(|| bare("success"))
        }
        State::Open | State::Paid | State::Declined | State::Failed => {
            let status = match state {
                State::Open => "processing",
                State::Paid => "success",
                _ => "decline",
            };
            let refused = || matches!(payment.sale, Sale::Declined | Sale::Failed);
            let said = if state == State::Open && refused() { None } else { said() };
            let mut operation = said.unwrap_or_else(|| bare(status));
            if let Some(members) = operation.as_object_mut() {
                members.entry("type").or_insert_with(|| "sale".into());
                members.entry("status").or_insert_with(|| status.into());
            }
            operation
        }
    }
}

/// To a tenth of a second; more would pretend to know more.
pub(super) fn seconds_until(end: UnixMillis, now: UnixMillis) -> f64 {
    const DAY: i64 = 86_400_000;
    let tenths = end.since(now).clamp(-DAY, DAY) / 100;
    tenths as f64 / 10.0
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::Source;
    use super::super::sample::{START, both, checkout, give_back, notice};
    use super::*;
    use crate::timing::{Timing, after};

    fn document(checkout: &Checkout) -> Value {
        checkout.document(ProjectId::new(238).unwrap(), after(START, Duration::from_secs(30))).unwrap().into_value()
    }

    fn said(checkout: &mut Checkout, id: &str, message: Value) {
        checkout.receive(
            id,
            &notice(message),
            Source::Callback,
            after(START, Duration::from_secs(2)),
            &Timing::default(),
        );
    }

    fn code() -> Value {
        json!({"project_id": 238, "payment": {"id": "p1", "type": "purchase", "status": "awaiting customer action",
                "method": "wechat", "sum": {"amount": 1840, "currency": "EUR"}, "description": "whatever"},
            "operation": {"id": 7, "type": "sale", "status": "awaiting customer action", "code": "9999",
                "created_date": "2019-01-28T08:00:01+0000"},
            "display_data": [{"type": "qr_data", "title": "QR code", "data": "weixin://wxpay/bizpayurl?pr=a"},
                {"type": "add_info", "title": "QR Code Timeout", "data": "600"}],
            "customer": {"phone": "861234567890"}, "signature": "s"})
    }

    fn outcome(status: &str, amount: i64) -> Value {
        let sum = json!({"amount": amount, "currency": "EUR"});
        json!({"payment": {"id": "p1", "status": status, "sum": sum}, "operation": {"id": 7, "type": "sale",
            "status": status, "code": "20105", "message": "m", "sum_initial": sum}})
    }

    const LINK: &str = "/api/checkouts/AbCdEfGhIjKlMnOpQrStUvWxYz012345";

    #[test]
    fn before_anything_is_known_the_document_says_what_is_bought() {
        assert_eq!(
            document(&checkout(1)),
            json!({
                "project_id": 238,
                "payment": {"id": "p1", "type": "purchase", "status": "processing", "method": "wechat",
                    "sum": {"amount": 1840, "currency": "EUR"}, "description": "2 × Longjing, 50 g"},
                "operation": {"type": "sale", "status": "processing"},
                "checkout": {"payee": "Camellia Tea", "revision": 1, "links": {"status": LINK, "events": format!("{LINK}/events"),
                    "renew": format!("{LINK}/renew"), "cancel": format!("{LINK}/cancel")}}
            })
        );
    }

    #[test]
    fn with_a_code_the_document_is_the_callback_and_the_time_that_is_left() {
        let mut checkout = checkout(1);
        said(&mut checkout, "p1", code());
        let document = document(&checkout);
        assert_eq!(document["payment"]["status"], "awaiting customer action");
        assert_eq!(document["payment"]["description"], "2 × Longjing, 50 g");
        assert_eq!(document["operation"]["code"], "9999");
        assert_eq!(document["display_data"], code()["display_data"]);
        // Created one second after it was sent, asked for 30 seconds after that.
        assert_eq!(document["checkout"]["expires_in"], 571.0);
        assert_eq!(document["checkout"]["revision"], 2);
        assert!(document.get("customer").is_none() && document.get("signature").is_none(), "{document}");
    }

    #[test]
    fn the_time_that_is_left_goes_below_zero_and_says_so() {
        let mut checkout = checkout(1);
        said(&mut checkout, "p1", code());
        let late =
            checkout.document(ProjectId::new(238).unwrap(), after(START, Duration::from_millis(602_350))).unwrap();
        assert_eq!(late.expires_in, Some(-1.3));
    }

    #[test]
    fn once_paid_there_is_no_code_and_nothing_to_do() {
        let mut checkout = checkout(1);
        said(&mut checkout, "p1", code());
        said(&mut checkout, "p1", outcome("success", 1840));
        let document = document(&checkout);
        assert_eq!(
            (&document["payment"]["status"], &document["operation"]["status"]),
            (&json!("success"), &json!("success"))
        );
        assert_eq!(document["checkout"], json!({"payee": "Camellia Tea", "revision": 3, "links": {"status": LINK}}));
        assert!(document.get("display_data").is_none());
    }

    #[test]
    fn a_refusal_shows_its_code_and_a_way_on() {
        let mut checkout = checkout(1);
        said(&mut checkout, "p1", outcome("decline", 1840));
        let document = document(&checkout);
        assert_eq!(
            (&document["payment"]["status"], &document["operation"]["code"]),
            (&json!("decline"), &json!("20105"))
        );
        assert_eq!(document["checkout"]["links"], json!({"status": LINK, "renew": format!("{LINK}/renew")}));
    }

    #[test]
    fn a_sum_that_is_not_the_orders_is_neither_paid_nor_refused() {
        let mut checkout = checkout(1);
        said(&mut checkout, "p1", code());
        said(&mut checkout, "p1", outcome("success", 1));
        let document = document(&checkout);
        assert_eq!(document["payment"]["status"], "processing");
        assert_eq!(document["payment"]["sum"]["amount"], 1840);
        assert_eq!(
            document["operation"],
            json!({"type": "sale", "status": "processing", "code": "9999", "message": "The payment is being checked"})
        );
        assert_eq!(document["checkout"]["links"], json!({"status": LINK, "events": format!("{LINK}/events")}));
        assert!(document.get("display_data").is_none(), "a code that is still shown would be paid again");
    }

    #[test]
    fn what_ecommpay_refused_at_once_is_an_error_with_its_code() {
        let mut checkout = checkout(1);
        checkout.payments[0].sending = super::super::Sending::Pending;
        checkout.payments[0].refuse(Some("2004"), Some("Required field not provided"));
        let document = document(&checkout);
        assert_eq!(document["payment"]["status"], "error");
        assert_eq!(
            document["operation"],
            json!({"type": "sale", "status": "decline", "code": "2004", "message": "Required field not provided"})
        );
    }

    #[test]
    fn giving_up_is_told_and_cannot_be_undone_but_by_money() {
        let mut checkout = checkout(1);
        checkout.cancel(START).unwrap();
        let document = document(&checkout);
        assert_eq!(document["payment"]["status"], "cancelled");
        assert_eq!(document["checkout"]["links"], json!({"status": LINK}));
    }

    #[test]
    fn a_refund_is_told_with_what_went_back_in_all() {
        let mut checkout = checkout(1);
        checkout.payments[0].sale = Sale::Paid;
        give_back(&mut checkout.payments[0], 840);
        let part = document(&checkout);
        assert_eq!(part["payment"]["status"], "partially refunded");
        assert_eq!(part["operation"]["sum_initial"]["amount"], 840);
        give_back(&mut checkout.payments[0], 1000);
        let all = document(&checkout);
        assert_eq!(all["payment"]["status"], "refunded");
        assert_eq!(all["checkout"]["refunded"], json!({"amount": 1840, "currency": "EUR"}));
    }

    #[test]
    fn while_something_is_asked_there_is_a_way_to_answer() {
        let mut checkout = checkout(1);
        said(
            &mut checkout,
            "p1",
            json!({"payment": {"status": "awaiting clarification"}, "clarification_fields": {"customer": ["email"]}}),
        );
        let asked = document(&checkout);
        assert_eq!(asked["clarification_fields"], json!({"customer": ["email"]}));
        assert_eq!(asked["checkout"]["links"]["clarify"], format!("{LINK}/clarification"));
        checkout.payments[0].clarified(START);
        let answered = document(&checkout);
        assert_eq!(answered["payment"]["status"], "processing");
        assert!(answered.get("clarification_fields").is_none());
    }

    #[test]
    fn a_hosted_page_is_offered_with_its_address_until_there_is_an_outcome() {
        let url = BaseUrl::read("https://page.example").unwrap();
        let mut checkout = both();
        let document = |checkout: &Checkout| {
            let document = checkout.document(ProjectId::new(238).unwrap(), START).unwrap();
            document.with_payment_page_at(&url).into_value()
        };
        let offered = document(&checkout);
        assert_eq!(offered["checkout"]["payment_page"]["payment_id"], "h1");
        assert_eq!(offered["checkout"]["payment_page_url"], "https://page.example");
        let late = checkout.document(ProjectId::new(238).unwrap(), after(START, Duration::from_secs(7200))).unwrap();
        assert!(late.page_is_closed && late.into_value()["checkout"].get("payment_page").is_none());
        checkout.payments[1].sale = Sale::Declined;
        let over = document(&checkout);
        assert!(over["checkout"].get("payment_page").is_none() && over["checkout"].get("payment_page_url").is_none());
    }

    #[test]
    fn a_refused_code_is_not_shown_while_the_payer_is_at_work_on_the_page() {
        let mut checkout = both();
        said(&mut checkout, "p1", code());
        said(&mut checkout, "p1", outcome("decline", 1840));
        said(&mut checkout, "h1", json!({"payment": {"status": "awaiting customer action"}}));
        let document = document(&checkout);
        assert_eq!((&document["payment"]["id"], &document["payment"]["status"]), (&json!("p1"), &json!("processing")));
        assert_eq!(document["operation"], json!({"type": "sale", "status": "processing"}));
        assert!(document.get("display_data").is_none() && document["checkout"].get("expires_in").is_none());
    }

    #[test]
    fn every_document_is_one_the_browser_can_read() {
        let mut checkout = checkout(1);
        said(&mut checkout, "p1", code());
        let read = protocol::document::Document::read(&document(&checkout)).unwrap();
        assert_eq!(read.payment.status, Some(PaymentStatus::AwaitingCustomerAction));
        assert_eq!(read.checkout.payee.as_deref(), Some("Camellia Tea"));
        assert_eq!(read.checkout.links.renew, Some(format!("{LINK}/renew")));
    }
}
