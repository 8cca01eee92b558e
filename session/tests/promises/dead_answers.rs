//! Promise 1, seen from its twin: what answers nobody changes nothing, now or later.

use crate::hold::hold;
use wechat_checkout_session::{Input, Session};

#[test]
fn an_answer_nobody_waits_for_is_as_if_it_had_never_come() {
    hold("answers that are late, doubled or made up change nothing, then or ever", |story, telling| {
        let twin = telling.again(story, |_, moment| match &moment.input {
            Some(_) if moment.is_dead() => vec![(moment.at, Input::Woke)],
            Some(input) => vec![(moment.at, input.clone())],
            None => Vec::new(),
        });
        if let Some((ours, theirs)) = telling.commands().zip(twin.commands()).find(|(ours, theirs)| ours != theirs) {
            return Err(format!("{ours:?} instead of {theirs:?}"));
        }
        let screen = |session: &Session| (session.view(), session.countdown(telling.now), session.next_deadline());
        if screen(&telling.session) != screen(&twin.session) {
            return Err("the screen is another in the end".into());
        }
        Ok(())
    });
}
