//! A text as the modules of a QR code (ISO/IEC 18004).

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// How much of a code may be unreadable before its text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// About 15 %.
    M = 1,
    /// About 25 %.
    Q = 2,
    /// About 30 %.
    H = 3,
}

/// Which are black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modules {
    side: usize,
    /// Row by row, a byte each.
    black: Vec<u8>,
}

impl Modules {
    /// Out of a byte for each module, row by row, 0 for a white one. None if they are no square.
    pub fn new(black: Vec<u8>) -> Option<Self> {
        let side = black.len().isqrt();
        (side > 0 && side * side == black.len()).then_some(Self { side, black })
    }

    /// Modules a side, without the quiet zone.
    pub(crate) fn side(&self) -> usize {
        self.side
    }

    pub(crate) fn is_black(&self, x: usize, y: usize) -> bool {
        x < self.side && self.black.get(y * self.side + x).is_some_and(|module| *module != 0)
    }
}

/// What encodes: this crate's own encoder, or one that is on the page anyway.
///
/// It takes a text of any length, the least correction, and whether to take a better one where that costs no
/// larger code. It gives the smallest code that holds the text, or none where none does. The text is to be encoded
/// byte by byte. Other modes save a module now and then, but UTF-8 that happens to look like Shift JIS would be
/// read as Kanji, and a payment text has to arrive to the letter.
#[derive(Clone, Copy, Debug)]
pub struct Encoder(pub fn(&str, Correction, bool) -> Option<Modules>);

impl Default for Encoder {
    fn default() -> Self {
        Self(encode)
    }
}

fn encode(text: &str, least: Correction, better: bool) -> Option<Modules> {
    let least = match least {
        Correction::M => QrCodeEcc::Medium,
        Correction::Q => QrCodeEcc::Quartile,
        Correction::H => QrCodeEcc::High,
    };
    let segment = QrSegment::make_bytes(text.as_bytes());
    let code = QrCode::encode_segments_advanced(&[segment], least, Version::MIN, Version::MAX, None, better).ok()?;
    let places = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    Modules::new(places.map(|(x, y)| u8::from(code.get_module(x, y))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_a_square_or_nothing() {
        for length in [0, 2, 3, 440, 442] {
            assert_eq!(Modules::new(vec![1; length]), None, "{length} modules");
        }
        let modules = Modules::new(vec![0, 1, 0, 0]).unwrap();
        assert_eq!(modules.side(), 2);
        assert!(modules.is_black(1, 0) && !modules.is_black(0, 1) && !modules.is_black(2, 0));
    }
}
