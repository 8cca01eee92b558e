//! The two languages of the shop.

use super::theme::{keep, kept};
use super::words::{CHINESE, ENGLISH, Words};
use leptos::prelude::*;

/// A language of the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Chinese,
}

impl Language {
    /// Both, in the order they are offered.
    pub(super) const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Its tag for amounts, texts and the page.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// Its own name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "中文",
        }
    }

    /// What the shop says in it.
    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::Chinese => &CHINESE,
        }
    }

    fn read(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("zh") { Self::Chinese } else { Self::English }
    }
}

/// The language: what was chosen, else what the browser prefers. The page says which it is.
pub(super) fn signal() -> RwSignal<Language> {
    let preferred = || window().navigator().language().unwrap_or_default();
    let language = RwSignal::new(Language::read(&kept("language").unwrap_or_else(preferred)));
    Effect::new(move |before: Option<Language>| {
        let language = language.get();
        if before.is_some_and(|before| before != language) {
            keep("language", language.tag());
        }
        if let Some(page) = document().document_element() {
            let _ = page.set_attribute("lang", language.tag());
        }
        document().set_title(language.words().shop);
        language
    });
    language
}
