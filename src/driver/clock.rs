//! The time that has passed, and the time that passed unseen.

use crate::window::window;
use session::Millis;
use std::cell::Cell;

/// Two clocks read together: a monotonic one that may stand still while the device sleeps, and the wall
/// clock, which does not sleep but can be set.
pub(super) struct Clock {
    /// What the wall clock was ahead of the monotonic one when last looked at, in milliseconds.
    gap: Cell<f64>,
    origin: f64,
}

/// Smaller differences are the wall clock being adjusted.
const NOISE: f64 = 2000.0;

impl Clock {
    pub(super) fn start() -> Self {
        Self { gap: Cell::new(gap()), origin: monotonic() }
    }

    pub(super) fn now(&self) -> Millis {
        // `as` saturates, so a clock that jumps back stands still here.
        Millis((monotonic() - self.origin) as u64)
    }

    /// How much more the wall clock moved than the monotonic one since this was last asked.
    pub(super) fn lost(&self) -> Option<Millis> {
        let gap = gap();
        let lost = gap - self.gap.replace(gap);
        (lost > NOISE).then_some(Millis(lost as u64))
    }
}

fn gap() -> f64 {
    js_sys::Date::now() - monotonic()
}

fn monotonic() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |clock| clock.now())
}
