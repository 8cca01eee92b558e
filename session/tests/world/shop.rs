//! A shop whose every answer is under control.

use super::Answer;
use protocol::date::UnixMillis;
use protocol::document::Document;
use serde_json::{Value, json};
use wechat_checkout_session::{Call, Failure, Millis};

/// What the platform's clock shows when the world begins: 2026-11-24T10:00:00Z.
const EPOCH: i64 = 1_795_514_400_000;

/// The shop's backend, and the platform behind it.
pub struct Shop {
    /// How long a code lives.
    pub life: Millis,
    /// The value of `QR Code Timeout`; none where the platform does not say.
    pub timeout: Option<Value>,
    /// Whether `expires_in` is measured.
    pub measures: bool,
    /// Whether answers carry a `Date`.
    pub dates: bool,
    /// Whether operations carry a `created_date`.
    pub creation: bool,
    /// Whether documents carry a `revision`.
    pub revisions: bool,
    /// Whether server-sent events are offered.
    pub events: bool,
    /// They cannot be connected.
    pub events_down: bool,
    /// They connect but nothing ever comes.
    pub events_silent: bool,
    /// Whether documents carry `display_data`.
    pub displays: bool,
    /// Whether documents carry links.
    pub links: bool,
    /// Whether a new code can be had.
    pub renews: bool,
    /// Whether a renewal is answered with the document as it is.
    pub keeps_the_code: bool,
    /// Whether a hosted page is offered in place of a code.
    pub hosted: bool,
    pub mood: Mood,
    pub now: Millis,
    pub revision: u64,
    /// Every call that arrived.
    pub calls: Vec<(Millis, Call)>,
    pub sales: Vec<Sale>,
    /// What was done under which key.
    pub done: Vec<String>,
}

/// How the shop answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Mood {
    Answers,
    Fails(Failure),
    /// It takes the request, does it, and never answers.
    Silent,
    /// It never gets to know of the request.
    Deaf,
}

/// One payment of the checkout.
pub struct Sale {
    id: String,
    made: Millis,
    code: bool,
    payment: &'static str,
    kind: &'static str,
    operation: &'static str,
    reason: &'static str,
    asks: Value,
}

impl Default for Shop {
    /// A shop that says everything that can be said, and shows a code of ten minutes at once.
    fn default() -> Self {
        let mut shop = Self {
            life: Millis::from_mins(10),
            timeout: Some(json!("600")),
            measures: true,
            dates: true,
            creation: true,
            revisions: true,
            events: false,
            events_down: false,
            events_silent: false,
            displays: true,
            links: true,
            renews: true,
            keeps_the_code: false,
            hosted: false,
            mood: Mood::Answers,
            now: Millis(0),
            revision: 0,
            calls: Vec::new(),
            sales: Vec::new(),
            done: Vec::new(),
        };
        shop.sell();
        shop
    }
}

impl Shop {
    /// A shop that hands out the last callback and nothing else.
    pub fn bare() -> Self {
        Self { measures: false, dates: false, creation: false, revisions: false, ..Self::default() }
    }

    /// A shop whose code lives for `life`, and says so in its documents.
    pub fn with_life(life: Millis) -> Self {
        Self { life, timeout: Some(json!((life.0 / 1000).to_string())), ..Self::default() }
    }

    /// The same, without a code so far.
    pub fn without_code(mut self) -> Self {
        self.sale().code = false;
        self
    }

    /// The code of the `number`th payment, counted from 1.
    pub fn code_of(number: usize) -> String {
        format!("weixin://wxpay/bizpayurl?pr=code{number}")
    }

    pub fn show_code(&mut self) {
        self.sale().code = true;
        self.revision += 1;
    }

    pub fn pay(&mut self) {
        self.set("success", "sale", "success", "0");
    }

    /// The money for the `number`th payment arrives, though another may be the present one.
    pub fn pay_nr(&mut self, number: usize) {
        let index = self.sales.iter().position(|sale| sale.id == format!("X{number}")).unwrap();
        let sale = self.sales.remove(index);
        self.sales.push(sale);
        self.pay();
    }

    pub fn decline(&mut self, reason: &'static str) {
        self.set("decline", "sale", "decline", reason);
    }

    pub fn fail(&mut self, reason: &'static str) {
        self.set("error", "sale", "decline", reason);
    }

    pub fn refund(&mut self, payment: &'static str, operation: &'static str) {
        self.set(payment, "refund", operation, "0");
    }

    pub fn set(&mut self, payment: &'static str, kind: &'static str, operation: &'static str, reason: &'static str) {
        let sale = self.sale();
        (sale.payment, sale.kind, sale.operation, sale.reason) = (payment, kind, operation, reason);
        self.revision += 1;
    }

    /// The platform wants to know something.
    pub fn ask(&mut self, fields: Value) {
        self.sale().asks = fields;
        self.revision += 1;
    }

    /// The payment and the code are replaced.
    pub fn renew(&mut self) {
        self.sell();
        self.revision += 1;
    }

    /// How many calls of the kind arrived.
    pub fn called(&self, is: impl Fn(&Call) -> bool) -> usize {
        self.calls.iter().filter(|(_, call)| is(call)).count()
    }

    /// What the shop makes of a call; none where it never answers.
    pub fn answer(&mut self, call: &Call) -> Option<Result<Answer, Failure>> {
        if self.mood == Mood::Deaf {
            return None;
        }
        self.calls.push((self.now, call.clone()));
        if let Mood::Fails(failure) = self.mood {
            return Some(Err(failure));
        }
        match call {
            Call::Renew(key) if !self.done.contains(&key.0) && self.is_open() && !self.keeps_the_code => {
                self.done.push(key.0.clone());
                self.renew();
            }
            Call::Cancel(_) if self.is_open() => self.set("cancelled", "sale", "decline", ""),
            Call::Clarify(_) => self.ask(Value::Null),
            _ => {}
        }
        (self.mood != Mood::Silent).then(|| Ok(self.document(self.now)))
    }

    /// The document as the shop writes it now.
    pub fn document(&self, now: Millis) -> Answer {
        let Some(sale) = self.sales.last() else { unreachable!("a shop has a payment from the start") };
        let age = now - sale.made;
        let mut display = Vec::new();
        if sale.code && self.displays {
            let number = sale.id.trim_start_matches('X').parse().unwrap();
            display.push(json!({"type": "qr_data", "title": "QR code", "data": Self::code_of(number)}));
            if let Some(timeout) = &self.timeout {
                display.push(json!({"type": "add_info", "title": "QR Code Timeout", "data": timeout}));
            }
        }
        let mut checkout = json!({"payee": "Tea House"});
        if self.links {
            checkout["links"] = json!({"status": "/s", "cancel": "/c", "clarify": "/q"});
            if self.renews {
                checkout["links"]["renew"] = json!("/r");
            }
            if self.events {
                checkout["links"]["events"] = json!("/e");
            }
        }
        if self.measures && (sale.code || self.hosted) {
            checkout["expires_in"] = json!((self.life.0 as f64 - age.0 as f64) / 1000.0);
        }
        if self.revisions {
            checkout["revision"] = json!(self.revision);
        }
        if self.hosted {
            checkout["payment_page"] = json!({"project_id": 238, "payment_id": sale.id, "payment_amount": 10000,
                "payment_currency": "EUR", "customer_id": "c1", "signature": "c2lnbmVk"});
        }
        let mut document = Document::read(&json!({
            "payment": {"id": sale.id, "status": sale.payment, "sum": {"amount": 10000, "currency": "EUR"}},
            "operation": {"type": sale.kind, "status": sale.operation, "code": sale.reason},
            "display_data": display,
            "clarification_fields": sale.asks,
            "checkout": checkout,
        }))
        .unwrap();
        let clock = |at: Millis| UnixMillis(EPOCH + (at.0 / 1000 * 1000) as i64);
        document.operation.as_mut().unwrap().created = self.creation.then(|| clock(sale.made));
        (document, self.dates.then(|| clock(now)))
    }

    /// The platform's clock at a point of the world.
    pub fn clock(at: Millis) -> UnixMillis {
        UnixMillis(EPOCH + at.0 as i64)
    }

    fn sell(&mut self) {
        self.sales.push(Sale {
            id: format!("X{}", self.sales.len() + 1),
            made: self.now,
            code: true,
            payment: "awaiting customer action",
            kind: "sale",
            operation: "awaiting customer action",
            reason: "9999",
            asks: Value::Null,
        });
    }

    fn is_open(&self) -> bool {
        self.sales.iter().all(|sale| sale.payment.starts_with("awaiting") || sale.payment == "processing")
    }

    fn sale(&mut self) -> &mut Sale {
        let Some(sale) = self.sales.last_mut() else { unreachable!("a shop has a payment from the start") };
        sale
    }
}
