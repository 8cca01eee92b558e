//! How long a code can still be scanned.

use crate::Millis;
use protocol::code::Timeout;
use protocol::date::UnixMillis;

/// What the payer sees of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Countdown {
    /// What is left.
    pub remaining: Millis,
    /// What there was when the code was first seen, or since it was made where that is known.
    pub full: Millis,
}

/// The end of a code's life on the machine's monotonic clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deadline {
    pub(crate) at: Millis,
    pub(crate) full: Millis,
}

/// What an answer says about time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    /// `checkout.expires_in`, in seconds.
    pub(crate) expires_in: Option<f64>,
    /// From `display_data`.
    pub(crate) timeout: Option<Timeout>,
    /// `operation.created_date`.
    pub(crate) created: Option<UnixMillis>,
    /// The answer's `Date`.
    pub(crate) date: Option<UnixMillis>,
    /// When it arrived.
    pub(crate) arrived: Millis,
    /// How long the answer was on its way at most.
    pub(crate) travel: Millis,
}

/// Two anchors closer than this are the same; following each would make the countdown jump to and fro.
/// A `Date` knows no more than the second.
pub(crate) const TOLERANCE: Millis = Millis(1500);

impl Deadline {
    /// Anchors the countdown of a code to what an answer says.
    ///
    /// `known` is the anchor of the same code so far. A life counted from arrival is counted once: a
    /// second look at the same code does not make it younger.
    pub(crate) fn anchor(known: Option<Self>, told: &Told, max: Millis) -> Option<Self> {
        let fresh = told.anchor(max);
        match (known, fresh) {
            (Some(known), Some((deadline, true))) if known.at.0.abs_diff(deadline.at.0) > TOLERANCE.0 => {
                Some(Self { at: deadline.at, full: known.full.max(deadline.at - told.arrived) })
            }
            (Some(known), _) => Some(known),
            (None, fresh) => fresh.map(|(deadline, _)| deadline),
        }
    }

    /// What is left at `now`, when `doubt` more may have passed than the clock saw.
    pub(crate) fn remaining(&self, now: Millis, doubt: Millis) -> Millis {
        self.at - (now + doubt)
    }
}

impl Told {
    /// The end, and whether it rests on the server's clock alone.
    fn anchor(&self, max: Millis) -> Option<(Deadline, bool)> {
        // The answer was written somewhere on its way here: half of that is the best guess.
        let way = Millis(self.travel.0 / 2);
        let measured = self.expires_in.filter(|seconds| seconds.is_finite()).map(Millis::from_secs_f64);
        if let Some(left) = measured.filter(|left| *left <= max) {
            let at = self.arrived + (left - way);
            let full = match self.timeout {
                Some(Timeout::After { seconds }) => Millis::from_secs(u64::from(seconds)).max(left),
                _ => left,
            };
            return Some((Deadline { at, full }, true));
        }
        let since_creation = match (self.date, self.created) {
            // A creation in the future is a clock that is ahead: the code cannot be younger than new.
            (Some(date), Some(created)) => Some(Millis(date.since(created).max(0) as u64)),
            _ => None,
        };
        let (left, full, certain) = match self.timeout? {
            Timeout::After { seconds } => {
                let full = Millis::from_secs(u64::from(seconds));
                (full - since_creation.unwrap_or_default(), full, since_creation.is_some())
            }
            Timeout::At(end) => {
                let from = self.date.or(self.created)?;
                let left = Millis(end.since(from).max(0) as u64);
                (left, left + since_creation.unwrap_or_default(), self.date.is_some())
            }
        };
        let left = if certain { left - way } else { left };
        (full <= max).then_some((Deadline { at: self.arrived + left, full }, certain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX: Millis = Millis::from_mins(24 * 60);

    fn told() -> Told {
        Told {
            expires_in: None,
            timeout: None,
            created: None,
            date: None,
            arrived: Millis::from_secs(50),
            travel: Millis(0),
        }
    }

    fn after(seconds: u32) -> Option<Timeout> {
        Some(Timeout::After { seconds })
    }

    fn left(told: Told) -> Option<u64> {
        Deadline::anchor(None, &told, MAX).map(|deadline| (deadline.at - told.arrived).0)
    }

    #[test]
    fn the_shops_own_measure_beats_the_code_timeout() {
        assert_eq!(left(Told { expires_in: Some(543.2), timeout: after(600), ..told() }), Some(543_200));
    }

    #[test]
    fn half_the_way_is_taken_off() {
        assert_eq!(left(Told { expires_in: Some(10.0), travel: Millis(3000), ..told() }), Some(8500));
    }

    #[test]
    fn a_timeout_counts_from_creation_by_the_servers_clock_whatever_the_device_says() {
        let created = Some(UnixMillis(1_000_000_000_000));
        let date = Some(UnixMillis(1_000_000_100_000));
        assert_eq!(left(Told { timeout: after(600), created, date, ..told() }), Some(500_000));
        assert_eq!(left(Told { timeout: after(600), created: date, date: created, ..told() }), Some(600_000));
        assert_eq!(
            left(Told { timeout: Some(Timeout::At(UnixMillis(1_000_000_160_000))), created, date, ..told() }),
            Some(60_000)
        );
    }

    #[test]
    fn without_any_clock_it_counts_from_arrival_and_only_once() {
        let first = Deadline::anchor(None, &Told { timeout: after(600), ..told() }, MAX);
        let again = Told { timeout: after(600), arrived: Millis::from_secs(350), ..told() };
        assert_eq!(Deadline::anchor(first, &again, MAX), first);
    }

    #[test]
    fn an_answer_re_anchors_but_small_differences_do_not_make_it_jump() {
        let first = Deadline::anchor(None, &Told { expires_in: Some(600.0), ..told() }, MAX);
        let near = Told { expires_in: Some(599.5), ..told() };
        assert_eq!(Deadline::anchor(first, &near, MAX), first);
        let far = Deadline::anchor(first, &Told { expires_in: Some(300.0), ..told() }, MAX);
        assert_eq!(far, Some(Deadline { at: Millis::from_secs(350), full: Millis::from_secs(600) }));
    }

    #[test]
    fn a_life_of_ten_years_is_not_believed_and_two_hours_are() {
        assert_eq!(left(Told { timeout: after(315_360_000), ..told() }), None);
        assert_eq!(left(Told { expires_in: Some(315_360_000.0), ..told() }), None);
        assert_eq!(left(Told { timeout: after(7200), ..told() }), Some(7_200_000));
    }

    #[test]
    fn a_life_that_is_over_is_over() {
        assert_eq!(left(Told { expires_in: Some(-5.0), ..told() }), Some(0));
        assert_eq!(
            left(Told { timeout: Some(Timeout::At(UnixMillis(5))), date: Some(UnixMillis(9)), ..told() }),
            Some(0)
        );
    }
}
