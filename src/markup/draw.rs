//! Drawing in the browser, and taking over what a server drew.

use super::{Child, Content, Draw, Key, Live, Markup, Text, Value};
use leptos::prelude::{Owner, untrack};
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttributeState;
use leptos::tachys::renderer::{CastFrom, RemoveEventHandler, Rndr};
use leptos::tachys::view::Mountable;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys;
use std::cell::RefCell;
use std::rc::Rc;

pub(crate) use leptos::tachys::renderer::types::Element;
use leptos::tachys::renderer::types::Node;

/// An element in the page, and all that keeps it alive.
pub(crate) struct Drawn {
    pub(super) element: Element,
    _added: Vec<AnyAttributeState>,
    listeners: Vec<RemoveEventHandler<Element>>,
    values: Vec<RenderEffect<Option<Text>>>,
    children: Vec<Drawn>,
    switches: Vec<RenderEffect<Shown>>,
}

/// What a switch shows at present.
struct Shown {
    key: u64,
    drawn: Vec<Drawn>,
    /// Holds the signals that were made while drawing; dropped with what was drawn.
    _owner: Owner,
}

/// Where the next child stands among the children that a server drew; always at the end without one.
type Site = Rc<RefCell<Option<Node>>>;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Draws `markup`, into `found` where a server has drawn it already.
pub(super) fn draw(markup: Markup, found: Option<Element>) -> Drawn {
    let markup = *markup.0;
    let found = found.filter(|_| cfg!(feature = "hydrate"));
    let adopted = found.is_some();
    let element = found.unwrap_or_else(|| {
        let namespace = matches!(markup.name, "svg" | "path").then_some(SVG);
        Rndr::create_element(markup.name, namespace)
    });
    let mut drawn = Drawn {
        _added: markup.added.into_iter().map(|attribute| attribute.build(&element)).collect(),
        listeners: Vec::new(),
        values: Vec::new(),
        children: Vec::new(),
        switches: Vec::new(),
        element,
    };
    for (name, value) in markup.attributes {
        drawn.attribute(name, value);
    }
    for (event, mut listener) in markup.listeners {
        let listener = Box::new(move |event: JsValue| listener(event.unchecked_into()));
        drawn.listeners.push(Rndr::add_event_listener(&drawn.element, event, listener));
    }
    match markup.content {
        Content::Text(text) => drawn.text(text),
        Content::Children(children) => drawn.fill(children, adopted),
    }
    if let Some(then) = markup.drawn {
        then(&drawn.element);
    }
    drawn
}

impl Drawn {
    fn attribute(&mut self, name: &'static str, value: Value) {
        match value {
            Value::Fixed(value) => {
                let given =
                    (name == "class" && !self._added.is_empty()).then(|| self.element.get_attribute(name)).flatten();
                match given {
                    // A class that was given to the component stands beside ours.
                    Some(given) => set(&self.element, name, Some(&[&given, " ", &*value].concat())),
                    None => set(&self.element, name, Some(&value)),
                }
            }
            Value::Live(value) => {
                let element = self.element.clone();
                self.follow(value, move |value| set(&element, name, value));
            }
        }
    }

    fn text(&mut self, text: Value) {
        match text {
            Value::Fixed(text) => self.element.set_text_content(Some(&text)),
            Value::Live(text) => {
                let element = self.element.clone();
                self.follow(text, move |text| element.set_text_content(text));
            }
        }
    }

    /// Keeps telling `write` what `value` is, when it is something else than before.
    fn follow(&mut self, value: Live, write: impl Fn(Option<&str>) + 'static) {
        self.values.push(RenderEffect::new(move |before: Option<Option<Text>>| {
            let now = value();
            if before.as_ref() != Some(&now) {
                write(now.as_deref());
            }
            now
        }));
    }

    fn fill(&mut self, children: Vec<Child>, adopted: bool) {
        let site: Site = Rc::new(RefCell::new(if adopted { self.element.first_child() } else { None }));
        for child in children {
            match child {
                Child::Markup(markup) => {
                    let child = place(markup, &self.element, &site);
                    self.children.push(child);
                }
                Child::Switch { key, draw } => {
                    let switch = self.switch(key, draw, &site);
                    self.switches.push(switch);
                }
            }
        }
        // Whatever else the server drew is not ours.
        while let Some(surplus) = site.take() {
            site.replace(surplus.next_sibling());
            Rndr::remove(&surplus);
        }
    }

    fn switch(&self, key: Key, draw_all: Draw, site: &Site) -> RenderEffect<Shown> {
        let home = Owner::current();
        let marker: Node = Rndr::create_placeholder().unchecked_into();
        let first = (self.element.clone(), site.clone());
        let place_marker = marker.clone();
        let effect = RenderEffect::new(move |before: Option<Shown>| {
            let key = key();
            let (parent, site) = match before {
                Some(before) if before.key == key => return before,
                None => first.clone(),
                Some(before) => {
                    for mut old in before.drawn {
                        old.unmount();
                    }
                    let parent = Rndr::get_parent(&marker).and_then(Element::cast_from);
                    (parent.unwrap_or_else(|| first.0.clone()), Rc::new(RefCell::new(Some(marker.clone()))))
                }
            };
            // Not a child of this effect's own owner, which ends with each run, even with one that keeps
            // what is shown.
            let owner = home.as_ref().map_or_else(Owner::new, Owner::child);
            let drawn =
                owner.with(|| untrack(|| draw_all().into_iter().map(|markup| place(markup, &parent, &site)).collect()));
            Shown { key, drawn, _owner: owner }
        });
        if let Some(servers) = take_if(site, |node| node.node_type() == web_sys::Node::COMMENT_NODE) {
            Rndr::remove(&servers);
        }
        Rndr::insert_node(&self.element, &place_marker, site.borrow().as_ref());
        effect
    }
}

/// Draws a child where `site` is, taking over the element that stands there if it is one of that name.
fn place(markup: Markup, parent: &Element, site: &Site) -> Drawn {
    let name = markup.0.name;
    let found = take_if(site, |node| node.dyn_ref::<Element>().is_some_and(|element| element.local_name() == name));
    let adopted = found.is_some();
    let drawn = draw(markup, found.and_then(Element::cast_from));
    if !adopted {
        Rndr::insert_node(parent, &drawn.element, site.borrow().as_ref());
    }
    drawn
}

/// The node at the site, if it is wanted; the site moves on.
fn take_if(site: &Site, wanted: impl Fn(&Node) -> bool) -> Option<Node> {
    if !cfg!(feature = "hydrate") {
        return None;
    }
    let node = site.borrow().clone().filter(|node| wanted(node))?;
    site.replace(node.next_sibling());
    Some(node)
}

fn set(element: &Element, name: &'static str, value: Option<&str>) {
    if name.starts_with("--") {
        let style = element.unchecked_ref::<web_sys::HtmlElement>().style();
        let _ = style.set_property(name, value.unwrap_or_default());
        return;
    }
    match value {
        Some(value) => Rndr::set_attribute(element, name, value),
        None => Rndr::remove_attribute(element, name),
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        Rndr::remove(&self.element);
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Rndr::insert_node(parent, &self.element, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = Rndr::get_parent(&self.element).and_then(Element::cast_from) else { return false };
        child.mount(&parent, Some(&self.element));
        true
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}
