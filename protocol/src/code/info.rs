//! The `add_info` items of `display_data`: some are for machines, the rest is for the payer.

use super::{DisplayItem, neutral};
use crate::date::UnixMillis;
use crate::node::decimal;

/// Something the payer should read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// What it is about; may be empty.
    pub title: String,
    /// What it says.
    pub text: String,
}

impl Info {
    pub(super) fn read(item: &DisplayItem) -> Option<Self> {
        let title = item.title.trim().to_ascii_lowercase();
        if LINKS.contains(&title.as_str()) || TIMEOUTS.contains(&title.as_str()) {
            return None;
        }
        let info = Self { title: neutral(&item.title, 80), text: neutral(&item.data, 500) };
        (!info.text.is_empty()).then_some(info)
    }
}

/// How long a code lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeout {
    /// So many seconds after WeChat made it.
    After {
        /// Whole seconds, more than zero.
        seconds: u32,
    },
    /// Until a point in time on the platform's clock.
    At(UnixMillis),
}

/// The titles under which a life time arrives: the first is WeChat's, the others were seen with siblings.
const TIMEOUTS: [&str; 4] = ["qr code timeout", "expired_timestamp", "lifetime", "expired_date"];
/// Titles of links into apps: WeChat refuses to be opened by link, so they are not offered.
const LINKS: [&str; 5] = ["app_url", "deeplink", "universalurl", "checkouturl", "checkoutlink"];

impl Timeout {
    /// Reads an `add_info` item; none where it is no life time or makes no sense.
    ///
    /// UNCONFIRMED for WeChat: siblings send a Unix time where WeChat's page shows seconds. A value above
    /// 1 000 000 000 is taken as a Unix time, in milliseconds above 1 000 000 000 000.
    pub fn read(item: &DisplayItem) -> Option<Self> {
        let title = item.title.trim().to_ascii_lowercase();
        if item.kind != "add_info" || !TIMEOUTS.contains(&title.as_str()) {
            return None;
        }
        let value = decimal(item.data.trim()).filter(|value| *value >= 1.0)?;
        if value > 1e15 {
            None
        } else if value > 1e12 {
            Some(Self::At(UnixMillis(value as i64)))
        } else if value > 1e9 {
            Some(Self::At(UnixMillis((value * 1000.0) as i64)))
        } else {
            Some(Self::After { seconds: value as u32 })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(title: &str, data: &str) -> DisplayItem {
        DisplayItem { kind: "add_info".into(), title: title.into(), data: data.into() }
    }

    #[test]
    fn a_life_time_is_read_under_each_of_its_names() {
        for title in ["QR Code Timeout", "qr code timeout", " lifetime ", "expired_timestamp"] {
            assert_eq!(Timeout::read(&item(title, "600")), Some(Timeout::After { seconds: 600 }), "{title}");
        }
        assert_eq!(Timeout::read(&item("Shop", "600")), None);
    }

    #[test]
    fn a_large_value_is_a_point_in_time() {
        assert_eq!(
            Timeout::read(&item("QR Code Timeout", "1765960403")),
            Some(Timeout::At(UnixMillis(1_765_960_403_000)))
        );
        assert_eq!(
            Timeout::read(&item("expired_date", "1765960403000")),
            Some(Timeout::At(UnixMillis(1_765_960_403_000)))
        );
        assert_eq!(Timeout::read(&item("lifetime", "1000000000")), Some(Timeout::After { seconds: 1_000_000_000 }));
    }

    #[test]
    fn nonsense_is_no_life_time() {
        for data in ["", "soon", "-5", "0", "NaN", "inf", "1e300"] {
            assert_eq!(Timeout::read(&item("QR Code Timeout", data)), None, "{data}");
        }
    }

    #[test]
    fn what_is_for_machines_is_not_shown_to_the_payer() {
        assert_eq!(Info::read(&item("deeplink", "weixin://x")), None);
        assert_eq!(Info::read(&item("QR Code Timeout", "soon")), None);
        assert_eq!(Info::read(&item("Note", "Bring\u{202e} this")).map(|info| info.text), Some("Bring this".into()));
    }
}
