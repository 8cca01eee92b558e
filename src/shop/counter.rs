//! The counter: three teas, how many of each, and the sum.

use super::address::Place;
use super::api::{self, Trouble};
use super::basket::{Basket, MOST};
use super::catalogue::{Catalogue, Good};
use super::language::Language;
use super::order::{Standing, Way, order};
use super::picture::Picture;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use protocol::money::{Currency, Money};
use wechat_checkout::intl;

/// What is known of the catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
enum Shelf {
    #[default]
    Loading,
    Failed,
    Full(Catalogue),
}

/// The shop's front page.
#[component]
pub(super) fn Counter(
    /// The language.
    language: RwSignal<Language>,
    /// What is chosen.
    basket: RwSignal<Basket>,
    /// Where to go when it is ordered.
    place: RwSignal<Place>,
) -> impl IntoView {
    let words = move || language.get().words();
    let shelf = RwSignal::new(Shelf::default());
    load(shelf, basket);
    view! {
        <section class="promise">
            <h1>{move || words().promise}</h1>
            <p>{move || words().promise_text}</p>
        </section>
        {move || match shelf.get() {
            Shelf::Loading => view! { <p class="plain" role="status">{words().loading}</p> }.into_any(),
            Shelf::Failed => view! {
                <div class="plain" role="alert">
                    <p>{words().no_catalogue}</p>
                    <button type="button" class="button" on:click=move |_| load(shelf, basket)>{words().again}</button>
                </div>
            }
            .into_any(),
            Shelf::Full(catalogue) => view! { <Goods catalogue language basket place/> }.into_any(),
        }}
    }
}

fn load(shelf: RwSignal<Shelf>, basket: RwSignal<Basket>) {
    shelf.set(Shelf::Loading);
    spawn_local_scoped_with_cancellation(async move {
        let catalogue = match api::get("/api/catalogue").await {
            Ok(body) => Catalogue::read(&body),
            Err(trouble) => Err(trouble),
        };
        if let Ok(catalogue) = &catalogue {
            basket.try_update(|basket| choose(basket, catalogue));
        }
        shelf.try_set(catalogue.map_or(Shelf::Failed, Shelf::Full));
    });
}

/// A first choice, so that nobody stands before an empty basket.
fn choose(basket: &mut Basket, catalogue: &Catalogue) {
    let euro = catalogue.currencies.iter().find(|currency| currency.code() == "EUR");
    if let (None, Some(currency)) = (basket.currency(), euro.or(catalogue.currencies.first())) {
        basket.pay_in(*currency);
        if let Some(first) = catalogue.goods.first() {
            basket.set(&first.sku, 2);
        }
    }
}

#[component]
fn Goods(
    catalogue: Catalogue,
    language: RwSignal<Language>,
    basket: RwSignal<Basket>,
    place: RwSignal<Place>,
) -> impl IntoView {
    let goods = catalogue.goods.clone();
    view! {
        <div class="counter">
            <ul class="goods" role="list">
                {goods.into_iter().map(|good| view! { <Card good language basket/> }).collect_view()}
            </ul>
            <Summary catalogue language basket place/>
        </div>
    }
}

#[component]
fn Card(good: Good, language: RwSignal<Language>, basket: RwSignal<Basket>) -> impl IntoView {
    let words = move || language.get().words();
    let good = StoredValue::new(good);
    let sku = good.with_value(|good| good.sku.clone());
    let name = move || good.with_value(|good| good.name(language.get()).to_owned());
    let price = move || {
        let currency = basket.with(Basket::currency)?;
        good.with_value(|good| good.price(currency)).map(|price| written(price, language.get()))
    };
    let quantity = move || good.with_value(|good| basket.with(|basket| basket.quantity(&good.sku)));
    let set = move |quantity: u32| good.with_value(|good| basket.update(|basket| basket.set(&good.sku, quantity)));
    let label = move |word: &str| [word, ": ", &name()].concat();
    view! {
        <li class="good">
            <Picture sku=sku.clone()/>
            <div class="good-text">
                <h2>{name}</h2>
                <p>{move || words().note(&sku)}</p>
            </div>
            <div class="good-foot">
                <span class="price">{price}</span>
                <div class="stepper">
                    <button
                        type="button"
                        aria-label=move || label(words().fewer)
                        disabled=move || quantity() == 0
                        on:click=move |_| set(quantity().saturating_sub(1))
                    >
                        {"−"}
                    </button>
                    <input
                        type="number"
                        inputmode="numeric"
                        min="0"
                        max=MOST.to_string()
                        aria-label=move || words().quantity.replace("{name}", &name())
                        prop:value=move || quantity().to_string()
                        on:input=move |event| {
                            if let Ok(quantity) = event_target_value(&event).trim().parse() {
                                set(quantity);
                            }
                        }
                    />
                    <button
                        type="button"
                        aria-label=move || label(words().more)
                        disabled=move || { quantity() >= MOST }
                        on:click=move |_| set(quantity() + 1)
                    >
                        {"+"}
                    </button>
                </div>
            </div>
        </li>
    }
}

#[component]
fn Summary(
    catalogue: Catalogue,
    language: RwSignal<Language>,
    basket: RwSignal<Basket>,
    place: RwSignal<Place>,
) -> impl IntoView {
    let words = move || language.get().words();
    let standing = RwSignal::new(Standing::default());
    let currencies = catalogue.currencies.clone();
    let catalogue = StoredValue::new(catalogue);
    let lines = move || {
        let language = language.get();
        let basket = basket.get();
        let line = |(sku, quantity): (&str, u32)| {
            let good = catalogue.with_value(|all| all.goods.iter().find(|good| good.sku == sku).cloned())?;
            let price = good.price(basket.currency()?)?;
            let cost = Money::new(price.amount * i64::from(quantity), price.currency);
            let what = [&quantity.to_string(), " × ", good.name(language)].concat();
            Some(view! { <li><span>{what}</span><span>{written(cost, language)}</span></li> })
        };
        basket.bought().filter_map(line).collect_view()
    };
    let total = move || {
        let total = basket.with(|basket| catalogue.with_value(|catalogue| basket.total(catalogue)));
        total.map(|total| written(total, language.get()))
    };
    let empty = move || basket.with(Basket::is_empty);
    let busy = move || standing.get() == Standing::Sent;
    let chosen = move |event: web_sys::Event| {
        if let Ok(currency) = Currency::parse(&event_target_value(&event)) {
            basket.update(|basket| basket.pay_in(currency));
        }
    };
    let option = move |currency: Currency| {
        view! {
            <option value=currency.code().to_owned() selected=move || basket.with(Basket::currency) == Some(currency)>
                {currency.code().to_owned()}
            </option>
        }
    };
    view! {
        <section class="summary" aria-label=move || words().order>
            <h2>{move || words().order}</h2>
            <Show when=move || !empty() fallback=move || view! { <p class="nothing">{move || words().empty}</p> }>
                <ul class="lines" role="list">{lines}</ul>
            </Show>
            <label class="currency">
                <span>{move || words().currency}</span>
                <select on:change=chosen>{currencies.into_iter().map(option).collect_view()}</select>
            </label>
            <p class="total"><span>{move || words().total}</span><strong aria-live="polite">{total}</strong></p>
            <button
                type="button"
                class="button"
                disabled=empty
                aria-disabled=move || busy().then_some("true")
                on:click=move |_| order(basket, Way::Code, language.get_untracked(), place, standing)
            >
                {move || if busy() { words().paying } else { words().pay }}
            </button>
            <button
                type="button"
                class="button button-quiet"
                disabled=empty
                aria-disabled=move || busy().then_some("true")
                on:click=move |_| order(basket, Way::Page, language.get_untracked(), place, standing)
            >
                {move || words().pay_page}
            </button>
            {move || match standing.get() {
                Standing::Failed(trouble) => {
                    let text = if trouble == Trouble::Refused { words().refused } else { words().no_order };
                    Some(view! { <p class="trouble" role="alert">{text}</p> })
                }
                _ => None,
            }}
        </section>
    }
}

fn written(money: Money, language: Language) -> String {
    intl::money(money, language.tag())
}
