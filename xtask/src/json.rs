//! Reads single members out of JSON written by programs we trust: cargo and the sandbox.
//!
//! Three members are all that is ever read, which does not pay for a JSON library in the first build of all.

/// The text of the last member called `name`, wherever it is.
///
/// The last one, because cargo writes its own members after those of packages, which can hold anything.
pub(crate) fn text(json: &str, name: &str) -> Option<String> {
    let rest = value(json, name)?.strip_prefix('"')?;
    let mut text = String::new();
    let mut characters = rest.chars();
    loop {
        match characters.next()? {
            '"' => return Some(text),
            '\\' => text.push(escape(&mut characters)?),
            character => text.push(character),
        }
    }
}

/// The last member called `name` if it is a whole number, as it is written.
pub(crate) fn digits(json: &str, name: &str) -> Option<String> {
    let digits: String = value(json, name)?.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

fn value<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    let quoted = format!("\"{name}\"");
    json.rmatch_indices(&quoted).find_map(|(at, _)| {
        let rest = json.get(at + quoted.len()..)?.trim_start();
        Some(rest.strip_prefix(':')?.trim_start())
    })
}

fn escape(characters: &mut std::str::Chars<'_>) -> Option<char> {
    Some(match characters.next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => {
            let high = unit(characters)?;
            if !(0xd800..0xdc00).contains(&high) {
                return char::from_u32(high);
            }
            (characters.next()? == '\\' && characters.next()? == 'u').then_some(())?;
            let low = unit(characters)?.checked_sub(0xdc00)?;
            char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)?
        }
        other => other,
    })
}

fn unit(characters: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit * 16 + characters.next()?.to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_text_and_digits() {
        let json = r#"{"project_id": 238 , "secret_key":"a\"b\\c\u00e9\ud83d\ude00\n"}"#;
        assert_eq!(digits(json, "project_id").as_deref(), Some("238"));
        assert_eq!(text(json, "secret_key").as_deref(), Some("a\"b\\cé😀\n"));
    }

    #[test]
    fn takes_the_last_member_of_that_name() {
        let json = r#"{"packages":[{"target_directory":"wrong"}],"target_directory":"right"}"#;
        assert_eq!(text(json, "target_directory").as_deref(), Some("right"));
    }

    #[test]
    fn a_value_that_looks_like_a_name_is_not_one() {
        let json = r#"{"executable":"/a/b","last":"executable"}"#;
        assert_eq!(text(json, "executable").as_deref(), Some("/a/b"));
    }

    #[test]
    fn nothing_is_read_from_other_types() {
        let json = r#"{"executable":null,"id":"7","cut":"off"#;
        assert_eq!(text(json, "executable"), None);
        assert_eq!(digits(json, "id"), None);
        assert_eq!(text(json, "cut"), None);
        assert_eq!(text(json, "missing"), None);
    }
}
