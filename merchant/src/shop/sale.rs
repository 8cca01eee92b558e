//! The request for a code.

use protocol::gate::{Customer, General, Invalid, PaymentId, SaleRequest};
use protocol::money::Money;
use serde_json::Value;

use super::Shop;
use super::payment_id::NoName;

/// Why a request for a code, or what a hosted page is opened with, cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum SaleError {
    /// ECommPay would refuse it.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Its payment cannot be named.
    #[error(transparent)]
    NoName(#[from] NoName),
    /// It cannot be written.
    #[error("the request cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

impl Shop {
    /// Where ECommPay sends callbacks to, if it is not to be the address that the project has there.
    pub(super) fn callback_url(&self) -> Option<String> {
        self.settings.public.as_ref().map(|url| url.at("/callbacks/ecommpay"))
    }

    /// The request for a code, not signed yet.
    pub(super) fn sale(
        &self,
        id: &PaymentId,
        customer: &Customer,
        sum: Money,
        description: &str,
    ) -> Result<Value, SaleError> {
        let mut general = General::new(self.settings.project, id.clone());
        general.merchant_callback_url = self.callback_url();
        let mut request = SaleRequest::new(general, customer.clone(), sum)?;
        request.payment.description = Some(description.to_owned());
        request.validate()?;
        Ok(serde_json::to_value(request)?)
    }
}
