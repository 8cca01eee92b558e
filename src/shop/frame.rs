//! What stands around every page of the shop.

use super::language::Language;
use super::theme;
use leptos::prelude::*;

const MOON: &str = "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z";

/// The head and the foot of the shop.
#[component]
pub(super) fn Frame(
    /// The language, which is chosen here.
    language: RwSignal<Language>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let words = move || language.get().words();
    let choice = move |choice: Language| {
        view! {
            <button
                type="button"
                lang=choice.tag()
                aria-pressed=move || if language.get() == choice { "true" } else { "false" }
                on:click=move |_| language.set(choice)
            >
                {choice.name()}
            </button>
        }
    };
    view! {
        <div class="shop">
            <header class="shop-head">
                <a class="shop-name" href="/">
                    <img src=icon() alt="" width="32" height="32"/>
                    <span>{move || words().shop}</span>
                </a>
                <div class="shop-tools">
                    <div class="languages" role="group" aria-label=move || words().language>
                        {Language::ALL.map(choice).collect_view()}
                    </div>
                    <button type="button" class="theme" aria-label=move || words().theme on:click=move |_| theme::turn()>
                        <svg viewBox="0 0 24 24" aria-hidden="true"><path d=MOON/></svg>
                    </button>
                </div>
            </header>
            <main>{children()}</main>
            <footer class="shop-foot">
                <span>{move || words().demo}</span>
                <a href="/?gallery">{move || words().gallery}</a>
            </footer>
        </div>
    }
}

/// The shop's sign is the page's icon, whose name the build chooses.
fn icon() -> String {
    let icon = document().query_selector("link[rel~=icon]").ok().flatten();
    icon.and_then(|icon| icon.get_attribute("href")).unwrap_or_default()
}
