//! The text of a code, and any text from outside that people will read.

use super::{Notice, Reason};

/// What a QR code of version 40 with error correction M holds in byte mode (ISO/IEC 18004, table 7).
pub const MAX_CODE_BYTES: usize = 2331;

pub(super) fn read(data: &str) -> Result<String, Reason> {
    if data.is_empty() {
        return Err(Reason::Empty);
    }
    if data.len() > MAX_CODE_BYTES {
        return Err(Reason::TooLong);
    }
    if data.chars().any(is_invisible) {
        return Err(Reason::Characters);
    }
    if ["javascript:", "data:", "vbscript:", "file:", "blob:", "about:", "filesystem:"]
        .iter()
        .any(|scheme| starts_with_ignoring_case(data, scheme))
    {
        return Err(Reason::Scheme);
    }
    Ok(data.to_owned())
}

pub(super) fn notice(text: &str, index: usize) -> Option<Notice> {
    if starts_with_ignoring_case(text, "weixin://") {
        None
    } else if ["https://", "http://"].iter().any(|scheme| starts_with_ignoring_case(text, scheme)) {
        Some(Notice::Link { index })
    } else {
        Some(Notice::UnknownScheme { index })
    }
}

/// Text from outside made fit to be read: control and direction-changing characters removed, white space
/// folded, cut to `limit` characters with an ellipsis.
pub fn neutral(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let mut visible = word.chars().filter(|c| !is_invisible(*c)).peekable();
        if visible.peek().is_none() {
            continue;
        }
        if !out.is_empty() && length < limit {
            out.push(' ');
            length += 1;
        }
        for c in visible {
            if length >= limit {
                out.push('…');
                return out;
            }
            out.push(c);
            length += 1;
        }
    }
    out
}

/// Controls, and the formatting characters that reorder or hide text (Unicode: bidi controls, zero-width
/// characters, interlinear annotation, tags).
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

pub(super) fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_form_of_a_wechat_code_is_kept_to_the_letter() {
        let code = "weixin://pay.weixin.qq.com/bizpayurl/up?pr=NwY5Mz9&groupid=00";
        assert_eq!(read(code).as_deref(), Ok(code));
        assert_eq!(notice(code, 0), None);
    }

    #[test]
    fn script_and_data_addresses_are_no_codes() {
        for bad in
            ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
        {
            assert_eq!(read(bad), Err(Reason::Scheme), "{bad}");
        }
    }

    #[test]
    fn a_code_longer_than_any_qr_code_is_refused_and_the_longest_is_not() {
        assert!(read(&"x".repeat(MAX_CODE_BYTES)).is_ok());
        assert_eq!(read(&"x".repeat(MAX_CODE_BYTES + 1)), Err(Reason::TooLong));
    }

    #[test]
    fn hidden_characters_in_a_code_are_refused() {
        for bad in ["weixin://a\u{202e}b", "wei\u{200b}xin://a", "weixin://a\0b", "weixin://a\nb"] {
            assert_eq!(read(bad), Err(Reason::Characters), "{bad:?}");
        }
    }

    #[test]
    fn a_homograph_of_the_scheme_is_noticed() {
        assert_eq!(notice("wеixin://wxpay", 3), Some(Notice::UnknownScheme { index: 3 }));
    }

    #[test]
    fn text_for_people_is_folded_stripped_and_cut() {
        assert_eq!(neutral("  a\t\u{202e}b\u{202c} \u{200b} c\0d ", 99), "a b c d");
        assert_eq!(neutral("微信支付", 2), "微信…");
        assert_eq!(neutral("ab cd", 2), "ab…");
        assert_eq!(neutral("\u{200f}\u{200f}", 9), "");
    }
}
