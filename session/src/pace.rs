//! When to ask again.

use crate::{Expiry, Millis, Phase, Policy};

/// What decides how long to wait before the next question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) phase: &'a Phase,
    /// Since the present code, or the session, began.
    pub(crate) age: Millis,
    /// Failures in a row.
    pub(crate) failures: u32,
    pub(crate) hidden: bool,
    /// Server-sent events are connected, or another tab tells what it hears.
    pub(crate) told: bool,
    /// There is a hosted page that nobody opened: no payment exists that could have an outcome.
    pub(crate) unopened: bool,
}

impl Pace<'_> {
    /// The time until the next question, before chance; none where asking has stopped.
    pub(crate) fn interval(&self) -> Option<Millis> {
        let policy = self.policy;
        let aged = |first: Millis| first + self.age.scaled(policy.ageing);
        let calm = match self.phase {
            Phase::Settled(_) | Phase::Expired(Expiry::Payment) => return None,
            // The answer that decides is awaited now: neither age nor a quiet event stream is a reason to dawdle.
            Phase::Verifying | Phase::Confirming => policy.interval,
            // A code is awaited now: news of it that got lost must not cost the payer a minute.
            Phase::Preparing if self.told && !self.unopened => policy.interval_max,
            _ if self.told => policy.safety_net,
            Phase::Preparing if self.unopened => policy.interval_max,
            Phase::Preparing if self.age < Millis::from_secs(10) => policy.preparing,
            Phase::Expired(Expiry::Code) => aged(policy.expired).min(policy.expired.scaled(3.0)),
            _ => aged(policy.interval).min(policy.interval_max),
        };
        let calm = if self.hidden { calm.max(policy.hidden) } else { calm };
        if self.failures == 0 {
            return Some(calm);
        }
        let doubled = Millis(policy.interval.0.saturating_mul(1 << self.failures.min(16)));
        Some(calm.max(doubled.min(policy.backoff_max)))
    }
}

/// Chance, from a seed, so that a test can foresee it (xorshift64*).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        // The generator stands still at zero.
        Self(seed | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A part of one: zero or more, less than one.
    pub(crate) fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(change: impl FnOnce(&mut Pace<'_>)) -> Option<u64> {
        let policy = Policy::default();
        let mut pace = Pace {
            policy: &policy,
            phase: &Phase::Scanning,
            age: Millis(0),
            failures: 0,
            hidden: false,
            told: false,
            unopened: false,
        };
        change(&mut pace);
        pace.interval().map(|interval| interval.0)
    }

    #[test]
    fn it_slows_with_age_up_to_its_limit() {
        assert_eq!(interval(|_| {}), Some(2000));
        assert_eq!(interval(|pace| pace.age = Millis::from_secs(60)), Some(5000));
        assert_eq!(interval(|pace| pace.age = Millis::from_mins(60)), Some(10_000));
    }

    #[test]
    fn a_code_that_is_being_made_is_asked_about_often_at_first() {
        let preparing =
            |seconds| interval(|pace| (pace.phase, pace.age) = (&Phase::Preparing, Millis::from_secs(seconds)));
        assert_eq!((preparing(0), preparing(9)), (Some(1000), Some(1000)));
        assert_eq!((preparing(10), preparing(60)), (Some(2500), Some(5000)));
    }

    #[test]
    fn a_code_that_is_being_made_is_not_left_to_the_events_alone_but_a_page_nobody_opened_is() {
        assert_eq!(interval(|pace| (pace.phase, pace.told) = (&Phase::Preparing, true)), Some(10_000));
        let unopened = interval(|pace| (pace.phase, pace.told, pace.unopened) = (&Phase::Preparing, true, true));
        assert_eq!(unopened, Some(60_000));
        assert_eq!(interval(|pace| (pace.phase, pace.unopened) = (&Phase::Preparing, true)), Some(10_000));
    }

    #[test]
    fn failures_double_the_pause_up_to_its_limit() {
        for (failures, expected) in [(1, 4000), (2, 8000), (3, 16_000), (4, 30_000), (400, 30_000)] {
            assert_eq!(interval(|pace| pace.failures = failures), Some(expected), "{failures}");
        }
    }

    #[test]
    fn hidden_pages_and_connected_events_ask_seldom() {
        assert_eq!(interval(|pace| pace.hidden = true), Some(30_000));
        assert_eq!(interval(|pace| pace.told = true), Some(60_000));
        assert_eq!(interval(|pace| (pace.hidden, pace.told) = (true, true)), Some(60_000));
    }

    #[test]
    fn the_last_question_is_not_slowed_by_age_or_events() {
        assert_eq!(
            interval(|pace| (pace.phase, pace.age, pace.told) = (&Phase::Verifying, Millis::from_mins(9), true)),
            Some(2000)
        );
    }

    #[test]
    fn an_expired_code_is_asked_about_seldom_and_an_expired_payment_never() {
        assert_eq!(interval(|pace| pace.phase = &Phase::Expired(Expiry::Code)), Some(10_000));
        assert_eq!(
            interval(|pace| (pace.phase, pace.age) = (&Phase::Expired(Expiry::Code), Millis::from_mins(60))),
            Some(30_000)
        );
        assert_eq!(interval(|pace| pace.phase = &Phase::Expired(Expiry::Payment)), None);
    }

    #[test]
    fn the_same_seed_is_the_same_chance_on_every_machine() {
        let mut random = Random::new(7);
        let drawn = [random.next(), random.next(), random.next()];
        assert_eq!(drawn, [0xd1fb_af7f_728d_2eae, 0xeda4_6c77_629d_a6ae, 0x16df_9d6a_c76b_d322]);
    }

    #[test]
    fn chance_is_a_part_of_one_and_spreads() {
        let mut random = Random::new(7);
        let parts: Vec<f64> = (0..1000).map(|_| random.part()).collect();
        assert!(parts.iter().all(|part| (0.0..1.0).contains(part)));
        assert!(parts.iter().any(|part| *part < 0.05) && parts.iter().any(|part| *part > 0.95));
    }
}
