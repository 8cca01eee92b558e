//! Why the page is not opened, or a payment not begun.

use axum::http::StatusCode;
use thiserror::Error;

/// Why the page is not opened. The payer reads a plain sentence, the shop's developers read this.
///
/// No payment comes of it and no callback. Which HTTP status ECommPay's page answers with is UNCONFIRMED.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum Refused {
    #[error("the parameters cannot be read: {0}")]
    Unreadable(String),
    #[error("{name}: {reason}")]
    Parameter { name: String, reason: String },
    #[error("project_id: there is no such project")]
    UnknownProject,
    #[error("signature: there is none")]
    SignatureMissing,
    #[error("signature: it does not belong to these parameters and this project's key")]
    SignatureWrong,
    #[error("payment_currency: no method takes it")]
    NoMethod,
    #[error("best_before: its time is over")]
    Past,
    #[error("payment_id: it is paid")]
    Paid,
    #[error("payment_id: another payment has it")]
    Taken,
    #[error("there is no such request")]
    UnknownRequest,
    #[error("nothing was asked for")]
    NothingAsked,
    #[error("the payment is not waiting for a code to be used")]
    NoCodeWanted,
}

impl Refused {
    /// A parameter that is to blame.
    pub(super) fn parameter(name: &str, reason: &str) -> Self {
        Self::Parameter { name: name.to_owned(), reason: reason.to_owned() }
    }

    /// A stable code.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "page-unreadable",
            Self::Parameter { .. } => "page-parameter",
            Self::UnknownProject => "page-project-unknown",
            Self::SignatureMissing => "page-signature-missing",
            Self::SignatureWrong => "page-signature-wrong",
            Self::NoMethod => "page-no-method",
            Self::Past => "page-past",
            Self::Paid => "page-paid",
            Self::Taken => "page-taken",
            Self::UnknownRequest => "request-unknown",
            Self::NothingAsked => "request-nothing-asked",
            Self::NoCodeWanted => "request-no-code-wanted",
        }
    }

    /// The HTTP status.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::UnknownProject | Self::UnknownRequest => StatusCode::NOT_FOUND,
            Self::Past => StatusCode::GONE,
            Self::Paid | Self::Taken | Self::NothingAsked | Self::NoCodeWanted => StatusCode::CONFLICT,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The name of the heading above that sentence.
    pub(super) fn heading(&self) -> &'static str {
        match self {
            Self::Paid => "already_paid_heading",
            _ => "not_opened_heading",
        }
    }

    /// The name of the sentence that the payer reads.
    pub(super) fn sentence(&self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Paid => "already_paid",
            Self::Taken => "taken",
            _ => "not_opened",
        }
    }
}
