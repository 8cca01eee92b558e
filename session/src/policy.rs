//! How often to ask, how long to wait: all of it data that integrators can change.

use crate::Millis;

/// The polling and waiting rules of a checkout. The defaults suit a shop that answers within a second.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Between two questions while a code is fresh. 2 s.
    pub interval: Millis,
    /// How much the interval grows with the age of the code: 0.05 adds 3 s after a minute.
    pub ageing: f64,
    /// The longest interval while a code can be scanned. 10 s.
    pub interval_max: Millis,
    /// Between two questions while the code is being made, for the first ten seconds of that. 1 s.
    pub preparing: Millis,
    /// Between two questions once a code has expired. 10 s, ageing like the rest up to three times that.
    pub expired: Millis,
    /// The shortest interval while the page is hidden. 30 s.
    pub hidden: Millis,
    /// Between two questions while server-sent events are connected. 60 s.
    pub safety_net: Millis,
    /// Events that say nothing for so long, not even a heartbeat, are taken for dead. 45 s.
    pub events_silence: Millis,
    /// Before events that broke off are opened again; doubles with each failure up to a minute. 3 s.
    pub events_retry: Millis,
    /// The part of an interval that is left to chance, so that many payers do not ask in step. 0.2.
    pub jitter: f64,
    /// The longest pause after failures, which begin at `interval` and double. 30 s.
    pub backoff_max: Millis,
    /// The longest `Retry-After` that is obeyed to the letter; a longer one is taken as this. 10 min.
    pub retry_after_max: Millis,
    /// A question without an answer is given up after this. 10 s.
    pub timeout: Millis,
    /// An action (renew, cancel, clarify) without an answer is given up after this. 20 s.
    pub action_timeout: Millis,
    /// A question that is out for longer makes the link slow. 4 s.
    pub slow_after: Millis,
    /// Between the end of the countdown and `Expired`. 8 s.
    pub grace: Millis,
    /// How long `Confirming` waits, once the shop has answered, before the payer is offered the ways to pay again. 30 s.
    pub confirming: Millis,
    /// A longer life of a code is not believed. 24 h; WeChat's own limit is 2 h.
    pub code_life_max: Millis,
    /// How long the payment lives from its creation. 2 h (ECommPay's WeChat page; ask your manager there).
    pub payment_life: Millis,
    /// How much longer a tab that does not lead waits when it heard another ask, so that the other stays the one
    /// that asks. 1.5 s.
    pub tab_margin: Millis,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            interval: Millis::from_secs(2),
            ageing: 0.05,
            interval_max: Millis::from_secs(10),
            preparing: Millis::from_secs(1),
            expired: Millis::from_secs(10),
            hidden: Millis::from_secs(30),
            safety_net: Millis::from_secs(60),
            events_silence: Millis::from_secs(45),
            events_retry: Millis::from_secs(3),
            jitter: 0.2,
            backoff_max: Millis::from_secs(30),
            retry_after_max: Millis::from_mins(10),
            timeout: Millis::from_secs(10),
            action_timeout: Millis::from_secs(20),
            slow_after: Millis::from_secs(4),
            grace: Millis::from_secs(8),
            confirming: Millis::from_secs(30),
            code_life_max: Millis::from_mins(24 * 60),
            payment_life: Millis::from_mins(120),
            tab_margin: Millis(1500),
        }
    }
}
