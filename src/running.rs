//! A checkout that runs in a browser: the driver, and whatever of the hosted page it has opened.

use crate::driver::{Audience, Driver, Start};
use crate::hosted::{Hosted, Opener, forget, refused, remember};
use crate::listener::Listener;
use crate::source::Source;
use session::{HandoffTrouble, Input, LogoTrouble, Policy};
use std::cell::RefCell;

/// A running checkout.
pub(crate) struct Running {
    driver: Driver,
    opener: Opener,
    hosted: Hosted,
    refusals: RefCell<Option<Listener>>,
}

impl Running {
    /// Starts it; `no_logo` is why the shop's logo is not shown, where it is not.
    pub(crate) fn start(
        source: Source,
        policy: Policy,
        hosted: Hosted,
        no_logo: Option<LogoTrouble>,
        audience: impl Audience + 'static,
    ) -> Self {
        let start = Start {
            document: source.document,
            status_url: source.status_url,
            policy,
            payment_page: hosted.page.clone(),
        };
        let driver = Driver::start(start, audience);
        if let Some(trouble) = no_logo {
            driver.remote().handle(Input::LogoFailed(trouble));
        }
        let remote = driver.remote();
        let opener = Opener::new(move |input| remote.handle(input));
        Self { driver, opener, hosted, refusals: RefCell::default() }
    }

    pub(crate) fn act(&self, input: Input) {
        self.driver.remote().handle(input);
    }

    /// Opens the hosted page, inside the payer's click.
    pub(crate) fn open_page(&self) {
        let remote = self.driver.remote();
        if let Some(Some(config)) = remote.look(|session| session.view().payment_page) {
            self.refusals.replace(self.listen_for_refusals());
            self.opener.open(&self.hosted, &config, || {
                if let Some(checkout) = remote.checkout() {
                    remember(&checkout);
                }
            });
        }
    }

    fn listen_for_refusals(&self) -> Option<Listener> {
        let remote = self.driver.remote();
        refused::listen(&self.hosted.page, move || {
            if let Some(checkout) = remote.checkout() {
                forget(&checkout);
            }
            remote.handle(Input::HandoffFailed(HandoffTrouble::PageRefused));
        })
    }

    /// Ends everything, at once.
    pub(crate) fn stop(&self) {
        self.refusals.take();
        self.opener.stop();
        self.driver.close();
    }
}
