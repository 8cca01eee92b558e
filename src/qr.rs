//! A text drawn as a QR code: one path of whole modules.

use crate::encode::{Correction, Encoder, Modules};
use crate::logo;
use protocol::digits;

/// A QR code as an SVG path in units of modules, without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drawing {
    /// Black modules, runs of a row merged, such as `M0 0h7v1h-7z`.
    pub(crate) path: String,
    /// Modules a side.
    pub(crate) size: usize,
    /// What a logo covers, where there is one.
    pub(crate) covered: Option<Covered>,
}

/// The middle of a code that carries a logo. It is not part of [`Drawing::path`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Covered {
    /// Its black modules: with them the code is whole.
    pub(crate) path: String,
    /// Modules a side: odd like every code's, so that it lies on whole modules.
    pub(crate) side: usize,
}

/// White modules around a code (ISO/IEC 18004: four).
pub(crate) const QUIET_ZONE: usize = 4;

/// Why a text cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DrawingError {
    /// More than the largest code holds.
    TooLong,
}

impl Drawing {
    /// Draws `text` with error correction M, or better where that costs no larger code.
    pub(crate) fn of(text: &str, Encoder(encode): Encoder) -> Result<Self, DrawingError> {
        let code = encode(text, Correction::M, true).ok_or(DrawingError::TooLong)?;
        Ok(Self { path: path(&code, |_, _| true), size: code.side(), covered: None })
    }

    /// Draws `text` so that its middle, `share` of its side, can be covered by a logo: with error correction H,
    /// or the best that holds the text, and no more of the middle than [`crate::logo::limit`] allows.
    pub(crate) fn with_logo(text: &str, share: f64, Encoder(encode): Encoder) -> Result<Self, DrawingError> {
        let levels = [Correction::H, Correction::Q, Correction::M];
        let encoded = levels.into_iter().find_map(|level| Some((encode(text, level, false)?, level)));
        let (code, level) = encoded.ok_or(DrawingError::TooLong)?;
        let size = code.side();
        let side = logo::cover(size, share.min(logo::limit(level)));
        let from = size.saturating_sub(side) / 2;
        let middle = from..from + side;
        let covers = |x, y| middle.contains(&x) && middle.contains(&y);
        let covered = Covered { path: path(&code, covers), side };
        Ok(Self { path: path(&code, |x, y| !covers(x, y)), size, covered: Some(covered) })
    }

    /// Modules a side with the quiet zone.
    pub(crate) fn outer(&self) -> usize {
        self.size + 2 * QUIET_ZONE
    }

    /// The SVG's view box: the code and its quiet zone.
    pub(crate) fn view_box(&self) -> String {
        let outer = digits(self.outer() as u64);
        ["-4 -4 ", &outer, " ", &outer].concat()
    }
}

/// The black modules among those that are `wanted`.
fn path(code: &Modules, wanted: impl Fn(usize, usize) -> bool) -> String {
    let mut path = String::new();
    for y in 0..code.side() {
        let mut x = 0;
        while x < code.side() {
            let length = (x..code.side()).take_while(|x| code.is_black(*x, y) && wanted(*x, y)).count();
            if length > 0 {
                let run = digits(length as u64);
                for piece in ["M", &digits(x as u64), " ", &digits(y as u64), "h", &run, "v1h-", &run, "z"] {
                    path.push_str(piece);
                }
            }
            x += length + 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    const WECHAT: &str = "weixin://wxpay/bizpayurl?pr=dMrSpJG";

    fn drawn(text: &str) -> Result<Drawing, DrawingError> {
        Drawing::of(text, Encoder::default())
    }

    /// Paints the path as a browser would, eight pixels a module, and reads it with a scanner.
    #[cfg(not(target_arch = "wasm32"))]
    fn scan(drawing: &Drawing) -> String {
        let outer = drawing.outer();
        let mut dark = vec![false; outer * outer];
        for run in drawing.path.split('z').filter(|run| !run.is_empty()) {
            let (x, rest) = run.strip_prefix('M').unwrap().split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (length, back) = rest.split_once("v1h-").unwrap();
            assert_eq!(length, back);
            let at = (y.parse::<usize>().unwrap() + QUIET_ZONE) * outer + x.parse::<usize>().unwrap() + QUIET_ZONE;
            dark[at..at + length.parse::<usize>().unwrap()].fill(true);
        }
        let mut image =
            rqrr::PreparedImage::prepare_from_bitmap(outer * 8, outer * 8, |x, y| dark[y / 8 * outer + x / 8]);
        image.detect_grids().first().expect("a code").decode().expect("readable").1
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn a_scanner_reads_what_was_drawn_to_the_letter() {
        let long = ["weixin://pay.weixin.qq.com/bizpayurl/up?pr=NwY5Mz9&groupid=00", &"a".repeat(200)].concat();
        for text in [WECHAT, &long, "x", "微信支付：茶", "HTTPS://PAY.EXAMPLE/1234567890"] {
            assert_eq!(scan(&drawn(text).unwrap()), text);
        }
    }

    #[test]
    fn the_path_is_made_of_whole_modules_and_begins_with_a_finder() {
        let drawing = drawn(WECHAT).unwrap();
        assert!(drawing.path.starts_with("M0 0h7v1h-7z"), "{}", drawing.path);
        assert!(drawing.path.chars().all(|c| "Mhvz- 0123456789".contains(c)));
        assert_eq!(
            drawing.view_box(),
            ["-4 -4 ", &drawing.outer().to_string(), " ", &drawing.outer().to_string()].concat()
        );
    }

    #[test]
    fn a_wechat_text_needs_no_larger_code_for_its_better_correction() {
        // 35 bytes: version 3 holds 42 with M and 32 with Q (ISO/IEC 18004, table 7).
        assert_eq!(drawn(WECHAT).unwrap().size, 29);
        assert_eq!(drawn("12345678901234").unwrap().size, 21);
    }

    #[test]
    fn the_largest_code_holds_2331_bytes_and_one_more_is_refused() {
        assert_eq!(drawn(&"x".repeat(2331)).unwrap().size, 177);
        assert_eq!(drawn(&"x".repeat(2332)), Err(DrawingError::TooLong));
    }
}
