//! Gate: what a shop's server asks of ECommPay, and what it is answered.
//!
//! Every request is a POST of JSON to [`LIVE_HOST`] plus a path. The answer says only whether the request
//! was accepted; what became of the payment comes as a [`Callback`](crate::callback::Callback), or is asked
//! for with a [`StatusRequest`].
//!
//! ```
//! use wechat_checkout_protocol::gate::{Customer, General, PaymentId, ProjectId, SaleRequest};
//! use wechat_checkout_protocol::money::{Currency, Money};
//!
//! let general = General::new(ProjectId::new(200)?, PaymentId::new("order-1")?);
//! let sale = SaleRequest::new(general, Customer::new("customer123", "185.123.193.224"),
//!     Money::new(1000, Currency::parse("EUR")?))?;
//! assert_eq!(serde_json::to_value(&sale)?["payment"]["amount"], 1000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod acknowledgement;
mod clarification;
mod general;
pub(crate) mod invalid;
mod refund;
mod sale;
mod status;

pub use acknowledgement::{Acknowledgement, Refusal};
pub use clarification::ClarificationRequest;
pub use general::{General, PaymentId, ProjectId};
pub use invalid::{Invalid, Reason};
pub use refund::{RefundCustomer, RefundPayment, RefundRequest};
pub use sale::{CallbackOptions, Customer, PaymentRequest, ReturnUrl, SaleRequest};
pub use status::{Destination, RequestStatusRequest, StatusAnswer, StatusRequest, Unknown};

/// Where the live Gate is. Test projects use it too.
pub const LIVE_HOST: &str = "https://api.ecommpay.com";
/// Takes a [`SaleRequest`].
pub const SALE_PATH: &str = "/v2/payment/wallet/wechat/sale";
/// Takes a [`RefundRequest`].
pub const REFUND_PATH: &str = "/v2/payment/wallet/wechat/refund";
/// Takes a [`StatusRequest`].
pub const STATUS_PATH: &str = "/v2/payment/status";
/// Takes a [`RequestStatusRequest`].
pub const REQUEST_STATUS_PATH: &str = "/v2/payment/status/request";
/// Takes a [`ClarificationRequest`].
pub const CLARIFICATION_PATH: &str = "/v2/payment/clarification";
