//! The language of the page.

/// A language the page is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Chinese,
}

impl Language {
    /// `language_code` decides, else the browser. ECommPay's page knows more languages, and may look at the
    /// payer's region too; whatever is missing here is English.
    pub(super) fn choose(code: Option<&str>, accepted: Option<&str>) -> Self {
        match code {
            Some(code) => Self::known(code).unwrap_or(Self::English),
            None => accepted.map_or(Self::English, Self::preferred),
        }
    }

    /// The language as HTML has it.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    fn known(tag: &str) -> Option<Self> {
        match tag.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The one that is liked best among those of an `Accept-Language`.
    fn preferred(accepted: &str) -> Self {
        let liked = accepted.split(',').filter_map(|range| {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let weight: f64 = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(0.0);
            Some((Self::known(tag)?, weight))
        });
        // The first of equals: browsers write them in the order they are liked.
        let best = liked.reduce(|best, other| if other.1 > best.1 { other } else { best });
        best.map_or(Self::English, |(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shop_decides_and_else_the_browser() {
        let choose = Language::choose;
        assert_eq!(choose(Some("zh"), Some("en-US,en;q=0.9")), Language::Chinese);
        assert_eq!(choose(Some("ZH"), None), Language::Chinese);
        assert_eq!(choose(Some("de"), Some("zh-CN")), Language::English);
        assert_eq!(choose(None, Some("zh-CN,zh;q=0.9,en;q=0.8")), Language::Chinese);
        assert_eq!(choose(None, Some("de-DE,de;q=0.9,zh;q=0.4,en;q=0.5")), Language::English);
        assert_eq!(choose(None, Some("*;q=0.1, nonsense;;")), Language::English);
        assert_eq!(choose(None, None), Language::English);
    }
}
