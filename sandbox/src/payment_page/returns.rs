//! Where the payer goes when the page has done its work, or before.

use serde::Serialize;

use super::refused::Refused;

/// The ways back to the shop.
///
/// `merchant_success_url`, `merchant_fail_url` and `merchant_return_url` are offered to the payer as a button;
/// `redirect_success_url` and `redirect_fail_url` are followed by themselves after the result was shown.
///
/// UNCONFIRMED: what is done where an address comes without `_enabled` (here: it is offered) or without a
/// mode (here: `iframe`, as the sibling documentation says), how long the result is shown before the payer is
/// taken away, and what `redirect_return_url`, for the way back from a foreign page, does for WeChat: nothing
/// here, where WeChat is played in place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Returns {
    success: Ways,
    fail: Ways,
    #[serde(skip_serializing_if = "Option::is_none")]
    back: Option<Way>,
}

/// After one outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct Ways {
    #[serde(skip_serializing_if = "Option::is_none")]
    offered: Option<Way>,
    #[serde(skip_serializing_if = "Option::is_none")]
    automatic: Option<Way>,
}

/// One way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Way {
    url: String,
    mode: Mode,
    /// Whether it is there only for a page that stands in a tab of its own (`_enabled` is 1).
    own_tab_only: bool,
}

/// Where the shop's page opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    /// In the frame that the page stands in.
    #[default]
    Iframe,
    /// In place of the page that the frame stands in.
    ParentPage,
    /// In a new tab.
    BlankPage,
}

impl Returns {
    /// Reads the ways out of the parameters.
    pub(super) fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<Self, Refused> {
        let offered = |outcome: &str| {
            let name = |end: &str| ["merchant_", outcome, end].concat();
            way(&value, &name("_url"), &name("_enabled"), &name("_redirect_mode"))
        };
        let automatic = |outcome: &str| {
            let name = |end: &str| ["redirect_", outcome, end].concat();
            way(&value, &name("_url"), &name("_enabled"), &name("_mode"))
        };
        let ways = |outcome| Ok(Ways { offered: offered(outcome)?, automatic: automatic(outcome)? });
        Ok(Self { success: ways("success")?, fail: ways("fail")?, back: offered("return")? })
    }

    /// Where the payer goes after an outcome.
    pub(super) fn after(&self, is_paid: bool) -> Option<&str> {
        let ways = if is_paid { &self.success } else { &self.fail };
        ways.automatic.as_ref().or(ways.offered.as_ref()).map(|way| way.url.as_str())
    }

    /// Where the payer goes before there is an outcome.
    pub(super) fn back(&self) -> Option<&str> {
        self.back.as_ref().map(|way| way.url.as_str())
    }
}

fn way<'a>(
    value: impl Fn(&str) -> Option<&'a str>,
    url: &str,
    enabled: &str,
    mode: &str,
) -> Result<Option<Way>, Refused> {
    let (is_enabled, own_tab_only) = match value(enabled) {
        None | Some("2") => (true, false),
        Some("1") => (true, true),
        Some("0") => (false, false),
        Some(_) => return Err(Refused::parameter(enabled, "0, 1 or 2 is expected")),
    };
    let mode = match value(mode) {
        None => Mode::default(),
        Some("iframe") => Mode::Iframe,
        Some("parent_page") => Mode::ParentPage,
        Some("blank_page") => Mode::BlankPage,
        Some(_) => return Err(Refused::parameter(mode, "iframe, parent_page or blank_page is expected")),
    };
    let url = value(url).filter(|_| is_enabled);
    Ok(url.map(|url| Way { url: url.to_owned(), mode, own_tab_only }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(given: &[(&str, &'static str)]) -> Result<Returns, Refused> {
        Returns::read(|name| given.iter().find(|(known, _)| *known == name).map(|(_, value)| *value))
    }

    #[test]
    fn an_address_is_offered_or_followed_as_its_name_says() {
        let returns = read(&[
            ("merchant_success_url", "https://shop.example/thanks"),
            ("merchant_success_redirect_mode", "parent_page"),
            ("redirect_fail_url", "https://shop.example/sorry"),
            ("redirect_fail_mode", "blank_page"),
            ("merchant_return_url", "https://shop.example/cart"),
            ("merchant_return_enabled", "1"),
        ]);
        let expected = json!({
            "success": {"offered": {"url": "https://shop.example/thanks", "mode": "parent_page", "own_tab_only": false}},
            "fail": {"automatic": {"url": "https://shop.example/sorry", "mode": "blank_page", "own_tab_only": false}},
            "back": {"url": "https://shop.example/cart", "mode": "iframe", "own_tab_only": true}});
        assert_eq!(json!(returns.unwrap()), expected);
    }

    #[test]
    fn what_is_switched_off_is_not_offered_and_what_is_misspelt_is_named() {
        let off = [("merchant_success_url", "https://shop.example"), ("merchant_success_enabled", "0")];
        assert_eq!(read(&off).unwrap(), Returns::default());
        for (name, value) in [("merchant_fail_enabled", "yes"), ("redirect_success_mode", "top")] {
            assert!(matches!(read(&[(name, value)]), Err(Refused::Parameter { name: given, .. }) if given == name));
        }
    }

    #[test]
    fn the_way_that_is_followed_comes_before_the_one_that_is_offered() {
        let returns =
            read(&[("merchant_success_url", "https://a.example"), ("redirect_success_url", "https://b.example")]);
        let returns = returns.unwrap();
        assert_eq!((returns.after(true), returns.after(false)), (Some("https://b.example"), None));
    }
}
