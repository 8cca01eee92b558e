//! A cup of each tea, seen from above.

use leptos::prelude::*;

/// Where the leaves float: across, down, turned by.
const LEAVES: [(&str, &str, &str); 3] = [("92", "62", "-28"), ("112", "80", "24"), ("96", "86", "76")];

/// A leaf around its own middle.
const LEAF: &str = "M-13 0C-7-6.5 6-6.5 13 0 6 6.5-7 6.5-13 0zM-9 0h18";
const STEAM: [&str; 2] = ["M150 44c-6-6 6-10 0-17", "M162 50c-6-6 6-10 0-17"];

/// The picture of a tea; those who cannot see it miss nothing.
#[component]
pub(super) fn Picture(
    /// Which tea.
    sku: String,
) -> impl IntoView {
    let leaf = |(x, y, turn): (&str, &str, &str)| {
        let place = ["translate(", x, " ", y, ") rotate(", turn, ")"].concat();
        view! { <path class="leaf" d=LEAF transform=place/> }
    };
    view! {
        <div class="picture" data-tea=sku aria-hidden="true">
            <svg viewBox="0 0 200 150">
                {STEAM.map(|d| view! { <path class="steam" d=d/> }).collect_view()}
                <circle class="saucer" cx="100" cy="76" r=circle(58)/>
                <circle class="cup" cx="100" cy="76" r=circle(44)/>
                <circle class="tea" cx="100" cy="76" r=circle(38)/>
                <circle class="shine" cx="88" cy="62" r=circle(15)/>
                {LEAVES.map(leaf).collect_view()}
            </svg>
        </div>
    }
}

fn circle(radius: u32) -> String {
    radius.to_string()
}
