//! A WeChat Pay checkout as a pure state machine.
//!
//! No clock, no network, no browser, no framework: time enters as an argument, answers enter as
//! [`Input`]s, and what is to be done comes out as [`Command`]s. The driver around it has no decisions.
//!
//! ```text
//! Preparing -> (Clarifying) -> Scanning -> Verifying -> Expired -> Settled(Outcome)
//!                                  \-> Handoff -> Confirming -/
//! ```
//!
//! # How to drive it
//!
//! After every [`Session::handle`], drain [`Session::poll_command`] until it is empty, then arm one timer
//! for [`Session::next_deadline`] and hand in [`Input::Woke`] when it fires. Waking too early or too often
//! does nothing.
//!
//! # What it promises
//!
//! 1. One terminal event per checkout, ever, and nothing after [`Session::close`].
//! 2. The local clock never decides: at zero the code is veiled and the shop is asked; only its answer
//!    makes a code expired, and a success that arrives later still wins.
//! 3. The countdown is anchored to the server and re-anchored by every answer.
//! 4. Never two requests in flight; each has a timeout; closing, renewing and settling abort it.
//! 5. Asking is polite: slower with age, on failure, when hidden; `Retry-After` is obeyed.
//! 6. Renewing is safe: double clicks, late answers of the old code, a payment that lands meanwhile.

mod command;
mod countdown;
mod decline;
mod event;
mod hosted;
mod input;
mod logo;
mod pace;
mod phase;
mod policy;
mod session;
mod time;
mod verdict;
mod view;

pub use command::{Call, Command, IdempotencyKey, RequestId};
pub use countdown::Countdown;
pub use decline::{Decline, DeclineReason};
pub use event::{Event, Problem};
pub use hosted::{HandoffTrouble, HostedEvent};
pub use input::{Failure, Input, Source};
pub use logo::LogoTrouble;
pub use phase::{Expiry, Link, Outcome, Phase};
pub use policy::Policy;
pub use session::{Options, Session};
pub use time::Millis;
pub use view::{Actions, View};
