//! How this shop opens ECommPay's hosted page.

use super::api::{self, read_text};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use web_sys::UrlSearchParams;
use wechat_checkout::{Hosted, HostedMode};

/// The hosted page's settings, once the backend has told where the page is; the live page if it does not.
///
/// `?hosted=redirect`, `newtab`, `popup`, `frame`, `modal` or `embedded` in the address tries a way out.
pub(super) fn settings() -> RwSignal<Option<Hosted>> {
    let settings = RwSignal::new(None);
    let (mode, script) = wish();
    spawn_local_scoped_with_cancellation(async move {
        let told = api::get("/api/catalogue").await.ok().and_then(|body| read_text(&body, "payment_page_url"));
        let page = told.unwrap_or_else(|| Hosted::default().page);
        settings.try_set(Some(Hosted { page, mode, script, ..Hosted::default() }));
    });
    settings
}

/// The way that the address asks for, and whether it needs ECommPay's script.
fn wish() -> (HostedMode, bool) {
    let search = window().location().search().unwrap_or_default();
    let wish = UrlSearchParams::new_with_str(&search).ok().and_then(|parameters| parameters.get("hosted"));
    match wish.as_deref() {
        Some("redirect") => (HostedMode::Redirect, false),
        Some("newtab") => (HostedMode::NewTab, false),
        Some("popup") => (HostedMode::Popup, false),
        Some("frame") => (HostedMode::Frame, false),
        Some("modal") => (HostedMode::Popup, true),
        Some("embedded") => (HostedMode::Embedded, true),
        _ => (HostedMode::Auto, false),
    }
}
