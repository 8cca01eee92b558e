//! Plays ECommPay and a WeChat phone for a shop that is being built or tested.
//!
//! A shop's server talks to it as it would to ECommPay: Gate with its signatures, codes and callbacks, and
//! the Data API; a shop's page opens the hosted Payment Page, by an address or by the widget. A human pays on
//! the page `/phone`; a test pays, declines, expires and breaks things through `/control`. Everything is kept
//! in memory.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = sandbox::spawn(([127, 0, 0, 1], 0).into(), sandbox::Config::default()).await?;
//! println!("Gate is at {}, the phone at {}", sandbox.url(""), sandbox.url("/phone"));
//! # Ok(())
//! # }
//! ```

mod clock;
mod config;
mod control;
mod data_api;
mod date;
mod delivery;
mod faults;
mod gate;
mod ledger;
mod message;
mod object;
mod payment;
mod payment_page;
mod phone;
mod platform;
mod result_code;
mod server;
mod shared;
mod token;
mod wechat;

pub use clock::Clock;
pub use config::{Config, ConfigError};
pub use faults::{Faults, InvalidFault, QrForm, TimeoutForm};
pub use server::{Running, StartError, app, spawn};
