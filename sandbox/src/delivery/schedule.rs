//! When a callback that was not answered with 200 is sent again.

use std::time::Duration;

/// How many times a callback is sent before ECommPay gives up.
pub(crate) const ATTEMPTS: u32 = 120;

/// The pause after attempt `attempt` (counted from 1), on ECommPay's schedule.
///
/// ECommPay's callback pages: six attempts 10 s apart, then `70 + 10 · 1.12^(n−4)` seconds until the pause
/// is four hours, then every four hours.
pub(crate) fn pause(attempt: u32) -> Duration {
    const LONGEST: f64 = 4.0 * 3600.0;
    let seconds = if attempt < 6 { 10.0 } else { 70.0 + 10.0 * 1.12_f64.powf(f64::from(attempt) - 4.0) };
    Duration::from_secs_f64(seconds.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(attempts: u32) -> f64 {
        (1..attempts).map(|attempt| pause(attempt).as_secs_f64()).sum()
    }

    #[test]
    fn the_first_six_attempts_are_ten_seconds_apart() {
        assert_eq!(total(6), 50.0);
        assert!(pause(6) > Duration::from_secs(80));
    }

    #[test]
    fn the_pause_grows_to_four_hours_and_no_further() {
        assert!(pause(67) < Duration::from_secs(14_400));
        assert_eq!(pause(69), Duration::from_secs(14_400));
        assert_eq!(pause(ATTEMPTS), Duration::from_secs(14_400));
    }

    #[test]
    fn the_last_attempt_falls_on_the_eleventh_day() {
        let days = total(ATTEMPTS) / 86_400.0;
        assert!((10.0..11.0).contains(&days), "{days}");
    }
}
