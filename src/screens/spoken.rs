//! When there is something to say to those who do not see the card, and what it is about.

use session::{Link, Millis, Phase, View};

/// What there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    Preparing,
    Clarify,
    /// A code can be scanned.
    Ready,
    Unusable,
    Verifying,
    Page,
    /// The link to the shop is not good.
    Link,
    Recovered,
    ActionFailed,
    /// The hosted page did not open.
    PageFailed,
    TimeLeft(Millis),
}

/// What was last seen, so that each thing is said once.
#[derive(Debug, Default)]
pub(super) struct Memory {
    phase: Option<&'static str>,
    link: Link,
    failed: bool,
    trouble: bool,
    unusable: bool,
    /// The point in time that was passed last.
    point: Option<u64>,
}

impl Memory {
    /// What to say now, if anything. One thing at a time, the one that matters most.
    pub(super) fn cue(&mut self, view: &View, remaining: Option<Millis>) -> Option<Cue> {
        let unusable = view.refusal.is_some();
        let now = Self {
            phase: Some(view.phase.name()),
            link: view.link,
            failed: view.actions.failed,
            trouble: view.trouble.is_some(),
            unusable,
            point: remaining.filter(|_| view.phase == Phase::Scanning).map(point),
        };
        let before = std::mem::replace(self, now);
        if view.phase.is_settled() {
            // The outcome is not ours to tell, and nothing may talk over it.
            return None;
        }
        if before.failed != self.failed && self.failed {
            return Some(Cue::ActionFailed);
        }
        if before.trouble != self.trouble && self.trouble {
            return Some(Cue::PageFailed);
        }
        if before.unusable != self.unusable && self.unusable {
            return Some(Cue::Unusable);
        }
        if before.phase != self.phase {
            return match view.phase {
                Phase::Preparing => Some(Cue::Preparing),
                Phase::Clarifying => Some(Cue::Clarify),
                Phase::Scanning => Some(Cue::Ready),
                Phase::Verifying => Some(Cue::Verifying),
                Phase::Handoff | Phase::Confirming => Some(Cue::Page),
                _ => None,
            };
        }
        if before.link != self.link {
            return Some(if self.link == Link::Good { Cue::Recovered } else { Cue::Link });
        }
        let passed = matches!((before.point, self.point), (Some(before), Some(now)) if now < before);
        remaining.filter(|_| passed).map(Cue::TimeLeft)
    }
}

/// The next point at or above the time that is left, in seconds: every quarter of an hour above an hour,
/// every three minutes above five, every minute above one, then 30 and 10 seconds.
fn point(remaining: Millis) -> u64 {
    let seconds = remaining.0.div_ceil(1000);
    let up_to = |step: u64| seconds.div_ceil(step) * step;
    match seconds {
        0..=10 => 10,
        11..=30 => 30,
        31..=300 => up_to(60),
        301..=3600 => up_to(180),
        _ => up_to(900),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::{Actions, Outcome};

    fn scanning() -> View {
        View { phase: Phase::Scanning, ..View::default() }
    }

    /// Everything that is said while the time runs from `from` to zero, second by second.
    fn run(from: u64) -> Vec<u64> {
        let mut memory = Memory::default();
        let cues = (0..=from).rev().filter_map(|left| memory.cue(&scanning(), Some(Millis::from_secs(left))));
        cues.filter_map(|cue| match cue {
            Cue::TimeLeft(left) => Some(left.0 / 1000),
            _ => None,
        })
        .collect()
    }

    #[test]
    fn time_is_told_every_three_minutes_then_every_minute_then_at_thirty_and_ten_seconds() {
        assert_eq!(run(600), [540, 360, 300, 240, 180, 120, 60, 30, 10]);
        assert_eq!(run(45), [30, 10]);
    }

    #[test]
    fn two_hours_are_no_stream_of_interruptions() {
        let told = run(7200);
        assert_eq!(told.iter().filter(|left| **left >= 3600).count(), 4);
        assert!(told.len() < 32, "{told:?}");
    }

    #[test]
    fn the_code_comes_before_the_time_and_nothing_is_said_twice() {
        let mut memory = Memory::default();
        let left = Some(Millis::from_secs(600));
        assert_eq!(memory.cue(&View::default(), None), Some(Cue::Preparing));
        assert_eq!(memory.cue(&scanning(), left), Some(Cue::Ready));
        assert_eq!(memory.cue(&scanning(), left), None);
    }

    #[test]
    fn more_time_than_before_is_no_news() {
        let mut memory = Memory::default();
        memory.cue(&scanning(), Some(Millis::from_secs(100)));
        assert_eq!(memory.cue(&scanning(), Some(Millis::from_secs(500))), None);
        assert_eq!(memory.cue(&scanning(), None), None);
        assert_eq!(memory.cue(&scanning(), Some(Millis::from_secs(500))), None);
    }

    #[test]
    fn a_link_that_breaks_and_mends_is_told() {
        let mut memory = Memory::default();
        memory.cue(&scanning(), None);
        let offline = View { link: Link::Offline, ..scanning() };
        assert_eq!(memory.cue(&offline, None), Some(Cue::Link));
        assert_eq!(memory.cue(&scanning(), None), Some(Cue::Recovered));
    }

    #[test]
    fn an_action_that_failed_is_told_above_all() {
        let mut memory = Memory::default();
        memory.cue(&scanning(), None);
        let actions = Actions { failed: true, ..Actions::default() };
        let failed = View { actions, phase: Phase::Preparing, ..View::default() };
        assert_eq!(memory.cue(&failed, None), Some(Cue::ActionFailed));
    }

    #[test]
    fn nothing_talks_over_the_outcome() {
        let mut memory = Memory::default();
        memory.cue(&View { link: Link::Offline, ..scanning() }, None);
        let paid = View { phase: Phase::Settled(Outcome::Paid { late: false }), ..View::default() };
        assert_eq!(memory.cue(&paid, None), None);
    }
}
