//! How long the merchant waits for what.

use std::time::Duration;

use protocol::date::UnixMillis;

/// How long the merchant waits for what. The defaults suit a shop; tests pass shorter ones.
#[derive(Clone, Debug)]
pub struct Timing {
    /// How long a browser waits for ECommPay to acknowledge its payment before it is answered without.
    pub acknowledgement: Duration,
    /// The first gap before a sale without acknowledgement is sent again; it doubles each time.
    pub resend_first: Duration,
    /// The longest such gap.
    pub resend_longest: Duration,
    /// How long a request to Gate may take.
    pub gate_timeout: Duration,
    /// How long ECommPay may be silent about an open payment before it is asked.
    pub silence: Duration,
    /// How much longer each further silence may be than the one before.
    pub silence_growth: f64,
    /// The longest silence.
    pub silence_longest: Duration,
    /// How long a payment can live. After that it is neither sent nor asked for.
    pub payment_life: Duration,
    /// A payment younger than this is not replaced by another.
    pub renew_rest: Duration,
    /// How long a payment may be without a code before it can be replaced.
    pub code_wait: Duration,
    /// The gap between two heartbeats of an event stream.
    pub heartbeat: Duration,
    /// How often the background work looks for what is due.
    pub tick: Duration,
    /// How long requests may take to finish once the server was told to stop.
    pub shutdown: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            acknowledgement: Duration::from_millis(900),
            resend_first: Duration::from_secs(1),
            resend_longest: Duration::from_secs(60),
            gate_timeout: Duration::from_secs(15),
            silence: Duration::from_secs(60),
            silence_growth: 1.6,
            silence_longest: Duration::from_secs(15 * 60),
            payment_life: Duration::from_secs(2 * 60 * 60),
            renew_rest: Duration::from_secs(5),
            code_wait: Duration::from_secs(30),
            heartbeat: Duration::from_secs(15),
            tick: Duration::from_secs(1),
            shutdown: Duration::from_secs(10),
        }
    }
}

impl Timing {
    /// The gap before a sale is sent again after `attempts` that came to nothing.
    pub(crate) fn resend_gap(&self, attempts: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.resend_first.saturating_mul(factor).min(self.resend_longest)
    }

    /// How long ECommPay may be silent after it was asked `asked` times in a row.
    pub(crate) fn silence_after(&self, asked: u32) -> Duration {
        let factor = self.silence_growth.max(1.0).powi(i32::try_from(asked.min(64)).unwrap_or(64));
        let seconds = (self.silence.as_secs_f64() * factor).min(self.silence_longest.as_secs_f64());
        Duration::try_from_secs_f64(seconds).unwrap_or(self.silence_longest)
    }
}

/// `time` and `span` later.
pub(crate) fn after(time: UnixMillis, span: Duration) -> UnixMillis {
    UnixMillis(time.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gaps_between_two_sendings_double_up_to_a_limit() {
        let timing = Timing::default();
        let gaps: Vec<u64> = [1, 2, 3, 6, 7, 60, u32::MAX].map(|attempts| timing.resend_gap(attempts).as_secs()).into();
        assert_eq!(gaps, [1, 2, 4, 32, 60, 60, 60]);
    }

    #[test]
    fn each_silence_may_be_longer_than_the_one_before_up_to_a_limit() {
        let timing = Timing::default();
        let gaps: Vec<u64> = [0, 1, 2, 5, 6, u32::MAX].map(|asked| timing.silence_after(asked).as_secs()).into();
        assert_eq!(gaps, [60, 96, 153, 629, 900, 900]);
    }

    #[test]
    fn a_payment_is_asked_for_a_dozen_times_in_its_life_and_not_more() {
        let timing = Timing::default();
        let mut at = Duration::ZERO;
        let asked = (0..).take_while(|asked| {
            at += timing.silence_after(*asked);
            at < timing.payment_life
        });
        assert_eq!(asked.count(), 12);
    }
}
