//! The hosted Payment Page, as the browser has to do with it: a signed config that is opened as it is.
//!
//! The browser holds no key. It never adds a signed parameter, never sorts, never re-encodes a value; it
//! only refuses what cannot be right, before anything opens. Source: ECommPay's Payment Page parameters.

use crate::date::UnixMillis;
use crate::money::Currency;
use std::fmt;

/// The live Payment Page.
pub const LIVE_PAYMENT_PAGE: &str = "https://paymentpage.ecommpay.com";

/// A signed Payment Page config, in the order and with the values the backend wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentPageConfig {
    /// Parameter names and their values as text.
    pub parameters: Vec<(String, String)>,
}

/// Why a config cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The parameter.
    pub parameter: String,
    /// What is wrong with it.
    pub reason: ConfigReason,
}

/// What is wrong with a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigReason {
    /// It is mandatory and not there.
    Missing,
    /// It is not a whole number in its range.
    NotANumber,
    /// The amount is not a whole number of minor units.
    NotMinorUnits,
    /// It is not an ISO 4217 code.
    Currency,
    /// It contains `;`, which the signature cannot tell from its own separator.
    Separator,
    /// It has more characters than allowed, or none.
    Length,
    /// It looks like the project's secret. A secret never belongs in a browser: change it now.
    Secret,
    /// Its time is over.
    Past,
    /// It names another Payment Page than the one that is configured.
    Host,
}

impl ConfigReason {
    /// A stable code for logs, events and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "config-parameter-missing",
            Self::NotANumber => "config-not-a-number",
            Self::NotMinorUnits => "config-not-minor-units",
            Self::Currency => "config-currency",
            Self::Separator => "config-separator",
            Self::Length => "config-length",
            Self::Secret => "config-secret-exposed",
            Self::Past => "config-past",
            Self::Host => "config-host",
        }
    }

    /// What is expected instead, for developers.
    pub fn text(&self) -> &'static str {
        match self {
            Self::Missing => "mandatory, and not there",
            Self::NotANumber => "a whole number is expected",
            Self::NotMinorUnits => "a whole number of minor units, from 1 to 10 000 000 000 000, is expected",
            Self::Currency => "three capital letters are expected (ISO 4217)",
            Self::Separator => "must not contain a semicolon",
            Self::Length => "empty or too long",
            Self::Secret => "looks like the project's secret, which must never reach a browser: replace it now",
            Self::Past => "its time is over",
            Self::Host => "another Payment Page than the configured one",
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&["payment_page.", &self.parameter, ": ", self.reason.text()].concat())
    }
}

impl std::error::Error for ConfigError {}

/// Names under which backends have leaked their key.
const SECRETS: [&str; 7] =
    ["secret", "secret_key", "secretkey", "private_key", "salt", "project_secret", "secret_token"];
/// The most minor units the Payment Page takes.
const MAX_AMOUNT: u64 = 10_000_000_000_000;

impl PaymentPageConfig {
    /// The value of a parameter.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Refuses what cannot be right. `now` is the time on the server's clock, where it is known; `host` the
    /// Payment Page that is configured.
    pub fn check(&self, now: Option<UnixMillis>, host: &str) -> Result<(), ConfigError> {
        let refuse = |parameter: &str, reason| Err(ConfigError { parameter: parameter.to_owned(), reason });
        for (name, value) in &self.parameters {
            if SECRETS.contains(&name.to_ascii_lowercase().as_str()) {
                return refuse(name, ConfigReason::Secret);
            }
            if (name.contains(';') || value.contains(';')) && !is_unsigned(name) {
                return refuse(name, ConfigReason::Separator);
            }
        }
        for name in ["project_id", "payment_id", "payment_amount", "payment_currency", "customer_id", "signature"] {
            if self.value(name).is_none_or(str::is_empty) {
                return refuse(name, ConfigReason::Missing);
            }
        }
        let number = |name: &str| self.value(name).and_then(whole_number);
        if number("project_id").is_none_or(|id| id == 0 || id > u64::from(u32::MAX)) {
            return refuse("project_id", ConfigReason::NotANumber);
        }
        if number("payment_amount").is_none_or(|amount| amount == 0 || amount > MAX_AMOUNT) {
            return refuse("payment_amount", ConfigReason::NotMinorUnits);
        }
        if self.value("payment_currency").is_none_or(|code| Currency::parse(code).is_err()) {
            return refuse("payment_currency", ConfigReason::Currency);
        }
        if self.value("payment_id").is_none_or(|id| id.chars().count() > 255) {
            return refuse("payment_id", ConfigReason::Length);
        }
        let end = self.value("best_before").and_then(UnixMillis::parse_iso);
        if let (Some(end), Some(now)) = (end, now)
            && end <= now
        {
            return refuse("best_before", ConfigReason::Past);
        }
        if self.value("baseUrl").is_some_and(|base| base.trim_end_matches('/') != host.trim_end_matches('/')) {
            return refuse("baseUrl", ConfigReason::Host);
        }
        Ok(())
    }

    /// The parameters as `application/x-www-form-urlencoded`, each value byte for byte as it was signed.
    pub fn query(&self) -> String {
        let mut query = String::new();
        for (name, value) in &self.parameters {
            if !query.is_empty() {
                query.push('&');
            }
            encode(&mut query, name);
            query.push('=');
            encode(&mut query, value);
        }
        query
    }

    /// The address that opens the page by GET.
    pub fn address(&self, host: &str) -> String {
        [host.trim_end_matches('/'), "/payment?", &self.query()].concat()
    }
}

/// `frame_mode` and what begins with an underscore are added after signing.
fn is_unsigned(name: &str) -> bool {
    name == "frame_mode" || name.starts_with('_')
}

fn whole_number(text: &str) -> Option<u64> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn encode(query: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            query.push(char::from(byte));
        } else {
            query.push('%');
            for digit in [byte >> 4, byte & 15] {
                query.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(change: &[(&str, &str)]) -> PaymentPageConfig {
        let mut parameters: Vec<(String, String)> = [
            ("payment_id", "X03936"),
            ("payment_amount", "10000"),
            ("payment_currency", "EUR"),
            ("project_id", "239"),
            ("language_code", "zh"),
            ("customer_id", "customer1"),
            ("signature", "kUi2x9dKHAVNU0xh4yo+52Kt8KU/RLCvhtT4=="),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        for (name, value) in change {
            parameters.retain(|(known, _)| known != name);
            parameters.push((String::from(*name), String::from(*value)));
        }
        PaymentPageConfig { parameters }
    }

    fn refused(change: &[(&str, &str)]) -> Option<(String, ConfigReason)> {
        let now = UnixMillis::parse_iso("2026-11-24T12:00:00Z");
        config(change).check(now, LIVE_PAYMENT_PAGE).err().map(|error| (error.parameter, error.reason))
    }

    #[test]
    fn the_published_example_is_accepted() {
        assert_eq!(refused(&[]), None);
        assert_eq!(refused(&[("baseUrl", "https://paymentpage.ecommpay.com/")]), None);
        assert_eq!(refused(&[("best_before", "2026-11-24T12:00:01+00:00")]), None);
    }

    #[test]
    fn a_config_that_cannot_be_right_is_refused_by_the_name_of_its_parameter() {
        for (name, value, reason) in [
            ("payment_id", "", ConfigReason::Missing),
            ("signature", "", ConfigReason::Missing),
            ("payment_amount", "100.00", ConfigReason::NotMinorUnits),
            ("payment_amount", "0", ConfigReason::NotMinorUnits),
            ("payment_amount", "-5", ConfigReason::NotMinorUnits),
            ("payment_amount", "10000000000001", ConfigReason::NotMinorUnits),
            ("payment_currency", "euro", ConfigReason::Currency),
            ("project_id", "abc", ConfigReason::NotANumber),
            ("payment_description", "a;b", ConfigReason::Separator),
            ("secret_key", "x", ConfigReason::Secret),
            ("Secret", "x", ConfigReason::Secret),
            ("best_before", "2026-11-24T12:00:00+0000", ConfigReason::Past),
            ("baseUrl", "https://paymentpage.ecommpay.com.evil.example", ConfigReason::Host),
        ] {
            assert_eq!(refused(&[(name, value)]), Some((name.into(), reason)), "{name}={value}");
        }
    }

    #[test]
    fn what_is_added_after_signing_may_contain_anything() {
        assert_eq!(refused(&[("_plugin_version", "a;b")]), None);
    }

    #[test]
    fn values_are_encoded_and_nothing_else_is_done_to_them() {
        let config =
            PaymentPageConfig { parameters: vec![("a b".into(), "B&W+é=/".into()), ("c".into(), String::new())] };
        assert_eq!(config.address("https://pp.example/"), "https://pp.example/payment?a%20b=B%26W%2B%C3%A9%3D%2F&c=");
    }
}
