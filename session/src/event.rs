//! What the integrator is told.

use crate::{HandoffTrouble, HostedEvent, Link, LogoTrouble, Outcome, Phase};
use protocol::code::{Notice, Refusal};
use protocol::digits;
use protocol::document::DocumentError;
use protocol::hosted::ConfigError;

/// Something that happened in a checkout. [`Event::Settled`] comes at most once, and last.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// There is something to show for the first time.
    Ready,
    /// The phase changed.
    Phase(Phase),
    /// The outcome. Nothing follows.
    Settled(Outcome),
    /// The code, or the payment, can no longer be paid. Not terminal: a success may still arrive.
    Expired,
    /// A new code replaced the old one.
    Renewed,
    /// The shop cannot be reached as it should.
    Degraded(Link),
    /// The link is good again.
    Recovered,
    /// The hosted page said something: a hint, never an outcome.
    Hosted(HostedEvent),
    /// Something is wrong that a developer should know.
    Error(Problem),
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A code that cannot be shown.
    Code(Refusal),
    /// A code that can be shown but is not what it should be.
    Notice(Notice),
    /// A config of the hosted page that cannot be right; the page is not offered.
    Config(ConfigError),
    /// The hosted page could not be opened.
    Handoff(HandoffTrouble),
    /// The shop's logo is not shown over the code; the code is.
    Logo(LogoTrouble),
    /// The platform asks the payer for something, and the document does not say where the answer goes.
    Unanswerable,
    /// An answer that is no checkout document.
    Document(DocumentError),
    /// The shop refused to answer, with this HTTP status.
    Refused(u16),
    /// An action did not reach the shop or was not done; it may be tried again.
    Action,
}

impl Problem {
    /// A stable code for logs and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Code(refusal) => refusal.reason.code(),
            Self::Notice(notice) => notice.code(),
            Self::Config(error) => error.reason.code(),
            Self::Handoff(trouble) => trouble.code(),
            Self::Logo(trouble) => trouble.code(),
            Self::Unanswerable => "clarify-link-missing",
            Self::Document(error) => error.code(),
            Self::Refused(_) => "status-refused",
            Self::Action => "action-failed",
        }
    }

    /// The member or setting it is about.
    pub fn field(&self) -> String {
        match self {
            Self::Code(refusal) => refusal.field(),
            Self::Notice(Notice::Link { index } | Notice::UnknownScheme { index }) => {
                Refusal { index: *index, reason: protocol::code::Reason::Scheme }.field()
            }
            Self::Notice(_) => "display_data".into(),
            Self::Config(error) => ["payment_page.", &error.parameter].concat(),
            Self::Handoff(_) => "payment_page".into(),
            Self::Logo(_) => "logo".into(),
            Self::Unanswerable => "links.clarify".into(),
            Self::Document(_) => "document".into(),
            Self::Refused(_) => "links.status".into(),
            Self::Action => "links".into(),
        }
    }

    /// The reason in words, for developers.
    pub fn reason(&self) -> String {
        match self {
            Self::Code(refusal) => refusal.reason.text().into(),
            Self::Notice(Notice::Link { .. }) => {
                "a web address in place of a weixin:// code: payers may scan twice".into()
            }
            Self::Notice(_) => "not a weixin:// code".into(),
            Self::Config(error) => error.reason.text().into(),
            Self::Handoff(HandoffTrouble::WindowBlocked) => "the browser blocked the window".into(),
            Self::Handoff(HandoffTrouble::ScriptFailed) => "ECommPay's script was blocked or did not arrive".into(),
            Self::Handoff(HandoffTrouble::PageFailed) => "the hosted page did not load".into(),
            Self::Handoff(HandoffTrouble::PageRefused) => {
                "the shop's Content Security Policy refuses the hosted page".into()
            }
            Self::Logo(trouble) => trouble.text().into(),
            Self::Unanswerable => "no link takes the payer's answer".into(),
            Self::Document(error) => error.text().into(),
            Self::Refused(status) => ["the shop answered HTTP ", &digits(u64::from(*status))].concat(),
            Self::Action => "the shop did not do what was asked; it is safe to ask again".into(),
        }
    }
}
