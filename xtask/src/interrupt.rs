//! Ctrl-C and termination signals, as a count that every waiting loop looks at.
//!
//! The handler only counts. The loops then return, and the process groups they own are stopped on the way out, so
//! there is one way to clean up and not two.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::failure::Failure;

static SIGNALS: AtomicUsize = AtomicUsize::new(0);

/// Starts listening, for the life of the process.
pub(crate) fn listen() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        SIGNALS.fetch_add(1, Ordering::SeqCst);
    })
    .map_err(|error| Failure::new(format!("cannot listen for Ctrl-C: {error}")))
}

/// Fails once somebody asked us to stop.
pub(crate) fn check() -> Result<(), Failure> {
    if count() > 0 { Err(Failure::interrupted()) } else { Ok(()) }
}

/// How often we were asked to stop. From the second time on, patience with children ends.
pub(crate) fn count() -> usize {
    SIGNALS.load(Ordering::SeqCst)
}
