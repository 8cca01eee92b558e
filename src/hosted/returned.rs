//! Remembering, across a redirect, that the payer went to the hosted page.

use crate::window::window;

/// The payer is about to leave for the hosted page.
pub(crate) fn remember(checkout: &str) {
    if let Some(storage) = storage() {
        // Without storage the payer who returns sees the same checkout, only without "checking with the shop".
        let _ = storage.set_item(&key(checkout), "1");
    }
}

/// Whether the payer has been away for this checkout; asked once.
pub(crate) fn has_returned(checkout: &str) -> bool {
    let been = storage().and_then(|storage| storage.get_item(&key(checkout)).ok().flatten()).is_some();
    forget(checkout);
    been
}

/// The payer did not leave after all.
pub(crate) fn forget(checkout: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(checkout));
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

fn key(checkout: &str) -> String {
    ["wechat-checkout:handoff:", checkout].concat()
}
