//! What the page says, in each of its languages.

use super::language::Language;

/// A text by its name.
pub(super) fn text(name: &str, language: Language) -> Option<&'static str> {
    TEXTS.iter().find(|(known, ..)| *known == name).map(|(_, english, chinese)| match language {
        Language::English => *english,
        Language::Chinese => *chinese,
    })
}

/// The names of all texts.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().map(|(name, ..)| *name)
}

const TEXTS: &[(&str, &str, &str)] = &[
    ("title", "Payment", "收银台"),
    ("sandbox", "Sandbox: no money moves", "沙盒环境：不会真实扣款"),
    ("order", "Order", "订单号"),
    ("limit", "Pay before", "请在此时间前支付"),
    ("left", "Time left", "剩余时间"),
    ("choose", "How would you like to pay?", "请选择支付方式"),
    ("confirm_heading", "Confirm your payment", "确认支付"),
    ("wechat", "WeChat Pay", "微信支付"),
    ("wechat_hint", "Scan a code with the WeChat app", "使用微信扫码支付"),
    ("card", "Bank card", "银行卡"),
    ("alipay", "Alipay", "支付宝"),
    ("not_played", "Not part of this sandbox", "沙盒环境不提供"),
    (
        "forced_not_played",
        "The shop asked for a payment method that is not part of this sandbox.",
        "商户指定的支付方式在沙盒环境中不可用。",
    ),
    ("no_choice", "Choose a payment method first.", "请先选择支付方式。"),
    ("continue", "Continue to WeChat", "前往微信支付"),
    ("back", "Back to the shop", "返回商户"),
    ("close", "Close", "关闭"),
    ("waiting", "One moment please", "请稍候"),
    ("waiting_hint", "We are waiting for the payment system.", "正在等待支付系统的响应。"),
    ("scan", "Scan the code with WeChat", "请使用微信扫一扫"),
    ("scan_hint", "Open WeChat, tap + and choose Scan.", "打开微信，点击右上角“+”，选择“扫一扫”。"),
    ("code", "WeChat Pay code", "微信支付二维码"),
    ("code_left", "The code is good for", "二维码有效时间"),
    ("code_dead", "This code is no longer valid.", "该二维码已失效。"),
    ("code_new", "Get a new code", "获取新的二维码"),
    ("here", "Pay in WeChat on this device", "在本设备上用微信支付"),
    ("app", "WeChat, played by the sandbox", "微信（沙盒模拟）"),
    ("pay", "Pay", "支付"),
    ("refuse", "Refuse", "取消支付"),
    ("app_back", "Back to the code", "返回二维码"),
    ("clarify", "A few more details", "请补充信息"),
    ("clarify_hint", "The payment system needs them to go on.", "支付系统需要以下信息才能继续。"),
    ("email", "E-mail address", "电子邮箱"),
    ("phone", "Phone number, digits only", "手机号码（仅数字）"),
    ("wrong", "Please check this.", "请检查此项。"),
    ("send", "Send", "提交"),
    ("paid", "Payment successful", "支付成功"),
    ("paid_hint", "Thank you for your payment.", "感谢您的付款。"),
    ("declined", "Payment declined", "支付失败"),
    (
        "declined_hint",
        "You were not charged. You can go back to the shop and try again.",
        "您未被扣款，可返回商户重试。",
    ),
    ("leaving", "You will be taken back to the shop in a moment.", "即将返回商户页面。"),
    ("offline", "No connection. Trying again…", "网络连接中断，正在重试…"),
    ("trouble", "That did not work. Please try again.", "操作未成功，请重试。"),
    ("stopped", "This payment cannot go on", "无法继续支付"),
    ("not_opened_heading", "The payment page cannot be opened", "无法打开支付页面"),
    (
        "not_opened",
        "The shop made a mistake in its request. You were not charged. Please go back to the shop.",
        "商户的请求有误，您未被扣款。请返回商户。",
    ),
    ("past", "The time for this payment is over. You were not charged.", "支付时间已过，您未被扣款。"),
    ("already_paid_heading", "This order is paid", "该订单已支付"),
    ("already_paid", "There is nothing left to do.", "无需重复付款。"),
    (
        "taken",
        "This payment cannot be used any more. Please go back to the shop and order again.",
        "该支付单已不可用，请返回商户重新下单。",
    ),
    ("developers", "For the shop’s developers", "供商户开发人员参考"),
    ("no_script", "This page needs JavaScript.", "此页面需要启用 JavaScript。"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_once_and_in_both_languages() {
        for (name, english, chinese) in TEXTS {
            assert_eq!(TEXTS.iter().filter(|(other, ..)| other == name).count(), 1, "{name}");
            assert!(!english.is_empty() && !chinese.is_ascii(), "{name}");
        }
        assert_eq!(text("close", Language::Chinese), Some("关闭"));
        assert_eq!(text("nothing", Language::English), None);
    }
}
