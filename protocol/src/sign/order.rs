//! The order in which the lines of a string to sign stand.

use std::cmp::Ordering;

/// How the lines of a string to sign are ordered.
///
/// ECommPay's PHP plugins sort naturally, its other libraries by bytes. The two differ only for lists of
/// eleven and more items and for numbers of unequal length within names, neither of which a WeChat
/// payment has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SortOrder {
    /// Runs of digits compare as numbers, case matters: PHP's `ksort($lines, SORT_NATURAL)`.
    Natural,
    /// Plain byte order of the names.
    Bytes,
}

impl SortOrder {
    /// Compares two names by this order. Never [`Ordering::Equal`] for different names, so that the
    /// result of a sort does not depend on how the members were ordered before.
    pub(super) fn compare(self, a: &str, b: &str) -> Ordering {
        match self {
            Self::Natural => natural(a.as_bytes(), b.as_bytes()).then_with(|| a.cmp(b)),
            Self::Bytes => a.cmp(b),
        }
    }

    /// The order's name, for logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Natural => "natural",
            Self::Bytes => "bytes",
        }
    }
}

/// PHP's `strnatcmp`: leading zeros of a number and blanks before a character do not count.
fn natural(mut a: &[u8], mut b: &[u8]) -> Ordering {
    if a.is_empty() || b.is_empty() {
        return a.len().cmp(&b.len());
    }
    loop {
        a = skip_blanks(skip_zeros(a));
        b = skip_blanks(skip_zeros(b));
        if starts_with_digit(a) && starts_with_digit(b) {
            let (digits_a, rest_a) = split_digits(a);
            let (digits_b, rest_b) = split_digits(b);
            let order = if digits_a.starts_with(b"0") || digits_b.starts_with(b"0") {
                digits_a.cmp(digits_b)
            } else {
                digits_a.len().cmp(&digits_b.len()).then_with(|| digits_a.cmp(digits_b))
            };
            if order.is_ne() {
                return order;
            }
            if rest_a.is_empty() || rest_b.is_empty() {
                return rest_a.len().cmp(&rest_b.len());
            }
            (a, b) = (rest_a, rest_b);
        }
        match (a.split_first(), b.split_first()) {
            (Some((first_a, rest_a)), Some((first_b, rest_b))) => {
                if first_a != first_b {
                    return first_a.cmp(first_b);
                }
                if rest_a.is_empty() || rest_b.is_empty() {
                    return rest_a.len().cmp(&rest_b.len());
                }
                (a, b) = (rest_a, rest_b);
            }
            _ => return a.len().cmp(&b.len()),
        }
    }
}

fn starts_with_digit(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_digit)
}

fn skip_zeros(mut text: &[u8]) -> &[u8] {
    while let [b'0', rest @ ..] = text
        && starts_with_digit(rest)
    {
        text = rest;
    }
    text
}

fn skip_blanks(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c, rest @ ..] = text {
        text = rest;
    }
    text
}

fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted(order: SortOrder, names: &[&'static str]) -> Vec<&'static str> {
        let mut names = names.to_vec();
        names.sort_by(|a, b| order.compare(a, b));
        names
    }

    #[test]
    fn numbers_compare_as_numbers_only_in_the_natural_order() {
        let names = ["p:10:a", "p:2:a", "p:1:a"];
        assert_eq!(sorted(SortOrder::Natural, &names), ["p:1:a", "p:2:a", "p:10:a"]);
        assert_eq!(sorted(SortOrder::Bytes, &names), ["p:10:a", "p:1:a", "p:2:a"]);
    }

    #[test]
    fn capitals_come_before_small_letters_and_the_shorter_before_the_longer() {
        let names = ["account", "token_created_at", "AuthCode", "token", "a:b", "a-b", "a_", "a1"];
        let expected = ["AuthCode", "a-b", "a1", "a:b", "a_", "account", "token", "token_created_at"];
        assert_eq!(sorted(SortOrder::Natural, &names), expected);
        assert_eq!(sorted(SortOrder::Bytes, &names), expected);
    }

    #[test]
    fn leading_zeros_do_not_make_a_number_larger() {
        let names = ["k10", "k2", "k1", "k01"];
        assert_eq!(sorted(SortOrder::Natural, &names), ["k01", "k1", "k2", "k10"]);
        assert_eq!(sorted(SortOrder::Bytes, &names), ["k01", "k1", "k10", "k2"]);
    }

    #[test]
    fn blanks_before_a_character_do_not_count() {
        assert_eq!(natural(b"a  b", b"ab"), Ordering::Equal);
        assert_eq!(natural(b"a ", b"a"), Ordering::Greater);
    }

    proptest! {
        #[test]
        fn the_order_can_be_sorted_by(a in "[ab:_ 019]{0,8}", b in "[ab:_ 019]{0,8}") {
            prop_assert_eq!(SortOrder::Natural.compare(&a, &b), SortOrder::Natural.compare(&b, &a).reverse());
            prop_assert_eq!(SortOrder::Natural.compare(&a, &b).is_eq(), a == b);
        }

        #[test]
        fn what_is_sorted_stays_sorted_between_any_two(mut names in prop::collection::vec("[ab: 019]{0,5}", 3..12)) {
            names.sort_by(|a, b| SortOrder::Natural.compare(a, b));
            for (index, a) in names.iter().enumerate() {
                for b in names.iter().skip(index) {
                    prop_assert!(SortOrder::Natural.compare(a, b).is_le(), "{a:?} {b:?}");
                }
            }
        }
    }
}
