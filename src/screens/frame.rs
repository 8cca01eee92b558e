//! What every part of the screens has at hand.

use crate::intl;
use crate::markup::Text;
use crate::texts::{Texts, fill};
use leptos::prelude::*;
use session::{Countdown, Input, Phase, View};
use std::sync::Arc;

/// What the screens were made with.
pub(super) struct Settings {
    pub(super) texts: Texts,
    pub(super) language: String,
    pub(super) retry: Option<Callback<()>>,
    pub(super) open_page: Option<Callback<()>>,
    pub(super) back_url: Option<String>,
}

/// The signals, the settings and the way out, small enough to be handed to every closure.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    view: Signal<View>,
    countdown: Signal<Option<Countdown>>,
    act: Callback<Input>,
    settings: StoredValue<Arc<Settings>>,
    /// Whether the payer has seen this payment open, so that its end is news.
    watched: StoredValue<bool>,
}

impl Frame {
    pub(super) fn new(
        view: Signal<View>,
        countdown: Signal<Option<Countdown>>,
        act: Callback<Input>,
        settings: Settings,
    ) -> Self {
        Self { view, countdown, act, settings: StoredValue::new(Arc::new(settings)), watched: StoredValue::new(false) }
    }

    pub(super) fn settings(&self) -> Arc<Settings> {
        self.settings.get_value()
    }

    /// Reads the view; whoever does so in a closure of a part is told of changes.
    pub(super) fn look<T>(&self, read: impl FnOnce(&View) -> T) -> T {
        self.view.with(read)
    }

    /// Whether an action is under way; for whoever handles an event.
    pub(super) fn is_busy(&self) -> bool {
        self.view.try_with_untracked(|view| view.actions.busy).unwrap_or_default()
    }

    pub(super) fn countdown(&self) -> Option<Countdown> {
        self.countdown.get()
    }

    /// Passes on what the payer did. Once the checkout is gone nobody is there to be told.
    pub(super) fn act(&self, input: Input) {
        self.act.try_run(input);
    }

    pub(super) fn retry(&self) {
        self.call(|settings| settings.retry);
    }

    pub(super) fn open_page(&self) {
        self.call(|settings| settings.open_page);
    }

    pub(super) fn can_open_page(&self) -> bool {
        self.settings.with_value(|settings| settings.open_page.is_some())
    }

    fn call(&self, pick: impl FnOnce(&Settings) -> Option<Callback<()>>) {
        if let Some(callback) = self.settings.try_with_value(|settings| pick(settings)).flatten() {
            callback.try_run(());
        }
    }

    pub(super) fn watch(&self) {
        let open = self.look(|view| view.payment_id.is_some() && !matches!(view.phase, Phase::Settled(_)));
        if open {
            self.watched.try_set_value(true);
        }
    }

    pub(super) fn was_watched(&self) -> bool {
        self.watched.try_get_value().unwrap_or_default()
    }

    /// A text that tells amount and payee, or the shorter one where they are not both known.
    pub(super) fn told(&self, pick: fn(&Texts) -> (&Text, &Text)) -> Text {
        let settings = self.settings();
        let (long, short) = pick(&settings.texts);
        let known = self.look(|view| view.sum.zip(view.payee.clone()));
        match known {
            Some((sum, payee)) => {
                let amount = intl::money(sum, &settings.language);
                fill(long, &[("amount", &amount), ("payee", &payee)]).into()
            }
            None => short.clone(),
        }
    }

    /// The sum as people write it.
    pub(super) fn amount(&self) -> Option<String> {
        let sum = self.look(|view| view.sum)?;
        Some(self.settings.with_value(|settings| intl::money(sum, &settings.language)))
    }
}
