//! Dates as the hosted page reads them.

use protocol::date::UnixMillis;

/// `2019-01-28T08:07:22+00:00`, the second that has begun.
pub(crate) fn with_offset(time: UnixMillis) -> String {
    let seconds = time.0.div_euclid(1000);
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let second = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+00:00")
}

/// The date of a day that is counted from 1970-01-01. Years begin in March, so that the leap day comes last.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next_year) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year_of_era + next_year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_it_is_read() {
        for text in [
            "1970-01-01T00:00:00+00:00",
            "2019-01-28T08:07:22+00:00",
            "2024-02-29T23:59:59+00:00",
            "2000-12-31T12:00:01+00:00",
            "2100-03-01T00:00:00+00:00",
        ] {
            let time = UnixMillis::parse_iso(text).unwrap();
            assert_eq!(with_offset(time), text);
            assert_eq!(with_offset(UnixMillis(time.0 + 999)), text);
        }
    }

    #[test]
    fn every_day_of_four_centuries_is_its_own() {
        for day in 0..146_097 {
            let time = UnixMillis(day * 86_400_000);
            assert_eq!(UnixMillis::parse_iso(&with_offset(time)), Some(time));
        }
    }
}
