//! The till: one checkout, by its address.

use super::address::{Place, go};
use super::basket::Basket;
use super::language::Language;
use super::order::{Standing, Way, order};
use leptos::prelude::*;
use wechat_checkout::{Hosted, Logo, WechatCheckout};

/// The page of a checkout.
#[component]
pub(super) fn Till(
    /// Which checkout.
    token: String,
    /// The language.
    language: RwSignal<Language>,
    /// What was bought, for another try.
    basket: RwSignal<Basket>,
    /// Where to go from here.
    place: RwSignal<Place>,
    /// How the hosted page is opened, once that is known.
    hosted: RwSignal<Option<Hosted>>,
    /// The shop's logo, for whoever wants to see it over the codes.
    #[prop(optional_no_strip)]
    logo: Option<Logo>,
) -> impl IntoView {
    let words = move || language.get().words();
    let standing = RwSignal::new(Standing::default());
    let on_retry = Callback::new(move |()| {
        if basket.with_untracked(Basket::is_empty) {
            // Opened on another device, or reloaded: what was in the basket is not known here.
            go(place, Place::Counter);
        } else {
            order(basket, Way::Code, language.get_untracked(), place, standing);
        }
    });
    let status = ["/api/checkouts/".to_owned(), token].concat();
    view! {
        <div class="till">
            <h1 class="unseen">{move || words().pay}</h1>
            <a class="till-back" href="/">{move || words().back}</a>
            // The language is part of the checkout: another one draws it anew.
            {move || hosted.get().map(|hosted| view! {
                <WechatCheckout
                    source=status.clone()
                    language=language.get().tag()
                    back_url="/"
                    hosted
                    nostrip:logo=logo.clone()
                    on_retry
                />
            })}
            <aside class="till-note">
                <p>{move || words().phone_text}</p>
                <a class="button button-quiet" href=phone_url() target="_blank" rel="noopener">
                    {move || words().phone}
                </a>
                {move || matches!(standing.get(), Standing::Failed(_)).then(|| {
                    view! { <p class="trouble" role="alert">{words().no_order}</p> }
                })}
            </aside>
        </div>
    }
}

/// Where the simulated phone is: the page says.
fn phone_url() -> String {
    let said = document().query_selector("meta[name=phone-url]").ok().flatten();
    said.and_then(|meta| meta.get_attribute("content")).unwrap_or_else(|| "http://127.0.0.1:4010/phone".into())
}
