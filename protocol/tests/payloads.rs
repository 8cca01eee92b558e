//! The messages printed in ECommPay's WeChat page are read, field by field.
#![cfg(feature = "json")]
#![allow(clippy::unwrap_used, reason = "a helper of a test may fail like the test itself")]

use serde_json::{Value, json};
use wechat_checkout_protocol::callback::Callback;
use wechat_checkout_protocol::date::UnixMillis;
use wechat_checkout_protocol::gate::{RefundRequest, SaleRequest};
use wechat_checkout_protocol::money::{Currency, Money};
use wechat_checkout_protocol::payment_page::{Parameter, Parameters};
use wechat_checkout_protocol::status::{OperationStatus, OperationType, PaymentStatus};

fn money(amount: i64, currency: &str) -> Option<Money> {
    Some(Money::new(amount, Currency::parse(currency).unwrap()))
}

fn date(text: &str) -> Option<UnixMillis> {
    Some(UnixMillis::parse_iso(text).unwrap())
}

#[test]
fn a_successful_sale_is_read() {
    let callback = Callback::from_slice(include_bytes!("data/payloads/callback_sale_success.json")).unwrap();
    assert_eq!(callback.project_id, Some(238));
    assert_eq!(callback.payment_id(), Some("TEST_154866061847343331"));
    assert_eq!((callback.customer, callback.account, callback.display_data), (None, None, None));
    let payment = callback.payment.unwrap();
    assert_eq!(payment.status, Some(PaymentStatus::Success));
    assert_eq!(payment.kind.as_deref(), Some("purchase"));
    assert_eq!(payment.method.as_deref(), Some("wechat"));
    assert_eq!(payment.sum, money(100, "EUR"));
    assert_eq!(payment.date, date("2019-01-28T08:07:22Z"));
    assert_eq!(payment.description.as_deref(), Some("TEST_1548660618473453"));
    let operation = callback.operation.unwrap();
    assert_eq!(operation.id, Some(9_227_000_002_916));
    assert_eq!(operation.kind, Some(OperationType::Sale));
    assert_eq!(operation.status, Some(OperationStatus::Success));
    assert_eq!(operation.created_date, date("2019-01-28T08:06:40Z"));
    assert_eq!(operation.request_id.as_deref(), Some("67af98801524dfa9c5cddb1a09129"));
    assert_eq!((operation.sum_initial, operation.sum_converted), (money(100, "EUR"), money(100, "EUR")));
    assert_eq!((operation.code.as_deref(), operation.message.as_deref()), (Some("0"), Some("Success")));
    let provider = operation.provider.unwrap();
    assert_eq!((provider.id, provider.payment_id.as_deref()), (Some(1173), Some("423163569")));
    assert_eq!((provider.auth_code.as_deref(), provider.date), (Some(""), date("2019-01-28T08:07:22Z")));
}

#[test]
fn a_declined_sale_is_read() {
    let callback = Callback::from_slice(include_bytes!("data/payloads/callback_sale_decline.json")).unwrap();
    assert_eq!(callback.payment_id(), Some("TEST_154996862174000"));
    assert_eq!(callback.customer.unwrap().id.as_deref(), Some("1"));
    let payment = callback.payment.unwrap();
    assert_eq!((payment.status, payment.sum), (Some(PaymentStatus::Decline), money(10_000, "USD")));
    let operation = callback.operation.unwrap();
    assert_eq!(operation.id, Some(9_172_000_003_183));
    assert_eq!((operation.kind, operation.status), (Some(OperationType::Sale), Some(OperationStatus::Decline)));
    assert_eq!(operation.code.as_deref(), Some("20105"));
    assert_eq!(operation.message.as_deref(), Some("Insufficient funds on customer account"));
    let provider = operation.provider.unwrap();
    assert_eq!((provider.id, provider.payment_id.as_deref(), provider.date), (Some(1169), Some(""), None));
}

#[test]
fn a_successful_refund_is_read() {
    let callback = Callback::from_slice(include_bytes!("data/payloads/callback_refund_success.json")).unwrap();
    assert_eq!(callback.payment_id(), Some("refund_02"));
    assert_eq!(callback.account.unwrap().number.as_deref(), Some("2626324568"));
    assert_eq!(callback.payment.unwrap().status, Some(PaymentStatus::Refunded));
    let operation = callback.operation.unwrap();
    assert_eq!(operation.id, Some(14_153_000_003_282));
    assert_eq!((operation.kind, operation.status), (Some(OperationType::Refund), Some(OperationStatus::Success)));
    assert_eq!(operation.sum_initial, money(10_000, "USD"));
    assert_eq!(operation.provider.unwrap().payment_id.as_deref(), Some("105887607"));
}

#[test]
fn a_declined_refund_is_a_refund_although_its_payment_says_success() {
    let callback = Callback::from_slice(include_bytes!("data/payloads/callback_refund_decline.json")).unwrap();
    assert_eq!(callback.project_id, Some(198));
    assert_eq!(callback.payment.unwrap().status, Some(PaymentStatus::Success));
    let operation = callback.operation.unwrap();
    assert_eq!(operation.id, Some(13_792_000_002_073));
    assert_eq!((operation.kind, operation.status), (Some(OperationType::Refund), Some(OperationStatus::Decline)));
    assert_eq!(operation.code.as_deref(), Some("3283"));
    assert_eq!(operation.request_id.map(|id| id.len()), Some(81));
}

#[test]
fn the_display_data_of_a_callback_is_kept_as_it_is() {
    let fragment: Value = serde_json::from_slice(include_bytes!("data/payloads/display_data_fragment.json")).unwrap();
    let callback = Callback::from_value(fragment).unwrap();
    let items = callback.display_data.unwrap();
    assert_eq!(items[0], json!({"type": "qr_data", "title": "QR code", "data": "weixin://wxpay/bizpayurl?pr=dMrSpJG"}));
    assert_eq!(items[1]["data"], "600");
}

#[test]
fn a_sale_request_is_read_valid_and_written_as_it_was() {
    let body: Value = serde_json::from_slice(include_bytes!("data/payloads/gate_sale_request.json")).unwrap();
    let request: SaleRequest = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(request.validate(), Ok(()));
    assert_eq!(request.general.project_id.number(), 200);
    assert_eq!(request.general.payment_id.as_str(), "TEST_1559134591371-pz-2");
    assert_eq!(Some(request.payment.sum()), money(1000, "EUR"));
    assert_eq!(request.customer.phone.as_deref(), Some("861234567890"));
    assert_eq!(serde_json::to_value(&request).unwrap(), body);
}

#[test]
fn the_printed_refund_request_is_read_although_we_would_write_its_currency_too() {
    let body: Value = serde_json::from_slice(include_bytes!("data/payloads/gate_refund_request.json")).unwrap();
    let request: RefundRequest = serde_json::from_value(body.clone()).unwrap();
    assert_eq!((request.payment.amount, request.payment.currency), (Some(10_000), None));
    assert_eq!(request.validate().unwrap_err().to_string(), "payment.amount: it may not stand alone");
    assert_eq!(serde_json::to_value(&request).unwrap(), body);
}

#[test]
fn a_payment_page_config_is_read() {
    let body: Value = serde_json::from_slice(include_bytes!("data/payloads/payment_page_config.json")).unwrap();
    let parameters = Parameters::from_value(&body).unwrap();
    assert_eq!(parameters.find("payment_amount"), Some(&Parameter::Integer(10_000)));
    assert_eq!(parameters.find("language_code"), Some(&Parameter::from("zh")));
    assert_eq!(parameters.iter().count(), 6);
}
