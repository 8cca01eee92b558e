//! What the operator's monitoring reads, in Prometheus' text format.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::checkout::State;
use crate::store::Counts;

/// What was counted since the start.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    callbacks: Family,
    gate: Family,
    refusals: Family,
    streams: AtomicI64,
}

type Labels = (&'static str, &'static str);

/// One counter for each pair of labels.
#[derive(Debug, Default)]
struct Family(Mutex<BTreeMap<Labels, u64>>);

impl Family {
    fn add(&self, labels: Labels) {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counter = counters.entry(labels).or_default();
        *counter = counter.saturating_add(1);
    }

    fn read(&self) -> BTreeMap<Labels, u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Metrics {
    /// A callback came, and this became of it.
    pub(crate) fn callback(&self, result: &'static str) {
        self.callbacks.add((result, ""));
    }

    /// A request was sent to Gate, and this became of it.
    pub(crate) fn gate(&self, request: &'static str, result: &'static str) {
        self.gate.add((request, result));
    }

    /// A browser was told no.
    pub(crate) fn refusal(&self, code: &'static str) {
        self.refusals.add((code, ""));
    }

    /// An event stream was opened; it counts until the guard is dropped.
    pub(crate) fn stream(self: &std::sync::Arc<Self>) -> StreamGuard {
        self.streams.fetch_add(1, Ordering::Relaxed);
        StreamGuard(std::sync::Arc::clone(self))
    }

    /// All figures as text.
    pub(crate) fn render(&self, counts: &Counts) -> String {
        let mut text = String::new();
        let head = |text: &mut String, name: &str, kind: &str, help: &str| {
            // Writing to a String does not fail.
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        };
        head(&mut text, "merchant_callbacks_total", "counter", "Callbacks by what became of them.");
        for ((result, _), count) in self.callbacks.read() {
            let _ = writeln!(text, "merchant_callbacks_total{{result=\"{result}\"}} {count}");
        }
        head(&mut text, "merchant_gate_requests_total", "counter", "Requests to Gate by what became of them.");
        for ((request, result), count) in self.gate.read() {
            let _ = writeln!(text, "merchant_gate_requests_total{{request=\"{request}\",result=\"{result}\"}} {count}");
        }
        head(&mut text, "merchant_refusals_total", "counter", "Requests of browsers that were refused, by code.");
        for ((code, _), count) in self.refusals.read() {
            let _ = writeln!(text, "merchant_refusals_total{{code=\"{code}\"}} {count}");
        }
        head(&mut text, "merchant_checkouts", "gauge", "Checkouts by state.");
        for state in State::ALL {
            let count = counts.checkouts.iter().find(|(name, _)| name == state.as_str()).map_or(0, |(_, count)| *count);
            let _ = writeln!(text, "merchant_checkouts{{state=\"{}\"}} {count}", state.as_str());
        }
        for (name, help, value) in [
            (
                "merchant_doubled_payments",
                "Checkouts that were paid twice; one payment of each is to be given back.",
                counts.doubled,
            ),
            (
                "merchant_held_payments",
                "Payments whose sum is not what was asked for; somebody has to look.",
                counts.held,
            ),
            ("merchant_unacknowledged_sales", "Sales that Gate has not acknowledged.", counts.unacknowledged),
            ("merchant_event_streams", "Event streams that are open.", self.streams.load(Ordering::Relaxed)),
        ] {
            head(&mut text, name, "gauge", help);
            let _ = writeln!(text, "{name} {value}");
        }
        text
    }
}

/// Counts one open event stream until it is dropped.
#[derive(Debug)]
pub(crate) struct StreamGuard(std::sync::Arc<Metrics>);

impl Drop for StreamGuard {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn counters_add_up_by_label_and_every_state_has_its_gauge() {
        let metrics = Metrics::default();
        metrics.callback("applied");
        metrics.callback("applied");
        metrics.callback("repeated");
        metrics.gate("sale", "accepted");
        let counts = Counts { checkouts: vec![("paid".into(), 3)], doubled: 1, held: 2, unacknowledged: 0 };
        let text = metrics.render(&counts);
        for line in [
            "merchant_callbacks_total{result=\"applied\"} 2",
            "merchant_callbacks_total{result=\"repeated\"} 1",
            "merchant_gate_requests_total{request=\"sale\",result=\"accepted\"} 1",
            "merchant_checkouts{state=\"paid\"} 3",
            "merchant_checkouts{state=\"open\"} 0",
            "merchant_doubled_payments 1",
            "merchant_held_payments 2",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is missing in\n{text}");
        }
    }

    #[test]
    fn a_stream_counts_while_it_is_open() {
        let metrics = Arc::new(Metrics::default());
        let (first, second) = (metrics.stream(), metrics.stream());
        drop(first);
        assert!(metrics.render(&Counts::default()).contains("merchant_event_streams 1"));
        drop(second);
        assert!(metrics.render(&Counts::default()).contains("merchant_event_streams 0"));
    }
}
