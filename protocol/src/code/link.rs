//! Where a picture of a code may be fetched from.

use super::{Reason, text::starts_with_ignoring_case};

/// The longest address that is looked at, in bytes.
const MAX_URL_BYTES: usize = 2048;

/// The origin of the page that shows the code, such as `https://shop.example`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageOrigin(String);

impl PageOrigin {
    /// `origin` as `location.origin` gives it; empty where there is no page.
    pub fn new(origin: impl Into<String>) -> Self {
        Self(origin.into())
    }

    /// Whether a picture may be fetched from `url` on this page: https, or the page's own origin.
    ///
    /// # Errors
    ///
    /// Why not, by the rules for `qr_url`.
    pub fn check_picture(&self, url: &str) -> Result<(), Reason> {
        read(url, self).map(drop)
    }

    fn owns(&self, url: &str) -> bool {
        !self.0.is_empty()
            && url.strip_prefix(self.0.as_str()).is_some_and(|rest| rest.bytes().next().is_none_or(ends_authority))
    }

    /// A page on this machine may load from this machine without TLS, as browsers hold loopback trustworthy.
    fn is_loopback(&self) -> bool {
        authority(&self.0).is_some_and(is_loopback)
    }
}

pub(super) fn read(url: &str, origin: &PageOrigin) -> Result<String, Reason> {
    if url.is_empty() {
        return Err(Reason::Empty);
    }
    if url.len() > MAX_URL_BYTES {
        return Err(Reason::TooLong);
    }
    // A browser repairs back-slashes, blanks and controls in its own way; what it would make of them is not for us to guess.
    if !url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Err(Reason::Characters);
    }
    if url.starts_with('/') && !url.starts_with("//") {
        return Ok(url.to_owned());
    }
    let Some(authority) = authority(url) else {
        return Err(Reason::UrlNotAllowed);
    };
    if authority.contains('@') {
        return Err(Reason::UrlCredentials);
    }
    let secure = starts_with_ignoring_case(url, "https://");
    let local = starts_with_ignoring_case(url, "http://") && is_loopback(authority) && origin.is_loopback();
    if !authority.is_empty() && (secure || local || origin.owns(url)) {
        Ok(url.to_owned())
    } else {
        Err(Reason::UrlNotAllowed)
    }
}

fn authority(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once(':')?;
    let rest = rest.strip_prefix("//")?;
    rest.get(..rest.bytes().position(ends_authority).unwrap_or(rest.len()))
}

fn ends_authority(byte: u8) -> bool {
    matches!(byte, b'/' | b'?' | b'#')
}

fn is_loopback(authority: &str) -> bool {
    let portless = authority.trim_end_matches(|digit: char| digit.is_ascii_digit()).strip_suffix(':');
    matches!(portless.unwrap_or(authority), "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> PageOrigin {
        PageOrigin::new("https://shop.example")
    }

    #[test]
    fn https_and_the_pages_own_origin_are_allowed() {
        for url in
            ["https://pay.example/c.png?a=1#b", "HTTPS://pay.example:8443/c", "/codes/1.png", "https://shop.example/x"]
        {
            assert_eq!(read(url, &shop()).as_deref(), Ok(url));
        }
        assert!(read("http://shop.example/x", &PageOrigin::new("http://shop.example")).is_ok());
    }

    #[test]
    fn everything_else_is_not() {
        for (url, reason) in [
            ("http://pay.example/c.png", Reason::UrlNotAllowed),
            ("//pay.example/c.png", Reason::UrlNotAllowed),
            ("codes/1.png", Reason::UrlNotAllowed),
            ("https://", Reason::UrlNotAllowed),
            ("https:///x", Reason::UrlNotAllowed),
            ("javascript:alert(1)", Reason::UrlNotAllowed),
            ("data:image/png;base64,AAAA", Reason::UrlNotAllowed),
            ("blob:https://shop.example/1", Reason::UrlNotAllowed),
            ("https://user:pass@pay.example/c.png", Reason::UrlCredentials),
            ("/\\pay.example/c.png", Reason::Characters),
            ("https://pay.example/a b", Reason::Characters),
            ("https://pаy.example/c.png", Reason::Characters),
            ("http://127.0.0.1/c.png", Reason::UrlNotAllowed),
        ] {
            assert_eq!(read(url, &shop()), Err(reason), "{url}");
        }
    }

    #[test]
    fn a_shop_on_this_machine_may_load_from_this_machine() {
        let local = PageOrigin::new("http://127.0.0.1:8080");
        assert!(read("http://127.0.0.1:4010/c.png", &local).is_ok());
        assert!(read("http://127.0.0.1.evil.example/c.png", &local).is_err());
        assert!(read("http://localhost:x@evil.example/c.png", &local).is_err());
    }

    #[test]
    fn a_longer_host_that_begins_like_ours_is_not_ours() {
        assert!(read("http://shop.example.evil/x", &PageOrigin::new("http://shop.example")).is_err());
    }
}
