//! What a part of a screen depends on, in one number.

/// A fingerprint (FNV-1a) of what is shown: when it changes, the part is drawn anew.
#[derive(Clone, Copy)]
pub(crate) struct Key(u64);

impl Key {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(0xcbf2_9ce4_8422_2325).and(bytes)
    }

    #[inline(never)]
    pub(crate) fn and(self, bytes: &[u8]) -> Self {
        // A byte that stands for the end, so that ("ab", "c") is not ("a", "bc").
        let ended = bytes.iter().copied().map(u64::from).chain([256]);
        Self(ended.fold(self.0, |hash, byte| (hash ^ byte).wrapping_mul(0x0100_0000_01b3)))
    }

    pub(crate) fn and_text(self, text: &str) -> Self {
        self.and(text.as_bytes())
    }

    pub(crate) fn and_flag(self, flag: bool) -> Self {
        self.and(&[u8::from(flag)])
    }

    pub(crate) fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn different_things_have_different_keys() {
        let keys = [
            Key::of(b"").and_text(""),
            Key::of(b"ab").and_text("c"),
            Key::of(b"a").and_text("bc"),
            Key::of(b"a").and_flag(true),
            Key::of(b"a").and_flag(false),
        ];
        for (index, key) in keys.iter().enumerate() {
            assert!(keys.iter().skip(index + 1).all(|other| other.value() != key.value()));
        }
    }
}
