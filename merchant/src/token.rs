//! Names that nobody can guess.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// The name of a checkout in its address. Who knows it may see the checkout and ask for another code, so it
/// holds 192 bits of the operating system's randomness.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Token(String);

/// Why no name could be made.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no randomness")]
pub struct NoRandomness(#[from] getrandom::Error);

impl Token {
    /// A new token.
    pub fn random() -> Result<Self, NoRandomness> {
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Reads what may be a token.
    pub fn read(text: &str) -> Option<Self> {
        let good = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        good.then(|| Self(text.to_owned()))
    }

    /// The whole token. Not for logs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Enough of a token to find a checkout in a log, and too little to open it.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.get(..6).unwrap_or_default())?;
        f.write_str("…")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({self})")
    }
}

/// 128 random bits as 32 small hexadecimal digits: ECommPay does not tell capitals from small letters.
pub(crate) fn random_hex() -> Result<String, NoRandomness> {
    use fmt::Write as _;
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().fold(String::with_capacity(32), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// The name of a payment, such as `WX-7K3M9Q2T4A0B`: payers and support read it to each other, so it has no
/// letters that look or sound like another sign (Crockford's alphabet), and is no longer than it has to be.
/// Its 60 random bits are no secret, and whoever uses it has to see that it is free.
pub(crate) fn random_payment_id() -> Result<String, NoRandomness> {
    let mut bytes = [0_u8; 12];
    getrandom::fill(&mut bytes)?;
    Ok("WX-".chars().chain(bytes.into_iter().map(crockford)).collect())
}

/// The sign for the lower five bits.
fn crockford(bits: u8) -> char {
    const SIGNS: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    SIGNS.get(usize::from(bits & 31)).copied().map_or('0', char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_long_safe_in_an_address_and_never_the_same() {
        let tokens: std::collections::HashSet<_> =
            (0..1000).map(|_| Token::random().unwrap().as_str().to_owned()).collect();
        assert_eq!(tokens.len(), 1000);
        for token in tokens {
            assert!(Token::read(&token).is_some(), "{token}");
        }
    }

    #[test]
    fn what_cannot_be_a_token_is_none() {
        for text in ["", "short", &"a".repeat(33), &"ä".repeat(16), &["../", &"a".repeat(29)].concat()] {
            assert_eq!(Token::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_log_shows_too_little_of_a_token_to_use_it() {
        let token = Token::read("AbCdEfGhIjKlMnOpQrStUvWxYz012345").unwrap();
        assert_eq!(token.to_string(), "AbCdEf…");
        assert_eq!(format!("{token:?}"), "Token(AbCdEf…)");
    }

    #[test]
    fn a_payments_name_can_be_read_aloud() {
        let names: std::collections::HashSet<_> = (0..1000).map(|_| random_payment_id().unwrap()).collect();
        assert_eq!(names.len(), 1000);
        for name in &names {
            let signs = name.strip_prefix("WX-").unwrap();
            assert_eq!(signs.len(), 12, "{name}");
            let good = |sign: char| (sign.is_ascii_digit() || sign.is_ascii_uppercase()) && !"ILOU".contains(sign);
            assert!(signs.chars().all(good), "{name}");
        }
        let signs: std::collections::HashSet<_> = names.iter().flat_map(|name| name.chars().skip(3)).collect();
        assert_eq!(signs.len(), 32, "every sign occurs");
    }

    #[test]
    fn random_digits_are_hexadecimal_and_small() {
        let text = random_hex().unwrap();
        assert_eq!(text.len(), 32);
        assert!(text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)), "{text}");
        assert_ne!(text, random_hex().unwrap());
    }
}
