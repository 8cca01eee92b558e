//! What a shop is told to show.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{WechatCode, png};
use crate::faults::{Faults, QrForm, TimeoutForm};

/// `display_data` for a code, in the form that is asked for.
pub(crate) fn display_data(code: &WechatCode, faults: &Faults, public_url: &str) -> Value {
    let picture = || STANDARD.encode(png(&code.text()).unwrap_or_default());
    let (kind, data) = match faults.qr_form {
        QrForm::Data => ("qr_data", code.text()),
        QrForm::Image => ("qr_img", picture()),
        QrForm::ImageDataUri => ("qr_img", ["data:image/png;base64,", &picture()].concat()),
        QrForm::Url => ("qr_url", [public_url, "/codes/", &code.token, ".png"].concat()),
    };
    let mut items = vec![json!({"type": kind, "title": "QR code", "data": data})];
    if let Some(seconds) = faults.timeout {
        let data = match faults.timeout_as {
            TimeoutForm::String => json!(seconds.to_string()),
            TimeoutForm::Number => json!(seconds),
            TimeoutForm::Unix => json!((code.made.0 / 1000).saturating_add(seconds).to_string()),
        };
        items.push(json!({"type": "add_info", "title": "QR Code Timeout", "data": data}));
    }
    Value::Array(items)
}

#[cfg(test)]
mod tests {
    use protocol::date::UnixMillis;

    use super::*;

    fn shown(change: impl FnOnce(&mut Faults)) -> (WechatCode, Value) {
        let mut faults = Faults::default();
        change(&mut faults);
        let code = WechatCode::new(UnixMillis(1_548_662_842_000), faults.timeout);
        let items = display_data(&code, &faults, "http://127.0.0.1:4010");
        (code, items)
    }

    #[test]
    fn without_faults_it_is_what_ecommpays_page_prints() {
        let (code, items) = shown(|_| {});
        let expected = json!([{"type": "qr_data", "title": "QR code", "data": code.text()},
            {"type": "add_info", "title": "QR Code Timeout", "data": "600"}]);
        assert_eq!(items, expected);
    }

    #[test]
    fn each_form_of_the_code_holds_the_code() {
        let (code, items) = shown(|faults| faults.qr_form = QrForm::Image);
        assert_eq!(items[0]["type"], "qr_img");
        assert_eq!(STANDARD.decode(items[0]["data"].as_str().unwrap()).unwrap(), png(&code.text()).unwrap());
        let (_, items) = shown(|faults| faults.qr_form = QrForm::ImageDataUri);
        assert!(items[0]["data"].as_str().unwrap().starts_with("data:image/png;base64,iVBORw0KGgo"));
        let (code, items) = shown(|faults| faults.qr_form = QrForm::Url);
        assert_eq!(items[0]["data"], format!("http://127.0.0.1:4010/codes/{}.png", code.token));
    }

    #[test]
    fn each_form_of_the_timeout_tells_the_same_time() {
        let timeout = |form| shown(|faults| faults.timeout_as = form).1[1]["data"].clone();
        assert_eq!(timeout(TimeoutForm::Number), json!(600));
        assert_eq!(timeout(TimeoutForm::Unix), json!("1548663442"));
        let (_, items) = shown(|faults| faults.timeout = None);
        assert_eq!(items.as_array().unwrap().len(), 1);
    }
}
