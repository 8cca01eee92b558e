//! Promise 1: one terminal event per checkout, ever, and nothing after it.

use crate::hold::hold;
use crate::telling::Telling;
use wechat_checkout_session::{Command, Event, Input};

#[test]
fn there_is_one_outcome_the_shops_and_nothing_follows_it() {
    hold("one outcome, told by a document, and nothing after it or after closing", |_, telling| check(telling));
}

fn check(telling: &Telling) -> Result<(), String> {
    let mut end: Option<usize> = None;
    for (index, moment) in telling.moments.iter().enumerate() {
        if let Some(end) = end {
            if !moment.commands.is_empty() {
                return Err(format!("after the end: {moment}"));
            }
            let last = &telling.moments[end].view;
            if moment.view != *last && moment.input.is_some() {
                return Err(format!("the screen changed after the end: {moment}"));
            }
            if moment.deadline.is_some() || moment.countdown.is_some() {
                return Err(format!("something is still planned after the end: {moment}"));
            }
            continue;
        }
        let outcomes: Vec<&Event> = moment.events().filter(|event| matches!(event, Event::Settled(_))).collect();
        if outcomes.len() > 1 {
            return Err(format!("two outcomes at once: {moment}"));
        }
        if moment.view.phase.is_settled() != (outcomes.len() == 1) {
            return Err(format!("the phase and the event disagree: {moment}"));
        }
        if let [Event::Settled(outcome)] = outcomes[..] {
            let told = moment.spec.as_ref().and_then(|spec| spec.outcome());
            if told != Some(outcome.name()) || !matches!(moment.input, Some(Input::Document { .. })) {
                return Err(format!("the outcome is {}, the document says {told:?}: {moment}", outcome.name()));
            }
            if !matches!(moment.commands.last(), Some(Command::Emit(Event::Settled(_)))) {
                return Err(format!("the outcome is not the last word: {moment}"));
            }
            end = Some(index);
        }
        if moment.input.is_none() {
            if !moment.commands.iter().all(|command| matches!(command, Command::Abort(_) | Command::CloseEvents)) {
                return Err(format!("closing says more than good-bye: {moment}"));
            }
            end = Some(index);
        }
    }
    Ok(())
}
