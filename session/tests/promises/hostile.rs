//! Numbers out of this world: they may make a checkout useless, never a liar or a wreck.

use crate::documents::Spec;
use crate::hold::{cases, runner};
use crate::story::{Step, Whom};
use proptest::prelude::*;
use protocol::date::UnixMillis;
use wechat_checkout_session::{
    Command, Event, Failure, Input, LogoTrouble, Millis, Options, Policy, RequestId, Session, Source,
};

/// Times, spans and numbers nobody expects.
fn extreme() -> impl Strategy<Value = u64> {
    prop_oneof![
        Just(0),
        Just(1),
        Just(u64::MAX),
        Just(u64::MAX - 1),
        Just(1 << 53),
        Just(i64::MAX as u64),
        any::<u64>(),
        0..100_000_u64
    ]
}

fn policy() -> impl Strategy<Value = Policy> {
    (proptest::collection::vec(extreme().prop_map(Millis), 17), any::<f64>(), any::<f64>()).prop_map(
        |(spans, ageing, jitter)| Policy {
            interval: spans[0],
            interval_max: spans[1],
            preparing: spans[2],
            expired: spans[3],
            hidden: spans[4],
            safety_net: spans[5],
            events_silence: spans[6],
            events_retry: spans[7],
            backoff_max: spans[8],
            retry_after_max: spans[9],
            timeout: spans[10],
            action_timeout: spans[11],
            slow_after: spans[12],
            grace: spans[13],
            confirming: spans[14],
            payment_life: spans[15],
            tab_margin: spans[16],
            ageing,
            jitter,
            ..Policy::default()
        },
    )
}

#[test]
fn absurd_numbers_neither_break_it_nor_make_it_tell_two_outcomes() {
    let step = (any::<u8>(), extreme(), any::<u64>(), any::<f64>());
    let story = (any::<u64>(), proptest::option::of(policy()), proptest::collection::vec(step, 30..=80));
    let promise = "absurd times, documents and policies neither break it nor make it lie";
    let result = runner(promise).run(&story, |(seed, policy, steps)| {
        let options = Options {
            seed: [seed, seed],
            status: seed.is_multiple_of(2),
            policy: policy.unwrap_or_default(),
            ..Options::default()
        };
        let mut session = Session::new(Millis(seed), options);
        let (mut outcomes, mut last) = (0, 0);
        for (count, (kind, at, number, float)) in steps.into_iter().enumerate() {
            let input = absurd(Step::decode(kind, number, 1 + count / 20, count), last, float, number);
            session.handle(Millis(at), input);
            while let Some(command) = session.poll_command() {
                match command {
                    Command::Send { id, .. } => last = id.0,
                    Command::Emit(Event::Settled(_)) => outcomes += 1,
                    _ => prop_assert_eq!(outcomes, 0, "{:?} after the outcome", command),
                }
            }
            session.view();
            session.countdown(Millis(at));
            session.next_deadline();
            prop_assert!(outcomes <= 1);
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    println!("promise: {promise}: {} sequences, 0 broken", cases());
}

fn absurd(step: Step, last: u64, float: f64, number: u64) -> Input {
    let document = |source, spec: Spec| {
        let (mut document, date) = spec.write(Millis(number), 1, true);
        document.checkout.expires_in = Some(float);
        document.checkout.revision = Some(float);
        if let Some(operation) = &mut document.operation {
            operation.created = Some(UnixMillis(number as i64));
        }
        Input::Document { source, document: Box::new(document), date: date.or(Some(UnixMillis(i64::MIN))) }
    };
    match step {
        Step::Answer { whom: Whom::Current, spec } => document(Source::Answer(RequestId(last)), spec),
        Step::Answer { spec, .. } => document(Source::Answer(RequestId(number)), spec),
        Step::Event(spec) => document(Source::Events, spec),
        Step::Tab(spec) => document(Source::Tab, spec),
        Step::Page(spec) => document(Source::Page, spec),
        Step::Fail { .. } => Input::Failed {
            request: RequestId(last),
            failure: Failure::Http { status: number as u16, retry_after: Some(Millis(number)) },
        },
        Step::Opened => Input::EventsOpened,
        Step::Heard => Input::EventsHeard,
        Step::Broken => Input::EventsClosed,
        Step::TabHeard => Input::TabHeard,
        Step::Leading(leading) => Input::Leading(leading),
        Step::Visible(visible) => Input::Visible(visible),
        Step::Online(online) => Input::Online(online),
        Step::Resumed(_) => Input::Resumed { lost: Millis(number) },
        Step::Renew => Input::Renew,
        Step::Cancel => Input::Cancel,
        Step::Check => Input::Check,
        Step::Clarify => Input::Clarify(Vec::new()),
        Step::CodeFailed => Input::CodeFailed,
        Step::RetryCode => Input::RetryCode,
        Step::LogoFailed => Input::LogoFailed(LogoTrouble::Unreachable),
        Step::HandoffOpened => Input::HandoffOpened,
        Step::HandoffClosed => Input::HandoffClosed,
        Step::HandoffFailed(trouble) => Input::HandoffFailed(trouble),
        Step::Hosted(event) => Input::Hosted(event),
        Step::Wake | Step::Close => Input::Woke,
    }
}
