//! The shop's own logo over its codes, for whoever wants to see one.

use leptos::prelude::window;
use web_sys::UrlSearchParams;
use wechat_checkout::Logo;

/// `?logo=0.2` in the address wants the logo over a fifth of the code's side.
pub(super) fn wish() -> Option<Logo> {
    let search = window().location().search().unwrap_or_default();
    let wish = UrlSearchParams::new_with_str(&search).ok()?.get("logo")?;
    Some(Logo::new("/camellia.svg").with_share(wish.parse().unwrap_or_default()))
}
