//! What every part of the screens has at hand: what there is to show, and where to put what the payer does.

use super::foot::Open;
use crate::encode::Encoder;
use crate::hosted::Hosted;
use crate::intl;
use crate::logo::Logo;
use crate::markup::Text;
use crate::texts::{Texts, fill};
use session::{Countdown, Input, View};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the payer did.
#[derive(Debug)]
pub(crate) enum Doing {
    /// Something for the machine.
    Input(Input),
    /// Wants a new payment.
    Retry,
    /// Wants the hosted page.
    OpenPage,
}

/// What a card is made with.
#[derive(Debug, Default)]
pub(crate) struct Card {
    pub(crate) texts: Arc<Texts>,
    /// The language of amounts and dates, such as `zh-CN`.
    pub(crate) language: String,
    /// Whether a new payment can be started.
    pub(crate) offers_retry: bool,
    /// Whether the hosted page can be opened.
    pub(crate) offers_page: bool,
    /// How it is opened, where that is our doing.
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "nothing is opened on a server"))]
    pub(crate) hosted: Option<Hosted>,
    /// Where the shop is.
    pub(crate) back_url: Option<String>,
    /// What encodes codes that are drawn here.
    pub(crate) encoder: Encoder,
    /// What lies over them.
    pub(crate) logo: Option<Logo>,
}

/// A card with what it shows at present.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    card: Card,
    /// Changes with each card that takes the place of another.
    pub(super) edition: u8,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    view: Arc<View>,
    countdown: Option<Countdown>,
    /// What the foot has opened.
    open: Open,
    /// What was typed into the fields of a form: one that is drawn anew keeps it.
    typed: Vec<Typed>,
    /// Whether the payer has seen this payment open, so that its end is news.
    watched: bool,
    /// Seldom more than one.
    doings: Vec<Doing>,
}

/// What was typed into a field.
#[derive(Debug)]
struct Typed {
    name: String,
    value: String,
    /// Whether it was sent as it is.
    sent: bool,
}

impl std::ops::Deref for Frame {
    type Target = Card;

    fn deref(&self) -> &Card {
        &self.card
    }
}

impl Frame {
    pub(crate) fn new(card: Card, view: View, countdown: Option<Countdown>) -> Self {
        let state = State { view: Arc::new(view), countdown, ..State::default() };
        Self { card, edition: 0, state: Mutex::new(state) }
    }

    /// The same on another card.
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "a server draws once"))]
    pub(crate) fn on(&self, card: Card) -> Self {
        let state = std::mem::take(&mut *self.state());
        Self { card, edition: self.edition.wrapping_add(1), state: Mutex::new(state) }
    }

    #[inline(never)]
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what is to be shown.
    pub(crate) fn show(&self, view: View, countdown: Option<Countdown>) {
        let mut state = self.state();
        state.view = Arc::new(view);
        state.countdown = countdown;
    }

    #[inline(never)]
    pub(crate) fn view(&self) -> Arc<View> {
        self.state().view.clone()
    }

    pub(super) fn countdown(&self) -> Option<Countdown> {
        self.state().countdown
    }

    pub(super) fn open(&self) -> Open {
        self.state().open
    }

    /// Opens or closes something at the foot.
    pub(super) fn set_open(&self, open: Open) {
        self.state().open = open;
    }

    /// What was typed into the field of that name.
    pub(super) fn typed(&self, name: &str) -> String {
        let state = self.state();
        state.typed.iter().find(|typed| typed.name == name).map(|typed| typed.value.clone()).unwrap_or_default()
    }

    /// Whether the field of that name was changed since the form was sent.
    pub(super) fn is_being_put_right(&self, name: &str) -> bool {
        self.state().typed.iter().any(|typed| typed.name == name && !typed.sent)
    }

    /// Keeps what is typed.
    pub(super) fn keep(&self, name: String, value: String) {
        let typed = &mut self.state().typed;
        match typed.iter_mut().find(|typed| typed.name == name) {
            Some(typed) => (typed.value, typed.sent) = (value, false),
            None => typed.push(Typed { name, value, sent: false }),
        }
    }

    /// Hands in the answers of a form.
    pub(super) fn send(&self, given: Vec<(String, String)>) {
        for typed in &mut self.state().typed {
            typed.sent = true;
        }
        self.act(Input::Clarify(given));
    }

    /// Takes note of a payment that is seen open.
    pub(crate) fn watch(&self) {
        let mut state = self.state();
        state.watched |= state.view.payment_id.is_some() && !state.view.phase.is_settled();
    }

    pub(crate) fn was_watched(&self) -> bool {
        self.state().watched
    }

    pub(crate) fn act(&self, input: Input) {
        self.note(Doing::Input(input));
    }

    pub(super) fn retry(&self) {
        self.note(Doing::Retry);
    }

    pub(super) fn open_page(&self) {
        self.note(Doing::OpenPage);
    }

    #[inline(never)]
    fn note(&self, doing: Doing) {
        self.state().doings.push(doing);
    }

    /// What the payer did that nobody has been told yet.
    pub(crate) fn next_doing(&self) -> Option<Doing> {
        let doings = &mut self.state().doings;
        (!doings.is_empty()).then(|| doings.remove(0))
    }

    /// The sum as people write it.
    #[inline(never)]
    pub(super) fn amount(&self) -> Option<String> {
        Some(intl::money(self.view().sum?, &self.language))
    }

    /// A text that tells amount and payee, or the shorter one where they are not both known.
    #[inline(never)]
    pub(super) fn told(&self, pick: fn(&Texts) -> (&Text, &Text)) -> Text {
        let (long, short) = pick(&self.texts);
        match (self.amount(), &self.view().payee) {
            (Some(amount), Some(payee)) => fill(long, &[("amount", &amount), ("payee", payee)]).into(),
            _ => short.clone(),
        }
    }
}
