//! Dates as ECommPay writes them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use protocol::date::UnixMillis;

/// `2019-01-28T08:07:22+0000`, as callbacks and status answers have it.
pub(crate) fn iso(time: UnixMillis) -> String {
    timestamp(time).strftime("%Y-%m-%dT%H:%M:%S+0000").to_string()
}

/// `2019-01-28 08:07:22` in a zone of the reader's choice, as the Data API has it.
pub(crate) fn local(time: UnixMillis, zone: &TimeZone) -> String {
    timestamp(time).to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Reads what [`local`] writes.
pub(crate) fn from_local(text: &str, zone: &TimeZone) -> Option<UnixMillis> {
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    let zoned = civil.to_zoned(zone.clone()).ok()?;
    Some(UnixMillis(zoned.timestamp().as_millisecond()))
}

/// A zone by its name (`Asia/Shanghai`) or its offset (`+08:00`).
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    jiff::fmt::temporal::DateTimeParser::new().parse_time_zone(name).ok()
}

fn timestamp(time: UnixMillis) -> Timestamp {
    Timestamp::from_millisecond(time.0).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_with_an_offset_without_a_colon() {
        assert_eq!(iso(UnixMillis(1_548_662_842_000)), "2019-01-28T08:07:22+0000");
    }

    #[test]
    fn a_local_date_depends_on_the_zone_and_is_read_back() {
        let shanghai = zone("+08:00").unwrap();
        assert_eq!(local(UnixMillis(1_548_662_842_000), &shanghai), "2019-01-28 16:07:22");
        assert_eq!(from_local("2019-01-28 16:07:22", &shanghai), Some(UnixMillis(1_548_662_842_000)));
        assert_eq!(from_local("yesterday", &shanghai), None);
        assert!(zone("Nowhere/Town").is_none());
    }
}
