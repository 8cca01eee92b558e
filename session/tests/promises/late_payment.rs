//! Promise 2, the other half: a success that arrives later still wins.

use crate::documents::Spec;
use crate::hold::hold;
use crate::telling::Telling;
use std::collections::BTreeSet;
use wechat_checkout_session::{Event, Outcome, Phase, Source};

#[test]
fn whatever_happened_a_payment_that_arrives_is_told() {
    hold("a payment that arrives at the end of any story is told, once, and as late where it is", |_, telling| {
        check(telling)
    });
}

fn check(telling: &mut Telling) -> Result<(), String> {
    if telling.is_over() {
        return Ok(());
    }
    let retired = retired(telling);
    let known: BTreeSet<String> = telling.moments.iter().filter_map(|moment| moment.view.payment_id.clone()).collect();
    let phase = telling.session.phase();
    let current = telling.session.view().payment_id;
    // The oldest payment that was ever shown: its documents are old news in every other respect.
    let payment = known.first().and_then(|id| id.trim_start_matches('X').parse().ok()).unwrap_or(1);
    let spec = Spec::paid(payment);
    let is_retired = retired.contains(&spec.id());
    telling.tell(Source::Events, spec, true);
    let told: Vec<Outcome> = telling
        .moments
        .iter()
        .flat_map(|moment| moment.events())
        .filter_map(|event| match event {
            Event::Settled(outcome) => Some(outcome.clone()),
            _ => None,
        })
        .collect();
    let [Outcome::Paid { late }] = told[..] else { return Err(format!("told instead: {told:?}")) };
    if !late && (is_retired || matches!(phase, Phase::Expired(_))) {
        return Err(format!("a payment for {payment} in {phase:?} is not told as late"));
    }
    if late && phase == Phase::Scanning && current == Some(format!("X{payment}")) {
        return Err(format!("a payment for {payment} in {phase:?} is told as late"));
    }
    Ok(())
}

/// The payments that were replaced by a newer one.
fn retired(telling: &Telling) -> BTreeSet<String> {
    let shown: Vec<&String> = telling.moments.iter().filter_map(|moment| moment.view.payment_id.as_ref()).collect();
    shown.windows(2).filter(|pair| pair[0] != pair[1]).map(|pair| pair[0].clone()).collect()
}
