//! A reference merchant backend for WeChat Pay through ECommPay.
//!
//! It holds the secret, so that browsers need not: it prices orders, signs and sends sales, verifies and stores
//! what ECommPay says, and hands out the one document a browser shows. What it promises:
//!
//! * What was stored before an answer was given is not lost, whenever the server is stopped.
//! * A payment is asked for once, however often its request had to be sent.
//! * What ECommPay says is applied once, in whatever order and however often it comes.
//! * A hosted page is opened with what this server signed, and believed in nothing it says to the browser.
//! * A payer is told "paid" when the money that was asked for arrived, and never otherwise.
//!
//! Two things need the operator, and show themselves in the log and in `/metrics`: a payment whose sum is not what
//! was asked for (`merchant_held_payments`) is shown as neither paid nor refused until somebody decides, and of a
//! checkout that was paid twice (`merchant_doubled_payments`) one payment is to be given back.
//!
//! | module | idea |
//! |---|---|
//! | [`settings`] | what the operator sets |
//! | [`catalogue`], [`order`] | what is sold, and what a browser asks to buy |
//! | [`method`], [`return_url`] | how it is paid, and where the hosted page leads back to |
//! | `checkout` | what may happen to a purchase: pure rules |
//! | `store` | what must not be lost: all the SQL |
//! | `gate` | requests to ECommPay |
//! | `shop` | what is done with all of these |
//! | `http` | what browsers, ECommPay and the operator call |
//! | [`server`], [`cli`] | the running program |

pub mod catalogue;
mod checkout;
pub mod cli;
pub mod clock;
mod date;
mod feed;
mod gate;
mod http;
pub mod method;
mod metrics;
pub mod order;
pub mod return_url;
pub mod server;
pub mod settings;
mod shop;
mod store;
pub mod timing;
pub mod token;

pub use store::StoreError;
