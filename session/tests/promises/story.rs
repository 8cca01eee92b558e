//! A random story: what happens to a checkout, and when.

use crate::documents::Spec;
use proptest::prelude::*;
use wechat_checkout_session::{Failure, HandoffTrouble, HostedEvent, Millis};

/// A story as it is drawn: small numbers, so that a failing one can be made smaller.
#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) seed: u64,
    /// Bits: the status address is known, events are offered, it begins with a document, the timer is late.
    pub(crate) setting: u8,
    pub(crate) steps: Vec<(u8, u16, u64)>,
}

impl Story {
    pub(crate) fn knows_address(&self) -> bool {
        self.setting & 1 == 0
    }

    pub(crate) fn offers_events(&self) -> bool {
        self.setting & 2 != 0
    }

    pub(crate) fn begins_with_document(&self) -> bool {
        self.setting & 4 != 0
    }

    /// The driver's timer does not fire between the steps: a page that is throttled or frozen.
    pub(crate) fn is_drowsy(&self) -> bool {
        self.setting & 24 == 24
    }
}

/// Random stories of thirty to eighty steps.
pub(crate) fn stories() -> impl Strategy<Value = Story> {
    let step = (any::<u8>(), any::<u16>(), any::<u64>());
    (any::<u64>(), 0..32u8, proptest::collection::vec(step, 30..=80)).prop_map(|(seed, setting, steps)| Story {
        seed,
        setting,
        steps,
    })
}

/// One thing that happens, before it is known which request or document it is about.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Wake,
    Answer { whom: Whom, spec: Spec },
    Fail { whom: Whom, failure: Failure },
    Event(Spec),
    Tab(Spec),
    Page(Spec),
    Opened,
    Heard,
    Broken,
    TabHeard,
    Leading(bool),
    Visible(bool),
    Online(bool),
    Resumed(Millis),
    Renew,
    Cancel,
    Check,
    Clarify,
    CodeFailed,
    RetryCode,
    LogoFailed,
    HandoffOpened,
    HandoffClosed,
    HandoffFailed(HandoffTrouble),
    Hosted(HostedEvent),
    Close,
}

/// Which request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whom {
    /// The one that is out, where one is.
    Current,
    /// One of those before, answered or aborted.
    Earlier(u64),
    /// One that was never sent.
    Nobody,
}

impl Step {
    /// Reads a step out of its numbers; `latest` is the newest payment so far, `count` the documents.
    pub(crate) fn decode(kind: u8, number: u64, latest: usize, count: usize) -> Self {
        let spec = || Spec::decode(number >> 5, latest, count);
        let whom = match number % 16 {
            0..=12 => Whom::Current,
            13 | 14 => Whom::Earlier(number >> 8),
            _ => Whom::Nobody,
        };
        match kind {
            0..=9 => Self::Wake,
            10..=99 => Self::Answer { whom, spec: spec() },
            100..=119 => Self::Fail { whom, failure: failure(number >> 8) },
            120..=129 => Self::Event(spec()),
            130..=137 => Self::Tab(spec()),
            138..=139 => Self::Page(spec()),
            140..=145 => Self::Opened,
            146..=151 => Self::Heard,
            152..=155 => Self::Broken,
            156..=159 => Self::TabHeard,
            160..=163 => Self::Leading(number.is_multiple_of(2)),
            164..=175 => Self::Visible(number.is_multiple_of(2)),
            176..=183 => Self::Online(number.is_multiple_of(2)),
            184..=189 => Self::Resumed(span(number as u16)),
            190..=207 => Self::Renew,
            208..=212 => Self::Cancel,
            213..=220 => Self::Check,
            221..=223 => Self::Clarify,
            224..=226 => Self::CodeFailed,
            227 => Self::RetryCode,
            228 => Self::LogoFailed,
            229..=236 => Self::HandoffOpened,
            237..=244 => Self::HandoffClosed,
            245..=246 => Self::HandoffFailed(HandoffTrouble::WindowBlocked),
            247 => Self::HandoffFailed(HandoffTrouble::PageRefused),
            248..=253 => Self::Hosted(hint(number)),
            _ => Self::Close,
        }
    }
}

/// How much time passes before a step: mostly moments, now and then days.
pub(crate) fn span(number: u16) -> Millis {
    let (class, size) = (number % 16, u64::from(number / 16));
    Millis(match class {
        0 | 1 => 0,
        2..=4 => size % 1000,
        5..=9 => size * 3,
        10..=12 => size * 30,
        13 => size * 200,
        14 if size.is_multiple_of(4) => size * 30_000,
        15 if size.is_multiple_of(8) => size * 60_000,
        _ => size * 10,
    })
}

fn failure(number: u64) -> Failure {
    let http =
        |status, retry_after: Option<u64>| Failure::Http { status, retry_after: retry_after.map(Millis::from_secs) };
    match number % 16 {
        0..=4 => Failure::Network,
        5 | 6 => http(503, None),
        7 => http(500, None),
        8 => http(429, Some(30)),
        9 => http(429, Some(5000)),
        10 => http(503, Some(0)),
        11 => http(404, None),
        12 => http(403, Some(60)),
        13 => http(0, None),
        14 => Failure::Malformed(protocol::document::DocumentError::NotAnObject),
        _ => Failure::Malformed(protocol::document::DocumentError::NotACheckout),
    }
}

fn hint(number: u64) -> HostedEvent {
    match number % 5 {
        0 => HostedEvent::Loaded,
        1 => HostedEvent::PaymentSuccess,
        2 => HostedEvent::PaymentFail,
        3 => HostedEvent::Exit,
        _ => HostedEvent::FailedLoading,
    }
}
