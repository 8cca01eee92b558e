//! Light or dark: as the system has it, until somebody chooses.

use leptos::prelude::*;

/// Puts the chosen theme, if one was, back on the page.
pub(super) fn remember() {
    if let Some(theme) = kept("theme") {
        show(&theme);
    }
}

/// Changes to the other theme.
pub(super) fn turn() {
    let theme = if is_dark() { "light" } else { "dark" };
    show(theme);
    keep("theme", theme);
}

fn is_dark() -> bool {
    let chosen = document().document_element().and_then(|page| page.get_attribute("data-theme"));
    match chosen {
        Some(theme) => theme == "dark",
        None => {
            window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
        }
    }
}

fn show(theme: &str) {
    if let Some(page) = document().document_element() {
        let _ = page.set_attribute("data-theme", theme);
    }
}

/// What was kept under a name, where the browser lets us keep anything.
pub(super) fn kept(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps something for the next visit.
pub(super) fn keep(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}
