//! Promise 3: the countdown is the server's.

use crate::documents::Display;
use crate::hold::hold;
use crate::telling::Telling;
use wechat_checkout_session::{Input, Millis, Source};

/// What may lie between two measures of the same end.
const TOLERANCE: Millis = Millis(1500);

#[test]
fn the_countdown_never_grows_by_itself_and_follows_what_the_shop_measures() {
    hold("the countdown grows only by a measure of the shop, and never beyond it", |_, telling| check(telling));
}

fn check(telling: &Telling) -> Result<(), String> {
    let mut life = None;
    // Until when the present code may live at most, by all that was said about it.
    let mut bound: Option<Millis> = None;
    let mut code = None;
    let mut payment = None;
    let mut last: Option<Millis> = None;
    for moment in &telling.moments {
        let mut measure = None;
        if let Some(spec) = moment.spec.as_ref().filter(|_| moment.believed) {
            let replaced = payment.replace(spec.payment).is_some_and(|payment| payment != spec.payment);
            if replaced {
                (life, code) = (None, None);
            }
            life = spec.life(life);
            measure = spec.measure(life);
            let shown = match spec.display {
                Display::Code(number) => Some(number),
                _ => code,
            };
            if replaced || shown != code {
                (code, bound, last) = (shown, None, None);
            }
            let end = measure.or(life.filter(|_| bound.is_none())).map(|left| moment.at + left);
            // After a sleep only an answer of the machine's own is heeded, so that others may be ignored.
            let own = matches!(moment.input, Some(Input::Document { source: Source::Answer(_), .. }));
            bound = match (own, moment.countdown) {
                (true, _) => end.or(bound),
                (false, Some(_)) => end.max(bound),
                (false, None) => end.map(|_| Millis(u64::MAX)).or(bound),
            };
        }
        if let Some(measure) = measure {
            last = None;
            if let Some(countdown) = moment.countdown {
                let travel = moment.answers().map_or(Millis(0), |sent| moment.at - sent.at);
                if moment.at + countdown.remaining + travel + TOLERANCE < moment.at + measure {
                    return Err(format!("less than the {} ms the shop says: {moment}", measure.0));
                }
                if countdown.remaining > measure + TOLERANCE {
                    return Err(format!("more than the {} ms the shop says: {moment}", measure.0));
                }
            }
        }
        let Some(countdown) = moment.countdown else { continue };
        if countdown.remaining > Millis::from_mins(24 * 60) || countdown.full < countdown.remaining {
            return Err(format!("{countdown:?} is not to be believed: {moment}"));
        }
        if countdown.remaining == Millis(0) {
            return Err(format!("at zero and still counting: {moment}"));
        }
        let end = moment.at + countdown.remaining;
        if bound.is_none_or(|bound| end > bound + TOLERANCE) {
            return Err(format!("longer than anything that was said: {moment}"));
        }
        if let Some(last) = last.filter(|last| end > *last) {
            return Err(format!("it grew by {} ms of its own: {moment}", (end - last).0));
        }
        last = Some(end);
    }
    Ok(())
}
