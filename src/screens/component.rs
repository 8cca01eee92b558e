//! The screens alone, for whoever has a view: the gallery, and the tests.

use super::{Card, Doing, Frame, card};
use crate::encode::Encoder;
use crate::logo::Logo;
use crate::markup::PageView;
use crate::texts::Texts;
use leptos::prelude::*;
use session::{Countdown, Input, View};
use std::sync::Arc;

/// The card of a checkout.
#[component]
pub fn Screens(
    /// What to show.
    view: ReadSignal<View>,
    /// The time that is left, told anew each second.
    countdown: ReadSignal<Option<Countdown>>,
    /// Told what the payer does.
    act: Callback<Input>,
    /// What is said.
    #[prop(into)]
    texts: Arc<Texts>,
    /// The language of amounts and dates, such as `zh-CN`.
    #[prop(into)]
    language: String,
    /// Starts a new payment. Without it nobody is offered to try again.
    #[prop(optional_no_strip)]
    retry: Option<Callback<()>>,
    /// Opens the hosted page. Without it nobody is offered to.
    #[prop(optional_no_strip)]
    open_page: Option<Callback<()>>,
    /// Where the shop is.
    #[prop(optional_no_strip)]
    back_url: Option<String>,
    /// What lies over codes that are drawn here.
    #[prop(optional_no_strip)]
    logo: Option<Logo>,
) -> impl IntoView {
    let (offers_retry, offers_page) = (retry.is_some(), open_page.is_some());
    let made =
        Card { texts, language, offers_retry, offers_page, hosted: None, back_url, encoder: Encoder::default(), logo };
    let frame = Arc::new(Frame::new(made, View::default(), None));
    let shown = frame.clone();
    let follow = move || {
        // Whoever made the signals may be gone already, which is no failure.
        if let Some(view) = view.try_get() {
            shown.show(view, countdown.try_get().flatten());
        }
    };
    let call = |callback: Option<Callback<()>>| {
        if let Some(callback) = callback {
            callback.try_run(());
        }
    };
    let act = Callback::new(move |doing| match doing {
        Doing::Input(input) => drop(act.try_run(input)),
        Doing::Retry => call(retry),
        Doing::OpenPage => call(open_page),
    });
    PageView::new(frame, || vec![card()], follow, act)
}
