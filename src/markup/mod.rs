//! Views as data: one type for every element of the screens, and one piece of code that draws them.
//!
//! `view!` gives each element a type of its own and the browser downloads code for each of them. On screens
//! like these that is about 440 compressed bytes an element, measured with Leptos 0.8.23, and a checkout has
//! a hundred elements. A [`Markup`] is a plain value, so that one more element costs about 20 bytes.
//!
//! What changes is written as functions of the [`Frame`], which holds all that the screens show. A [`Page`]
//! keeps what it drew and asks these functions again whenever the frame has changed, so nothing here needs
//! signals: Leptos is one of two callers, the custom element is the other. No HTML is written in the browser,
//! so pages under Trusted Types can use it, and no `style` attributes, so pages under a strict style policy
//! can too.

mod draw;
#[cfg(feature = "ssr")]
mod html;
mod page;
#[cfg(feature = "leptos")]
mod view;

pub(crate) use page::{Hand, Page};
#[cfg(feature = "leptos")]
pub(crate) use view::PageView;

use crate::screens::Frame;
use std::any::Any;
use std::borrow::Cow;
pub(crate) use web_sys::Element;
use web_sys::Event;

/// Text that is either known or borrowed from the program.
pub(crate) type Text = Cow<'static, str>;

/// An element: its name, attributes, listeners and what is in it.
///
/// One pointer, so that handing it from call to call costs nothing.
pub(crate) struct Markup(Box<Parts>);

struct Parts {
    name: &'static str,
    attributes: Vec<(&'static str, Value)>,
    listeners: Vec<(&'static str, Heard)>,
    content: Content,
    drawn: Option<Then>,
}

type Live = Box<dyn Fn(&Frame) -> Option<Text>>;
type Heard = Box<dyn Fn(&Frame, &Event)>;
type Then = Box<dyn FnOnce(&Hand, &Element) -> Kept>;
type Key = Box<dyn Fn(&Frame) -> u64>;
type Draw = Box<dyn Fn(&Frame) -> Vec<Markup>>;
/// What lives as long as an element stands, for what dropping it does: a timer, a listener to the window.
pub(crate) type Kept = Option<Box<dyn Any>>;

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

    /// An attribute that follows the frame; absent while there is no value.
    pub(crate) fn live_attr(self, name: &'static str, value: impl Fn(&Frame) -> Option<Text> + 'static) -> Self {
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

    /// Text that follows the frame, in place of children.
    pub(crate) fn live_text(self, text: impl Fn(&Frame) -> Text + 'static) -> Self {
        self.write(Value::Live(Box::new(move |frame| Some(text(frame)))))
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
        key: impl Fn(&Frame) -> u64 + 'static,
        draw: impl Fn(&Frame) -> Vec<Markup> + 'static,
    ) -> Self {
        self.push(Child::Switch { key: Box::new(key), draw: Box::new(draw) })
    }

    /// Listens to an event. Whatever the listener changes in the frame is shown right after it.
    pub(crate) fn on(self, event: &'static str, heard: impl Fn(&Frame, &Event) + 'static) -> Self {
        self.listen(event, Box::new(heard))
    }

    /// Called in the browser once the element stands, before it is in the page.
    pub(crate) fn drawn(mut self, then: impl FnOnce(&Hand, &Element) -> Kept + 'static) -> Self {
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
    fn listen(mut self, event: &'static str, heard: Heard) -> Self {
        self.0.listeners.push((event, heard));
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
