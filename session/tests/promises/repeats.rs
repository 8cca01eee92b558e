//! What is said twice is said once.

use crate::hold::hold;
use wechat_checkout_session::{Command, Input, Source};

#[test]
fn a_document_that_comes_twice_changes_nothing_the_second_time() {
    hold("documents that events, tabs or the page repeat change nothing", |story, telling| {
        let twin = telling.again(story, |_, moment| match &moment.input {
            // What makes the machine open the events would, the second time, be heard through them.
            Some(input @ Input::Document { source: Source::Events | Source::Tab | Source::Page, .. })
                if moment.timely && !moment.commands.contains(&Command::OpenEvents) =>
            {
                vec![(moment.at, input.clone()), (moment.at, input.clone())]
            }
            Some(input) => vec![(moment.at, input.clone())],
            None => Vec::new(),
        });
        match telling.commands().zip(twin.commands()).find(|(ours, theirs)| ours != theirs) {
            Some((ours, theirs)) => Err(format!("{theirs:?} instead of {ours:?}")),
            None if telling.session.view() != twin.session.view() => Err("the screen is another in the end".into()),
            None => Ok(()),
        }
    });
}
