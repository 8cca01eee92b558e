//! Writing HTML on a server.

use super::{Child, Content, Markup, Value};
use crate::screens::Frame;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;

/// Writes `markup`, with attributes from outside.
pub(super) fn write(markup: Markup, frame: &Frame, added: Vec<AnyAttribute>, out: &mut String) {
    let markup = *markup.0;
    out.push('<');
    out.push_str(markup.name);
    let (mut class, mut style, mut inner) = (String::new(), String::new(), String::new());
    for attribute in added {
        attribute.to_html(out, &mut class, &mut style, &mut inner);
    }
    for (name, value) in markup.attributes {
        let Some(value) = value.now(frame) else { continue };
        match name {
            "class" => {
                class.push(' ');
                class.push_str(&value);
            }
            // A style attribute would be refused by the policies we mean to pass; the browser sets it when it takes over.
            _ if name.starts_with("--") => {}
            _ => attribute(name, &value, out),
        }
    }
    for (name, value) in [("class", class.trim()), ("style", style.trim())] {
        if !value.is_empty() {
            attribute(name, value, out);
        }
    }
    out.push('>');
    if matches!(markup.name, "img" | "input") {
        return;
    }
    match markup.content {
        Content::Text(text) => escape(&text.now(frame).unwrap_or_default(), out),
        Content::Children(children) => {
            for child in children {
                match child {
                    Child::Markup(markup) => write(markup, frame, Vec::new(), out),
                    Child::Switch { draw, .. } => {
                        for markup in draw(frame) {
                            write(markup, frame, Vec::new(), out);
                        }
                        // Where the browser goes on when what is shown changes.
                        out.push_str("<!>");
                    }
                }
            }
        }
    }
    out.push_str("</");
    out.push_str(markup.name);
    out.push('>');
}

impl Value {
    fn now(self, frame: &Frame) -> Option<super::Text> {
        match self {
            Self::Fixed(value) => Some(value),
            Self::Live(value) => value(frame),
        }
    }
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::markup::{Markup, el, plain};
    use crate::screens::Frame;

    fn html(markup: Markup) -> String {
        let mut html = String::new();
        super::write(markup, &Frame::default(), Vec::new(), &mut html);
        html
    }

    #[test]
    fn text_and_attributes_from_outside_stay_text() {
        assert_eq!(
            html(el("p", "a\"b").attr("title", "<i>").say("1 < 2 & \"3\"")),
            "<p title=\"&lt;i&gt;\" class=\"a&quot;b\">1 &lt; 2 &amp; &quot;3&quot;</p>"
        );
    }

    #[test]
    fn a_switch_ends_with_a_mark_and_styles_are_left_to_the_browser() {
        let switch = plain("div").attr("--x", "1").switch(|_| 0, |_| vec![plain("b").say("x")]).child(plain("input"));
        assert_eq!(html(switch), "<div><b>x</b><!><input></div>");
    }
}
