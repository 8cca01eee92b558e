//! The shop's logo over a code.

use protocol::code::Reason;

/// Why the shop's logo is not shown. The code is, without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LogoTrouble {
    /// It would cover more of the code than is sure to be restored.
    TooLarge,
    /// Nothing is fetched from such an address.
    Address(Reason),
    /// The picture did not arrive, or is none.
    Unreachable,
}

impl LogoTrouble {
    /// A stable code for logs, events and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "logo-too-large",
            Self::Address(_) => "logo-address",
            Self::Unreachable => "logo-unreachable",
        }
    }

    /// What is expected instead, for developers.
    pub fn text(&self) -> &'static str {
        match self {
            Self::TooLarge => "a share of the code's side above 0 and up to 0.22 is expected",
            Self::Address(reason) => reason.text(),
            Self::Unreachable => "the picture did not arrive",
        }
    }
}
