//! The shop's logo over a code: what is accepted, and how much of the code it may cover.

use crate::encode::Correction;
use protocol::code::PageOrigin;
use session::LogoTrouble;

/// A picture that the shop wants in the middle of codes drawn from `qr_data`. None by default, and best left
/// so: a code without one is read faster and from farther away.
///
/// With a logo the code is drawn with error correction H. The modules under it are cleared on a square of whole
/// modules once the picture has arrived; until then, and when it does not arrive, the code is whole. A logo that
/// is refused ([`LogoTrouble`]) is told by [`crate::Event::Error`], and the code is shown without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Logo {
    /// Where the picture is: an https address, or one of the page's own origin such as `/logo.png`.
    pub url: String,
    /// Its part of the code's side, half a module of white around it included; above 0, at most
    /// [`Logo::MOST`].
    pub share: f64,
}

impl Logo {
    /// The largest [`Logo::share`]. In none of the 40 versions does the square then touch more than half of the
    /// codewords that error correction H restores in any block, so that as much is left for glare and dirt; nor
    /// does it reach finders, timing, format or version.
    pub const MOST: f64 = 0.22;

    /// A logo of a fifth of the code's side.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), share: 0.2 }
    }

    /// The same logo, larger or smaller.
    pub fn with_share(self, share: f64) -> Self {
        Self { share, ..self }
    }

    /// Whether it can be shown on a page of this origin.
    fn check(&self, origin: &PageOrigin) -> Result<(), LogoTrouble> {
        // Written so that what is no number is refused, too.
        if !(self.share > 0.0 && self.share <= Self::MOST) {
            return Err(LogoTrouble::TooLarge);
        }
        origin.check_picture(&self.url).map_err(LogoTrouble::Address)
    }
}

impl From<String> for Logo {
    fn from(url: String) -> Self {
        Self::new(url)
    }
}

impl From<&str> for Logo {
    fn from(url: &str) -> Self {
        Self::new(url)
    }
}

/// The logo if it can be shown here, or why it cannot.
pub(crate) fn sort(logo: Option<Logo>, origin: &PageOrigin) -> (Option<Logo>, Option<LogoTrouble>) {
    match logo.as_ref().map(|logo| logo.check(origin)) {
        Some(Err(trouble)) => (None, Some(trouble)),
        _ => (logo, None),
    }
}

/// The same, for the page that this runs on.
pub(crate) fn sort_for_page(logo: Option<Logo>) -> (Option<Logo>, Option<LogoTrouble>) {
    #[cfg(target_arch = "wasm32")]
    let origin = crate::driver::page_origin();
    // A server does not know the page it renders for; addresses that need to are sorted out by the browser.
    #[cfg(not(target_arch = "wasm32"))]
    let origin = "";
    sort(logo, &PageOrigin::new(origin))
}

/// The largest part of a code's side that may be covered. Q and M are only used for texts that H, or Q, cannot
/// hold, in the versions from 34 upwards; M is left with little to restore.
pub(crate) fn limit(level: Correction) -> f64 {
    match level {
        Correction::M => 0.14,
        _ => Logo::MOST,
    }
}

/// The modules a side that a logo of this share covers: an odd number, no more than was asked for, but three at
/// least, since less would leave no room for a picture.
pub(crate) fn cover(size: usize, share: f64) -> usize {
    let modules = (size as f64 * share) as usize;
    (modules.saturating_sub(1) | 1).max(3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::code::Reason;

    fn shop() -> PageOrigin {
        PageOrigin::new("https://shop.example")
    }

    #[test]
    fn a_logo_is_accepted_up_to_its_largest_share_and_refused_just_above() {
        for share in [0.01, 0.2, Logo::MOST] {
            let logo = Logo::new("/logo.png").with_share(share);
            assert_eq!(sort(Some(logo.clone()), &shop()), (Some(logo), None));
        }
        for share in [0.2201, 1.0, f64::INFINITY, 0.0, -0.1, f64::NAN] {
            let logo = Logo::new("/logo.png").with_share(share);
            assert_eq!(sort(Some(logo), &shop()), (None, Some(LogoTrouble::TooLarge)), "{share}");
        }
        assert_eq!(sort(None, &shop()), (None, None));
    }

    #[test]
    fn a_logo_is_fetched_from_where_a_picture_of_a_code_may_be_and_from_nowhere_else() {
        for url in ["https://cdn.example/logo.png", "/logo.webp", "https://shop.example/logo.gif"] {
            assert_eq!(sort(Some(url.into()), &shop()), (Some(Logo::new(url)), None));
        }
        for (url, reason) in [
            ("http://cdn.example/logo.png", Reason::UrlNotAllowed),
            ("data:image/svg+xml;base64,PHN2Zy8+", Reason::UrlNotAllowed),
            ("javascript:alert(1)", Reason::UrlNotAllowed),
            ("logo.png", Reason::UrlNotAllowed),
            ("https://user:word@cdn.example/logo.png", Reason::UrlCredentials),
            ("", Reason::Empty),
        ] {
            assert_eq!(sort(Some(url.into()), &shop()), (None, Some(LogoTrouble::Address(reason))), "{url}");
        }
    }

    #[test]
    fn what_is_covered_lies_on_whole_modules_in_the_middle_and_is_never_more_than_asked_for() {
        for size in (21..=177).step_by(4) {
            for share in [0.15, 0.2, Logo::MOST] {
                let side = cover(size, share);
                assert!(side % 2 == 1 && (size - side).is_multiple_of(2), "{side} of {size}");
                assert!(side as f64 <= size as f64 * share && (side + 2) as f64 > size as f64 * share);
            }
            assert_eq!(cover(size, 0.001), 3);
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod anatomy;
