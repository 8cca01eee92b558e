//! A code that a payer scans.

use std::time::Duration;

use protocol::date::UnixMillis;

use crate::clock::after;
use crate::token;

/// How long WeChat's own codes live when nobody says otherwise.
const LIFE: Duration = Duration::from_secs(7200);

const PREFIX: &str = "weixin://wxpay/bizpayurl?pr=";

/// One WeChat Pay code.
#[derive(Clone, Debug)]
pub(crate) struct WechatCode {
    /// The part by which it is known.
    pub(crate) token: String,
    /// When it was made.
    pub(crate) made: UnixMillis,
    /// When WeChat stops taking it.
    pub(crate) ends: UnixMillis,
}

impl WechatCode {
    /// A new code that lives for as many seconds.
    pub(crate) fn new(made: UnixMillis, seconds: Option<i64>) -> Self {
        let life = seconds.map_or(LIFE, |seconds| Duration::from_secs(u64::try_from(seconds).unwrap_or(0)));
        Self { token: token::letters(9), made, ends: after(made, life) }
    }

    /// What is drawn as a QR code.
    pub(crate) fn text(&self) -> String {
        [PREFIX, &self.token].concat()
    }

    /// Whether WeChat takes it.
    pub(crate) fn is_alive(&self, now: UnixMillis) -> bool {
        now < self.ends
    }
}

/// The part by which a scanned code is known; none where it is no WeChat Pay code.
pub(crate) fn token_of(scanned: &str) -> Option<&str> {
    let token = scanned.trim().strip_prefix(PREFIX)?;
    let good = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_alphanumeric());
    good.then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_recognised_by_what_it_was_made_of() {
        let code = WechatCode::new(UnixMillis(0), Some(600));
        assert_eq!(token_of(&format!(" {} ", code.text())), Some(&*code.token));
        assert!(code.token.len() >= 7);
        for other in [
            "",
            "hello",
            "https://example.com/?pr=abc",
            "weixin://wxpay/bizpayurl?pr=",
            "weixin://wxpay/bizpayurl?pr=a b",
        ] {
            assert_eq!(token_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_code_dies_at_its_time() {
        let code = WechatCode::new(UnixMillis(1_000), Some(600));
        assert!(code.is_alive(UnixMillis(600_999)) && !code.is_alive(UnixMillis(601_000)));
        assert!(!WechatCode::new(UnixMillis(1_000), Some(-5)).is_alive(UnixMillis(1_000)));
        assert!(WechatCode::new(UnixMillis(0), None).is_alive(UnixMillis(7_199_999)));
    }
}
