//! The page as HTML.

use std::borrow::Cow;

use protocol::date::UnixMillis;
use serde_json::{Value, json};

use super::language::Language;
use super::opening::{Opening, value};
use super::refused::Refused;
use super::template::fill;
use super::texts::text;

/// The page for a payer who is to confirm, or who confirmed with `request` before.
pub(super) fn payment(opening: &Opening, request: Option<&str>, language: Language, now: UnixMillis) -> String {
    let forced = opening.value("force_payment_method");
    let preselected = forced.or(opening.value("default_payment_method"));
    let is_wechat = forced == Some("wechat");
    let when = |is_so: bool, attribute: &'static str| Cow::Borrowed(if is_so { attribute } else { "" });
    fill(include_str!("page.html"), |name| {
        let filling: Cow<'_, str> = match name {
            "lang" => language.tag().into(),
            "widget" => widget(&opening.sent).into(),
            "parameters" => json!(opening.sent).to_string().into(),
            "returns" => json!(opening.returns).to_string().into(),
            "request" => request.unwrap_or_default().into(),
            "seconds_left" => seconds_left(opening, now).into(),
            "forced" => forced.unwrap_or_default().into(),
            "shop" => opening.value("payment_description").unwrap_or(opening.payment_id.as_str()).into(),
            "payment_id" => opening.payment_id.as_str().into(),
            "amount" => opening.sum.to_decimal().into(),
            "currency" => opening.sum.currency.code().into(),
            "choose_heading" => text(if is_wechat { "confirm_heading" } else { "choose" }, language)?.into(),
            "methods_hidden" => when(forced.is_some(), "hidden"),
            "chosen_hidden" => when(!is_wechat, "hidden"),
            "foreign_hidden" => when(forced.is_none() || is_wechat, "hidden"),
            "confirm_disabled" => when(forced.is_some() && !is_wechat, "disabled"),
            "wechat_checked" => when(preselected == Some("wechat"), "checked"),
            "card_checked" => when(preselected == Some("card"), "checked"),
            "alipay_checked" => when(preselected == Some("alipay"), "checked"),
            other => text(other, language)?.into(),
        };
        Some(filling.into_owned())
    })
}

/// The page for a payer whose shop made a mistake.
pub(super) fn error(refused: &Refused, sent: &[(String, String)], language: Language) -> String {
    fill(include_str!("error.html"), |name| {
        let filling: Cow<'_, str> = match name {
            "lang" => language.tag().into(),
            "widget" => widget(sent).into(),
            "heading" => text(refused.heading(), language)?.into(),
            "sentence" => text(refused.sentence(), language)?.into(),
            "code" => refused.code().into(),
            "reason" => refused.to_string().into(),
            other => text(other, language)?.into(),
        };
        Some(filling.into_owned())
    })
}

/// Why something that the page asked for was not done.
pub(super) fn trouble(refused: &Refused, language: Language) -> Value {
    json!({"error": refused.code(), "message": refused.to_string(), "text": text(refused.sentence(), language)})
}

/// Which of the widget's frames the page stands in; empty where no widget opened it.
fn widget(sent: &[(String, String)]) -> &str {
    value(sent, "frame_mode").filter(|mode| matches!(*mode, "popup" | "iframe" | "embedded")).unwrap_or_default()
}

fn seconds_left(opening: &Opening, now: UnixMillis) -> String {
    opening.best_before.map(|limit| (limit.since(now) as f64 / 1000.0).to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use protocol::gate::{PaymentId, ProjectId};
    use protocol::money::{Currency, Money};

    use super::*;

    const NOW: UnixMillis = UnixMillis(0);

    fn opening() -> Opening {
        let sent = [("force_payment_method", "wechat"), ("frame_mode", "popup"), ("payment_description", "<b>")];
        Opening {
            sent: sent.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            project: ProjectId::new(238).unwrap(),
            payment_id: PaymentId::new("order-1").unwrap(),
            sum: Money::new(1840, Currency::parse("EUR").unwrap()),
            best_before: Some(UnixMillis(1500)),
            returns: super::super::returns::Returns::default(),
        }
    }

    #[test]
    fn the_page_carries_what_its_script_needs() {
        let page = payment(&opening(), Some("r-1"), Language::English, NOW);
        for part in ["data-request=\"r-1\"", "data-seconds-left=\"1.5\"", "data-widget=\"popup\"", "<h1>&lt;b&gt;</h1>"]
        {
            assert!(page.contains(part), "{part}");
        }
        assert!(page.contains("data-parameters=\"[[&quot;force_payment_method&quot;,&quot;wechat&quot;],"));
    }

    #[test]
    fn every_gap_is_filled_and_no_text_is_without_a_gap() {
        let (page, error) = (include_str!("page.html"), include_str!("error.html"));
        let gaps = |page: &'static str| page.split("{{").skip(1).map(|part| part.split_once("}}").unwrap().0);
        let own = [
            "lang",
            "widget",
            "parameters",
            "returns",
            "request",
            "seconds_left",
            "forced",
            "shop",
            "payment_id",
            "amount",
            "currency",
            "choose_heading",
            "methods_hidden",
            "chosen_hidden",
            "foreign_hidden",
            "confirm_disabled",
            "wechat_checked",
            "card_checked",
            "alipay_checked",
            "sentence",
            "heading",
            "code",
            "reason",
        ];
        for gap in gaps(page).chain(gaps(error)) {
            assert!(own.contains(&gap) || text(gap, Language::English).is_some(), "{gap}");
        }
        let indirect = [
            "already_paid_heading",
            "not_opened_heading",
            "confirm_heading",
            "not_opened",
            "past",
            "already_paid",
            "taken",
        ];
        for name in crate::payment_page::texts::names() {
            assert!(gaps(page).chain(gaps(error)).any(|gap| gap == name) || indirect.contains(&name), "{name}");
        }
    }

    #[test]
    fn the_error_page_blames_a_parameter_and_not_the_payer() {
        for language in [Language::English, Language::Chinese] {
            let page = error(&Refused::parameter("<b>", "it is odd"), &[], language);
            assert!(page.contains("&lt;b&gt;: it is odd") && page.contains(language.tag()), "{page}");
            assert!(page.contains(text("not_opened", language).unwrap()));
        }
    }
}
