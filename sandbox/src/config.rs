//! What can be set when the sandbox starts.

use std::time::Duration;

use protocol::gate::ProjectId;
use protocol::sign::SecretKey;
use thiserror::Error;

use crate::Clock;

/// How a sandbox is set up. [`Config::default`] needs nothing from outside.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// The one project the sandbox knows.
    pub project_id: ProjectId,
    /// The project's key: signs requests, callbacks and status answers.
    pub secret_key: SecretKey,
    /// The Dashboard user's token that the Data API takes.
    pub data_token: String,
    /// The key that belongs to `data_token`.
    pub data_key: SecretKey,
    /// Where callbacks go when a request names no address; without it such a payment has none.
    pub callback_url: Option<String>,
    /// How the sandbox is reached from outside, for the addresses of pictures. The bound address without it.
    pub public_url: Option<String>,
    /// What ECommPay's redelivery gaps (10 s at first, 4 h in the end) are multiplied with.
    pub redelivery_scale: f64,
    /// The code of a payment whose code nobody used in time. UNCONFIRMED at ECommPay.
    pub unpaid_code: String,
    /// How long a payment waits for somebody to use its code before it is declined. UNCONFIRMED at ECommPay.
    pub unpaid_after: Duration,
    /// How long the platform waits for data it asked for before it declines the payment.
    pub clarification_time: Duration,
    /// The sandbox's time.
    pub clock: Clock,
}

impl Config {
    /// The defaults, with what `read` knows of the environment: `SANDBOX_PROJECT_ID`, `SANDBOX_SECRET_KEY`,
    /// `SANDBOX_DATA_TOKEN`, `SANDBOX_DATA_KEY`, `SANDBOX_CALLBACK_URL`, `SANDBOX_PUBLIC_URL`,
    /// `SANDBOX_REDELIVERY_SCALE`, `SANDBOX_UNPAID_CODE`, `SANDBOX_UNPAID_SECONDS`.
    pub fn from_env(read: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let read = |name| read(name).filter(|text| !text.is_empty());
        let mut config = Self::with_keys(
            key("SANDBOX_SECRET_KEY", read("SANDBOX_SECRET_KEY"), SECRET_KEY)?,
            key("SANDBOX_DATA_KEY", read("SANDBOX_DATA_KEY"), DATA_KEY)?,
            project(read("SANDBOX_PROJECT_ID").as_deref())?,
        );
        if let Some(token) = read("SANDBOX_DATA_TOKEN") {
            config.data_token = token;
        }
        config.callback_url = read("SANDBOX_CALLBACK_URL");
        config.public_url = read("SANDBOX_PUBLIC_URL").map(|url| url.trim_end_matches('/').to_owned());
        if let Some(text) = read("SANDBOX_REDELIVERY_SCALE") {
            let scale = text.parse().ok().filter(|scale: &f64| scale.is_finite() && *scale >= 0.0);
            config.redelivery_scale = scale.ok_or(ConfigError { name: "SANDBOX_REDELIVERY_SCALE" })?;
        }
        if let Some(code) = read("SANDBOX_UNPAID_CODE") {
            config.unpaid_code = code;
        }
        if let Some(text) = read("SANDBOX_UNPAID_SECONDS") {
            let seconds = text.parse().map_err(|_| ConfigError { name: "SANDBOX_UNPAID_SECONDS" })?;
            config.unpaid_after = Duration::from_secs(seconds);
        }
        Ok(config)
    }

    fn with_keys(secret_key: SecretKey, data_key: SecretKey, project_id: ProjectId) -> Self {
        Self {
            project_id,
            secret_key,
            data_token: "sandbox-user-token".to_owned(),
            data_key,
            callback_url: None,
            public_url: None,
            redelivery_scale: 0.01,
            unpaid_code: "20602".to_owned(),
            unpaid_after: Duration::from_secs(7200),
            clarification_time: Duration::from_secs(1800),
            clock: Clock::default(),
        }
    }
}

impl Default for Config {
    #[allow(clippy::expect_used, reason = "the constants are good, and a test says so")]
    fn default() -> Self {
        Self::from_env(|_| None).expect("the defaults are valid")
    }
}

/// A setting that cannot be used. Its value is not repeated: it may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{name}: the setting cannot be used")]
pub struct ConfigError {
    /// The environment variable.
    pub name: &'static str,
}

const SECRET_KEY: &str = "sandbox-secret-key";
const DATA_KEY: &str = "sandbox-user-key";

fn key(name: &'static str, given: Option<String>, default: &str) -> Result<SecretKey, ConfigError> {
    SecretKey::new(given.unwrap_or_else(|| default.to_owned())).map_err(|_| ConfigError { name })
}

fn project(given: Option<&str>) -> Result<ProjectId, ConfigError> {
    given.unwrap_or("238").parse().map_err(|_| ConfigError { name: "SANDBOX_PROJECT_ID" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_environment_the_defaults_are_valid() {
        let config = Config::default();
        assert_eq!(config.project_id.number(), 238);
        assert_eq!(config.unpaid_code, "20602");
    }

    #[test]
    fn the_environment_wins_and_what_cannot_be_used_is_named() {
        let config = Config::from_env(|name| (name == "SANDBOX_PROJECT_ID").then(|| "77".to_owned())).unwrap();
        assert_eq!(config.project_id.number(), 77);
        for name in ["SANDBOX_PROJECT_ID", "SANDBOX_REDELIVERY_SCALE", "SANDBOX_UNPAID_SECONDS"] {
            let error = Config::from_env(|asked| (asked == name).then(|| "-1".to_owned())).unwrap_err();
            assert_eq!(error, ConfigError { name });
        }
    }
}
