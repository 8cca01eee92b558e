//! Promise 4: never two requests in flight; each has a timeout; closing, renewing and settling abort it.

use crate::hold::hold;
use crate::telling::{Sent, Telling};
use wechat_checkout_session::{Command, Input};

#[test]
fn there_is_one_request_at_a_time_and_none_is_left_behind() {
    hold("one request at a time, each answered or aborted by its timeout, none left behind", |_, telling| {
        check(telling)
    });
}

fn check(telling: &Telling) -> Result<(), String> {
    let mut out: Option<Sent> = None;
    let mut last = 0;
    let mut listening = false;
    for moment in &telling.moments {
        if moment.ends().is_some() {
            out = None;
        }
        if moment.input == Some(Input::EventsClosed) {
            listening = false;
        }
        for command in &moment.commands {
            match command {
                Command::Send { id, call, timeout } => {
                    if let Some(out) = &out {
                        return Err(format!("#{} is sent while #{} is out: {moment}", id.0, out.id.0));
                    }
                    if id.0 <= last {
                        return Err(format!("#{} was used before: {moment}", id.0));
                    }
                    last = id.0;
                    out = Some(Sent { at: moment.at, id: *id, call: call.clone(), timeout: *timeout });
                }
                Command::Abort(id) if out.take().is_none_or(|out| out.id != *id) => {
                    return Err(format!("#{} is aborted and is not out: {moment}", id.0));
                }
                Command::OpenEvents if listening => return Err(format!("events are opened twice: {moment}")),
                Command::OpenEvents => listening = true,
                Command::CloseEvents if !listening => return Err(format!("events are closed twice: {moment}")),
                Command::CloseEvents => listening = false,
                _ => {}
            }
        }
        if let Some(out) = out.as_ref().filter(|out| out.at + out.timeout <= moment.at) {
            return Err(format!("#{} is out beyond its timeout: {moment}", out.id.0));
        }
        let over = moment.view.phase.is_settled() || moment.input.is_none();
        if over && (out.is_some() || listening) {
            return Err(format!("something is left behind: {moment}"));
        }
    }
    Ok(())
}
