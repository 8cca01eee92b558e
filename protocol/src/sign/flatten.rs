//! A JSON value as the lines of a string to sign.

use serde_json::{Number, Value};

use super::{SignatureError, SortOrder};

/// How much a flattened value may take. A few kilobytes of hostile JSON (one long name above a long
/// list) would otherwise grow into gigabytes before its signature could be refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How deep objects and lists may lie within each other.
    pub(super) depth: usize,
    /// How many bytes the lines may have together.
    pub(super) bytes: usize,
}

impl Limits {
    /// For what comes from outside. The depth is that at which serde_json stops reading text.
    pub(super) const FOREIGN: Self = Self { depth: 128, bytes: 1 << 20 };
    /// For what this program made itself.
    pub(super) const NONE: Self = Self { depth: usize::MAX, bytes: usize::MAX };
}

/// One `path:to:name:value`.
#[derive(Debug)]
pub(super) struct Line {
    name: String,
    value: String,
}

/// The lines of a value, in no particular order.
///
/// Without `signature` and `frame_mode`, at whatever depth they stand. Empty lists and objects leave
/// nothing behind.
pub(super) fn lines(value: &Value, limits: Limits) -> Result<Vec<Line>, SignatureError> {
    let mut lines = Vec::new();
    let mut bytes = 0_usize;
    // A stack of its own: the depth of a value must not become the depth of the call stack.
    let mut open = vec![(String::new(), 0_usize, value)];
    while let Some((path, depth, value)) = open.pop() {
        if depth > limits.depth {
            return Err(SignatureError::TooDeep);
        }
        let mut descend = |name: &str, inner| {
            let path = if depth == 0 { name.to_owned() } else { [&path, ":", name].concat() };
            bytes = bytes.saturating_add(path.len());
            open.push((path, depth.saturating_add(1), inner));
            if bytes > limits.bytes { Err(SignatureError::TooLarge) } else { Ok(()) }
        };
        let value = match value {
            Value::Object(members) => {
                for (name, inner) in members {
                    if name != "signature" && name != "frame_mode" {
                        descend(&name.replace(':', "::"), inner)?;
                    }
                }
                continue;
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    descend(&index.to_string(), inner)?;
                }
                continue;
            }
            Value::Null => String::new(),
            Value::Bool(flag) => if *flag { "1" } else { "0" }.to_owned(),
            Value::Number(number) => decimal(number),
            Value::String(text) => text.clone(),
        };
        bytes = bytes.saturating_add(value.len());
        if bytes > limits.bytes {
            return Err(SignatureError::TooLarge);
        }
        if depth > 0 {
            lines.push(Line { name: path, value });
        }
    }
    Ok(lines)
}

/// The lines in `order`, joined.
pub(super) fn join(lines: &mut [Line], order: SortOrder) -> String {
    lines.sort_by(|a, b| order.compare(&a.name, &b.name));
    let mut text = String::with_capacity(lines.iter().map(|line| line.name.len() + line.value.len() + 2).sum());
    for line in lines {
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(&line.name);
        text.push(':');
        text.push_str(&line.value);
    }
    text
}

/// A whole number in decimal digits. A floating-point number as PHP prints an ordinary one: `1.0` is `1`,
/// `1.5` is `1.5`. ECommPay's libraries disagree about floats, so this project never sends one.
fn decimal(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => float.to_string(),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(value: &Value) -> String {
        join(&mut lines(value, Limits::FOREIGN).unwrap(), SortOrder::Natural)
    }

    #[test]
    fn nested_members_and_items_become_paths() {
        let value = json!({"a": {"b": 1, "c": 2}, "d": 0, "e": [4, 5], "f": ["g", {"h": 7, "i": [{"k": 8}]}], "l": [{"m": "n"}]});
        assert_eq!(text(&value), "a:b:1;a:c:2;d:0;e:0:4;e:1:5;f:0:g;f:1:h:7;f:1:i:0:k:8;l:0:m:n");
    }

    #[test]
    fn emptiness_of_text_is_signed_and_emptiness_of_lists_and_objects_is_not() {
        assert_eq!(text(&json!({"a": "", "b": null, "c": [], "d": {}, "e": false, "f": 0})), "a:;b:;e:0;f:0");
    }

    #[test]
    fn a_colon_in_a_name_is_doubled_and_in_a_value_is_not() {
        assert_eq!(text(&json!({"c:d": {":e": "https://x"}})), "c::d:::e:https://x");
    }

    #[test]
    fn signature_and_frame_mode_are_left_out_at_every_depth() {
        let value = json!({"signature": "s", "frame_mode": "popup",
            "general": {"signature": "s"}, "list": [{"frame_mode": "x", "signature": 1, "a": 2}]});
        assert_eq!(text(&value), "list:0:a:2");
    }

    #[test]
    fn large_numbers_keep_every_digit_and_whole_floats_lose_their_point() {
        let value = json!({"a": 9_223_372_036_854_775_807_i64, "b": u64::MAX, "c": -1, "d": 1.0, "e": 1.5, "f": 0.1});
        assert_eq!(text(&value), "a:9223372036854775807;b:18446744073709551615;c:-1;d:1;e:1.5;f:0.1");
    }

    #[test]
    fn a_value_that_is_deeper_than_any_message_is_an_error_and_not_a_crash() {
        let mut deep = json!(1);
        for _ in 0..200 {
            deep = json!([deep]);
        }
        assert_eq!(lines(&deep, Limits::FOREIGN).unwrap_err(), SignatureError::TooDeep);
        assert!(lines(&deep, Limits::NONE).is_ok());
    }

    #[test]
    fn a_small_value_that_would_flatten_to_a_huge_text_is_an_error() {
        let name = "n".repeat(30_000);
        let value = json!({ name: vec![0; 15_000] });
        assert_eq!(lines(&value, Limits::FOREIGN).unwrap_err(), SignatureError::TooLarge);
    }

    #[test]
    fn a_value_without_members_has_no_lines() {
        for value in [json!({}), json!([]), json!("text"), json!(null)] {
            assert_eq!(text(&value), "", "{value}");
        }
    }
}
