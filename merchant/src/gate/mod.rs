//! Talking to Gate: signed requests out, verified answers in.

mod exchange;

use protocol::gate::{
    Acknowledgement, CLARIFICATION_PATH, ClarificationRequest, General, Refusal, SALE_PATH, STATUS_PATH, StatusRequest,
};
use protocol::sign::{self, SecretKey};
use reqwest::StatusCode;
use serde_json::Value;

use crate::settings::BaseUrl;
use crate::timing::Timing;
use exchange::{Exchange, Unanswered};

/// ECommPay's Gate, as this project sees it.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    exchange: Exchange,
    key: SecretKey,
}

/// What became of a request that ECommPay acknowledges.
#[derive(Clone, Debug)]
pub(crate) enum Sent {
    /// It was accepted.
    Accepted {
        /// ECommPay's name for the request.
        request_id: Option<String>,
    },
    /// ECommPay has it from an earlier attempt, whose acknowledgement was lost.
    Repeated,
    /// It was refused, and would be refused again.
    Refused(Refusal),
    /// Nobody knows. The same has to be sent again.
    Unknown(Unanswered),
}

impl Sent {
    /// The name in the metrics.
    pub(crate) fn as_str(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Repeated => "repeated",
            Self::Refused(_) => "refused",
            Self::Unknown(why) => why.code(),
        }
    }
}

/// Why there is no answer about a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum NoAnswer {
    /// None came.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// One came, and it is not proven to be ECommPay's.
    #[error("the answer's signature does not fit")]
    Unverified,
}

impl NoAnswer {
    /// The name in the metrics.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Unanswered(why) => why.code(),
            Self::Unverified => "unverified",
        }
    }
}

/// `Payment ID already exists`.
const REPEATED: &str = "3041";
/// Internal error, try again, network error: none of them says what became of the payment.
const PASSING: [&str; 3] = ["501", "601", "602"];

impl Gate {
    pub(crate) fn new(base: BaseUrl, key: SecretKey, timing: &Timing) -> Result<Self, reqwest::Error> {
        Ok(Self { exchange: Exchange::new(base, timing.gate_timeout)?, key })
    }

    /// Asks for a code. `request` has no signature yet.
    pub(crate) async fn sale(&self, request: Value) -> Sent {
        self.send(SALE_PATH, request).await
    }

    /// Hands in the customer's data that ECommPay asked for.
    pub(crate) async fn clarify(&self, request: &ClarificationRequest) -> Sent {
        match serde_json::to_value(request) {
            Ok(request) => self.send(CLARIFICATION_PATH, request).await,
            Err(_) => Sent::Unknown(Unanswered::Garbled),
        }
    }

    /// Asks what became of a payment. The answer is verified.
    pub(crate) async fn status(&self, general: General) -> Result<Value, NoAnswer> {
        let mut request = serde_json::to_value(StatusRequest::new(general)).map_err(|_| Unanswered::Garbled)?;
        sign::sign_into_general(&mut request, &self.key).map_err(|_| Unanswered::Garbled)?;
        let (status, answer) = self.exchange.post(STATUS_PATH, &request).await?;
        if !status.is_success() {
            return Err(Unanswered::Status(status.as_u16()).into());
        }
        sign::verify(&answer, &self.key).map_err(|_| NoAnswer::Unverified)?;
        Ok(answer)
    }

    async fn send(&self, path: &'static str, mut request: Value) -> Sent {
        if sign::sign_into_general(&mut request, &self.key).is_err() {
            return Sent::Unknown(Unanswered::Garbled);
        }
        match self.exchange.post(path, &request).await {
            Ok((status, answer)) => Sent::read(status, answer),
            Err(why) => Sent::Unknown(why),
        }
    }
}

impl Sent {
    fn read(status: StatusCode, answer: Value) -> Self {
        let Ok(acknowledgement) = serde_json::from_value(answer) else {
            return Self::Unknown(Unanswered::Garbled);
        };
        match acknowledgement {
            Acknowledgement::Accepted { request_id, .. } if status.is_success() => Self::Accepted { request_id },
            Acknowledgement::Refused(refusal) if refusal.has_code(REPEATED) => Self::Repeated,
            Acknowledgement::Refused(refusal) if PASSING.iter().any(|code| refusal.has_code(code)) => {
                Self::Unknown(Unanswered::Status(status.as_u16()))
            }
            // Something that answers 200 and is no refusal either is not Gate: a proxy's page, say.
            Acknowledgement::Refused(refusal)
                if status.is_success() && refusal.code.is_none() && refusal.errors.is_empty() =>
            {
                Self::Unknown(Unanswered::Garbled)
            }
            Acknowledgement::Refused(refusal) => Self::Refused(refusal),
            _ => Self::Unknown(Unanswered::Status(status.as_u16())),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(status: u16, answer: Value) -> &'static str {
        Sent::read(StatusCode::from_u16(status).unwrap(), answer).as_str()
    }

    #[test]
    fn only_what_gate_certainly_refused_is_refused() {
        assert_eq!(read(200, json!({"status": "success", "request_id": "r"})), "accepted");
        assert_eq!(read(400, json!({"status": "error", "code": "2004"})), "refused");
        assert_eq!(read(200, json!({"status": "error", "code": 3023})), "refused");
        assert_eq!(read(403, json!({})), "refused");
        assert_eq!(read(400, json!({"status": "error", "code": "3041"})), "repeated");
        assert_eq!(read(200, json!({"errors": [{"code": 3041}]})), "repeated");
    }

    #[test]
    fn whatever_leaves_it_open_leads_to_another_attempt() {
        for code in PASSING {
            assert_eq!(read(400, json!({"status": "error", "code": code})), "status", "{code}");
        }
        assert_eq!(read(200, json!({})), "garbled");
        assert_eq!(read(200, json!([])), "garbled");
        assert_eq!(read(400, json!({"status": "success"})), "status");
    }
}
