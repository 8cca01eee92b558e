//! The request for a code.

use protocol::gate::{Customer, General, Invalid, PaymentId, SaleRequest};
use protocol::money::Money;
use serde_json::Value;

use super::Shop;
use crate::token::{NoRandomness, random_hex};

/// Why a request for a code cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum SaleError {
    /// ECommPay would refuse it.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Its payment cannot be named.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// It cannot be written.
    #[error("the request cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

impl Shop {
    /// A new payment's name, and the request for its code, not signed yet.
    pub(super) fn sale(
        &self,
        customer: &Customer,
        sum: Money,
        description: &str,
    ) -> Result<(PaymentId, Value), SaleError> {
        let id = PaymentId::new(format!("wx-{}", random_hex()?))?;
        let mut general = General::new(self.settings.project, id.clone());
        general.merchant_callback_url = self.settings.public.as_ref().map(|url| url.at("/callbacks/ecommpay"));
        let mut request = SaleRequest::new(general, customer.clone(), sum)?;
        request.payment.description = Some(description.to_owned());
        request.validate()?;
        Ok((id, serde_json::to_value(request)?))
    }
}
