//! Promise 5, the other half: it goes on asking, and never in circles.

use crate::hold::hold;
use crate::telling::Telling;
use wechat_checkout_session::{Expiry, Millis, Phase};

#[test]
fn there_is_always_a_next_step_and_it_lies_ahead() {
    hold("the next deadline lies ahead, and an open checkout always has one", |_, telling| check(telling));
}

fn check(telling: &Telling) -> Result<(), String> {
    for moment in &telling.moments {
        if let Some(deadline) = moment.deadline.filter(|deadline| *deadline <= moment.at) {
            return Err(format!("the timer would fire for ever: {deadline:?} at {moment}"));
        }
        let asking = moment.can_ask() && moment.view.phase != Phase::Expired(Expiry::Payment);
        // Ten minutes are the longest `Retry-After`; every other pause is shorter.
        if asking && moment.deadline.is_none_or(|deadline| deadline > moment.at + Millis::from_mins(11)) {
            return Err(format!("nothing is planned any more ({:?}): {moment}", moment.deadline));
        }
    }
    Ok(())
}
