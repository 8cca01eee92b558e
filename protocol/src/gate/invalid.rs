//! Why a request must not be sent.

use std::fmt;

/// A member of a request that ECommPay would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The member, with its path: `customer.phone`.
    pub field: String,
    /// What is wrong with it.
    pub reason: Reason,
}

impl Invalid {
    pub(crate) fn new(field: impl Into<String>, reason: Reason) -> Self {
        Self { field: field.into(), reason }
    }

    /// A stable code for logs and support; it names the reason, [`Invalid::field`] the place.
    pub fn code(&self) -> &'static str {
        self.reason.code()
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.reason)
    }
}

impl std::error::Error for Invalid {}

/// What is wrong with a member of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It is required and absent or empty.
    Missing,
    /// It is longer than allowed.
    TooLong,
    /// It begins or ends with a blank.
    Blank,
    /// It is no whole number in the allowed range.
    Range,
    /// It is not written as it has to be.
    Form,
    /// It holds a character that is not allowed in it.
    Character,
    /// It may only stand together with another member, and that one is absent.
    Alone,
    /// It is set by signing and by nothing else.
    Reserved,
}

impl Reason {
    /// A stable code for logs and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "request-missing",
            Self::TooLong => "request-too-long",
            Self::Blank => "request-blank",
            Self::Range => "request-range",
            Self::Form => "request-form",
            Self::Character => "request-character",
            Self::Alone => "request-alone",
            Self::Reserved => "request-reserved",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "it is required",
            Self::TooLong => "it is too long",
            Self::Blank => "it may not begin or end with a blank",
            Self::Range => "a whole number in the allowed range is expected",
            Self::Form => "it is not written as expected",
            Self::Character => "it holds a character that is not allowed",
            Self::Alone => "it may not stand alone",
            Self::Reserved => "it is set by signing only",
        })
    }
}

/// Text of at most `limit` characters that is not empty.
pub(crate) fn required(field: &str, text: &str, limit: usize) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid::new(field, Reason::Missing));
    }
    at_most(field, text, limit)
}

/// Text of at most `limit` characters.
pub(crate) fn at_most(field: &str, text: &str, limit: usize) -> Result<(), Invalid> {
    if text.chars().count() > limit { Err(Invalid::new(field, Reason::TooLong)) } else { Ok(()) }
}

/// A telephone number as ECommPay takes it: 4 to 24 digits, no plus sign.
pub(crate) fn phone(field: &str, text: &str) -> Result<(), Invalid> {
    let good = (4..=24).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if good { Ok(()) } else { Err(Invalid::new(field, Reason::Form)) }
}

/// An e-mail address of at most 255 characters. Only the platform can tell whether it exists.
pub(crate) fn email(field: &str, text: &str) -> Result<(), Invalid> {
    at_most(field, text, 255)?;
    let parts = text.rsplit_once('@').filter(|(name, host)| !name.is_empty() && !host.is_empty());
    let good = parts.is_some() && !text.contains(char::is_whitespace);
    if good { Ok(()) } else { Err(Invalid::new(field, Reason::Form)) }
}

/// An address the platform or the payer's browser is to open.
pub(crate) fn url(field: &str, text: &str) -> Result<(), Invalid> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let good =
        rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control()));
    if good { Ok(()) } else { Err(Invalid::new(field, Reason::Form)) }
}
