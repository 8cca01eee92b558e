//! Opening ECommPay's hosted Payment Page from a signed config.
//!
//! The config is taken as it is. Whatever the page, its script or a frame says is a hint; the outcome comes
//! from the shop.

#[cfg(target_arch = "wasm32")]
mod frame;
#[cfg(target_arch = "wasm32")]
mod opener;
#[cfg(target_arch = "wasm32")]
pub(crate) mod refused;
#[cfg(target_arch = "wasm32")]
mod returned;
#[cfg(target_arch = "wasm32")]
mod widget;

#[cfg(target_arch = "wasm32")]
pub(crate) use opener::Opener;
#[cfg(target_arch = "wasm32")]
pub(crate) use returned::{forget, has_returned, remember};

use crate::markup::{Markup, el};
use protocol::hosted::LIVE_PAYMENT_PAGE;

/// The place beside the card where the hosted page stands while it is open there; without a box of its own,
/// because it is empty most of the time.
pub(crate) fn beside() -> Markup {
    let place = el("div", "checkout-beside");
    #[cfg(target_arch = "wasm32")]
    let place = place.switch(frame::key, frame::draw);
    place
}

/// How the hosted Payment Page is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosted {
    /// The Payment Page's address, scheme and host. A config that names another is refused, and messages are
    /// believed only from here.
    pub page: String,
    /// Where it opens.
    pub mode: HostedMode,
    /// Whether ECommPay's own `merchant.js` may be loaded from the page's host. Without it nothing foreign
    /// runs in the shop's page; with it `Popup` is ECommPay's modal and its events reach the integrator.
    pub script: bool,
    /// Whether the parameters go by POST form instead of in the address. Long configs always do.
    pub post: bool,
}

impl Default for Hosted {
    fn default() -> Self {
        Self { page: LIVE_PAYMENT_PAGE.into(), mode: HostedMode::Auto, script: false, post: false }
    }
}

/// Where the hosted Payment Page opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum HostedMode {
    /// In place of the shop's page on phones, in a frame elsewhere.
    #[default]
    Auto,
    /// In place of the shop's page.
    Redirect,
    /// In a new tab.
    NewTab,
    /// In a small window, or in ECommPay's modal where its script is allowed.
    Popup,
    /// In a frame inside the checkout, at least 320 × 600 CSS pixels.
    Frame,
    /// Like `Frame`, in ECommPay's embedded form where its script is allowed.
    Embedded,
}

/// Longer addresses are cut by some servers and proxies on the way.
#[cfg(target_arch = "wasm32")]
const MAX_ADDRESS: usize = 2000;

#[cfg(target_arch = "wasm32")]
impl Hosted {
    /// The mode that `Auto` means on this device.
    pub(crate) fn resolved(&self) -> HostedMode {
        match self.mode {
            HostedMode::Auto if is_phone() => HostedMode::Redirect,
            HostedMode::Auto => HostedMode::Frame,
            mode => mode,
        }
    }

    pub(crate) fn posts(&self, address: &str) -> bool {
        self.post || address.len() > MAX_ADDRESS
    }
}

/// Whether the page is most likely shown on a phone: a finger for a pointer, on a narrow screen.
#[cfg(target_arch = "wasm32")]
pub(crate) fn is_phone() -> bool {
    let query = "(pointer: coarse) and (max-width: 767px)";
    crate::window::window().match_media(query).ok().flatten().is_some_and(|matched| matched.matches())
}
