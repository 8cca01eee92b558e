//! What a field asks for, as far as its name tells, and what is wrong with an answer.

use crate::markup::Text;
use crate::texts::Texts;
use protocol::clarification::ClarificationField;

/// What a field asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Email,
    Phone,
    FirstName,
    LastName,
    Country,
    City,
    Address,
    Postcode,
    Other,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Missing,
    Email,
    Phone,
    Long,
}

impl Kind {
    pub(super) fn of(field: &ClarificationField) -> Self {
        match field.name.as_str() {
            "email" => Self::Email,
            "phone" => Self::Phone,
            "first_name" => Self::FirstName,
            "last_name" => Self::LastName,
            "country" => Self::Country,
            "city" => Self::City,
            "address" | "street" | "avs_street_address" => Self::Address,
            "zip" | "postal" | "postal_code" | "avs_post_code" => Self::Postcode,
            _ => Self::Other,
        }
    }

    pub(super) fn label(self, texts: &Texts, name: &str) -> Text {
        match self {
            Self::Email => texts.email.clone(),
            Self::Phone => texts.phone.clone(),
            Self::FirstName => texts.first_name.clone(),
            Self::LastName => texts.last_name.clone(),
            Self::Country => texts.country.clone(),
            Self::City => texts.city.clone(),
            Self::Address => texts.address.clone(),
            Self::Postcode => texts.postcode.clone(),
            Self::Other => readable(name).into(),
        }
    }

    pub(super) fn hint(self, texts: &Texts) -> Option<Text> {
        match self {
            Self::Phone => Some(texts.phone_hint.clone()),
            Self::Country => Some(texts.country_hint.clone()),
            _ => None,
        }
    }

    pub(super) fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            _ => "text",
        }
    }

    pub(super) fn autocomplete(self) -> Option<&'static str> {
        Some(match self {
            Self::Email => "email",
            Self::Phone => "tel",
            Self::FirstName => "given-name",
            Self::LastName => "family-name",
            Self::Country => "country",
            Self::City => "address-level2",
            Self::Address => "address-line1",
            Self::Postcode => "postal-code",
            Self::Other => return None,
        })
    }

    /// The answer as it is sent: a telephone number in bare digits, as ECommPay's Gate takes it.
    pub(super) fn tidy(self, value: &str) -> String {
        let value = value.trim();
        match self {
            Self::Phone => {
                value.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '-' | '(' | ')' | '.' | '+')).collect()
            }
            Self::Country => value.to_ascii_uppercase(),
            _ => value.to_owned(),
        }
    }

    /// What is wrong with a tidied answer.
    pub(super) fn fault(self, field: &ClarificationField, value: &str) -> Option<Fault> {
        if value.is_empty() {
            return field.required.then_some(Fault::Missing);
        }
        let is_digits = || (4..=24).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Self::Email if !is_email(value) => Some(Fault::Email),
            Self::Phone if !is_digits() => Some(Fault::Phone),
            _ => field.max_length.is_some_and(|most| value.chars().count() > most as usize).then_some(Fault::Long),
        }
    }
}

/// Whether it can be an address at all; whether it is one, only a letter can tell.
fn is_email(value: &str) -> bool {
    let Some((name, host)) = value.split_once('@') else { return false };
    let (mut dots, mut label) = (0, 0);
    for byte in host.bytes() {
        match byte {
            b'.' if label == 0 => return false,
            b'.' => (dots, label) = (dots + 1, 0),
            b'@' => return false,
            _ => label += 1,
        }
    }
    !name.is_empty() && dots > 0 && label > 0 && !value.bytes().any(|byte| byte <= b' ')
}

/// The platform's name for a field in a form that people can read: `tax_number` as `Tax number`.
fn readable(name: &str) -> String {
    let spaced: String = name.chars().map(|letter| if matches!(letter, '_' | '-') { ' ' } else { letter }).collect();
    let mut rest = spaced.trim().chars();
    match rest.next() {
        // Other letters stay as they are: the table of all capitals would be a fifth of the download.
        Some(first) => std::iter::once(first.to_ascii_uppercase()).chain(rest).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, required: bool, max_length: Option<u32>) -> ClarificationField {
        ClarificationField { object: "customer".into(), name: name.into(), required, max_length, error: None }
    }

    fn fault(field: &ClarificationField, value: &str) -> Option<Fault> {
        let kind = Kind::of(field);
        kind.fault(field, &kind.tidy(value))
    }

    #[test]
    fn a_telephone_number_is_sent_in_bare_digits() {
        assert_eq!(Kind::Phone.tidy(" +86 (138) 0000-0000 "), "8613800000000");
        let phone = field("phone", true, None);
        assert_eq!(fault(&phone, "+86 138 0000 0000"), None);
        for bad in ["123", "86 138 zero", "1234567890123456789012345"] {
            assert_eq!(fault(&phone, bad), Some(Fault::Phone), "{bad}");
        }
    }

    #[test]
    fn an_address_needs_a_name_and_a_host() {
        let email = field("email", true, Some(20));
        for good in ["a@b.cn", "  name@example.com ", "o'x+y@a-b.co.uk"] {
            assert_eq!(fault(&email, good), None, "{good}");
        }
        for bad in ["a", "@b.cn", "a@b", "a@b..cn", "a@.cn", "a b@c.cn"] {
            assert_eq!(fault(&email, bad), Some(Fault::Email), "{bad}");
        }
        assert_eq!(fault(&email, "somebody.long@example.com"), Some(Fault::Long));
    }

    #[test]
    fn only_what_is_required_has_to_be_filled_in() {
        assert_eq!(fault(&field("email", true, None), "  "), Some(Fault::Missing));
        assert_eq!(fault(&field("email", false, None), ""), None);
        assert_eq!(fault(&field("phone", false, None), "12"), Some(Fault::Phone));
    }

    #[test]
    fn an_unknown_field_is_named_readably() {
        let label = |name: &str| Kind::of(&field(name, true, None)).label(&Texts::english(), name);
        assert_eq!(label("tax_number"), "Tax number");
        assert_eq!(label("avs_post_code"), "Postcode");
    }

    #[test]
    fn letters_are_counted_and_not_bytes() {
        assert_eq!(fault(&field("last_name", true, Some(2)), "王小"), None);
        assert_eq!(fault(&field("last_name", true, Some(2)), "王小明"), Some(Fault::Long));
    }
}
