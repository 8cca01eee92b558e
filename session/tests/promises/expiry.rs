//! Promise 2: the local clock never decides.

use crate::hold::hold;
use crate::telling::Telling;
use wechat_checkout_session::{Event, Millis, Phase};

#[test]
fn nothing_expires_before_the_shop_was_asked_after_the_end_and_has_answered() {
    hold("Expired only after an answer to a question sent after zero, or where nobody can be asked", |_, telling| {
        check(telling)
    });
}

fn check(telling: &Telling) -> Result<(), String> {
    // Since when the code has been veiled, and whether a question that was sent since then was answered.
    let mut veiled: Option<Millis> = None;
    let mut answered = false;
    for moment in &telling.moments {
        if let (Some(since), Some(sent)) = (veiled, moment.answers()) {
            answered |= sent.at >= since;
        }
        if moment.says(&Event::Expired) {
            if veiled.is_none() {
                return Err(format!("expired without a last question: {moment}"));
            }
            if !answered && moment.can_ask() {
                return Err(format!("expired though the shop has not answered: {moment}"));
            }
        }
        let renewing = moment.is_phase(|phase| *phase == Phase::Preparing) && moment.view.actions.busy;
        if moment.is_phase(|phase| *phase == Phase::Verifying) {
            if veiled.is_none() {
                (veiled, answered) = (Some(moment.at), false);
            }
        } else if !renewing {
            veiled = None;
        }
        if moment.is_phase(|phase| matches!(phase, Phase::Verifying | Phase::Expired(_))) && moment.view.code.is_some()
        {
            return Err(format!("a code on the screen after its end: {moment}"));
        }
    }
    Ok(())
}
