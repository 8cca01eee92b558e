//! What makes a [`Markup`] a view to Leptos.

use super::Markup;
use super::draw::{Drawn, Element, draw};
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::CastFrom;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

impl Render for Markup {
    type State = Drawn;

    fn build(self) -> Drawn {
        draw(self, None)
    }

    fn rebuild(self, state: &mut Drawn) {
        // Signals change what is drawn; a whole new value means that it is something else.
        let mut fresh = draw(self, None);
        state.insert_before_this(&mut fresh);
        state.unmount();
        *state = fresh;
    }
}

impl AddAnyAttr for Markup {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(mut self, attr: NewAttr) -> Self {
        self.0.added.push(attr.into_cloneable_owned().into_any_attr());
        self
    }
}

impl RenderHtml for Markup {
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
            super::html::write(self, extra_attrs, buf);
            *position = Position::NextChild;
        }
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Drawn {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        let node = cursor.current();
        let found = Element::cast_from(node.clone()).filter(|element| element.local_name() == self.0.name);
        let adopted = found.is_some();
        let mut drawn = draw(self, found);
        if !adopted {
            // The server drew something else here: ours goes before it, and whoever owns it finds it.
            if let Some(parent) = node.parent_node().and_then(Element::cast_from) {
                drawn.mount(&parent, Some(&node));
            }
        }
        cursor.set(drawn.element.clone().into());
        position.set(Position::NextChild);
        drawn
    }

    fn into_owned(self) -> Self {
        self
    }
}
