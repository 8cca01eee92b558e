//! A shop hands in what the platform asked for.

use std::sync::Arc;

use protocol::gate::{Acknowledgement, ClarificationRequest, PaymentId};

use super::Refused;
use super::request::{Kind, Request};
use super::sale::accepted;
use crate::platform::Platform;

/// Takes an answer. A complete one makes the payment go on; after an incomplete one the rest is asked for.
pub(super) fn take(platform: &Arc<Platform>, body: &[u8]) -> Result<Acknowledgement, Refused> {
    let request = Request::open(platform, body, "/general/project_id")?;
    request.require("/general/payment_id", Kind::Text)?;
    PaymentId::new(request.text("/general/payment_id"))?;
    request.require("/additional_data", Kind::Object)?;
    let answer: ClarificationRequest = request.read()?;
    let (name, payment_id) = (answer.general.payment_id.folded(), answer.general.payment_id.as_str().to_owned());
    let now = platform.now();
    let (request_id, is_complete) = {
        let ledger = &mut platform.state().ledger;
        let payment = ledger.find_mut(&name).ok_or_else(|| Refused::new("3061").about(&payment_id))?;
        let taken = payment.take_answer(now, &answer.additional_data);
        let is_complete = taken.ok_or_else(|| Refused::new("3060").about(&payment_id))?;
        (payment.sale().map(|sale| sale.request_id.clone()).unwrap_or_default(), is_complete)
    };
    if is_complete {
        platform.order_code(name);
        Ok(accepted(platform, request_id, payment_id))
    } else {
        platform.tell_wanted(&name);
        Err(Refused::new("3191").about(&payment_id))
    }
}
