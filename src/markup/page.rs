//! What was drawn, kept in step with the frame.

use super::draw::{Drawn, Pen, document, insert, remove};
use super::{Element, Heard, Markup};
use crate::listener::Listener;
use crate::screens::{Card, Doing, Frame};
use session::Input;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use web_sys::Node;

/// A drawn page: its elements, the frame they show, and whoever is told what the payer does.
pub(crate) struct Page {
    frame: RefCell<Arc<Frame>>,
    /// Empty while it is being drawn or brought up to date.
    drawn: RefCell<Vec<Drawn>>,
    act: Box<dyn Fn(Doing)>,
    /// Whether the frame changed while it was being shown.
    stale: Cell<bool>,
    /// Whether what is drawn is no news, but said in other words.
    known: Cell<bool>,
}

/// Reaches a page without keeping it alive: for what comes later, a timer or a picture.
#[derive(Clone)]
pub(crate) struct Hand(Weak<Page>);

impl Page {
    /// Draws the markups, each into the element that a server has drawn for it, if there is one.
    pub(crate) fn draw(
        frame: Arc<Frame>,
        markups: Vec<Markup>,
        mut found: impl FnMut(&'static str) -> Option<Element>,
        act: Box<dyn Fn(Doing)>,
    ) -> Rc<Self> {
        let page = Rc::new(Self {
            frame: RefCell::new(frame),
            drawn: RefCell::default(),
            act,
            stale: Cell::default(),
            known: Cell::default(),
        });
        page.with_pen(|pen| {
            let mut drawn = Vec::new();
            for markup in markups {
                let found = found(markup.0.name);
                if let Some(element) = pen.draw(markup, found) {
                    drawn.push(element);
                }
            }
            page.drawn.replace(drawn);
        });
        page.frame().watch();
        if page.stale.get() {
            page.update();
        }
        page
    }

    /// Shows what has changed in the frame.
    pub(crate) fn update(self: &Rc<Self>) {
        let mut drawn = self.drawn.take();
        if drawn.is_empty() {
            // Somebody is at it, further out.
            self.stale.set(true);
            return;
        }
        loop {
            self.stale.set(false);
            self.with_pen(|pen| {
                for drawn in &mut drawn {
                    pen.update(drawn);
                }
            });
            if !self.stale.get() {
                break;
            }
        }
        self.drawn.replace(drawn);
        // Only now: what the payer sees first is no news.
        self.frame().watch();
    }

    /// What the page shows at present.
    pub(crate) fn frame(&self) -> Arc<Frame> {
        self.frame.borrow().clone()
    }

    /// Shows the same on another card: in another language, say.
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "a server draws once"))]
    pub(crate) fn change(self: &Rc<Self>, card: Card) {
        let frame = self.frame().on(card);
        self.frame.replace(Arc::new(frame));
        self.known.set(true);
        self.update();
        self.known.set(false);
    }

    /// Has done what the payer asked for, and shows what came of it.
    fn settle(self: &Rc<Self>) {
        while let Some(doing) = self.frame().next_doing() {
            (self.act)(doing);
        }
        self.update();
    }

    fn with_pen(self: &Rc<Self>, draw: impl FnOnce(&Pen<'_>)) {
        if let Some(document) = document() {
            draw(&Pen { frame: &self.frame(), hand: &Hand(Rc::downgrade(self)), document });
        }
    }

    pub(crate) fn elements(&self) -> Vec<Element> {
        self.drawn.borrow().iter().map(|drawn| drawn.element.clone()).collect()
    }

    pub(crate) fn insert(&self, parent: &Node, before: Option<&Node>) {
        for element in self.elements() {
            insert(parent, &element, before);
        }
    }

    pub(crate) fn remove(&self) {
        for element in self.elements() {
            remove(&element);
        }
    }
}

impl Hand {
    /// Passes on what happened. Once the page is gone nobody is there to be told.
    pub(crate) fn act(&self, input: Input) {
        if let Some(page) = self.0.upgrade() {
            page.frame().act(input);
            page.settle();
        }
    }

    /// Whether the payer has seen the payment open, so that its end is news.
    pub(crate) fn is_news(&self) -> bool {
        self.0.upgrade().is_some_and(|page| page.frame().was_watched() && !page.known.get())
    }

    pub(super) fn listen(&self, element: &Element, event: &'static str, heard: Heard) -> Option<Listener> {
        let hand = self.clone();
        Listener::new(element, event, move |event| {
            if let Some(page) = hand.0.upgrade() {
                heard(&page.frame(), &event);
                page.settle();
            }
        })
    }
}
