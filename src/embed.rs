//! A checkout on a page without Leptos: what the custom element mounts.
//!
//! The same machine, driver and screens as the component's. Only what carries changes to the page differs:
//! here the driver tells the page itself, so that no reactive runtime is part of the download.

use crate::driver::Audience;
pub use crate::encode::{Correction, Encoder, Modules};
use crate::hosted::Hosted;
use crate::logo::{self, Logo};
use crate::markup::Page;
use crate::running::Running;
use crate::screens::{self, Card, Doing, Frame};
use crate::source::Source;
use crate::texts::Texts;
use protocol::document::Document;
use session::{Countdown, Event, Input, Policy, View};
use std::cell::OnceCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use web_sys::Node;

/// What is said, and what is offered beside the payment. It may change at any time.
#[derive(Debug)]
pub struct Words {
    /// The language of amounts and dates, such as `zh-CN`.
    pub language: String,
    /// What is said.
    pub texts: Texts,
    /// Where the shop is.
    pub back_url: Option<String>,
    /// Whether a new payment can be started.
    pub retry: bool,
}

impl Words {
    fn card(self, hosted: Option<Hosted>, encoder: Encoder, logo: Option<Logo>) -> Card {
        Card {
            texts: Arc::new(self.texts),
            language: self.language,
            offers_retry: self.retry,
            offers_page: true,
            back_url: self.back_url,
            hosted,
            encoder,
            logo,
        }
    }
}

/// What a checkout is mounted with.
#[derive(Debug)]
pub struct Setup {
    /// A document, the address that answers with it, or both.
    pub source: Source,
    /// How often to ask and how long to wait.
    pub policy: Policy,
    /// What is said.
    pub words: Words,
    /// How the hosted Payment Page is opened.
    pub hosted: Hosted,
    /// What encodes codes that are drawn here.
    pub encoder: Encoder,
    /// What lies over them.
    pub logo: Option<Logo>,
}

/// What a mounted checkout tells.
#[derive(Debug)]
pub enum Told<'a> {
    /// Something happened; the payment that is shown, where it is known.
    Event(Event, Option<&'a str>),
    /// The payer wants to try again.
    Retry,
}

/// A mounted checkout. Dropping it takes it off the page and ends everything it does.
pub struct Embedded {
    running: Rc<Running>,
    page: Rc<Page>,
}

/// Mounts a checkout at the end of `parent`.
pub fn mount(parent: &Node, setup: Setup, tell: impl Fn(Told<'_>) + 'static) -> Embedded {
    let (logo, no_logo) = logo::sort_for_page(setup.logo);
    let card = setup.words.card(Some(setup.hosted.clone()), setup.encoder, logo);
    // Nothing to show yet: in a moment the driver says what there is.
    let frame = Arc::new(Frame::new(card, View::default(), None));
    let tell: Rc<dyn Fn(Told<'_>)> = Rc::new(tell);
    // The page is there before anything runs, and what runs is there before the payer can act.
    let started: Rc<OnceCell<Rc<Running>>> = Rc::default();
    let (running, told) = (started.clone(), tell.clone());
    let act = move |doing| match (doing, running.get()) {
        (Doing::Input(input), Some(running)) => running.act(input),
        (Doing::OpenPage, Some(running)) => running.open_page(),
        (Doing::Retry, _) => told(Told::Retry),
        _ => {}
    };
    let page = Page::draw(frame, screens::checkout(), |_| None, Box::new(act));
    page.insert(parent, None);
    let audience = Onlooker { page: Rc::downgrade(&page), tell };
    let running = Rc::new(Running::start(setup.source, setup.policy, setup.hosted, no_logo, audience));
    let running = started.get_or_init(|| running).clone();
    Embedded { running, page }
}

impl Embedded {
    /// Asks for a new code.
    pub fn renew(&self) {
        self.running.act(Input::Renew);
    }

    /// Gives up.
    pub fn cancel(&self) {
        self.running.act(Input::Cancel);
    }

    /// Asks the shop now.
    pub fn check(&self) {
        self.running.act(Input::Check);
    }

    /// Says the same in other words, on the card as it is.
    pub fn change(&self, words: Words) {
        let frame = self.page.frame();
        let (hosted, logo) = (frame.hosted.clone(), frame.logo.clone());
        self.page.change(words.card(hosted, frame.encoder, logo));
    }

    /// Hands in a document that the page got by a way of its own.
    pub fn tell(&self, document: Document) {
        let source = session::Source::Page;
        self.running.act(Input::Document { source, document: Box::new(document), date: None });
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.running.stop();
        self.page.remove();
    }
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Embedded").finish_non_exhaustive()
    }
}

/// Shows on the page what the driver says.
struct Onlooker {
    page: Weak<Page>,
    tell: Rc<dyn Fn(Told<'_>)>,
}

impl Audience for Onlooker {
    fn show(&self, view: View, countdown: Option<Countdown>) {
        if let Some(page) = self.page.upgrade() {
            page.frame().show(view, countdown);
            page.update();
        }
    }

    fn tell(&self, event: Event) {
        let view = self.page.upgrade().map(|page| page.frame().view());
        (self.tell)(Told::Event(event, view.as_ref().and_then(|view| view.payment_id.as_deref())));
    }
}
