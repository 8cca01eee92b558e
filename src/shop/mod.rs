//! Camellia Tea: what is sold, and the way from the counter to the till.

mod address;
mod api;
mod basket;
mod catalogue;
mod counter;
mod frame;
mod gallery;
mod hosted;
mod language;
mod logo;
mod order;
mod picture;
mod theme;
mod till;
mod words;

use address::Place;
use basket::Basket;
use leptos::prelude::*;

/// Opens the shop in the page's body.
pub(crate) fn open() {
    mount_to_body(Shop);
}

#[component]
fn Shop() -> impl IntoView {
    let language = language::signal();
    theme::remember();
    let place = address::follow();
    let basket = RwSignal::new(Basket::default());
    let hosted = hosted::settings();
    // Read now, because the address is another one at the till.
    let logo = StoredValue::new(logo::wish());
    move || match place.get() {
        Place::Counter => view! {
            <frame::Frame language>
                <counter::Counter language basket place/>
            </frame::Frame>
        }
        .into_any(),
        Place::Till(token) => view! {
            <frame::Frame language>
                <till::Till token language basket place hosted logo=logo.get_value()/>
            </frame::Frame>
        }
        .into_any(),
        Place::Gallery => view! {
            <frame::Frame language>
                <gallery::Gallery language/>
            </frame::Frame>
        }
        .into_any(),
    }
}
