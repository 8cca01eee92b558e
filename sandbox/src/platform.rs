//! The platform: what it knows, and what it does by itself as time passes.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use protocol::date::UnixMillis;
use protocol::status::PaymentStatus;
use tokio::task::JoinSet;

use crate::clock::after;
use crate::config::Config;
use crate::delivery::Callback;
use crate::faults::Faults;
use crate::ledger::Ledger;
use crate::message;
use crate::payment::{Payment, Settled};
use crate::token;
use crate::wechat::{WechatCode, display_data};

/// The platform.
#[derive(Debug)]
pub(crate) struct Platform {
    pub(crate) config: Config,
    pub(crate) public_url: String,
    pub(crate) http: reqwest::Client,
    state: Mutex<State>,
    tasks: Mutex<JoinSet<()>>,
    callbacks: AtomicU64,
}

/// What changes.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) ledger: Ledger,
    pub(crate) faults: Faults,
}

impl Platform {
    /// A platform that knows no payment yet.
    pub(crate) fn new(config: Config, public_url: String) -> Result<Arc<Self>, reqwest::Error> {
        // A redirect is an answer other than 200, and a shop on this machine is not reached through a proxy.
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(15))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Arc::new(Self {
            config,
            public_url,
            http,
            state: Mutex::default(),
            tasks: Mutex::default(),
            callbacks: AtomicU64::default(),
        }))
    }

    /// What the platform knows, for as long as nobody waits for anything.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What time it is.
    pub(crate) fn now(&self) -> UnixMillis {
        self.config.clock.now()
    }

    /// Does something beside.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }

    /// A number that grows from callback to callback.
    pub(crate) fn next_callback(&self) -> u64 {
        self.callbacks.fetch_add(1, Ordering::SeqCst)
    }

    /// Stops everything that was begun.
    pub(crate) fn stop(&self) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).abort_all();
    }

    /// Has a code made at WeChat, which takes a while, and tells the shop.
    pub(crate) fn order_code(self: &Arc<Self>, name: String) {
        let platform = Arc::clone(self);
        let delay = Duration::from_millis(self.state().faults.display_delay_ms);
        self.spawn(async move {
            platform.config.clock.wait(delay).await;
            platform.issue_code(&name);
        });
    }

    fn issue_code(self: &Arc<Self>, name: &str) {
        let now = self.now();
        let (callback, token) = {
            let mut state = self.state();
            let State { ledger, faults } = &mut *state;
            let Some(payment) = ledger.find_mut(name) else { return };
            if payment.status != PaymentStatus::Processing {
                return;
            }
            let code = WechatCode::new(now, faults.timeout);
            let token = code.token.clone();
            let items = display_data(&code, faults, &self.public_url);
            if payment.show(now, code, items.clone()).is_err() {
                return;
            }
            let body = message::callback(payment, payment.sale()).with("display_data", items);
            let callback = Callback::prescriptive(payment, body);
            ledger.know_code(&token, name);
            (callback, token)
        };
        self.deliver(callback, Duration::ZERO);
        self.decline_later(name.to_owned(), after(now, self.config.unpaid_after), move |payment| {
            payment.status == PaymentStatus::AwaitingCustomerAction
                && payment.code.as_ref().is_some_and(|code| code.token == token)
        });
    }

    /// Tells the shop what the platform wants to know, and gives up when nobody says it.
    pub(crate) fn tell_wanted(self: &Arc<Self>, name: &str) {
        let (callback, since) = {
            let state = self.state();
            let Some(payment) = state.ledger.find(name) else { return };
            let Some(wanted) = &payment.wanted else { return };
            let body = message::callback(payment, payment.sale()).with("clarification_fields", wanted.to_value());
            (Callback::prescriptive(payment, body), wanted.since)
        };
        self.deliver(callback, self.callback_delay());
        self.decline_later(name.to_owned(), after(since, self.config.clarification_time), move |payment| {
            payment.wanted.as_ref().is_some_and(|wanted| wanted.since == since)
        });
    }

    /// Gives a payment its outcome and tells the shop.
    pub(crate) fn settle(
        self: &Arc<Self>,
        name: &str,
        outcome: impl FnOnce(&mut Payment, UnixMillis) -> Result<(), Settled>,
    ) -> Result<(), Settled> {
        let now = self.now();
        let callback = {
            let mut state = self.state();
            let payment = state.ledger.find_mut(name).ok_or(Settled)?;
            outcome(payment, now)?;
            Callback::informative(payment, message::callback(payment, payment.sale()))
        };
        let asked = callback.asked_delay();
        self.deliver(callback, self.callback_delay() + asked);
        Ok(())
    }

    /// The payer pays.
    pub(crate) fn pay(self: &Arc<Self>, name: &str) -> Result<(), Settled> {
        self.settle(name, |payment, now| payment.succeed(now, receipt()))
    }

    /// How long callbacks are held back.
    pub(crate) fn callback_delay(&self) -> Duration {
        Duration::from_millis(self.state().faults.callback_delay_ms)
    }

    fn decline_later(
        self: &Arc<Self>,
        name: String,
        deadline: UnixMillis,
        is_waiting: impl Fn(&Payment) -> bool + Send + 'static,
    ) {
        let platform = Arc::clone(self);
        self.spawn(async move {
            platform.config.clock.until(deadline).await;
            let waits = platform.state().ledger.find(&name).is_some_and(is_waiting);
            if waits {
                let code = platform.config.unpaid_code.clone();
                // Settled meanwhile: then there is nothing to decline.
                let _ = platform.settle(&name, |payment, now| payment.decline(now, &code));
            }
        });
    }
}

/// WeChat's number for something it did.
pub(crate) fn receipt() -> String {
    let digits = u32::from_str_radix(&token::hex(7), 16).unwrap_or_default();
    format!("4{:08}", digits % 100_000_000)
}
