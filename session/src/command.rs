//! What the driver is asked to do.

use crate::{Event, Millis};

/// Tells one request from every other of the session, so that a late answer is known as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// The same for each try of one action, so that the shop does it once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

/// What a request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Call {
    /// Asks for the document.
    Status,
    /// Asks for a new code.
    Renew(IdempotencyKey),
    /// Gives up.
    Cancel(IdempotencyKey),
    /// Hands in missing customer data: paths such as `customer.email`, and their values.
    Clarify(Vec<(String, String)>),
}

/// What the driver has to do next.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Command {
    /// Send a request; its answer comes back as [`crate::Input::Document`], anything else as
    /// [`crate::Input::Failed`]. The machine watches the time itself and sends [`Command::Abort`].
    Send {
        /// Comes back with the answer.
        id: RequestId,
        /// What for.
        call: Call,
        /// How long it may take, for networks that can be told.
        timeout: Millis,
    },
    /// Abort a request. What it still answers is ignored.
    Abort(RequestId),
    /// Open the shop's server-sent events.
    OpenEvents,
    /// Close them.
    CloseEvents,
    /// Tell the integrator.
    Emit(Event),
}
