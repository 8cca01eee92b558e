//! Randomness: names nobody can guess, and chance.

/// A text of `length` characters, each with 62 possibilities.
pub(crate) fn letters(length: usize) -> String {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut text = String::with_capacity(length);
    while text.len() < length {
        // Six bits at a time; two of the 64 values are drawn again, so that no letter is likelier than another.
        let bits = usize::from(byte() & 0b11_1111);
        text.extend(ALPHABET.get(bits).map(|letter| char::from(*letter)));
    }
    text
}

/// A text of `length` hexadecimal digits.
pub(crate) fn hex(length: usize) -> String {
    (0..length).filter_map(|_| char::from_digit(u32::from(byte() & 0xf), 16)).collect()
}

/// Whether something that happens at this rate, 0 to 1, happens now.
pub(crate) fn happens(rate: f64) -> bool {
    let draw = f64::from(u32::from_le_bytes([byte(), byte(), byte(), byte()])) / (f64::from(u32::MAX) + 1.0);
    draw < rate
}

fn byte() -> u8 {
    let mut byte = [0];
    // Without the system's randomness there is nothing better than a constant, and in a sandbox nothing is lost.
    let _ = getrandom::fill(&mut byte);
    let [byte] = byte;
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_asked_length_and_do_not_repeat() {
        assert_eq!(letters(9).len(), 9);
        assert_ne!(letters(20), letters(20));
        assert!(hex(40).bytes().all(|digit| digit.is_ascii_hexdigit()));
        assert_eq!(hex(40).len(), 40);
    }

    #[test]
    fn what_is_certain_happens_and_what_is_impossible_does_not() {
        for _ in 0..100 {
            assert!(happens(1.0) && !happens(0.0));
        }
    }
}
