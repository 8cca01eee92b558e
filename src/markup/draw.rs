//! Drawing in the browser, and taking over what a server drew.

use super::{Child, Content, Draw, Element, Hand, Kept, Key, Live, Markup, Text, Value};
use crate::listener::Listener;
use crate::screens::Frame;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, Node};

/// An element in the page, and all that keeps it alive.
pub(super) struct Drawn {
    pub(super) element: Element,
    _listeners: Vec<Listener>,
    _kept: Kept,
    values: Vec<Followed>,
    children: Vec<Drawn>,
    switches: Vec<Switched>,
}

/// A text or an attribute that follows the frame.
struct Followed {
    /// The attribute's name; none for the text.
    name: Option<&'static str>,
    value: Live,
    shown: Option<Text>,
}

/// Children that are drawn anew when their key changes.
struct Switched {
    key: Key,
    draw: Draw,
    shown: u64,
    drawn: Vec<Drawn>,
    /// Stands behind the children, where the next ones go.
    marker: Node,
}

/// With what everything is drawn.
pub(super) struct Pen<'a> {
    pub(super) frame: &'a Frame,
    pub(super) hand: &'a Hand,
    pub(super) document: Document,
}

/// Where the next child stands among the children that a server drew; none at the end.
type Site = Option<Node>;

const SVG: &str = "http://www.w3.org/2000/svg";

impl Pen<'_> {
    /// Draws `markup`, into `found` where a server has drawn it already.
    pub(super) fn draw(&self, markup: Markup, found: Option<Element>) -> Option<Drawn> {
        let markup = *markup.0;
        let found = found.filter(|_| cfg!(feature = "hydrate"));
        let adopted = found.is_some();
        let element = match found {
            Some(found) => found,
            None if matches!(markup.name, "svg" | "path") => {
                self.document.create_element_ns(Some(SVG), markup.name).ok()?
            }
            None => self.document.create_element(markup.name).ok()?,
        };
        let mut values = Vec::new();
        for (name, value) in markup.attributes {
            self.write(&element, Some(name), value, &mut values);
        }
        let mut listeners = Vec::new();
        for (event, heard) in markup.listeners {
            if let Some(listener) = self.hand.listen(&element, event, heard) {
                listeners.push(listener);
            }
        }
        let (mut children, mut switches) = (Vec::new(), Vec::new());
        match markup.content {
            Content::Text(text) => self.write(&element, None, text, &mut values),
            Content::Children(markups) => {
                let mut site = if adopted { element.first_child() } else { None };
                for child in markups {
                    match child {
                        Child::Markup(markup) => {
                            if let Some(drawn) = self.place(markup, &element, &mut site) {
                                children.push(drawn);
                            }
                        }
                        Child::Switch { key, draw } => switches.push(self.switch(key, draw, &element, &mut site)),
                    }
                }
                // Whatever else the server drew is not ours.
                while let Some(surplus) = site {
                    site = surplus.next_sibling();
                    remove(&surplus);
                }
            }
        }
        let kept = markup.drawn.and_then(|then| then(self.hand, &element));
        Some(Drawn { element, _listeners: listeners, _kept: kept, values, children, switches })
    }

    fn write(&self, element: &Element, name: Option<&'static str>, value: Value, followed: &mut Vec<Followed>) {
        match value {
            Value::Fixed(value) => set(element, name, Some(&value)),
            Value::Live(value) => {
                let shown = value(self.frame);
                set(element, name, shown.as_deref());
                followed.push(Followed { name, value, shown });
            }
        }
    }

    fn switch(&self, key: Key, draw: Draw, parent: &Element, site: &mut Site) -> Switched {
        let drawn = self.place_all(draw(self.frame), parent, site);
        if let Some(servers) = take_if(site, |node| node.node_type() == Node::COMMENT_NODE) {
            remove(&servers);
        }
        let marker: Node = self.document.create_comment("").into();
        insert(parent, &marker, site.as_ref());
        Switched { shown: key(self.frame), key, draw, drawn, marker }
    }

    fn place_all(&self, markups: Vec<Markup>, parent: &Element, site: &mut Site) -> Vec<Drawn> {
        let mut placed = Vec::new();
        for markup in markups {
            if let Some(drawn) = self.place(markup, parent, site) {
                placed.push(drawn);
            }
        }
        placed
    }

    /// Draws a child where `site` is, taking over the element that stands there if it is one of that name.
    fn place(&self, markup: Markup, parent: &Element, site: &mut Site) -> Option<Drawn> {
        let name = markup.0.name;
        let found = take_if(site, |node| node.dyn_ref::<Element>().is_some_and(|element| element.local_name() == name));
        let adopted = found.is_some();
        let drawn = self.draw(markup, found.and_then(|found| found.dyn_into().ok()))?;
        if !adopted {
            insert(parent, &drawn.element, site.as_ref());
        }
        Some(drawn)
    }

    /// Shows what has changed since `drawn` was drawn.
    pub(super) fn update(&self, drawn: &mut Drawn) {
        for followed in &mut drawn.values {
            let now = (followed.value)(self.frame);
            if now != followed.shown {
                set(&drawn.element, followed.name, now.as_deref());
                followed.shown = now;
            }
        }
        for child in &mut drawn.children {
            self.update(child);
        }
        for switched in &mut drawn.switches {
            self.turn(&drawn.element, switched);
        }
    }

    fn turn(&self, parent: &Element, switched: &mut Switched) {
        let key = (switched.key)(self.frame);
        if key == switched.shown {
            for drawn in &mut switched.drawn {
                self.update(drawn);
            }
            return;
        }
        for old in std::mem::take(&mut switched.drawn) {
            remove(&old.element);
        }
        switched.shown = key;
        switched.drawn = self.place_all((switched.draw)(self.frame), parent, &mut Some(switched.marker.clone()));
    }
}

/// The node at the site, if it is wanted; the site moves on.
fn take_if(site: &mut Site, wanted: impl Fn(&Node) -> bool) -> Option<Node> {
    if !cfg!(feature = "hydrate") {
        return None;
    }
    let node = site.clone().filter(|node| wanted(node))?;
    *site = node.next_sibling();
    Some(node)
}

/// Sets an attribute, or the text where there is no name.
fn set(element: &Element, name: Option<&'static str>, value: Option<&str>) {
    let Some(name) = name else { return element.set_text_content(value) };
    if name.starts_with("--") {
        let style = element.unchecked_ref::<HtmlElement>().style();
        let _ = style.set_property(name, value.unwrap_or_default());
        return;
    }
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

pub(super) fn insert(parent: &Node, child: &Node, before: Option<&Node>) {
    let _ = parent.insert_before(child, before);
}

pub(super) fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}

pub(super) fn document() -> Option<Document> {
    crate::window::document()
}
