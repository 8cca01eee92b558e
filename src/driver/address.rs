//! Where the shop's backend is. Nobody else is ever asked.

use protocol::document::{Document, Links};
use session::Call;
use web_sys::Url;

/// The addresses of one checkout, all of one origin: the one the integrator named first.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    status: Option<String>,
    links: Links,
    /// What links are relative to, and whose origin they must have.
    base: Option<String>,
}

impl Addresses {
    pub(super) fn new(status_url: Option<String>, document: Option<&Document>) -> Self {
        let page = page_address();
        let named = status_url.or_else(|| document.and_then(|document| document.checkout.links.status.clone()));
        let status = named.and_then(|url| resolve(&url, page.as_deref()));
        let mut addresses = Self { base: status.clone().or(page), status, links: Links::default() };
        if let Some(document) = document {
            addresses.learn(document);
        }
        addresses
    }

    /// Takes over the links of a document. One that is left out is no longer offered; the status address stays.
    pub(super) fn learn(&mut self, document: &Document) {
        let own = |link: &Option<String>| link.as_deref().and_then(|link| self.own(link));
        let links = &document.checkout.links;
        self.links = Links {
            status: own(&links.status),
            events: own(&links.events),
            renew: own(&links.renew),
            clarify: own(&links.clarify),
            cancel: own(&links.cancel),
        };
    }

    pub(super) fn of(&self, call: &Call) -> Option<String> {
        match call {
            Call::Status => self.status(),
            Call::Renew(_) => self.links.renew.clone(),
            Call::Cancel(_) => self.links.cancel.clone(),
            Call::Clarify(_) => self.links.clarify.clone(),
            _ => None,
        }
    }

    pub(super) fn status(&self) -> Option<String> {
        self.status.clone().or_else(|| self.links.status.clone())
    }

    pub(super) fn events(&self) -> Option<String> {
        self.links.events.clone()
    }

    /// The absolute address of a link, where it has the shop's origin.
    fn own(&self, link: &str) -> Option<String> {
        let base = self.base.as_deref()?;
        let url = Url::new_with_base(link, base).ok()?;
        (url.origin() == Url::new(base).ok()?.origin()).then(|| url.href())
    }
}

fn resolve(url: &str, base: Option<&str>) -> Option<String> {
    let url = match base {
        Some(base) => Url::new_with_base(url, base),
        None => Url::new(url),
    };
    url.ok().filter(|url| matches!(url.protocol().as_str(), "http:" | "https:")).map(|url| url.href())
}

fn page_address() -> Option<String> {
    crate::window::document()?.base_uri().ok().flatten()
}
