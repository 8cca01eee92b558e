//! Promise 6: renewing is safe.

use crate::hold::hold;
use crate::telling::Telling;
use protocol::code::Code;
use std::collections::BTreeSet;
use wechat_checkout_session::{Call, Event, Phase};

#[test]
fn a_dead_code_is_never_shown_and_a_renewal_has_one_key_until_it_is_done() {
    hold("no dead code on the screen, one key for each renewal", |_, telling| check(telling));
}

fn check(telling: &Telling) -> Result<(), String> {
    let mut dead: BTreeSet<String> = BTreeSet::new();
    let mut shown: Option<String> = None;
    let mut renewing = false;
    let mut key: Option<String> = None;
    let mut used: BTreeSet<String> = BTreeSet::new();
    for moment in &telling.moments {
        if let Some(sent) = moment.ends() {
            let renewal = matches!(sent.call, Call::Renew(_));
            renewing &= !renewal;
            if renewal && moment.answers().is_some() {
                key = None;
            }
        }
        if moment.view.payment_id != shown {
            dead.extend(shown.take());
            shown = moment.view.payment_id.clone();
        }
        let retired_news = shown.as_ref().is_some_and(|id| dead.contains(id));
        if retired_news && !moment.view.phase.is_settled() && moment.input.is_some() && !telling.is_over() {
            return Err(format!("the dead payment {shown:?} is back: {moment}"));
        }
        if let Some(Code::Text(code) | Code::Url(code)) = &moment.view.code {
            let theirs = |id: &&String| code.contains(&format!("={id}n"));
            if let Some(id) = dead.iter().find(theirs) {
                return Err(format!("the code of {id} is dead: {moment}"));
            }
        }
        if moment.says(&Event::Renewed) {
            key = None;
        }
        if let Some(new) = moment.renews() {
            if key.as_ref().is_some_and(|key| *key != new.0) {
                return Err(format!("another key for the same renewal: {moment}"));
            }
            if key.is_none() && used.contains(&new.0) {
                return Err(format!("a used key for another renewal: {moment}"));
            }
            used.insert(new.0.clone());
            key = Some(new.0.clone());
            renewing = true;
        }
        let over = moment.view.phase.is_settled() || moment.input.is_none();
        renewing &= moment.view.actions.busy && !over;
        if renewing
            && (moment.view.code.is_some() || moment.view.phase != Phase::Preparing || moment.countdown.is_some())
        {
            return Err(format!("something can be scanned while a new code is made: {moment}"));
        }
    }
    Ok(())
}
