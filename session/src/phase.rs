//! Where a checkout stands.

use crate::Decline;

/// The one thing a checkout is doing.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Phase {
    /// Nothing to scan yet.
    #[default]
    Preparing,
    /// The platform wants to know something first.
    Clarifying,
    /// A code can be scanned.
    Scanning,
    /// The time is over by our count; the code is veiled and the shop is being asked.
    Verifying,
    /// The shop answered after the time was over, and there was no payment. It may still arrive.
    Expired(Expiry),
    /// The hosted page is open.
    Handoff,
    /// The hosted page is closed; the shop is being asked.
    Confirming,
    /// There is an outcome. The last phase.
    Settled(Outcome),
}

impl Phase {
    /// A stable name for events, attributes and styles.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Clarifying => "clarifying",
            Self::Scanning => "scanning",
            Self::Verifying => "verifying",
            Self::Expired(_) => "expired",
            Self::Handoff => "handoff",
            Self::Confirming => "confirming",
            Self::Settled(_) => "settled",
        }
    }

    /// Whether there is an outcome.
    pub fn is_settled(&self) -> bool {
        matches!(self, Self::Settled(_))
    }
}

/// What came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// The code: a new one can be asked for, and the shop is still asked now and then.
    Code,
    /// The payment's life: asking has stopped, but for the payer's own "check now".
    Payment,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// The shop has the money.
    Paid {
        /// It arrived after the code's time was over.
        late: bool,
    },
    /// Refused; nothing was charged.
    Declined(Decline),
    /// The platform could not take the payment up; nothing was charged.
    Failed(Decline),
    /// The payer gave up.
    Cancelled,
    /// Paid, and all of it went back.
    Refunded,
    /// Paid, and part of it went back.
    PartlyRefunded,
}

impl Outcome {
    /// A stable name for events, attributes and styles.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Paid { .. } => "paid",
            Self::Declined(_) => "declined",
            Self::Failed(_) => "failed",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
            Self::PartlyRefunded => "partly-refunded",
        }
    }
}

/// How well the shop can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Link {
    /// As it should be.
    #[default]
    Good,
    /// Late, or failing now and then; trying again.
    Slow,
    /// No network.
    Offline,
    /// The shop will not answer, with this HTTP status; asking has stopped.
    Refused(u16),
}

impl Link {
    /// A stable name for events, attributes and styles.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Slow => "slow",
            Self::Offline => "offline",
            Self::Refused(_) => "refused",
        }
    }
}
