//! The few icons, as strokes on a grid of 24.

use crate::markup::{Markup, el, plain};

#[derive(Clone, Copy)]
pub(super) enum Icon {
    Bubble,
    Scan,
    Confirm,
    Tick,
    Cross,
    Back,
    Caution,
    Window,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Bubble => {
                "M12 4.5c4.7 0 8.5 3 8.5 6.8S16.7 18 12 18c-.9 0-1.8-.1-2.6-.3L5.5 19.5l.6-3.2c-1.6-1.2-2.6-3-2.6-5C3.5 7.5 7.3 4.5 12 4.5z"
            }
            Self::Scan => {
                "M4 8.5V6a2 2 0 0 1 2-2h2.5M15.5 4H18a2 2 0 0 1 2 2v2.5M20 15.5V18a2 2 0 0 1-2 2h-2.5M8.5 20H6a2 2 0 0 1-2-2v-2.5M7.5 12h9"
            }
            Self::Confirm => {
                "M8.5 3h7A2.5 2.5 0 0 1 18 5.5v13a2.5 2.5 0 0 1-2.5 2.5h-7A2.5 2.5 0 0 1 6 18.5v-13A2.5 2.5 0 0 1 8.5 3zM9.5 12.2l1.9 1.9 3.3-3.8"
            }
            Self::Tick => "M5 12.5l4.6 4.6L19 7.4",
            Self::Cross => "M7 7l10 10M17 7L7 17",
            Self::Back => "M9 7L4.5 11.5 9 16M5 11.5h9.5a4.5 4.5 0 0 1 0 9H12",
            Self::Caution => {
                "M12 8.5v4.5M12 16.3v.1M10.6 4.8L3.3 17.4A1.6 1.6 0 0 0 4.7 19.8h14.6a1.6 1.6 0 0 0 1.4-2.4L13.4 4.8a1.6 1.6 0 0 0-2.8 0z"
            }
            Self::Window => "M14 4h6v6M20 4l-8.5 8.5M17.5 13.5V18a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8.5a2 2 0 0 1 2-2h4.5",
        }
    }

    /// The icon; those who cannot see it miss nothing.
    pub(super) fn draw(self) -> Markup {
        el("svg", "checkout-icon")
            .attr("viewBox", "0 0 24 24")
            .attr("aria-hidden", "true")
            .child(plain("path").attr("d", self.path()))
    }
}
