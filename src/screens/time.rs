//! The time that is left.

use super::frame::Frame;
use super::key::Key;
use crate::markup::{Markup, el, plain};
use protocol::digits;
use session::{Countdown, Millis, Phase};

/// The row under the code. It is as high without a time as with one, so that nothing moves when one comes.
pub(super) fn time() -> Markup {
    let known = |frame: &Frame| frame.countdown().is_some();
    let scanning = |frame: &Frame| frame.view().phase == Phase::Scanning;
    el("div", "checkout-time").switch(
        move |frame| Key::of(&[]).and_flag(known(frame)).and_flag(scanning(frame)).value(),
        move |frame| {
            vec![match (scanning(frame), known(frame)) {
                (true, true) => countdown(frame),
                (true, false) => el("p", "checkout-waiting").text(&frame.texts.waiting),
                _ => el("div", "checkout-countdown checkout-skeleton").child(el("div", "checkout-bar")),
            }]
        },
    )
}

fn countdown(frame: &Frame) -> Markup {
    let label = &frame.texts.valid_for;
    el("div", "checkout-countdown")
        .part("countdown")
        .live_attr("data-soon", |frame| (left(frame).remaining < SOON).then(|| "".into()))
        .child(
            el("p", "checkout-row").child(plain("span").attr("aria-hidden", "true").text(label)).child(
                // Silent: what is worth saying is said by the narrator.
                el("b", "checkout-clock")
                    .part("clock")
                    .attr("role", "timer")
                    .attr("aria-live", "off")
                    .set("aria-label", label.clone())
                    .live_text(|frame| clock(left(frame).remaining).into()),
            ),
        )
        .child(
            el("div", "checkout-bar")
                .part("bar")
                .attr("role", "progressbar")
                .set("aria-label", label.clone())
                .attr("aria-valuemin", "0")
                .attr("aria-valuemax", "100")
                .live_attr("aria-valuenow", |frame| Some(digits(left(frame).share() / 10).into()))
                .live_attr("aria-valuetext", |frame| Some(clock(left(frame).remaining).into()))
                .live_attr("--checkout-left", |frame| {
                    let share = left(frame).share();
                    Some([&digits(share / 10), ".", &digits(share % 10), "%"].concat().into())
                })
                .child(plain("i")),
        )
}

fn left(frame: &Frame) -> Countdown {
    frame.countdown().unwrap_or(Countdown { remaining: Millis(0), full: Millis(0) })
}

/// From when on the payer should hurry.
const SOON: Millis = Millis::from_secs(60);

trait Share {
    fn share(&self) -> u64;
}

impl Share for Countdown {
    /// What is left of the whole, in thousandths.
    fn share(&self) -> u64 {
        (self.remaining.0.saturating_mul(1000) / self.full.0.max(1)).min(1000)
    }
}

/// The time as a clock shows it, with hours from sixty minutes on. A second that has begun is still there.
fn clock(remaining: Millis) -> String {
    let seconds = remaining.0.div_ceil(1000);
    let two = |number: u64| [if number < 10 { "0" } else { "" }, &digits(number)].concat();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let short = [two(minutes), ":".into(), two(seconds)].concat();
    if hours == 0 { short } else { [&digits(hours), ":", &short].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_shown_from_sixty_minutes_on() {
        for (seconds, shown) in [
            (0, "00:00"),
            (9, "00:09"),
            (468, "07:48"),
            (3599, "59:59"),
            (3600, "1:00:00"),
            (3660, "1:01:00"),
            (7200, "2:00:00"),
            (86_400, "24:00:00"),
        ] {
            assert_eq!(clock(Millis::from_secs(seconds)), shown);
        }
    }

    #[test]
    fn zero_is_shown_when_nothing_is_left_and_not_before() {
        assert_eq!(clock(Millis(1)), "00:01");
        assert_eq!(clock(Millis(1001)), "00:02");
    }

    #[test]
    fn the_bar_stays_within_its_bounds() {
        let share = |remaining, full| Countdown { remaining: Millis(remaining), full: Millis(full) }.share();
        assert_eq!(
            (share(468, 600), share(0, 600), share(700, 600), share(0, 0), share(u64::MAX, 1)),
            (780, 0, 1000, 0, 1000)
        );
    }
}
