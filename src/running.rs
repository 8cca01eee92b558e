//! A checkout that runs in a browser: the driver, and whatever of the hosted page it has opened.

use crate::driver::{Audience, Driver, Start};
use crate::hosted::{Hosted, Opener, remember};
use crate::source::Source;
use session::{Input, Policy};

/// A running checkout.
pub(crate) struct Running {
    driver: Driver,
    opener: Opener,
    hosted: Hosted,
}

impl Running {
    pub(crate) fn start(source: Source, policy: Policy, hosted: Hosted, audience: impl Audience + 'static) -> Self {
        let start = Start {
            document: source.document,
            status_url: source.status_url,
            policy,
            payment_page: hosted.page.clone(),
        };
        let driver = Driver::start(start, audience);
        let remote = driver.remote();
        let opener = Opener::new(move |input| remote.handle(input));
        Self { driver, opener, hosted }
    }

    pub(crate) fn act(&self, input: Input) {
        self.driver.remote().handle(input);
    }

    /// Opens the hosted page, inside the payer's click.
    pub(crate) fn open_page(&self) {
        let remote = self.driver.remote();
        if let Some(Some(config)) = remote.look(|session| session.view().payment_page) {
            self.opener.open(&self.hosted, &config, || {
                if let Some(checkout) = remote.checkout() {
                    remember(&checkout);
                }
            });
        }
    }

    /// Ends everything, at once.
    pub(crate) fn stop(&self) {
        self.opener.stop();
        self.driver.close();
    }
}
