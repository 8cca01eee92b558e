//! Putting what is known into a text.

/// `text` with each `{name}` replaced by its value. Names without a value stay as they are.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, after))
        });
        match known {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_take_the_place_of_their_names() {
        let values = [("payee", "Camellia Tea"), ("amount", "€18.40")];
        assert_eq!(fill("{payee} has your {amount}.", &values), "Camellia Tea has your €18.40.");
        assert_eq!(fill("{amount}{amount}", &values), "€18.40€18.40");
        assert_eq!(fill("Paid", &values), "Paid");
    }

    #[test]
    fn a_value_is_never_read_as_a_text() {
        assert_eq!(fill("{a} {b}", &[("a", "{b}"), ("b", "x")]), "{b} x");
    }

    #[test]
    fn unknown_names_and_lone_braces_stay() {
        assert_eq!(fill("{who} {", &[("a", "x")]), "{who} {");
        assert_eq!(fill("{{a}}", &[("a", "x")]), "{x}");
    }
}
