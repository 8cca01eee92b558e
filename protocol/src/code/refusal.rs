//! Why a code was refused, in words a developer can act on and a code support can look up.

use super::text::MAX_CODE_BYTES;
use crate::digits;
use std::fmt;

/// One item of `display_data` that cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which element of the array; its length where the code is missing altogether.
    pub index: usize,
    /// What is wrong with it.
    pub reason: Reason,
}

impl Refusal {
    /// The path of the refused member, such as `display_data[0].data`.
    pub fn field(&self) -> String {
        match self.reason {
            Reason::Missing => "display_data".into(),
            _ => ["display_data[", &digits(self.index as u64), "].data"].concat(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&[&self.field(), ": ", self.reason.text()].concat())
    }
}

impl std::error::Error for Refusal {}

/// What is wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// No element of type `qr_data`, `qr_img` or `qr_url`.
    Missing,
    /// Nothing in it.
    Empty,
    /// More text than fits a QR code of version 40 with error correction M.
    TooLong,
    /// Control characters or invisible formatting in the text of a code.
    Characters,
    /// `javascript:`, `data:` and their like: nothing a payment app should be handed.
    Scheme,
    /// Not Base64, or cut off.
    Encoding,
    /// Not a PNG, JPEG, GIF or WebP by its first bytes. SVG is refused on purpose: it can carry script.
    ImageFormat,
    /// A picture of too many bytes.
    ImageTooLarge,
    /// A picture of no width or height, or of more than 4096 pixels a side.
    ImageDimensions,
    /// The address is neither https nor of the page's own origin.
    UrlNotAllowed,
    /// The address carries a user name or password.
    UrlCredentials,
    /// The picture at the address did not arrive.
    UrlUnreachable,
}

impl Reason {
    /// A stable code for logs, events and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "code-missing",
            Self::Empty => "code-empty",
            Self::TooLong => "code-too-long",
            Self::Characters => "code-characters",
            Self::Scheme => "code-scheme",
            Self::Encoding => "code-encoding",
            Self::ImageFormat => "code-image-format",
            Self::ImageTooLarge => "code-image-too-large",
            Self::ImageDimensions => "code-image-dimensions",
            Self::UrlNotAllowed => "code-url-not-allowed",
            Self::UrlCredentials => "code-url-credentials",
            Self::UrlUnreachable => "code-url-unreachable",
        }
    }

    /// What is expected instead, for developers.
    pub fn text(&self) -> &'static str {
        match self {
            Self::Missing => "an element of type qr_data, qr_img or qr_url is expected",
            Self::Empty => "empty",
            Self::TooLong => {
                const { assert!(MAX_CODE_BYTES == 2331) };
                "longer than the 2331 bytes a QR code holds"
            }
            Self::Characters => "contains control or invisible formatting characters",
            Self::Scheme => "a scheme that no payment app opens",
            Self::Encoding => "not valid Base64",
            Self::ImageFormat => "not a PNG, JPEG, GIF or WebP picture",
            Self::ImageTooLarge => "a picture of more than 512 KiB",
            Self::ImageDimensions => "a picture without width or height, or of more than 4096 pixels a side",
            Self::UrlNotAllowed => "an https address, or one of the page's own origin, is expected",
            Self::UrlCredentials => "an address with a user name or password",
            Self::UrlUnreachable => "the picture did not arrive",
        }
    }
}

/// Something an integrator should look into although the payer can pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The code holds a web address in place of a `weixin://` text: payers may have to scan twice.
    Link {
        /// Which element of the array.
        index: usize,
    },
    /// The code holds neither a `weixin://` text nor a web address.
    UnknownScheme {
        /// Which element of the array.
        index: usize,
    },
}

impl Notice {
    /// A stable code for logs, events and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Link { .. } => "code-is-link",
            Self::UnknownScheme { .. } => "code-unknown-scheme",
        }
    }
}
