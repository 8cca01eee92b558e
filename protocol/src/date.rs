//! Points in time as ECommPay writes them.

/// Milliseconds since 1970-01-01T00:00:00Z on somebody's wall clock.
///
/// Only differences between two times of the *same* clock mean anything to a checkout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// Reads ECommPay's `2019-01-28T08:07:22+0000` and what resembles it: `Z` or `+00:00` for the offset,
    /// a space for the `T`, no offset at all (taken as UTC), a fraction of a second.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let number = |range: std::ops::Range<usize>| digits(bytes.get(range)?);
        let is = |at: usize, any: &[u8]| bytes.get(at).is_some_and(|byte| any.contains(byte));
        if !(is(4, b"-") && is(7, b"-") && is(10, b"T ") && is(13, b":") && is(16, b":")) {
            return None;
        }
        let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
        let mut at = 19;
        if is(at, b".") {
            at += 1;
            while is(at, b"0123456789") {
                at += 1;
            }
        }
        let offset = offset_seconds(bytes.get(at..)?)?;
        let days = days_from_civil(number(0..4)?, number(5..7)?, number(8..10)?)?;
        time_of_day(hour, minute, second).map(|time| Self((days * 86_400 + time - offset) * 1000))
    }

    /// How many milliseconds lie between `earlier` and this; negative when `earlier` is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

fn digits(bytes: &[u8]) -> Option<i64> {
    if bytes.is_empty() || bytes.len() > 9 {
        return None;
    }
    bytes.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

fn time_of_day(hour: i64, minute: i64, second: i64) -> Option<i64> {
    // 60 is a leap second.
    (hour < 24 && minute < 60 && second <= 60).then_some(hour * 3600 + minute * 60 + second)
}

fn offset_seconds(bytes: &[u8]) -> Option<i64> {
    let (sign, rest) = match bytes {
        [] | b"Z" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest {
        [a, b, c, d] | [a, b, b':', c, d] => (digits(&[*a, *b])?, digits(&[*c, *d])?),
        [a, b] => (digits(&[*a, *b])?, 0),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if day < 1 || day > length || !(1..=9999).contains(&year) {
        return None;
    }
    // Count in years that begin in March, so that the leap day is the last of its year.
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Option<i64> {
        UnixMillis::parse_iso(text).map(|time| time.0 / 1000)
    }

    #[test]
    fn the_platforms_offset_without_a_colon_is_read() {
        assert_eq!(iso("2019-01-28T08:07:22+0000"), Some(1_548_662_842));
        assert_eq!(iso("2019-01-28T11:07:22+0300"), Some(1_548_662_842));
        assert_eq!(iso("2019-01-28T05:37:22-02:30"), Some(1_548_662_842));
    }

    #[test]
    fn relatives_of_that_form_are_read() {
        for text in ["2019-01-28T08:07:22Z", "2019-01-28 08:07:22", "2019-01-28T08:07:22.123456+00:00"] {
            assert_eq!(iso(text), Some(1_548_662_842), "{text}");
        }
        assert_eq!(iso("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(iso("2000-02-29T00:00:00Z"), Some(951_782_400));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "2019",
            "2019-13-01T00:00:00Z",
            "2019-02-29T00:00:00Z",
            "2019-01-28T25:00:00Z",
            "2019-01-28T08:07:22+9999",
            "2019-01-28T08:07:22 EST",
            "20190128T080722Z",
            "２０19-01-28T08:07:22Z",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
    }
}
