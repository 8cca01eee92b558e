//! What the fuzzers run, as plain functions: `cargo fuzz` calls them with what it makes up, the tests with
//! the corpora and what is near them. A function that returns has passed; each also checks what must hold
//! whatever comes in.

use wechat_checkout_protocol::code::{Code, CodeImage, Display, DisplayItem, PageOrigin, neutral};
use wechat_checkout_protocol::date::UnixMillis;
use wechat_checkout_protocol::document::Document;

/// Reads bytes as a checkout document, and its code as a page would.
pub(crate) fn document(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(data) else { return };
    let Ok(document) = Document::read(&value) else { return };
    assert!(document.display_data.len() <= 64);
    assert!(document.clarification.len() <= 32);
    for text in [&document.payment.description, &document.checkout.payee].into_iter().flatten() {
        assert_eq!(*text, neutral(text, 10_000), "a text for people is neutral");
    }
    let _ = Display::read(&document.display_data, &PageOrigin::new("https://shop.example"));
    if let Some(config) = &document.checkout.payment_page {
        let _ = config.check(None, "https://paymentpage.ecommpay.com");
        assert!(config.query().is_ascii());
    }
}

/// Reads bytes as the items of `display_data`: lines of type, title and data, parted by tabs.
pub(crate) fn display_data(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let items: Vec<DisplayItem> = text
        .lines()
        .map(|line| {
            let mut parts = line.splitn(3, '\t').map(str::to_owned);
            let mut part = || parts.next().unwrap_or_default();
            DisplayItem { kind: part(), title: part(), data: part() }
        })
        .collect();
    let display = Display::read(&items, &PageOrigin::new("https://shop.example"));
    assert!(!display.codes.is_empty() || !display.refusals.is_empty(), "a code, or a reason why not");
    for code in &display.codes {
        match code {
            Code::Text(text) => {
                assert!(!text.is_empty() && text.len() <= 2331 && !text.chars().any(char::is_control));
                assert!(!text.to_ascii_lowercase().starts_with("javascript:"));
            }
            Code::Url(url) => {
                let lower = url.to_ascii_lowercase();
                assert!(lower.starts_with("https://") || (url.starts_with('/') && !url.starts_with("//")), "{url}");
            }
            Code::Image(image) => assert!(image.width > 0 && image.width <= 4096 && image.height <= 4096),
            _ => {}
        }
    }
}

/// Reads bytes as Base64 of a picture, and as a picture.
pub(crate) fn image(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data)
        && let Ok(image) = CodeImage::read(text)
    {
        assert!(!image.bytes.is_empty() && !image.bytes.starts_with(b"<"));
    }
    if let Ok(image) = CodeImage::from_bytes(data.to_vec()) {
        assert!(image.width > 0 && image.height > 0 && image.bytes == data);
    }
}

/// Signs what the bytes say, and checks that it verifies and that the text to sign has no line but its own.
pub(crate) fn signature(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(data) else { return };
    let Ok(key) = wechat_checkout_protocol::sign::SecretKey::new("secret") else { return };
    let _ = wechat_checkout_protocol::sign::verify(&value, &key);
    let mut signed = value;
    if signed.is_object() && wechat_checkout_protocol::sign::sign_top_level(&mut signed, &key).is_ok() {
        assert!(wechat_checkout_protocol::sign::verify(&signed, &key).is_ok(), "what was signed verifies");
        assert_eq!(wechat_checkout_protocol::sign::signature_of(&signed).map(str::len), Some(88));
    }
}

/// Reads bytes as dates.
pub(crate) fn date(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Some(time) = UnixMillis::parse_iso(text) {
        assert!(time.0.abs() < 260_000_000_000_000, "{text}");
    }
}
