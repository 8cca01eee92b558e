//! What every part of the screens has at hand.

use super::foot::Open;
use crate::intl;
use crate::logo::Logo;
use crate::markup::Text;
use crate::texts::{Texts, fill};
use leptos::prelude::*;
use session::{Countdown, Input, View};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What a card was made with, and its signals.
pub(super) struct Card {
    pub(super) view: ReadSignal<View>,
    pub(super) countdown: ReadSignal<Option<Countdown>>,
    pub(super) act: Callback<Input>,
    pub(super) texts: Arc<Texts>,
    pub(super) language: String,
    pub(super) retry: Option<Callback<()>>,
    pub(super) open_page: Option<Callback<()>>,
    pub(super) back_url: Option<String>,
    pub(super) logo: Option<Logo>,
}

/// The key to a card, small enough to be handed to every closure.
#[derive(Clone, Copy)]
pub(super) struct Frame(StoredValue<Arc<Kept>>);

/// A card with what it keeps for itself.
pub(super) struct Kept {
    card: Card,
    /// What the foot has opened.
    pub(super) open: RwSignal<Open>,
    /// Whether the payer has seen this payment open, so that its end is news.
    watched: AtomicBool,
    /// The view as it was read last, so that many readers need one copy.
    seen: Mutex<Arc<View>>,
}

impl std::ops::Deref for Kept {
    type Target = Card;

    fn deref(&self) -> &Card {
        &self.card
    }
}

impl Frame {
    pub(super) fn new(card: Card) -> Self {
        Self(StoredValue::new(Arc::new(Kept {
            card,
            open: RwSignal::new(Open::Nothing),
            watched: AtomicBool::new(false),
            seen: Mutex::default(),
        })))
    }

    #[inline(never)]
    pub(super) fn card(self) -> Arc<Kept> {
        self.0.get_value()
    }

    /// The view; whoever reads it in a closure of a part is told of changes.
    #[inline(never)]
    pub(super) fn view(self) -> Arc<View> {
        let card = self.card();
        card.view.with(|view| {
            let mut seen = card.seen.lock().unwrap_or_else(PoisonError::into_inner);
            if **seen != *view {
                *seen = Arc::new(view.clone());
            }
            seen.clone()
        })
    }

    #[inline(never)]
    pub(super) fn countdown(self) -> Option<Countdown> {
        self.card().countdown.get()
    }

    /// Whether an action is under way; for whoever handles an event, which may come when the card is gone.
    pub(super) fn is_busy(self) -> bool {
        let view = self.0.try_get_value().map(|card| card.view);
        view.and_then(|view| view.try_with_untracked(|view| view.actions.busy)).unwrap_or(true)
    }

    /// Passes on what the payer did. Once the checkout is gone nobody is there to be told.
    #[inline(never)]
    pub(super) fn act(self, input: Input) {
        if let Some(card) = self.0.try_get_value() {
            card.act.try_run(input);
        }
    }

    pub(super) fn retry(self) {
        self.call(|card| card.retry);
    }

    pub(super) fn open_page(self) {
        self.call(|card| card.open_page);
    }

    #[inline(never)]
    fn call(self, pick: fn(&Card) -> Option<Callback<()>>) {
        if let Some(callback) = self.0.try_get_value().and_then(|card| pick(&card)) {
            callback.try_run(());
        }
    }

    /// Opens or closes something at the foot.
    #[inline(never)]
    pub(super) fn open(self, open: Open) {
        if let Some(card) = self.0.try_get_value() {
            card.open.try_set(open);
        }
    }

    /// Takes note of a payment that is seen open.
    pub(super) fn watch(self) {
        let view = self.view();
        if view.payment_id.is_some() && !view.phase.is_settled() {
            self.card().watched.store(true, Ordering::Relaxed);
        }
    }

    pub(super) fn was_watched(self) -> bool {
        self.card().watched.load(Ordering::Relaxed)
    }

    /// The sum as people write it.
    #[inline(never)]
    pub(super) fn amount(self) -> Option<String> {
        Some(intl::money(self.view().sum?, &self.card().language))
    }

    /// A text that tells amount and payee, or the shorter one where they are not both known.
    #[inline(never)]
    pub(super) fn told(self, pick: fn(&Texts) -> (&Text, &Text)) -> Text {
        let card = self.card();
        let (long, short) = pick(&card.texts);
        match (self.amount(), &self.view().payee) {
            (Some(amount), Some(payee)) => fill(long, &[("amount", &amount), ("payee", payee)]).into(),
            _ => short.clone(),
        }
    }
}
