//! What happened.

use crate::{HandoffTrouble, HostedEvent, LogoTrouble, Millis, RequestId};
use protocol::date::UnixMillis;
use protocol::document::{Document, DocumentError};

/// Something that happened outside the machine.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// A document arrived.
    Document {
        /// Where from.
        source: Source,
        /// What it says.
        document: Box<Document>,
        /// The `Date` header of the answer, where it is known.
        date: Option<UnixMillis>,
    },
    /// A request came to nothing.
    Failed {
        /// Which.
        request: RequestId,
        /// How.
        failure: Failure,
    },
    /// The server-sent events are connected.
    EventsOpened,
    /// A heartbeat, or whatever else shows that they are alive. Until then they are not relied on.
    EventsHeard,
    /// They broke off, or could not be opened.
    EventsClosed,
    /// Another tab passes on what its server-sent events say, and has just heard them. A tab that only asks
    /// does not say this: its answers, passed on, are enough.
    TabHeard,
    /// Whether this tab is the one that opens events, and asks where several would. True until said otherwise.
    Leading(bool),
    /// The page was shown or hidden.
    Visible(bool),
    /// The browser says it has, or has no, network.
    Online(bool),
    /// The timer fired.
    Woke,
    /// The page came back from sleep or from the back/forward cache. `lost` is how much more the wall clock
    /// moved than the monotonic clock: time that passed unseen, or a clock that was set. It is held in doubt
    /// until the shop answers.
    Resumed {
        /// The difference.
        lost: Millis,
    },
    /// The payer wants a new code.
    Renew,
    /// The payer gives up.
    Cancel,
    /// The payer wants to know now.
    Check,
    /// The payer answered what the platform wants to know: paths such as `customer.email`, and values.
    Clarify(Vec<(String, String)>),
    /// The code that is shown turned out to be unusable (its picture did not arrive): show the next one.
    CodeFailed,
    /// The payer wants pictures that did not arrive to be fetched once more. Counts only while
    /// [`crate::Actions::retry_code`] offers it.
    RetryCode,
    /// The shop's logo is not shown over the code.
    LogoFailed(LogoTrouble),
    /// The hosted page was opened.
    HandoffOpened,
    /// The hosted page was closed, or the payer came back from it.
    HandoffClosed,
    /// The hosted page could not be opened.
    HandoffFailed(HandoffTrouble),
    /// The hosted page said something.
    Hosted(HostedEvent),
}

/// Who sent a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The answer to a request of this session.
    Answer(RequestId),
    /// The server-sent events.
    Events,
    /// Another tab.
    Tab,
    /// The page itself, before anything was asked.
    Page,
}

/// How a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// No answer at all.
    Network,
    /// An answer that is no success.
    Http {
        /// The status code.
        status: u16,
        /// How long to wait, where the answer says.
        retry_after: Option<Millis>,
    },
    /// A success whose body is no checkout document.
    Malformed(DocumentError),
}

impl Failure {
    /// Whether asking again is pointless until something changes: 401, 403, 404, 410.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Http { status: 401 | 403 | 404 | 410, .. })
    }
}
