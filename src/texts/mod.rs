//! Everything the component says, in one value per language.
//!
//! A language is a function and not an entry of a table, so that the ones an application never names are
//! not part of its download.

mod chinese;
mod direction;
mod english;
mod fill;
#[cfg(feature = "leptos")]
mod wording;

pub(crate) use direction::direction;
pub(crate) use fill::fill;
#[cfg(feature = "leptos")]
pub use wording::Wording;

use std::borrow::Cow;

/// What the component says. Start from a language and change what you want said differently:
///
/// ```
/// use wechat_checkout::Texts;
///
/// let texts = Texts { back: "Back to Camellia Tea".into(), ..Texts::english() };
/// assert_eq!(texts.paid, "Paid");
/// ```
///
/// Words in braces stand for what is only known when it is said: `{amount}`, `{payee}`, `{time}`, `{id}`,
/// `{code}`, `{count}`, `{notice}`, `{reason}`. A text may leave them out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// The name of the way to pay, above the amount.
    pub method: Cow<'static, str>,
    /// The same as one of the receipt's values, and the name of the whole region.
    pub wechat_pay: Cow<'static, str>,
    /// In place of `{amount}` where it is not known, inside a sentence.
    pub this_payment: Cow<'static, str>,

    /// While there is nothing to scan yet.
    pub preparing: Cow<'static, str>,
    /// What the code is, to those who cannot see it: `{amount}`, `{payee}`.
    pub code_label: Cow<'static, str>,
    /// The same without amount and payee.
    pub code_label_short: Cow<'static, str>,
    /// Spoken when the code appears: `{amount}`, `{payee}`.
    pub ready: Cow<'static, str>,
    /// The same without amount and payee.
    pub ready_short: Cow<'static, str>,
    /// Before the time that is left.
    pub valid_for: Cow<'static, str>,
    /// In place of the time where it is not known.
    pub waiting: Cow<'static, str>,
    /// Spoken now and then: `{time}`.
    pub time_left: Cow<'static, str>,

    /// The name of the three steps.
    pub steps: Cow<'static, str>,
    /// The first step.
    pub step_open: Cow<'static, str>,
    /// The second step.
    pub step_scan: Cow<'static, str>,
    /// The third step.
    pub step_confirm: Cow<'static, str>,

    /// The shop answers late or not at all.
    pub slow: Cow<'static, str>,
    /// There is no network.
    pub offline: Cow<'static, str>,
    /// Either of the two while a code can be scanned: `{notice}`.
    pub still_scan: Cow<'static, str>,
    /// Spoken when the link is good again.
    pub recovered: Cow<'static, str>,
    /// The shop will not answer any more: `{code}`.
    pub refused: Cow<'static, str>,
    /// The same in a few words, where there is nothing to scan.
    pub no_answer: Cow<'static, str>,

    /// A code was sent that cannot be shown.
    pub unusable: Cow<'static, str>,
    /// What happens now.
    pub unusable_text: Cow<'static, str>,
    /// What to tell support: `{code}`.
    pub unusable_code: Cow<'static, str>,

    /// The time is over and the shop is being asked.
    pub verifying: Cow<'static, str>,
    /// The code's time is over.
    pub expired: Cow<'static, str>,
    /// Below an expired code.
    pub expired_text: Cow<'static, str>,
    /// The payment's time is over.
    pub ended: Cow<'static, str>,
    /// Below that.
    pub ended_text: Cow<'static, str>,
    /// Asks for a new code.
    pub renew: Cow<'static, str>,
    /// Asks the shop now.
    pub check: Cow<'static, str>,
    /// An action is under way.
    pub busy: Cow<'static, str>,
    /// An action did not reach the shop.
    pub action_failed: Cow<'static, str>,

    /// Above the questions of the platform.
    pub clarify: Cow<'static, str>,
    /// Why they are asked.
    pub clarify_text: Cow<'static, str>,
    /// Sends the answers.
    pub clarify_send: Cow<'static, str>,
    /// Follows the name of a field that may stay empty.
    pub optional: Cow<'static, str>,
    /// A field.
    pub email: Cow<'static, str>,
    /// A field.
    pub phone: Cow<'static, str>,
    /// How a telephone number is written.
    pub phone_hint: Cow<'static, str>,
    /// A field.
    pub first_name: Cow<'static, str>,
    /// A field.
    pub last_name: Cow<'static, str>,
    /// A field.
    pub country: Cow<'static, str>,
    /// How a country is written.
    pub country_hint: Cow<'static, str>,
    /// A field.
    pub city: Cow<'static, str>,
    /// A field.
    pub address: Cow<'static, str>,
    /// A field.
    pub postcode: Cow<'static, str>,
    /// A required field is empty.
    pub fault_missing: Cow<'static, str>,
    /// No email address.
    pub fault_email: Cow<'static, str>,
    /// No telephone number.
    pub fault_phone: Cow<'static, str>,
    /// Too long: `{count}` characters are the most.
    pub fault_long: Cow<'static, str>,
    /// The platform did not take the last answer.
    pub fault_refused: Cow<'static, str>,

    /// Opens the hosted page where there is a code too.
    pub pay_here: Cow<'static, str>,
    /// Opens the hosted page where there is nothing else.
    pub open_page: Cow<'static, str>,
    /// Above the button that opens it, where there is nothing else.
    pub page: Cow<'static, str>,
    /// Below that.
    pub page_text: Cow<'static, str>,
    /// While the hosted page is open.
    pub handoff: Cow<'static, str>,
    /// Below that.
    pub handoff_text: Cow<'static, str>,
    /// Opens the hosted page once more.
    pub open_again: Cow<'static, str>,
    /// The browser blocked the window of the hosted page.
    pub window_blocked: Cow<'static, str>,
    /// The hosted page could not be opened for another reason.
    pub page_failed: Cow<'static, str>,
    /// The hosted page is closed and the shop is being asked.
    pub confirming: Cow<'static, str>,
    /// Below that.
    pub confirming_text: Cow<'static, str>,

    /// An outcome.
    pub paid: Cow<'static, str>,
    /// What it means: `{payee}`, `{amount}`.
    pub paid_text: Cow<'static, str>,
    /// The same without payee and amount.
    pub paid_text_short: Cow<'static, str>,
    /// The money arrived after the code's time.
    pub paid_late: Cow<'static, str>,
    /// An outcome: refused, or never taken up.
    pub not_paid: Cow<'static, str>,
    /// Why, and that nothing was charged: `{reason}`.
    pub declined: Cow<'static, str>,
    /// An outcome.
    pub cancelled: Cow<'static, str>,
    /// What it means.
    pub cancelled_text: Cow<'static, str>,
    /// An outcome.
    pub refunded: Cow<'static, str>,
    /// What it means.
    pub refunded_text: Cow<'static, str>,
    /// An outcome.
    pub partly_refunded: Cow<'static, str>,
    /// What it means.
    pub partly_refunded_text: Cow<'static, str>,

    /// Not enough money: `{amount}`.
    pub reason_funds: Cow<'static, str>,
    /// A limit.
    pub reason_limit: Cow<'static, str>,
    /// This wallet may not.
    pub reason_account: Cow<'static, str>,
    /// The payer called it off.
    pub reason_called_off: Cow<'static, str>,
    /// Time ran out.
    pub reason_timed_out: Cow<'static, str>,
    /// Trouble on the other side.
    pub reason_trouble: Cow<'static, str>,
    /// Nothing a payer should be told.
    pub reason_general: Cow<'static, str>,
    /// The platform could not take the payment up.
    pub reason_failed: Cow<'static, str>,
    /// The reason in two words, beside its code.
    pub name_funds: Cow<'static, str>,
    /// The reason in two words, beside its code.
    pub name_limit: Cow<'static, str>,
    /// The reason in two words, beside its code.
    pub name_account: Cow<'static, str>,
    /// The reason in two words, beside its code.
    pub name_called_off: Cow<'static, str>,
    /// The reason in two words, beside its code.
    pub name_timed_out: Cow<'static, str>,
    /// The reason in two words, beside its code.
    pub name_trouble: Cow<'static, str>,
    /// The reason in two words, beside its code.
    pub name_general: Cow<'static, str>,

    /// The receipt: the payment's id.
    pub label_payment: Cow<'static, str>,
    /// The receipt: the way to pay.
    pub label_method: Cow<'static, str>,
    /// The receipt: when.
    pub label_time: Cow<'static, str>,
    /// The receipt: what was bought.
    pub label_for: Cow<'static, str>,
    /// The receipt: why not.
    pub label_reason: Cow<'static, str>,
    /// Tries once more.
    pub try_again: Cow<'static, str>,
    /// Leaves for the shop.
    pub back: Cow<'static, str>,

    /// At the foot: `{id}`.
    pub payment: Cow<'static, str>,
    /// Opens the help.
    pub trouble: Cow<'static, str>,
    /// Help: where to scan.
    pub help_scan: Cow<'static, str>,
    /// Help: not on the same phone.
    pub help_phone: Cow<'static, str>,
    /// Help: another account has scanned the code.
    pub help_account: Cow<'static, str>,
    /// Help: whom to ask.
    pub help_support: Cow<'static, str>,
    /// Gives up.
    pub cancel: Cow<'static, str>,
    /// Asks whether that is meant.
    pub cancel_ask: Cow<'static, str>,
    /// It is.
    pub cancel_yes: Cow<'static, str>,
    /// It is not.
    pub cancel_no: Cow<'static, str>,
}

impl Texts {
    /// English.
    pub fn english() -> Self {
        english::TEXTS
    }

    /// Chinese in simplified characters.
    pub fn simplified_chinese() -> Self {
        chinese::TEXTS
    }

    /// The language that fits a tag such as `zh-CN`; English where there is none.
    ///
    /// Names every language, and so takes all of them along: an application with one language does better
    /// to name that.
    pub fn for_language(tag: &str) -> Self {
        match direction::primary(tag).as_str() {
            "zh" => Self::simplified_chinese(),
            _ => Self::english(),
        }
    }
}

impl Default for Texts {
    fn default() -> Self {
        Self::english()
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn a_tag_finds_its_language() {
        for (tag, paid) in [
            ("en", "Paid"),
            ("de-AT", "Paid"),
            ("", "Paid"),
            ("zh", "支付成功"),
            ("zh-CN", "支付成功"),
            ("ZH_hans", "支付成功"),
            ("zhx", "Paid"),
        ] {
            assert_eq!(Texts::for_language(tag).paid, paid, "{tag}");
        }
    }

    /// Every text of a language, by the debug form of the struct.
    fn all(texts: &Texts) -> Vec<(String, String)> {
        let printed = format!("{texts:#?}");
        let fields = printed.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(": \""));
        fields.map(|(name, text)| (name.to_owned(), text.trim_end_matches('"').to_owned())).collect()
    }

    fn placeholders(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn no_text_is_empty_and_all_languages_say_the_same_things() {
        let (english, chinese) = (all(&Texts::english()), all(&Texts::simplified_chinese()));
        assert!(english.len() > 80);
        assert_eq!(english.len(), chinese.len());
        for ((name, english), (_, chinese)) in english.iter().zip(&chinese) {
            assert!(!english.trim().is_empty() && !chinese.trim().is_empty(), "{name}");
            assert_eq!(placeholders(english), placeholders(chinese), "{name}");
        }
    }

    #[test]
    fn nobody_is_told_to_save_or_press_the_picture() {
        // WeChat does not read such codes from the album or by a long press (WeChat Pay, Native pay).
        let texts = Texts::english();
        for (name, text) in all(&texts) {
            let lower = text.to_lowercase();
            assert!(
                name == "help_phone" || !["album", "long-press", "save the"].iter().any(|word| lower.contains(word)),
                "{name}"
            );
        }
        assert!(texts.help_phone.contains("does not work"));
    }
}
