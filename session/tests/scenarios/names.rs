//! Names that attributes, styles, logs and support rely on: they are part of the contract.

use protocol::code::{Notice, Reason, Refusal};
use protocol::document::DocumentError;
use protocol::hosted::{ConfigError, ConfigReason};
use wechat_checkout_session::{
    Decline, DeclineReason, Expiry, Failure, HandoffTrouble, HostedEvent, Link, LogoTrouble, Outcome, Phase, Problem,
};

#[test]
fn phases_outcomes_and_links_keep_their_names() {
    let phases = [
        Phase::Preparing,
        Phase::Clarifying,
        Phase::Scanning,
        Phase::Verifying,
        Phase::Expired(Expiry::Code),
        Phase::Handoff,
        Phase::Confirming,
        Phase::Settled(Outcome::Cancelled),
    ];
    let names = ["preparing", "clarifying", "scanning", "verifying", "expired", "handoff", "confirming", "settled"];
    assert_eq!(phases.each_ref().map(Phase::name), names);
    assert_eq!(phases.each_ref().map(Phase::is_settled).iter().filter(|settled| **settled).count(), 1);
    assert!(phases[7].is_settled());

    let outcomes = [
        Outcome::Paid { late: true },
        Outcome::Declined(Decline::default()),
        Outcome::Failed(Decline::default()),
        Outcome::Cancelled,
        Outcome::Refunded,
        Outcome::PartlyRefunded,
    ];
    let names = ["paid", "declined", "failed", "cancelled", "refunded", "partly-refunded"];
    assert_eq!(outcomes.each_ref().map(Outcome::name), names);

    let links = [Link::Good, Link::Slow, Link::Offline, Link::Refused(404)];
    assert_eq!(links.map(|link| link.name()), ["good", "slow", "offline", "refused"]);
}

#[test]
fn every_problem_names_its_code_the_member_and_the_reason() {
    let refusal = Refusal { index: 2, reason: Reason::Empty };
    let config = ConfigError { parameter: "payment_amount".into(), reason: ConfigReason::Missing };
    let problems = [
        (Problem::Code(refusal), "code-empty", "display_data[2].data"),
        (Problem::Notice(Notice::Link { index: 1 }), "code-is-link", "display_data[1].data"),
        (Problem::Config(config), "config-parameter-missing", "payment_page.payment_amount"),
        (Problem::Handoff(HandoffTrouble::WindowBlocked), "hosted-window-blocked", "payment_page"),
        (Problem::Handoff(HandoffTrouble::ScriptFailed), "hosted-script-failed", "payment_page"),
        (Problem::Handoff(HandoffTrouble::PageFailed), "hosted-page-failed", "payment_page"),
        (Problem::Handoff(HandoffTrouble::PageRefused), "hosted-page-refused", "payment_page"),
        (Problem::Logo(LogoTrouble::TooLarge), "logo-too-large", "logo"),
        (Problem::Logo(LogoTrouble::Address(Reason::UrlNotAllowed)), "logo-address", "logo"),
        (Problem::Logo(LogoTrouble::Unreachable), "logo-unreachable", "logo"),
        (Problem::Document(DocumentError::NotAnObject), "document-not-an-object", "document"),
        (Problem::Refused(404), "status-refused", "links.status"),
        (Problem::Action, "action-failed", "links"),
    ];
    let mut reasons: Vec<String> = problems.iter().map(|(problem, ..)| problem.reason()).collect();
    for (problem, code, field) in &problems {
        assert_eq!((problem.code(), problem.field().as_str()), (*code, *field), "{problem:?}");
        assert!(problem.reason().len() >= 5, "{problem:?}");
    }
    assert!(Problem::Refused(404).reason().contains("404"));
    reasons.sort_unstable();
    reasons.dedup();
    assert_eq!(reasons.len(), problems.len(), "each has a reason of its own");
}

#[test]
fn declines_are_sorted_by_what_the_payer_can_do() {
    use DeclineReason::{Account, CalledOff, General, InsufficientFunds, Limit, TimedOut, Trouble};
    let codes = [
        (InsufficientFunds, true, &["20105"][..]),
        (Limit, false, &["20101", "2642", "3358"]),
        (Account, false, &["20106", "20107", "20201"]),
        (CalledOff, true, &["301", "20301"]),
        (TimedOut, true, &["10602", "20602"]),
        (Trouble, true, &["314", "501", "601", "602", "603", "20601", "20603", "3613"]),
        (General, true, &["", "0", "9999", "20000", "no code"]),
    ];
    for (reason, can_retry, codes) in codes {
        for code in codes {
            let decline = Decline::read(Some(code));
            assert_eq!((decline.reason, decline.code.as_str()), (reason, *code));
        }
        assert_eq!(reason.can_retry(), can_retry, "{reason:?}");
    }
    assert_eq!(Decline::read(None), Decline::default());
}

#[test]
fn only_these_answers_are_refusals() {
    let refused: Vec<u16> =
        (0..1000).filter(|status| Failure::Http { status: *status, retry_after: None }.is_refusal()).collect();
    assert_eq!(refused, [401, 403, 404, 410]);
    assert!(!Failure::Network.is_refusal() && !Failure::Malformed(DocumentError::NotACheckout).is_refusal());
}

#[test]
fn the_hosted_pages_handlers_are_known_by_their_names() {
    let read = |handler| HostedEvent::read(handler, Some("wechat".into()));
    assert_eq!(read("onLoaded"), HostedEvent::Loaded);
    assert_eq!(read("onFailLoading"), HostedEvent::FailedLoading);
    assert_eq!(read("onPaymentMethodSelect"), HostedEvent::MethodSelected("wechat".into()));
    assert_eq!(read("onPaymentSent"), HostedEvent::PaymentSent);
    assert_eq!(read("onPaymentSubmitResult"), HostedEvent::SubmitResult(Some("wechat".into())));
    assert_eq!(read("onPaymentSuccess"), HostedEvent::PaymentSuccess);
    assert_eq!(read("onPaymentFail"), HostedEvent::PaymentFail);
    assert_eq!(read("onExit"), HostedEvent::Exit);
    assert_eq!(read("onDestroy"), HostedEvent::Destroy);
    assert_eq!(read("onSomethingNew"), HostedEvent::Other("onSomethingNew".into()));
}
