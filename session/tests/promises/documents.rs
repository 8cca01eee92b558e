//! What a shop may say, well or badly, and what it means.

use protocol::clarification::ClarificationField;
use protocol::code::DisplayItem;
use protocol::date::UnixMillis;
use protocol::document::{Checkout, Document, Links, Operation, Payment};
use protocol::hosted::PaymentPageConfig;
use protocol::status::{OperationStatus, OperationType, PaymentStatus};
use wechat_checkout_session::Millis;

/// What the platform's clock shows when a story begins.
const EPOCH: i64 = 1_795_514_400_000;
/// The longest life of a code that is believed, in milliseconds.
const DAY: f64 = 86_400_000.0;

/// Every way a document differs from another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spec {
    /// The payment's number; a new code has a new one.
    pub(crate) payment: usize,
    pub(crate) status: Status,
    pub(crate) display: Display,
    pub(crate) time: Time,
    pub(crate) timeout: Option<u32>,
    pub(crate) revision: Option<f64>,
    pub(crate) links: Linked,
    pub(crate) hosted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Open,
    Processing,
    Unknown,
    Contradictory,
    Asks,
    Paid,
    PaidRefundDeclined,
    Declined,
    Failed,
    Cancelled,
    Refunded,
    PartlyRefunded,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Display {
    /// A code, the first or a second one of the same payment, which is a picture by address.
    Code(usize),
    Nothing,
    OnlyInfo,
    Unusable,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Time {
    Unsaid,
    ExpiresIn(f64),
    /// `Date` and `created_date`, so many milliseconds apart.
    Age(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Linked {
    All,
    None,
    NoRenewal,
}

impl Spec {
    /// Reads a document out of a number; `latest` is the newest payment there was so far, `count` the documents.
    pub(crate) fn decode(number: u64, latest: usize, count: usize) -> Self {
        let mut rest = number;
        let mut draw = |sides: u64| {
            let side = rest % sides;
            rest /= sides;
            side as usize
        };
        let payment = match draw(16) {
            0..=11 => latest,
            12 | 13 => (latest + 1).min(6),
            older => 1 + older % latest,
        };
        let status = match draw(128) {
            0..=99 => Status::Open,
            100..=109 => Status::Processing,
            110..=112 => Status::Unknown,
            113..=115 => Status::Contradictory,
            116..=120 => Status::Asks,
            121 => Status::Paid,
            122 => Status::PaidRefundDeclined,
            123 => Status::Declined,
            124 => Status::Failed,
            125 => Status::Cancelled,
            126 => Status::Refunded,
            _ => Status::PartlyRefunded,
        };
        let display = match draw(16) {
            0..=10 => Display::Code(1),
            11 => Display::Code(2),
            12 | 13 => Display::Nothing,
            14 => Display::OnlyInfo,
            _ => Display::Unusable,
        };
        let time = match draw(16) {
            0..=4 => Time::Unsaid,
            5..=9 => Time::ExpiresIn([600.0, 300.0, 30.0, 5.0, 0.7, 7200.0][draw(6)]),
            10 => Time::ExpiresIn([-5.0, 0.0, -1e9][draw(3)]),
            11 => Time::ExpiresIn([1e9, 1e300, f64::NAN, f64::INFINITY, 86_401.0][draw(5)]),
            _ => Time::Age([0, 60_000, 590_000, 3 * 3_600_000, -86_400_000][draw(5)]),
        };
        let timeout = [None, Some(600), Some(600), Some(45), Some(7200), Some(999_999_999)][draw(6)];
        let revision = match draw(8) {
            0..=2 => None,
            3..=5 => Some(count as f64),
            6 => Some((count / 2) as f64),
            _ => Some(0.0),
        };
        let links = match draw(16) {
            0..=13 => Linked::All,
            14 => Linked::None,
            _ => Linked::NoRenewal,
        };
        Self { payment, status, display, time, timeout, revision, links, hosted: draw(16) == 15 }
    }

    /// A document that says that the payment is paid, and nothing else.
    pub(crate) fn paid(payment: usize) -> Self {
        Self {
            payment,
            status: Status::Paid,
            display: Display::Nothing,
            time: Time::Unsaid,
            timeout: None,
            revision: Some(0.0),
            links: Linked::All,
            hosted: false,
        }
    }

    /// The outcome it tells, by its name.
    pub(crate) fn outcome(&self) -> Option<&'static str> {
        match self.status {
            Status::Paid | Status::PaidRefundDeclined => Some("paid"),
            Status::Declined => Some("declined"),
            Status::Failed => Some("failed"),
            Status::Cancelled => Some("cancelled"),
            Status::Refunded => Some("refunded"),
            Status::PartlyRefunded => Some("partly-refunded"),
            _ => None,
        }
    }

    /// What is left by the server's clock of a code that lives for `life`, where the document measures it.
    pub(crate) fn measure(&self, life: Option<Millis>) -> Option<Millis> {
        match self.time {
            Time::ExpiresIn(seconds) if seconds.is_finite() && seconds * 1000.0 <= DAY => {
                Some(Millis::from_secs_f64(seconds))
            }
            Time::Age(age) => Some(life? - Millis(age.max(0) as u64)),
            _ => None,
        }
    }

    /// How long the code lives, where that can be believed; `known` is what was said before about the same payment.
    pub(crate) fn life(&self, known: Option<Millis>) -> Option<Millis> {
        if self.display == Display::Nothing {
            return known;
        }
        self.timeout
            .filter(|seconds| f64::from(*seconds) * 1000.0 <= DAY)
            .map(|seconds| Millis::from_secs(seconds.into()))
    }

    /// The payment's id.
    pub(crate) fn id(&self) -> String {
        format!("X{}", self.payment)
    }

    /// Writes it down at `now`, marked with its number. `events` tells whether the shop offers them.
    pub(crate) fn write(&self, now: Millis, mark: usize, events: bool) -> (Document, Option<UnixMillis>) {
        let clock = UnixMillis(EPOCH.saturating_add(now.0.min(1 << 50) as i64));
        let date = matches!(self.time, Time::Age(_)).then_some(clock);
        let created = match self.time {
            Time::Age(age) => Some(UnixMillis(clock.0 - age)),
            _ => None,
        };
        let (payment, kind, operation) = self.words();
        let document = Document {
            payment: Payment {
                id: Some(self.id()),
                status: Some(PaymentStatus::read(payment)),
                sum: None,
                description: Some(format!("document {mark}")),
                date: None,
            },
            operation: Some(Operation {
                kind: OperationType::read(kind),
                status: Some(OperationStatus::read(operation)),
                code: Some("20105".into()),
                message: None,
                created,
                sum: None,
            }),
            display_data: self.display_data(),
            clarification: if self.status == Status::Asks { vec![question()] } else { Vec::new() },
            checkout: Checkout {
                expires_in: if let Time::ExpiresIn(seconds) = self.time { Some(seconds) } else { None },
                revision: self.revision,
                payee: None,
                links: self.links(events),
                payment_page: self.hosted.then(|| config(&self.id())),
            },
        };
        (document, date)
    }

    fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self.status {
            Status::Open => ("awaiting customer action", "sale", "awaiting customer action"),
            Status::Processing => ("processing", "sale", "processing"),
            Status::Unknown => ("expired", "sale", "expired"),
            Status::Contradictory => ("success", "sale", "decline"),
            Status::Asks => ("awaiting clarification", "sale", "awaiting clarification"),
            Status::Paid => ("success", "sale", "success"),
            Status::PaidRefundDeclined => ("success", "refund", "decline"),
            Status::Declined => ("decline", "sale", "decline"),
            Status::Failed => ("error", "sale", "decline"),
            Status::Cancelled => ("canceled", "sale", "decline"),
            Status::Refunded => ("refunded", "refund", "success"),
            Status::PartlyRefunded => ("partially refunded", "refund", "success"),
        }
    }

    fn display_data(&self) -> Vec<DisplayItem> {
        let item = |kind: &str, title: &str, data: String| DisplayItem { kind: kind.into(), title: title.into(), data };
        let code = match self.display {
            Display::Nothing => return Vec::new(),
            Display::Code(number) => Some(code_text(&self.id(), number)),
            Display::Unusable => Some(String::new()),
            Display::OnlyInfo => None,
        };
        let kind = if self.display == Display::Code(2) { "qr_url" } else { "qr_data" };
        let code = code.map(|code| item(kind, "QR code", code));
        let timeout = self.timeout.map(|seconds| item("add_info", "QR Code Timeout", seconds.to_string()));
        code.into_iter().chain(timeout).chain([item("add_info", "Note", "Have a nice day".into())]).collect()
    }

    fn links(&self, events: bool) -> Links {
        let link = |name: &str| Some(format!("/{name}"));
        match self.links {
            Linked::None => Links::default(),
            linked => Links {
                status: link("status"),
                events: link("events").filter(|_| events),
                renew: link("renew").filter(|_| linked == Linked::All),
                clarify: link("clarify"),
                cancel: link("cancel"),
            },
        }
    }
}

/// The text of a payment's code, or the address of its picture; it tells whose it is.
fn code_text(payment: &str, number: usize) -> String {
    let what = if number == 2 { "https://pay.example/code.png" } else { "weixin://wxpay/bizpayurl" };
    format!("{what}?pr={payment}n{number}")
}

fn question() -> ClarificationField {
    ClarificationField {
        object: "customer".into(),
        name: "email".into(),
        required: true,
        max_length: None,
        error: None,
    }
}

fn config(payment: &str) -> PaymentPageConfig {
    let parameters = [
        ("project_id", "238"),
        ("payment_id", payment),
        ("payment_amount", "10000"),
        ("payment_currency", "EUR"),
        ("customer_id", "c1"),
        ("signature", "c2lnbmVk"),
    ];
    PaymentPageConfig { parameters: parameters.map(|(name, value)| (name.to_owned(), value.to_owned())).into() }
}
