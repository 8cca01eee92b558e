//! Which way a language is written.

/// The first part of a language tag in small letters, such as `zh` of `zh-CN`.
pub(super) fn primary(tag: &str) -> String {
    tag.chars().take_while(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The value of `dir` for a language tag.
pub(crate) fn direction(tag: &str) -> &'static str {
    match primary(tag).as_str() {
        "ar" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn arabic_and_hebrew_are_written_from_the_right() {
        for (tag, dir) in
            [("ar", "rtl"), ("he-IL", "rtl"), ("AR_EG", "rtl"), ("en", "ltr"), ("zh-CN", "ltr"), ("", "ltr")]
        {
            assert_eq!(direction(tag), dir, "{tag}");
        }
    }
}
