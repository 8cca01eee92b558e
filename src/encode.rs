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
    /// Out of a byte for each module, row by row, 0 for a white one. None if no code has so many.
    pub fn new(black: Vec<u8>) -> Option<Self> {
        // From version 1 to 40, four more with each.
        let side = (21..=177).step_by(4).find(|side| side * side == black.len())?;
        Some(Self { side, black })
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
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]
mod tests {
    use super::*;

    #[test]
    fn modules_are_those_of_a_code_or_nothing() {
        for length in [0, 1, 440, 442, 22 * 22, 178 * 178, 181 * 181] {
            assert_eq!(Modules::new(vec![1; length]), None, "{length} modules");
        }
        let mut black = vec![0; 177 * 177];
        black[177 * 3 + 176] = 1;
        let modules = Modules::new(black).unwrap();
        assert_eq!(modules.side(), 177);
        assert!(modules.is_black(176, 3) && !modules.is_black(3, 176) && !modules.is_black(177 + 176, 2));
    }
}
