//! Views as data: one type for every element of the screens.
//!
//! `view!` gives each element a type of its own and the browser downloads code for each of them. On screens
//! like these that is about 440 compressed bytes an element, measured with Leptos 0.8.23, and a checkout has
//! a hundred elements and a budget of 40 000 bytes. A [`Markup`] is a plain value that one piece of code
//! draws, so that one more element costs about 20 bytes.
//!
//! To Leptos a [`Markup`] is a view like any other: it is built, hydrated, rendered on a server, updated by
//! signals and dropped with its owner. It writes no HTML in the browser, so pages under Trusted Types can
//! use it, and no `style` attributes, so pages under a strict style policy can too.

mod draw;
#[cfg(feature = "ssr")]
mod html;
mod view;

pub(crate) use draw::Element;

use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::web_sys::Event;
use std::borrow::Cow;

/// Text that is either known or borrowed from the program.
pub(crate) type Text = Cow<'static, str>;

/// An element: its name, attributes, listeners and what is in it.
///
/// One pointer, so that handing it from call to call costs nothing.
pub(crate) struct Markup(Box<Parts>);

struct Parts {
    name: &'static str,
    attributes: Vec<(&'static str, Value)>,
    /// What Leptos adds from outside, such as a class given to the component.
    added: Vec<AnyAttribute>,
    listeners: Vec<(&'static str, Listener)>,
    content: Content,
    drawn: Option<Then>,
}

type Live = Box<dyn Fn() -> Option<Text> + Send>;
type Listener = Box<dyn FnMut(Event) + Send>;
type Then = Box<dyn FnOnce(&Element) + Send>;
type Key = Box<dyn Fn() -> u64 + Send>;
type Draw = Box<dyn Fn() -> Vec<Markup> + Send>;

/// A text or an attribute's value; an attribute without one is absent.
enum Value {
    Fixed(Text),
    Live(Live),
}

/// Text, or elements, but never both: neighbouring texts are one text in HTML and could not be told apart.
enum Content {
    Text(Value),
    Children(Vec<Child>),
}

enum Child {
    Markup(Markup),
    /// Elements that are drawn anew when the key changes.
    Switch {
        key: Key,
        draw: Draw,
    },
}

/// An element with a class of its own.
#[inline(never)]
pub(crate) fn el(name: &'static str, class: &'static str) -> Markup {
    plain(name).attr("class", class)
}

/// An element without attributes.
#[inline(never)]
pub(crate) fn plain(name: &'static str) -> Markup {
    Markup(Box::new(Parts {
        name,
        attributes: Vec::new(),
        added: Vec::new(),
        listeners: Vec::new(),
        content: Content::Children(Vec::new()),
        drawn: None,
    }))
}

/// Where the page around a custom element may put something of its own, in place of what is here. Outside a
/// shadow tree it is its content and nothing else.
pub(crate) fn slot(name: &'static str) -> Markup {
    plain("slot").attr("name", name)
}

// Each method is one piece of code that all screens share; a copy at each of its hundred calls would weigh
// more than all texts do.
impl Markup {
    /// A name under which pages find and style it.
    #[inline(never)]
    pub(crate) fn part(self, name: &'static str) -> Self {
        self.attr("data-part", name).attr("part", name)
    }

    /// An attribute; a name that begins with `--` is a custom property of the style.
    #[inline(never)]
    pub(crate) fn attr(self, name: &'static str, value: &'static str) -> Self {
        self.put(name, Value::Fixed(Text::Borrowed(value)))
    }

    /// An attribute whose value is made at run time.
    pub(crate) fn set(self, name: &'static str, value: impl Into<Text>) -> Self {
        self.put(name, Value::Fixed(value.into()))
    }

    /// The attribute, where there is a value.
    #[inline(never)]
    pub(crate) fn maybe_attr(self, name: &'static str, value: Option<&'static str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// An attribute that follows signals; absent while there is no value.
    pub(crate) fn live_attr(self, name: &'static str, value: impl Fn() -> Option<Text> + Send + 'static) -> Self {
        self.put(name, Value::Live(Box::new(value)))
    }

    /// Text, in place of children.
    #[inline(never)]
    pub(crate) fn text(self, text: &Text) -> Self {
        self.write(Value::Fixed(text.clone()))
    }

    /// Text that is made at run time, in place of children.
    pub(crate) fn say(self, text: impl Into<Text>) -> Self {
        self.write(Value::Fixed(text.into()))
    }

    /// Text that follows signals, in place of children.
    pub(crate) fn live_text(self, text: impl Fn() -> Text + Send + 'static) -> Self {
        self.write(Value::Live(Box::new(move || Some(text()))))
    }

    /// One more child.
    #[inline(never)]
    pub(crate) fn child(self, child: Markup) -> Self {
        self.push(Child::Markup(child))
    }

    /// One more child, where there is one.
    #[inline(never)]
    pub(crate) fn maybe(self, child: Option<Markup>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Children that are drawn anew whenever `key` changes, and only then.
    pub(crate) fn switch(
        self,
        key: impl Fn() -> u64 + Send + 'static,
        draw: impl Fn() -> Vec<Markup> + Send + 'static,
    ) -> Self {
        self.push(Child::Switch { key: Box::new(key), draw: Box::new(draw) })
    }

    /// Listens to an event.
    pub(crate) fn on(self, event: &'static str, listener: impl FnMut(Event) + Send + 'static) -> Self {
        self.listen(event, Box::new(listener))
    }

    /// Called in the browser once the element stands, before it is in the page.
    pub(crate) fn drawn(mut self, then: impl FnOnce(&Element) + Send + 'static) -> Self {
        self.0.drawn = Some(Box::new(then));
        self
    }

    #[inline(never)]
    fn put(mut self, name: &'static str, value: Value) -> Self {
        self.0.attributes.push((name, value));
        self
    }

    #[inline(never)]
    fn write(mut self, text: Value) -> Self {
        self.0.content = Content::Text(text);
        self
    }

    #[inline(never)]
    fn listen(mut self, event: &'static str, listener: Listener) -> Self {
        self.0.listeners.push((event, listener));
        self
    }

    #[inline(never)]
    fn push(mut self, child: Child) -> Self {
        match &mut self.0.content {
            Content::Children(children) => children.push(child),
            Content::Text(_) => self.0.content = Content::Children(vec![child]),
        }
        self
    }
}

impl std::fmt::Debug for Markup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Markup").field("name", &self.0.name).finish_non_exhaustive()
    }
}
