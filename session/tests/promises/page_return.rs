//! Promise 2 for the hosted page: who returns from it is not offered to pay again by the clock alone.

use crate::hold::hold;
use crate::telling::Telling;
use wechat_checkout_session::{HostedEvent, Input, Millis, Phase};

#[test]
fn nobody_is_offered_to_pay_again_before_the_shop_was_asked_after_the_return_and_has_answered() {
    hold("ways to pay again only after an answer to a question sent since the return", |_, telling| check(telling));
}

fn check(telling: &Telling) -> Result<(), String> {
    let mut returned: Option<Millis> = None;
    // Behind a renewal nobody sees the return.
    let mut unseen: Option<Millis> = None;
    // When the latest question that was answered was sent.
    let mut answered: Option<Millis> = None;
    for moment in &telling.moments {
        answered = answered.max(moment.answers().map(|sent| sent.at));
        if let Some(Input::HandoffClosed | Input::Hosted(HostedEvent::Exit | HostedEvent::Destroy)) = moment.input {
            unseen.get_or_insert(moment.at);
        }
        let phase = &moment.view.phase;
        if *phase == Phase::Confirming {
            returned = returned.or(unseen).or(Some(moment.at));
        } else if !moment.view.actions.busy {
            let offered = matches!(phase, Phase::Preparing | Phase::Clarifying | Phase::Scanning);
            if returned.take().is_some_and(|returned| offered && answered < Some(returned) && moment.can_ask()) {
                return Err(format!("offered to pay again though the shop has not answered: {moment}"));
            }
        }
        if !moment.view.actions.busy {
            unseen = None;
        }
    }
    Ok(())
}
