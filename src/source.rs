//! Where a checkout's documents come from.

use protocol::document::Document;

/// What a checkout starts from: a document, the address to ask for it, or both.
///
/// With an address alone the checkout asks at once. With a document alone it shows that, and asks where the
/// document's `links.status` says, if it says. A document and an address show something at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    pub(crate) document: Option<Document>,
    pub(crate) status_url: Option<String>,
}

impl Source {
    /// The address that answers with the checkout document, absolute or relative to the page.
    pub fn status(url: impl Into<String>) -> Self {
        Self { document: None, status_url: Some(url.into()) }
    }

    /// A document that is already at hand.
    pub fn document(document: Document) -> Self {
        Self { document: Some(document), status_url: None }
    }

    /// The same, and a document that is already at hand.
    #[must_use]
    pub fn with_document(mut self, document: Document) -> Self {
        self.document = Some(document);
        self
    }
}

impl From<String> for Source {
    fn from(url: String) -> Self {
        Self::status(url)
    }
}

impl From<&str> for Source {
    fn from(url: &str) -> Self {
        Self::status(url)
    }
}

impl From<Document> for Source {
    fn from(document: Document) -> Self {
        Self::document(document)
    }
}
