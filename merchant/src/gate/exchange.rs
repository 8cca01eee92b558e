//! One request and its answer, over HTTP.

use std::time::Duration;

use reqwest::{Client, StatusCode, redirect};
use serde_json::Value;

use crate::settings::BaseUrl;

/// Sends JSON and reads JSON.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    client: Client,
    base: BaseUrl,
}

/// Why there is no answer that could be read. It says nothing about what became of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum Unanswered {
    /// Gate could not be reached, or did not finish.
    #[error("Gate cannot be reached")]
    Unreachable,
    /// Gate took too long.
    #[error("Gate took too long")]
    TooSlow,
    /// Gate, or something in front of it, is in trouble.
    #[error("Gate answered with HTTP status {0}")]
    Status(u16),
    /// What came is no answer of Gate's.
    #[error("the answer cannot be read")]
    Garbled,
}

impl Unanswered {
    /// The name in the metrics.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too-slow",
            Self::Status(_) => "status",
            Self::Garbled => "garbled",
        }
    }
}

/// No answer of Gate's is anywhere near as large.
const MAX_ANSWER: usize = 1 << 20;

impl Exchange {
    pub(super) fn new(base: BaseUrl, timeout: Duration) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .timeout(timeout)
            .connect_timeout(timeout.min(Duration::from_secs(5)))
            // A signed request goes to Gate and nowhere else.
            .redirect(redirect::Policy::none())
            .user_agent(concat!("wechat-checkout-merchant/", env!("CARGO_PKG_VERSION")));
        // A proxy for the way out is of no use for a way that stays on this machine.
        let client = if base.is_loopback() { client.no_proxy() } else { client };
        Ok(Self { client: client.build()?, base })
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<(StatusCode, Value), Unanswered> {
        let mut response = self.client.post(self.base.at(path)).json(body).send().await.map_err(Unanswered::of)?;
        let status = response.status();
        if status.is_server_error() || matches!(status.as_u16(), 408 | 429) {
            return Err(Unanswered::Status(status.as_u16()));
        }
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(Unanswered::of)? {
            if answer.len() + chunk.len() > MAX_ANSWER {
                return Err(Unanswered::Garbled);
            }
            answer.extend_from_slice(&chunk);
        }
        match serde_json::from_slice(&answer) {
            Ok(answer) => Ok((status, answer)),
            // A refusal without JSON is still a refusal: an address that is not allowed, say.
            Err(_) if status.is_client_error() => Ok((status, Value::Object(serde_json::Map::new()))),
            Err(_) => Err(Unanswered::Garbled),
        }
    }
}

impl Unanswered {
    // By value, because this is what `map_err` hands over.
    #[allow(clippy::needless_pass_by_value)]
    fn of(error: reqwest::Error) -> Self {
        if error.is_timeout() { Self::TooSlow } else { Self::Unreachable }
    }
}
