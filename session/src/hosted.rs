//! What the hosted Payment Page lets us know: hints, never proof.
//!
//! Source: ECommPay, Payment Page events and UI monitoring. Each may be missing, late, doubled or made up
//! by a frame that only looks like the page. The outcome comes from the shop.

/// Something the hosted page, or the window it is in, said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HostedEvent {
    /// Fully drawn.
    Loaded,
    /// Could not be drawn; the same payment id may be used again.
    FailedLoading,
    /// The payer chose a method.
    MethodSelected(String),
    /// The payer confirmed.
    PaymentSent,
    /// The platform took the request; its id, where it is told.
    SubmitResult(Option<String>),
    /// The page says that it was paid.
    PaymentSuccess,
    /// The page says that it was not.
    PaymentFail,
    /// Closed after the result page was shown.
    Exit,
    /// Closed before the result page.
    Destroy,
    /// Any other event of the page, by its name.
    Other(String),
}

impl HostedEvent {
    /// Reads the name of an `EPayWidget` handler.
    pub fn read(handler: &str, detail: Option<String>) -> Self {
        match handler {
            "onLoaded" => Self::Loaded,
            "onFailLoading" => Self::FailedLoading,
            "onPaymentMethodSelect" => Self::MethodSelected(detail.unwrap_or_default()),
            "onPaymentSent" => Self::PaymentSent,
            "onPaymentSubmitResult" => Self::SubmitResult(detail),
            "onPaymentSuccess" => Self::PaymentSuccess,
            "onPaymentFail" => Self::PaymentFail,
            "onExit" => Self::Exit,
            "onDestroy" => Self::Destroy,
            other => Self::Other(other.to_owned()),
        }
    }

    /// A stable name for logs and events; what is not known goes by the name of its handler.
    pub fn name(&self) -> &str {
        match self {
            Self::Loaded => "loaded",
            Self::FailedLoading => "failed-loading",
            Self::MethodSelected(_) => "method-selected",
            Self::PaymentSent => "payment-sent",
            Self::SubmitResult(_) => "submit-result",
            Self::PaymentSuccess => "payment-success",
            Self::PaymentFail => "payment-fail",
            Self::Exit => "exit",
            Self::Destroy => "destroy",
            Self::Other(name) => name,
        }
    }

    /// What else it says: the method's code, or the request's id.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::MethodSelected(detail) => Some(detail),
            Self::SubmitResult(detail) => detail.as_deref(),
            _ => None,
        }
    }
}

/// Why the hosted page could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandoffTrouble {
    /// The browser blocked the window.
    WindowBlocked,
    /// ECommPay's script was blocked or did not arrive.
    ScriptFailed,
    /// The page said that it could not be drawn, or said nothing for too long.
    PageFailed,
    /// The shop's own Content Security Policy refused the page. Only heeded while the page is open.
    PageRefused,
}

impl HandoffTrouble {
    /// A stable code for logs, events and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WindowBlocked => "hosted-window-blocked",
            Self::ScriptFailed => "hosted-script-failed",
            Self::PageFailed => "hosted-page-failed",
            Self::PageRefused => "hosted-page-refused",
        }
    }
}
