//! Where the hosted page sends the payer back to.

use reqwest::Url;
use reqwest::header::{HeaderMap, ORIGIN, REFERER};

/// The page of the shop that shows a checkout, before it is known which checkout.
///
/// It is on the page that asks: an address of anybody else's, signed by the shop, would lend the shop's name to
/// whoever gets somebody to follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnUrl {
    /// Scheme, host and port.
    origin: String,
    /// Path, query and fragment, with [`PLACEHOLDER`] where the checkout's token belongs.
    rest: String,
}

/// What a browser writes where the checkout's token belongs.
const PLACEHOLDER: &str = "{token}";
/// The same in a path, where braces do not stay as they are.
const ESCAPED_PLACEHOLDER: &str = "%7Btoken%7D";
const MAX_LENGTH: usize = 1000;

impl ReturnUrl {
    /// Reads an http or https address of the origin that the request came from; none if it is no such address.
    ///
    /// A semicolon is refused, because what is signed is joined with it.
    pub fn read(text: &str, asked_from: Option<&str>) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let asked_from = Url::parse(asked_from?).ok()?;
        let plain = url.username().is_empty() && url.password().is_none() && text.len() <= MAX_LENGTH;
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        if !plain || !is_web || url.origin() != asked_from.origin() || text.contains(';') {
            return None;
        }
        let origin = url.origin().ascii_serialization();
        // Only behind the host: the token must not become part of where the payer goes.
        let rest = url.as_str().strip_prefix(&origin)?.replace(ESCAPED_PLACEHOLDER, PLACEHOLDER);
        Some(Self { origin, rest })
    }

    /// The address for one checkout.
    pub(crate) fn of_checkout(&self, token: &str) -> String {
        [&self.origin, self.rest.replace(PLACEHOLDER, token).as_str()].concat()
    }
}

/// Where a browser says its request comes from: `Origin`, or `Referer` where there is none.
pub(crate) fn asked_from(headers: &HeaderMap) -> Option<&str> {
    headers.get(ORIGIN).or_else(|| headers.get(REFERER)).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, asked_from: &str) -> Option<String> {
        ReturnUrl::read(text, Some(asked_from)).map(|url| url.of_checkout("AbC-_9"))
    }

    #[test]
    fn the_token_is_put_where_the_shop_wants_it() {
        for (text, filled) in [
            ("https://shop.example/#/checkout/{token}", "https://shop.example/#/checkout/AbC-_9"),
            ("https://shop.example/c/{token}?again={token}", "https://shop.example/c/AbC-_9?again=AbC-_9"),
            ("https://shop.example?checkout={token}&x=%7B", "https://shop.example/?checkout=AbC-_9&x=%7B"),
            ("https://SHOP.example:443/done", "https://shop.example/done"),
        ] {
            assert_eq!(of(text, "https://shop.example").as_deref(), Some(filled), "{text}");
        }
        assert!(of("http://127.0.0.1:8080/", "http://127.0.0.1:8080/some/page?x=1").is_some(), "a Referer has a path");
    }

    #[test]
    fn an_address_that_is_not_the_askers_own_is_none() {
        for text in [
            "https://evil.example/{token}",
            "https://shop.example.evil.example/",
            "https://shop.example@evil.example/",
            "https://shop.example:8443/",
            "http://shop.example/",
            "https://{token}.shop.example/",
            r"https://evil.example\@shop.example/",
            "//shop.example/",
            "/checkout/{token}",
            "javascript:alert(1)",
            "https://user:pass@shop.example/",
            "https://shop.example/;payment:status:success",
            "",
        ] {
            assert_eq!(of(text, "https://shop.example"), None, "{text}");
        }
        assert_eq!(of(&format!("https://shop.example/{}", "x".repeat(1000)), "https://shop.example"), None);
    }

    #[test]
    fn whoever_does_not_say_where_it_asks_from_has_no_way_back() {
        assert_eq!(ReturnUrl::read("https://shop.example/", None), None);
        assert_eq!(of("https://shop.example/", "null"), None);
        assert_eq!(of("data:text/html,x", "data:text/html,x"), None);
    }

    #[test]
    fn the_origin_counts_before_the_referer() {
        let mut headers = HeaderMap::new();
        assert_eq!(asked_from(&headers), None);
        headers.insert(REFERER, "https://shop.example/cart".parse().unwrap());
        assert_eq!(asked_from(&headers), Some("https://shop.example/cart"));
        headers.insert(ORIGIN, "null".parse().unwrap());
        assert_eq!(asked_from(&headers), Some("null"));
    }
}
