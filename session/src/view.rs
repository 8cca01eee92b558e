//! What the screens show, as plain data.

use crate::{HandoffTrouble, Link, Phase};
use protocol::clarification::ClarificationField;
use protocol::code::{Code, Info, Refusal};
use protocol::date::UnixMillis;
use protocol::hosted::PaymentPageConfig;
use protocol::money::Money;

/// Everything but the time that is left, which is [`crate::Session::countdown`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// What the checkout is doing.
    pub phase: Phase,
    /// How well the shop can be reached.
    pub link: Link,
    /// Who is paid.
    pub payee: Option<String>,
    /// How much.
    pub sum: Option<Money>,
    /// For what.
    pub description: Option<String>,
    /// The payment's id, for support.
    pub payment_id: Option<String>,
    /// The code; none while it must not be scanned.
    pub code: Option<Code>,
    /// What else the platform wants the payer to read.
    pub info: Vec<Info>,
    /// Why there is no code although one was sent.
    pub refusal: Option<Refusal>,
    /// What the platform wants to know.
    pub clarification: Vec<ClarificationField>,
    /// The signed config of the hosted page, where there is one.
    pub payment_page: Option<PaymentPageConfig>,
    /// Why the hosted page could not be opened the last time.
    pub trouble: Option<HandoffTrouble>,
    /// When the outcome was reached, on the platform's clock.
    pub date: Option<UnixMillis>,
    /// What the payer can do.
    pub actions: Actions,
}

/// What the payer can do now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions {
    /// Ask for a new code.
    pub renew: bool,
    /// Give up.
    pub cancel: bool,
    /// Ask the shop now.
    pub check: bool,
    /// Fetch the picture of the code once more: it did not arrive, and nothing else can be shown.
    pub retry_code: bool,
    /// An action is under way.
    pub busy: bool,
    /// The last action did not reach the shop; it is safe to try again.
    pub failed: bool,
}
