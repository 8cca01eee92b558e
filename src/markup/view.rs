//! What makes a page a view to Leptos.

use super::{Element, Markup, Page};
use crate::screens::{Doing, Frame};
use leptos::prelude::{Callback, untrack};
use leptos::reactive::callback::Callable;
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, AnyAttributeState, IntoAnyAttribute};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{CastFrom, types};
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::web_sys::Node;
use std::rc::Rc;
use std::sync::Arc;

/// A page that follows signals.
pub(crate) struct PageView {
    frame: Arc<Frame>,
    markups: fn() -> Vec<Markup>,
    follow: Box<dyn Fn() + Send>,
    act: Callback<Doing>,
    /// What Leptos adds from outside, such as a class given to the component.
    added: Vec<AnyAttribute>,
}

/// A drawn page, and what keeps it in step with the signals.
pub(crate) struct Live {
    page: Rc<Page>,
    _added: Vec<AnyAttributeState>,
    _follow: RenderEffect<()>,
}

impl PageView {
    /// Draws what `markups` makes, shown as the frame has it, again whenever a signal changes that `follow` reads.
    pub(crate) fn new(
        frame: Arc<Frame>,
        markups: fn() -> Vec<Markup>,
        follow: impl Fn() + Send + 'static,
        act: Callback<Doing>,
    ) -> Self {
        Self { frame, markups, follow: Box::new(follow), act, added: Vec::new() }
    }

    fn draw(self, found: impl FnMut(&'static str) -> Option<Element>) -> Live {
        let Self { frame, markups, follow, act, added } = self;
        // Read once before it is drawn, so that it is drawn as it is now; not on behalf of whoever draws, which would
        // mount a new checkout at each change of this one.
        untrack(&follow);
        let act = move |doing| {
            act.try_run(doing);
        };
        let page = Page::draw(frame, markups(), found, Box::new(act));
        let added = page.elements().first().map(|root| add(added, root)).unwrap_or_default();
        let shown = Rc::downgrade(&page);
        let follow = RenderEffect::new(move |before: Option<()>| {
            follow();
            // The first time it only learns what to follow: the page has just been drawn.
            if let Some(page) = before.and_then(|()| shown.upgrade()) {
                page.update();
            }
        });
        Live { page, _added: added, _follow: follow }
    }
}

/// Puts attributes from outside on the root; a class that was given stands beside ours.
fn add(added: Vec<AnyAttribute>, root: &Element) -> Vec<AnyAttributeState> {
    let ours = root.class_name();
    let added: Vec<_> = added.into_iter().map(|attribute| attribute.build(root)).collect();
    let given = root.class_name();
    if given != ours && !given.is_empty() {
        root.set_class_name(&[&given, " ", &ours].concat());
    }
    added
}

impl Render for PageView {
    type State = Live;

    fn build(self) -> Live {
        self.draw(|_| None)
    }

    fn rebuild(self, state: &mut Live) {
        // Signals change what is drawn; a whole new value means that it is something else.
        let mut fresh = self.build();
        state.insert_before_this(&mut fresh);
        state.unmount();
        *state = fresh;
    }
}

impl AddAnyAttr for PageView {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(mut self, attr: NewAttr) -> Self {
        self.added.push(attr.into_cloneable_owned().into_any_attr());
        self
    }
}

impl RenderHtml for PageView {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    #[cfg_attr(not(feature = "ssr"), allow(unused_variables))]
    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        #[cfg(feature = "ssr")]
        {
            untrack(self.follow);
            let mut added = Some(self.added.into_iter().chain(extra_attrs).collect());
            for markup in (self.markups)() {
                super::html::write(markup, &self.frame, added.take().unwrap_or_default(), buf);
            }
            *position = Position::NextChild;
        }
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Live {
        let mut last: Option<Node> = None;
        let mut adopted = Vec::new();
        let live = self.draw(|name| {
            match position.get() {
                Position::FirstChild => cursor.child(),
                Position::Current => {}
                _ => cursor.sibling(),
            }
            position.set(Position::NextChild);
            let node = cursor.current();
            let found = Element::cast_from(node.clone()).filter(|element| element.local_name() == name);
            adopted.push(found.is_some());
            last = Some(node);
            found
        });
        if let Some(node) = last {
            let elements = live.page.elements();
            for (element, _) in elements.iter().zip(adopted).filter(|(_, adopted)| !adopted) {
                // The server drew something else here: ours goes before it, and whoever owns it finds it.
                if let Some(parent) = node.parent_node() {
                    super::draw::insert(&parent, element, Some(&node));
                }
            }
            if let Some(element) = elements.last() {
                cursor.set(element.clone().into());
            }
        }
        live
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl Mountable for Live {
    fn unmount(&mut self) {
        self.page.remove();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.page.insert(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(first) = self.page.elements().into_iter().next() else { return false };
        let Some(parent) = first.parent_node().and_then(Element::cast_from) else { return false };
        child.mount(&parent, Some(&first));
        true
    }

    fn elements(&self) -> Vec<types::Element> {
        self.page.elements()
    }
}
