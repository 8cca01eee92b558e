//! The code a payer scans, chosen and checked out of ECommPay's `display_data`.
//!
//! `display_data` comes from outside and in many shapes (ECommPay's WeChat page; siblings of the method
//! show more). Whatever is valid becomes a [`Code`]; whatever is not becomes a [`Refusal`] that names
//! the field and the reason, and the next usable item is tried.

mod base64;
mod image;
mod info;
mod link;
mod refusal;
mod text;

pub use image::{CodeImage, ImageFormat};
pub use info::{Info, Timeout};
pub use link::PageOrigin;
pub use refusal::{Notice, Reason, Refusal};
pub use text::{MAX_CODE_BYTES, neutral};

/// One element of ECommPay's `display_data` array, as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayItem {
    /// `qr_data`, `qr_img`, `qr_url` or `add_info`.
    pub kind: String,
    /// For people, and for telling one `add_info` from another.
    pub title: String,
    /// What `kind` says; numbers are kept as their decimal text.
    pub data: String,
}

/// Something a phone can scan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Code {
    /// `qr_data`: text to be drawn as a QR code here.
    Text(String),
    /// `qr_img`: a picture of the code, its bytes checked.
    Image(CodeImage),
    /// `qr_url`: where a picture of the code can be fetched; https, or the page's own origin.
    Url(String),
}

impl Code {
    fn rank(&self) -> u8 {
        match self {
            Self::Text(_) => 0,
            Self::Image(_) => 1,
            Self::Url(_) => 2,
        }
    }
}

/// All that a `display_data` array says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Display {
    /// Usable codes, the best first: `qr_data`, then `qr_img`, then `qr_url`, so that the least comes from outside.
    pub codes: Vec<Code>,
    /// Codes that could not be used.
    pub refusals: Vec<Refusal>,
    /// What an integrator should look into although the payer can pay.
    pub notices: Vec<Notice>,
    /// How long the code lives, where the array says so.
    pub timeout: Option<Timeout>,
    /// What else the payer should read, titles and texts neutralised.
    pub info: Vec<Info>,
}

/// The items of one array that are looked at; more is not a checkout.
pub const MAX_ITEMS: usize = 64;

impl Display {
    /// Sorts out an array. `origin` is the page the code will be shown on.
    pub fn read(items: &[DisplayItem], origin: &PageOrigin) -> Self {
        let mut display = Self::default();
        for (index, item) in items.iter().take(MAX_ITEMS).enumerate() {
            match item.kind.as_str() {
                "qr_data" | "qr_img" | "qr_url" => match read_code(item, origin) {
                    Ok(code) => {
                        if let Code::Text(text) = &code {
                            display.notices.extend(text::notice(text, index));
                        }
                        // Sorted as they come: a browser downloads a sorting algorithm for each type that is sorted.
                        let before = display.codes.iter().take_while(|known| known.rank() <= code.rank());
                        display.codes.insert(before.count(), code);
                    }
                    Err(reason) => display.refusals.push(Refusal { index, reason }),
                },
                "add_info" => display.add_info(item),
                _ => {}
            }
        }
        if display.codes.is_empty() && display.refusals.is_empty() {
            display.refusals.push(Refusal { index: items.len(), reason: Reason::Missing });
        }
        display
    }

    fn add_info(&mut self, item: &DisplayItem) {
        if let Some(timeout) = Timeout::read(item) {
            // The first one wins: ECommPay's own title comes before the names other methods use.
            self.timeout = self.timeout.or(Some(timeout));
        } else {
            self.info.extend(Info::read(item));
        }
    }
}

fn read_code(item: &DisplayItem, origin: &PageOrigin) -> Result<Code, Reason> {
    let data = item.data.trim();
    match item.kind.as_str() {
        // Siblings of the method put a picture into `qr_data`.
        "qr_data" if image::is_data_uri(data) => CodeImage::read(data).map(Code::Image),
        "qr_data" => text::read(data).map(Code::Text),
        "qr_img" => CodeImage::read(data).map(Code::Image),
        _ => link::read(data, origin).map(Code::Url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(kind: &str, title: &str, data: &str) -> DisplayItem {
        DisplayItem { kind: kind.into(), title: title.into(), data: data.into() }
    }

    fn read(items: &[DisplayItem]) -> Display {
        Display::read(items, &PageOrigin::new("https://shop.example"))
    }

    const CODE: &str = "weixin://wxpay/bizpayurl?pr=dMrSpJG";
    const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNiAAAABgADNjd8qAAAAABJRU5ErkJggg==";

    #[test]
    fn the_fragment_of_the_wechat_page_gives_its_code_and_its_time() {
        let display = read(&[item("qr_data", "QR code", CODE), item("add_info", "QR Code Timeout", "600")]);
        assert_eq!(display.codes, [Code::Text(CODE.into())]);
        assert_eq!(display.timeout, Some(Timeout::After { seconds: 600 }));
        assert_eq!((display.refusals, display.notices, display.info), (vec![], vec![], vec![]));
    }

    #[test]
    fn the_code_is_found_by_type_wherever_it_stands_and_text_is_preferred() {
        let display = read(&[
            item("add_info", "lifetime", "1197"),
            item("qr_url", "anything", "https://pay.example/code.png"),
            item("qr_img", "", DOT),
            item("qr_data", "qr_code_data", CODE),
        ]);
        assert!(matches!(&display.codes[..], [Code::Text(_), Code::Image(_), Code::Url(_)]));
    }

    #[test]
    fn an_unusable_code_is_refused_and_the_next_one_is_taken() {
        let display = read(&[item("qr_data", "", ""), item("qr_url", "", "https://pay.example/code.png")]);
        assert_eq!(display.codes, [Code::Url("https://pay.example/code.png".into())]);
        assert_eq!(display.refusals[0].field(), "display_data[0].data");
        assert_eq!(display.refusals[0].reason.code(), "code-empty");
    }

    #[test]
    fn an_array_without_any_code_says_so() {
        assert_eq!(read(&[]).refusals[0].reason, Reason::Missing);
        assert_eq!(read(&[item("add_info", "Shop", "open")]).refusals[0].reason.code(), "code-missing");
    }

    #[test]
    fn a_picture_inside_qr_data_is_a_picture() {
        let uri = ["data:image//png;base64,", DOT].concat();
        assert!(matches!(&read(&[item("qr_data", "", &uri)]).codes[..], [Code::Image(_)]));
    }

    #[test]
    fn a_hosted_page_in_place_of_a_code_is_drawn_but_reported() {
        let display = read(&[item("qr_data", "", "https://pay.example/p/1")]);
        assert_eq!(display.codes.len(), 1);
        assert_eq!(display.notices[0].code(), "code-is-link");
    }
}
