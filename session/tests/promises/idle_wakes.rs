//! Waking too early or too often does nothing.

use crate::hold::hold;
use wechat_checkout_session::{Input, Millis};

#[test]
fn waking_before_the_time_changes_nothing() {
    hold("wakes before the time change nothing", |story, telling| {
        let times: Vec<Millis> = telling.moments.iter().map(|moment| moment.at).collect();
        let twin = telling.again(story, |index, moment| {
            let Some(input) = &moment.input else { return Vec::new() };
            let next = times.get(index + 1).copied().unwrap_or(moment.at);
            let early = moment.at + Millis((next - moment.at).0 / 2);
            // When the timer is due, it may rightly have something to do.
            let idle = moment.deadline.is_none_or(|deadline| early < deadline);
            let early = if idle { early } else { moment.at };
            vec![(moment.at, input.clone()), (moment.at, Input::Woke), (early, Input::Woke)]
        });
        match telling.commands().zip(twin.commands()).find(|(ours, theirs)| ours != theirs) {
            Some((ours, theirs)) => Err(format!("{theirs:?} instead of {ours:?}")),
            None if telling.commands().count() != twin.commands().count() => Err("more or less was done".into()),
            None => Ok(()),
        }
    });
}
