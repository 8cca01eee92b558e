//! What a hosted Payment Page is opened with.

use protocol::date::UnixMillis;
use protocol::gate::{Customer, PaymentId};
use protocol::money::Money;
use protocol::payment_page::Parameters;
use serde_json::Value;

use super::Shop;
use super::sale::SaleError;
use crate::date;
use crate::timing::after;

/// What a hosted page is to be about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'a> {
    pub(super) customer: &'a Customer,
    pub(super) sum: Money,
    pub(super) description: &'a str,
    /// The payer's language, where it is known.
    pub(super) language: Option<&'a str>,
    /// The shop's page of this checkout, where it is known.
    pub(super) return_url: Option<&'a str>,
}

impl Shop {
    /// The signed config of a page, as the browser has to open it.
    pub(super) fn page(&self, id: &PaymentId, page: Page<'_>, now: UnixMillis) -> Result<Value, SaleError> {
        let Page { customer, sum, description, language, return_url } = page;
        let mut config = Parameters::new(self.settings.project, id, sum, &customer.id)?;
        config.set("payment_description", description)?;
        config.set("force_payment_method", "wechat")?;
        config.set("best_before", self.best_before(now))?;
        // Whatever is empty is neither signed nor sent.
        config.set("language_code", language.unwrap_or_default())?;
        config.set("customer_email", customer.email.as_deref().unwrap_or_default())?;
        config.set("customer_phone", customer.phone.as_deref().unwrap_or_default())?;
        config.set("merchant_callback_url", self.callback_url().unwrap_or_default())?;
        if let Some(url) = return_url {
            for way in ["success", "fail", "return"] {
                let name = |end: &str| ["merchant_", way, end].concat();
                config.set(&name("_url"), url)?;
                // In a frame as well as in a tab of its own.
                config.set(&name("_enabled"), 2)?;
                // The shop inside its own frame would be no way back.
                config.set(&name("_redirect_mode"), "parent_page")?;
            }
        }
        Ok(config.signed(&self.settings.secret))
    }

    /// The config of another page for the same: another payment, with its whole time before it.
    pub(super) fn renewed_page(&self, id: &PaymentId, old: &Value, now: UnixMillis) -> Result<Value, SaleError> {
        let mut config = Parameters::from_value(old)?;
        config.set("payment_id", id.as_str())?;
        config.set("best_before", self.best_before(now))?;
        Ok(config.signed(&self.settings.secret))
    }

    fn best_before(&self, now: UnixMillis) -> String {
        date::with_offset(after(now, self.timing.payment_life))
    }
}
