//! The checkout document: what a shop's backend tells the browser about one checkout.
//!
//! It **is** ECommPay's own callback body without its signature, plus optional members in `checkout`. A
//! shop that only hands out the last verified callback has a working checkout; each added member makes it
//! better. Unknown members are ignored, missing ones tolerated.

use crate::clarification::ClarificationField;
use crate::code::{DisplayItem, MAX_ITEMS, neutral};
use crate::date::UnixMillis;
use crate::hosted::PaymentPageConfig;
use crate::money::{Currency, Money};
use crate::node::Node;
use crate::status::{OperationStatus, OperationType, PaymentStatus};
use std::fmt;

/// One state of a checkout, as the shop told it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The payment.
    pub payment: Payment,
    /// The operation this state is about; absent before the first one.
    pub operation: Option<Operation>,
    /// What the payer is to be shown, as it was sent.
    pub display_data: Vec<DisplayItem>,
    /// What the platform wants to know.
    pub clarification: Vec<ClarificationField>,
    /// What the shop added.
    pub checkout: Checkout,
}

/// `payment` of the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Payment {
    /// The payment's id within the shop's project.
    pub id: Option<String>,
    /// Its state.
    pub status: Option<PaymentStatus>,
    /// What is to be paid, or what is left after a refund.
    pub sum: Option<Money>,
    /// What is bought, neutralised for reading.
    pub description: Option<String>,
    /// When the state was reached, on the platform's clock.
    pub date: Option<UnixMillis>,
}

/// `operation` of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Read before any status.
    pub kind: OperationType,
    /// Its state.
    pub status: Option<OperationStatus>,
    /// ECommPay's code, such as `0` or `20105`.
    pub code: Option<String>,
    /// ECommPay's words for the code, neutralised. For support, not for payers.
    pub message: Option<String>,
    /// When it was made, on the platform's clock.
    pub created: Option<UnixMillis>,
    /// What it was about; for a refund, what went back.
    pub sum: Option<Money>,
}

/// `checkout` of the document: all of it optional.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checkout {
    /// Seconds left when this answer was written; beats `QR Code Timeout`. Negative when over.
    pub expires_in: Option<f64>,
    /// Grows with each change, so that an older answer that arrives later can be told.
    pub revision: Option<f64>,
    /// Who is paid, neutralised for reading.
    pub payee: Option<String>,
    /// Where to ask and act.
    pub links: Links,
    /// Signed Payment Page parameters, byte for byte as the shop's backend made them.
    pub payment_page: Option<PaymentPageConfig>,
}

/// `checkout.links`: addresses of the shop's backend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The document itself.
    pub status: Option<String>,
    /// The same documents as server-sent events.
    pub events: Option<String>,
    /// Asks for a new code.
    pub renew: Option<String>,
    /// Takes missing customer data.
    pub clarify: Option<String>,
    /// Gives up.
    pub cancel: Option<String>,
}

/// Why a document could not be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DocumentError {
    /// The answer is not a JSON object.
    NotAnObject,
    /// It has neither `payment` nor `checkout`: some other message, or an error page.
    NotACheckout,
}

impl DocumentError {
    /// A stable code for logs, events and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnObject => "document-not-an-object",
            Self::NotACheckout => "document-not-a-checkout",
        }
    }

    /// The reason in words, for developers.
    pub fn text(&self) -> &'static str {
        match self {
            Self::NotAnObject => "a JSON object is expected",
            Self::NotACheckout => "a member `payment` or `checkout` is expected",
        }
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("document: ")?;
        f.write_str(self.text())
    }
}

impl std::error::Error for DocumentError {}

/// The most characters of a description, payee or message.
const MAX_LINE: usize = 255;
/// The most parameters of a Payment Page config.
const MAX_PARAMETERS: usize = 200;

impl Document {
    /// Reads what a shop's backend answered.
    pub fn read<N: Node>(node: &N) -> Result<Self, DocumentError> {
        if node.names(1).is_none() {
            return Err(DocumentError::NotAnObject);
        }
        let (payment, checkout) = (node.member("payment"), node.member("checkout"));
        if payment.is_none() && checkout.is_none() {
            return Err(DocumentError::NotACheckout);
        }
        Ok(Self {
            payment: payment.as_ref().map(read_payment).unwrap_or_default(),
            operation: node.member("operation").as_ref().map(read_operation),
            display_data: node.member("display_data").as_ref().map(read_display_data).unwrap_or_default(),
            clarification: node
                .member("clarification_fields")
                .as_ref()
                .map(ClarificationField::read_all)
                .unwrap_or_default(),
            checkout: checkout.as_ref().map(read_checkout).unwrap_or_default(),
        })
    }
}

fn read_payment<N: Node>(node: &N) -> Payment {
    Payment {
        id: text(node, "id").map(|id| neutral(&id, MAX_LINE)),
        status: text(node, "status").map(|word| PaymentStatus::read(&word)),
        sum: node.member("sum").as_ref().and_then(read_sum),
        description: line(node, "description"),
        date: date(node, "date"),
    }
}

fn read_operation<N: Node>(node: &N) -> Operation {
    Operation {
        // A document whose operation does not say what it is is about the sale: the shop wrote it by hand.
        kind: text(node, "type").map_or(OperationType::Sale, |word| OperationType::read(&word)),
        status: text(node, "status").map(|word| OperationStatus::read(&word)),
        code: text(node, "code").map(|code| neutral(&code, 32)),
        message: line(node, "message"),
        created: date(node, "created_date"),
        sum: node.member("sum_initial").as_ref().and_then(read_sum),
    }
}

fn read_display_data<N: Node>(node: &N) -> Vec<DisplayItem> {
    let part = |item: &N, name: &str| text(item, name).unwrap_or_default();
    node.elements(MAX_ITEMS)
        .unwrap_or_default()
        .iter()
        .map(|item| DisplayItem { kind: part(item, "type"), title: part(item, "title"), data: part(item, "data") })
        .collect()
}

fn read_checkout<N: Node>(node: &N) -> Checkout {
    let number = |name: &str| node.member(name).and_then(|value| value.to_number());
    Checkout {
        expires_in: number("expires_in"),
        revision: number("revision"),
        payee: line(node, "payee"),
        links: node.member("links").as_ref().map(read_links).unwrap_or_default(),
        payment_page: node.member("payment_page").as_ref().and_then(read_payment_page),
    }
}

fn read_links<N: Node>(node: &N) -> Links {
    let link = |name: &str| text(node, name).filter(|link| !link.is_empty() && link.len() <= 2048);
    Links {
        status: link("status"),
        events: link("events"),
        renew: link("renew"),
        clarify: link("clarify"),
        cancel: link("cancel"),
    }
}

fn read_payment_page<N: Node>(node: &N) -> Option<PaymentPageConfig> {
    let parameters = node
        .names(MAX_PARAMETERS)?
        .into_iter()
        .filter_map(|name| {
            let value = node.member(&name)?;
            let text = match value.as_flag() {
                Some(flag) => flag.to_string(),
                None => value.to_text()?,
            };
            Some((name, text))
        })
        .collect();
    Some(PaymentPageConfig { parameters })
}

fn read_sum<N: Node>(node: &N) -> Option<Money> {
    let amount = node.member("amount")?.to_number().filter(|amount| amount.fract() == 0.0 && amount.abs() < 9e15)?;
    let currency = Currency::parse(&text(node, "currency")?).ok()?;
    Some(Money::new(amount as i64, currency))
}

// One piece of code for all members, in these three.
#[inline(never)]
fn text<N: Node>(node: &N, name: &str) -> Option<String> {
    node.member(name)?.to_text()
}

#[inline(never)]
fn line<N: Node>(node: &N, name: &str) -> Option<String> {
    text(node, name).map(|text| neutral(&text, MAX_LINE)).filter(|text| !text.is_empty())
}

#[inline(never)]
fn date<N: Node>(node: &N, name: &str) -> Option<UnixMillis> {
    UnixMillis::parse_iso(&text(node, name)?)
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn the_published_decline_is_a_document_as_it_stands() {
        let text = include_str!("../tests/data/payloads/callback_sale_decline.json");
        let document = Document::read(&serde_json::from_str::<Value>(text).unwrap()).unwrap();
        assert_eq!(document.payment.status, Some(PaymentStatus::Decline));
        assert_eq!(document.payment.sum.unwrap().to_string(), "100.00 USD");
        let operation = document.operation.unwrap();
        assert_eq!((operation.kind, operation.status), (OperationType::Sale, Some(OperationStatus::Decline)));
        assert_eq!(operation.code.as_deref(), Some("20105"));
        assert_eq!(operation.created, Some(UnixMillis(1_549_968_978_000)));
    }

    #[test]
    fn numbers_where_text_is_expected_and_text_where_numbers_are() {
        let document = Document::read(&json!({"payment": {"id": 49, "sum": {"amount": "100", "currency": "JPY"}},
            "operation": {"code": 0}, "checkout": {"expires_in": "543.2", "revision": 7}}))
        .unwrap();
        assert_eq!(document.payment.id.as_deref(), Some("49"));
        assert_eq!(document.payment.sum.unwrap().amount, 100);
        assert_eq!(document.operation.unwrap().code.as_deref(), Some("0"));
        assert_eq!((document.checkout.expires_in, document.checkout.revision), (Some(543.2), Some(7.0)));
    }

    #[test]
    fn members_of_the_wrong_shape_are_as_if_they_were_missing() {
        let document = Document::read(&json!({"payment": {"id": [], "status": {}, "sum": 5, "date": "soon"},
            "operation": null, "display_data": {"type": "qr_data"}, "clarification_fields": 3, "checkout": {"links": []}})).unwrap();
        assert_eq!(document.payment, Payment::default());
        assert!(document.display_data.is_empty() && document.clarification.is_empty());
    }

    #[test]
    fn what_is_no_checkout_is_refused() {
        assert_eq!(Document::read(&json!("x")), Err(DocumentError::NotAnObject));
        assert_eq!(Document::read(&json!([1])), Err(DocumentError::NotAnObject));
        assert_eq!(Document::read(&json!({"error": {}})), Err(DocumentError::NotACheckout));
    }

    #[test]
    fn a_payment_page_config_keeps_its_order_and_values() {
        let document = Document::read(&json!({"checkout": {"payment_page":
            {"project_id": 239, "payment_id": "X 1;&=", "signature": "a+b/c=="}}}))
        .unwrap();
        let parameters = document.checkout.payment_page.unwrap().parameters;
        assert!(parameters.contains(&("payment_id".into(), "X 1;&=".into())));
        assert!(parameters.contains(&("project_id".into(), "239".into())));
    }
}
