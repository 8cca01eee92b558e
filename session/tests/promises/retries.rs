//! A picture that did not arrive is fetched once more when the payer wants it, and at no other time.

use crate::hold::{cases, hold};
use crate::telling::Telling;
use protocol::code::Code;
use std::cell::Cell;
use wechat_checkout_session::{Input, Phase};

#[test]
fn a_lost_picture_is_fetched_again_when_the_payer_wants_it_and_at_no_other_time() {
    let brought_back = Cell::new(0);
    hold("a lost picture is fetched again when it is wanted", |story, telling| {
        check(telling, &brought_back)?;
        // The same with pictures that are all lost at first; by themselves the stories lose few.
        let lossy = telling.again(story, |_, moment| {
            let Some(input) = moment.input.clone() else { return Vec::new() };
            let mut inputs = vec![(moment.at, input)];
            if matches!(moment.view.code, Some(Code::Url(_))) {
                inputs.extend([Input::CodeFailed, Input::RetryCode].map(|input| (moment.at, input)));
            }
            inputs
        });
        check(&lossy, &brought_back)
    });
    let brought_back = brought_back.get();
    assert!(cases() < 1000 || brought_back > cases() / 10, "the stories are too tame: {brought_back}");
}

fn check(telling: &Telling, brought_back: &Cell<u32>) -> Result<(), String> {
    for pair in telling.moments.windows(2) {
        let [before, moment] = pair else { continue };
        let offered = moment.view.actions.retry_code;
        if offered && (moment.view.refusal.is_none() || moment.view.phase != Phase::Preparing) {
            return Err(format!("nothing is lost: {moment}"));
        }
        if moment.input != Some(Input::RetryCode) {
            continue;
        }
        let was_offered = before.view.actions.retry_code;
        match &moment.view.code {
            Some(Code::Url(_)) if was_offered => brought_back.set(brought_back.get() + 1),
            // Its time may be over by now, or its payment.
            None if was_offered && moment.view.phase == Phase::Preparing => {
                return Err(format!("it is not fetched: {moment}"));
            }
            // The same call may also find that a time is over.
            code if !was_offered && code.is_some() && *code != before.view.code => {
                return Err(format!("nobody was offered to: {moment}"));
            }
            _ => {}
        }
    }
    Ok(())
}
