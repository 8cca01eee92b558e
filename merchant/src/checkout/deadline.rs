//! When a code stops working, by this server's clock.

use std::time::Duration;

use protocol::code::{DisplayItem, Timeout};
use protocol::date::UnixMillis;
use protocol::node::Node as _;
use serde_json::Value;

use super::Notice;
use crate::timing::after;

/// No code of WeChat Pay's lives longer than two hours, whatever a message says.
const LONGEST: Duration = Duration::from_secs(2 * 60 * 60);

/// When the code in `display_data` stops working; none where the message does not say how long it lives.
///
/// Its life counts from its creation at WeChat, which ECommPay tells by its own clock, and the message comes
/// later. By our clock the code cannot be older than the payment, or than the customer's data that ECommPay
/// was waiting for (`not_before`); so a wrong clock on either side can shorten a code's life by no more than
/// the message took. Of the two measures of its age the greater is taken: better a little less time than a
/// code that is dead already.
pub(super) fn code_deadline(
    display_data: &Value,
    notice: &Notice,
    not_before: UnixMillis,
    now: UnixMillis,
) -> Option<UnixMillis> {
    let created = notice.operation.created_date;
    let oldest = now.since(not_before).max(0);
    let age = match created {
        None => oldest,
        Some(created) => {
            let by_both_clocks = now.since(created);
            let by_theirs = notice.told_at().map_or(0, |told| told.since(created));
            by_both_clocks.max(by_theirs).clamp(0, oldest)
        }
    };
    let life = match timeout(display_data)? {
        Timeout::After { seconds } => i64::from(seconds).saturating_mul(1000),
        Timeout::At(end) => created.map_or_else(|| end.since(now).saturating_add(age), |created| end.since(created)),
    };
    let longest = i64::try_from(LONGEST.as_millis()).unwrap_or(i64::MAX);
    let left = life.min(longest) - age;
    let left = Duration::from_millis(u64::try_from(left).unwrap_or_default());
    Some(after(now, left))
}

fn timeout(display_data: &Value) -> Option<Timeout> {
    let text = |item: &Value, name: &str| item.member(name).and_then(|value| value.to_text()).unwrap_or_default();
    let read = |item: &Value| {
        Timeout::read(&DisplayItem { kind: text(item, "type"), title: text(item, "title"), data: text(item, "data") })
    };
    display_data.as_array()?.iter().find_map(read)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::sample::notice;
    use super::*;

    /// 2019-01-28T08:00:00Z
    const SENT: UnixMillis = UnixMillis(1_548_662_400_000);

    fn left(timeout: &Value, created: Option<&str>, arrived_after: u64) -> Option<i64> {
        let code = json!([{"type": "qr_data", "data": "x"}, {"type": "add_info", "title": "QR Code Timeout", "data": timeout}]);
        let operation = json!({"created_date": created, "date": created});
        let now = after(SENT, Duration::from_secs(arrived_after));
        code_deadline(&code, &notice(json!({"operation": operation})), SENT, now).map(|end| end.since(now) / 1000)
    }

    #[test]
    fn a_life_counts_from_creation_and_not_from_arrival() {
        assert_eq!(left(&json!("600"), Some("2019-01-28T08:00:01+0000"), 31), Some(570));
        assert_eq!(left(&json!(600), Some("2019-01-28T08:00:00+0000"), 0), Some(600));
    }

    #[test]
    fn a_wrong_clock_takes_no_more_than_the_message_took() {
        assert_eq!(left(&json!("600"), Some("2019-01-27T08:00:00+0000"), 4), Some(596));
        assert_eq!(left(&json!("600"), Some("2019-01-29T08:00:00+0000"), 4), Some(600));
        assert_eq!(left(&json!("600"), None, 4), Some(596));
    }

    #[test]
    fn time_that_passed_at_ecommpay_counts_although_its_clock_is_ahead() {
        let code = json!([{"type": "add_info", "title": "QR Code Timeout", "data": "600"}]);
        let late =
            notice(json!({"operation": {"created_date": "2019-01-29T08:00:00Z", "date": "2019-01-29T08:00:20Z"}}));
        let now = after(SENT, Duration::from_secs(25));
        assert_eq!(code_deadline(&code, &late, SENT, now).map(|end| end.since(now) / 1000), Some(580));
    }

    #[test]
    fn a_unix_time_is_the_end_itself() {
        let end = SENT.0 / 1000 + 600;
        assert_eq!(left(&json!(end), Some("2019-01-28T08:00:01+0000"), 31), Some(569));
        assert_eq!(left(&json!(end.to_string()), None, 30), Some(570));
    }

    #[test]
    fn a_code_that_arrives_after_its_end_has_no_time_left() {
        assert_eq!(left(&json!("600"), Some("2019-01-28T08:00:00+0000"), 700), Some(0));
    }

    #[test]
    fn ten_years_are_not_believed_and_nonsense_is_no_time() {
        assert_eq!(left(&json!("315360000"), Some("2019-01-28T08:00:00+0000"), 0), Some(7200));
        for nonsense in [json!("soon"), json!("-5"), json!(null), json!(0)] {
            assert_eq!(left(&nonsense, None, 0), None, "{nonsense}");
        }
    }
}
