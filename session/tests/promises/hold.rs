//! Holds a promise over random stories, and prints what was held over how many.

use crate::story::{Story, stories};
use crate::telling::Telling;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::RefCell;
use wechat_checkout_session::{Event, Phase};

/// The stories for each promise, unless the environment says otherwise.
const CASES: u32 = 10_000;

/// What the stories of a run went through: a promise about what never happens would be easily kept.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    stories: u32,
    inputs: usize,
    settled: u32,
    expired: u32,
    renewed: u32,
}

/// How many stories are told for each promise.
pub(crate) fn cases() -> u32 {
    std::env::var("PROMISES_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES)
}

/// A runner whose seed is known, so that what failed once fails again, and another one for each promise.
pub(crate) fn runner(promise: &str) -> TestRunner {
    let seed: u64 = std::env::var("PROMISES_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_124);
    let mixed = promise.bytes().fold(seed, |mixed, byte| (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let bytes: Vec<u8> = mixed.to_le_bytes().repeat(4);
    let config = Config { cases: cases(), failure_persistence: None, max_shrink_iters: 50_000, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// Holds a promise.
#[track_caller]
pub(crate) fn hold(promise: &str, held: impl Fn(&Story, &mut Telling) -> Result<(), String>) {
    let seen = RefCell::new(Seen::default());
    let result = runner(promise).run(&stories(), |story| {
        let mut telling = Telling::of(&story);
        let verdict = held(&story, &mut telling);
        count(&mut seen.borrow_mut(), &telling);
        verdict.map_err(TestCaseError::fail)
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, story)) => {
            let mut telling = Telling::of(&story);
            let _ = held(&story, &mut telling);
            panic!("promise broken: {promise}\n{reason}\nthe shortest story found, seed {}:\n{telling}", story.seed);
        }
        Err(TestError::Abort(reason)) => panic!("{promise}: {reason}"),
    }
    let Seen { stories, inputs, settled, expired, renewed } = seen.into_inner();
    println!(
        "promise: {promise}: {stories} sequences, {inputs} inputs, {settled} settled, {expired} expired, {renewed} renewed, 0 broken"
    );
    if stories >= 1000 {
        assert!(settled > stories / 10 && expired > stories / 50 && renewed > stories / 10, "the stories are too tame");
    }
}

fn count(seen: &mut Seen, telling: &Telling) {
    let any = |is: fn(&Event) -> bool| u32::from(telling.moments.iter().any(|moment| moment.events().any(is)));
    seen.stories += 1;
    seen.inputs += telling.moments.len();
    seen.settled += any(|event| matches!(event, Event::Settled(_)));
    seen.expired += any(|event| matches!(event, Event::Phase(Phase::Expired(_))));
    seen.renewed += any(|event| matches!(event, Event::Renewed));
}

impl std::fmt::Debug for Story {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", Telling::of(self))
    }
}
