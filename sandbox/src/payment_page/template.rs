//! HTML with gaps.

/// Fills the gaps `{{name}}` of a page. Whatever is filled in is text, and can never become markup.
pub(super) fn fill(page: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(page.len() * 2);
    let mut parts = page.split("{{");
    filled.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or((part, ""));
        match value(name) {
            Some(text) => escape(&mut filled, &text),
            None => tracing::error!(name, "a page has a gap that nothing fills"),
        }
        filled.push_str(rest);
    }
    filled
}

fn escape(page: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            other => page.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_cannot_become_markup() {
        let page = fill("<p title=\"{{a}}\">{{a}}</p>{{b}}!", |name| (name == "a").then(|| "\"><script>'&".to_owned()));
        let text = "&quot;&gt;&lt;script&gt;&#39;&amp;";
        assert_eq!(page, format!("<p title=\"{text}\">{text}</p>!"));
    }
}
