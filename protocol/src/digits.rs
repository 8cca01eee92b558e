//! Whole numbers in decimal digits.

/// A number in decimal digits, such as `1840`.
///
/// `to_string` does the same, and brings along how numbers are padded, signed and aligned: that is two
/// kilobytes of a browser's download.
pub fn digits(number: u64) -> String {
    let mut text = if number < 10 { String::new() } else { digits(number / 10) };
    text.push(char::from(b'0' + (number % 10) as u8));
    text
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn numbers_are_written_as_anybody_writes_them() {
        for number in [0, 9, 10, 99, 100, 1840, u64::from(u32::MAX), u64::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
    }
}
