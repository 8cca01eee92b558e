//! Where a checkout's texts come from.

use super::Texts;

/// Texts, or the way to find them once the language is known.
///
/// A component that is given its texts never names [`Texts::for_language`], so that languages nobody asked
/// for are not part of the download.
#[derive(Clone, Debug)]
pub struct Wording(Origin);

#[derive(Clone, Debug)]
enum Origin {
    Given(Box<Texts>),
    Language(fn(&str) -> Texts),
}

impl Wording {
    /// The texts of the language that is shown.
    pub fn of_language() -> Self {
        Self(Origin::Language(Texts::for_language))
    }

    pub(crate) fn texts(self, language: &str) -> Texts {
        match self.0 {
            Origin::Given(texts) => *texts,
            Origin::Language(find) => find(language),
        }
    }
}

impl From<Texts> for Wording {
    fn from(texts: Texts) -> Self {
        Self(Origin::Given(Box::new(texts)))
    }
}
