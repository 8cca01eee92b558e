//! What a browser asks to buy, checked and priced.

use protocol::money::{Currency, Money};
use serde_json::{Value, json};

use crate::catalogue::{Good, Language};
use crate::method::Method;
use crate::return_url::ReturnUrl;

/// A purchase that can be paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// What it costs, by the server's own prices.
    pub sum: Money,
    /// What the payer reads.
    pub description: String,
    /// What is bought, for the shop: `[{"sku": …, "quantity": …}]`.
    pub items: Value,
    /// How the payer can be reached.
    pub contact: Contact,
    /// How it can be paid.
    pub method: Method,
    /// The payer's language, two small letters of ISO 639-1, where the browser named one.
    pub language: Option<String>,
    /// Where the hosted page sends the payer back to. Only there it means something.
    pub return_url: Option<ReturnUrl>,
}

/// How the payer can be reached. Some payment providers want to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// An e-mail address.
    pub email: Option<String>,
    /// A telephone number, digits only.
    pub phone: Option<String>,
}

/// Why a purchase cannot be paid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OrderError {
    /// The body is no JSON object.
    #[error("a JSON object is expected")]
    NotAnObject,
    /// Nothing is bought.
    #[error("between 1 and {MAX_ITEMS} items are expected")]
    Items,
    /// The shop has no such good.
    #[error("there is no such good")]
    Sku {
        /// Which item.
        index: usize,
    },
    /// That many cannot be bought.
    #[error("a whole number between 1 and {MAX_QUANTITY} is expected")]
    Quantity {
        /// Which item.
        index: usize,
    },
    /// The shop does not take this currency.
    #[error("one of CNY, EUR, HKD, JPY, SGD, THB, USD is expected")]
    Currency,
    /// There is no such way to pay.
    #[error("`gate`, `payment_page` or `both` is expected")]
    Method,
    /// That is no address that the payer can be sent back to.
    #[error("an address of the page that asks is expected")]
    ReturnUrl,
    /// That is no e-mail address.
    #[error("an e-mail address is expected")]
    Email,
    /// That is no telephone number.
    #[error("a telephone number of 4 to 24 digits is expected")]
    Phone,
    /// That is no locale.
    #[error("a language tag such as zh-CN is expected")]
    Locale,
}

impl OrderError {
    /// A stable code for browsers, logs and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnObject => "body-invalid",
            Self::Items => "items-invalid",
            Self::Sku { .. } => "sku-unknown",
            Self::Quantity { .. } => "quantity-invalid",
            Self::Currency => "currency-unavailable",
            Self::Method => "method-unknown",
            Self::ReturnUrl => "return-url-invalid",
            Self::Email => "email-invalid",
            Self::Phone => "phone-invalid",
            Self::Locale => "locale-invalid",
        }
    }

    /// The member it is about, such as `items[0].quantity`; none where it is the body as a whole.
    pub fn field(&self) -> Option<String> {
        let field = match self {
            Self::NotAnObject => return None,
            Self::Items => "items",
            Self::Sku { index } => return Some(format!("items[{index}].sku")),
            Self::Quantity { index } => return Some(format!("items[{index}].quantity")),
            Self::Currency => "currency",
            Self::Method => "method",
            Self::ReturnUrl => "return_url",
            Self::Email => "customer.email",
            Self::Phone => "customer.phone",
            Self::Locale => "locale",
        };
        Some(field.to_owned())
    }
}

const MAX_ITEMS: usize = 20;
const MAX_QUANTITY: i64 = 99;
const MAX_DESCRIPTION: usize = 255;

impl Order {
    /// Checks and prices what a browser asks to buy. Members that mean nothing here are ignored. `asked_from` is
    /// the page that it asks from, as its request says.
    pub fn read(body: &Value, asked_from: Option<&str>) -> Result<Self, OrderError> {
        let body = body.as_object().ok_or(OrderError::NotAnObject)?;
        let method = Method::read(body.get("method"))?;
        let locale = match body.get("locale") {
            None | Some(Value::Null) => None,
            Some(Value::String(tag)) if is_language_tag(tag) => Some(tag.as_str()),
            Some(_) => return Err(OrderError::Locale),
        };
        let return_url = match body.get("return_url") {
            None | Some(Value::Null) => None,
            Some(_) if !method.has_page() => None,
            Some(url) => {
                let url = url.as_str().and_then(|text| ReturnUrl::read(text, asked_from));
                Some(url.ok_or(OrderError::ReturnUrl)?)
            }
        };
        let code = body.get("currency").and_then(Value::as_str).unwrap_or_default();
        let currency = Currency::parse(code).ok().filter(Currency::is_wechat).ok_or(OrderError::Currency)?;
        let lines = read_items(body.get("items"))?;
        let mut amount = 0_i64;
        for (good, quantity) in &lines {
            let price = good.price(currency).ok_or(OrderError::Currency)?;
            amount = price.checked_mul(*quantity).and_then(|sum| amount.checked_add(sum)).ok_or(OrderError::Items)?;
        }
        let items = lines.iter().map(|(good, quantity)| json!({"sku": good.sku, "quantity": quantity})).collect();
        Ok(Self {
            sum: Money::new(amount, currency),
            description: describe(&lines, locale.map(Language::of).unwrap_or_default()),
            items: Value::Array(items),
            contact: Contact::read(body.get("customer"))?,
            method,
            language: locale.and_then(iso_639_1),
            return_url,
        })
    }
}

impl Contact {
    /// Checks what a browser says about the payer. Members that mean nothing here are ignored.
    pub fn read(customer: Option<&Value>) -> Result<Self, OrderError> {
        let text = |name: &str| match customer.and_then(|customer| customer.get(name)) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
            Some(_) => Err(()),
        };
        let email = text("email").map_err(|()| OrderError::Email)?;
        let phone = text("phone").map_err(|()| OrderError::Phone)?;
        Ok(Self {
            email: email.map(|text| read_email(text).ok_or(OrderError::Email)).transpose()?,
            phone: phone.map(|text| read_phone(text).ok_or(OrderError::Phone)).transpose()?,
        })
    }
}

/// An e-mail address; only the platform can tell whether it exists.
///
/// A semicolon, legal as it may be, is refused: what is signed is joined with it, and whoever writes one into a
/// value writes into the signed text.
pub(crate) fn read_email(text: &str) -> Option<String> {
    let (name, host) = text.rsplit_once('@')?;
    let good = !name.is_empty() && !host.is_empty() && text.chars().count() <= 255;
    (good && !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == ';')).then(|| text.to_owned())
}

/// A telephone number as people write it, as the digits ECommPay wants.
pub(crate) fn read_phone(text: &str) -> Option<String> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let digits: String = text.chars().filter(|c| !" -.()".contains(*c)).collect();
    ((4..=24).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

fn read_items(items: Option<&Value>) -> Result<Vec<(&'static Good, i64)>, OrderError> {
    let items = items.and_then(Value::as_array).ok_or(OrderError::Items)?;
    if items.is_empty() || items.len() > MAX_ITEMS {
        return Err(OrderError::Items);
    }
    let read = |(index, item): (usize, &Value)| {
        let sku = item.get("sku").and_then(Value::as_str).unwrap_or_default();
        let good = Good::find(sku).ok_or(OrderError::Sku { index })?;
        let quantity =
            item.get("quantity").and_then(Value::as_i64).filter(|quantity| (1..=MAX_QUANTITY).contains(quantity));
        Ok((good, quantity.ok_or(OrderError::Quantity { index })?))
    };
    items.iter().enumerate().map(read).collect()
}

fn describe(lines: &[(&Good, i64)], language: Language) -> String {
    let parts: Vec<String> =
        lines.iter().map(|(good, quantity)| format!("{quantity} × {}", good.name(language))).collect();
    let text = parts.join(" + ");
    if text.chars().count() <= MAX_DESCRIPTION {
        return text;
    }
    text.chars().take(MAX_DESCRIPTION - 1).chain(['…']).collect()
}

/// The language of a locale such as `zh-CN`, if it is one of those that have two letters.
fn iso_639_1(locale: &str) -> Option<String> {
    let language = locale.split(['-', '_']).next()?.to_ascii_lowercase();
    (language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(language)
}

fn is_language_tag(text: &str) -> bool {
    (1..=35).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> Value {
        json!({"items": [{"sku": "longjing", "quantity": 2}], "currency": "EUR", "method": "gate"})
    }

    fn with(member: &str, value: Value) -> Result<Order, OrderError> {
        let mut body = body();
        body[member] = value;
        Order::read(&body, None)
    }

    #[test]
    fn the_server_names_the_price() {
        let order = with("sum", json!({"amount": 1})).unwrap();
        assert_eq!(order.sum.to_string(), "18.40 EUR");
        assert_eq!(order.description, "2 × Longjing, 50 g");
        assert_eq!(order.items, json!([{"sku": "longjing", "quantity": 2}]));
    }

    #[test]
    fn several_goods_are_added_up_and_described_in_the_payers_language() {
        let mut body = body();
        body["items"] = json!([{"sku": "longjing", "quantity": 1}, {"sku": "shou-puer", "quantity": 3}]);
        body["locale"] = json!("zh-CN");
        body["currency"] = json!("JPY");
        let order = Order::read(&body, None).unwrap();
        assert_eq!(order.sum.to_string(), "7150 JPY");
        assert_eq!(order.description, "1 × 龙井 50 克 + 3 × 熟普洱 100 克");
    }

    #[test]
    fn a_long_description_is_cut_and_not_refused() {
        let items: Vec<Value> = (0..20).map(|_| json!({"sku": "da-hong-pao", "quantity": 99})).collect();
        let order = with("items", json!(items)).unwrap();
        assert_eq!(order.description.chars().count(), 255);
        assert!(order.description.ends_with('…'), "{}", order.description);
    }

    #[test]
    fn what_cannot_be_bought_is_refused_by_name() {
        let cases = [
            ("items", json!([]), "items-invalid", "items"),
            ("items", json!("longjing"), "items-invalid", "items"),
            ("items", json!(vec![json!({"sku": "longjing", "quantity": 1}); 21]), "items-invalid", "items"),
            (
                "items",
                json!([{"sku": "longjing", "quantity": 1}, {"sku": "gold", "quantity": 1}]),
                "sku-unknown",
                "items[1].sku",
            ),
            ("items", json!([{"quantity": 1}]), "sku-unknown", "items[0].sku"),
            ("items", json!([{"sku": "longjing", "quantity": 0}]), "quantity-invalid", "items[0].quantity"),
            ("items", json!([{"sku": "longjing", "quantity": 1.5}]), "quantity-invalid", "items[0].quantity"),
            ("items", json!([{"sku": "longjing", "quantity": 100}]), "quantity-invalid", "items[0].quantity"),
            ("items", json!([{"sku": "longjing", "quantity": "2"}]), "quantity-invalid", "items[0].quantity"),
            ("currency", json!("CHF"), "currency-unavailable", "currency"),
            ("currency", json!("eur"), "currency-unavailable", "currency"),
            ("currency", json!(null), "currency-unavailable", "currency"),
            ("method", json!("cash"), "method-unknown", "method"),
            ("method", json!(7), "method-unknown", "method"),
            ("customer", json!({"email": "nobody"}), "email-invalid", "customer.email"),
            ("customer", json!({"email": 5}), "email-invalid", "customer.email"),
            ("customer", json!({"email": "a b@c"}), "email-invalid", "customer.email"),
            ("customer", json!({"email": "a@b;payment:status:success"}), "email-invalid", "customer.email"),
            ("customer", json!({"phone": "123"}), "phone-invalid", "customer.phone"),
            ("customer", json!({"phone": "call me"}), "phone-invalid", "customer.phone"),
            ("locale", json!("zh CN"), "locale-invalid", "locale"),
        ];
        for (member, value, code, field) in cases {
            let error = with(member, value.clone()).unwrap_err();
            assert_eq!((error.code(), error.field().as_deref()), (code, Some(field)), "{member}: {value}");
        }
        assert_eq!(Order::read(&json!([]), None).unwrap_err().code(), "body-invalid");
    }

    #[test]
    fn a_way_back_has_to_be_the_askers_own_and_counts_for_the_hosted_page_only() {
        let read = |method: &str, url: Value| {
            let mut body = body();
            (body["method"], body["return_url"]) = (json!(method), url);
            Order::read(&body, Some("https://shop.example"))
        };
        let url = json!("https://shop.example/#/c/{token}");
        assert!(read("payment_page", url.clone()).unwrap().return_url.is_some());
        assert!(read("both", url.clone()).unwrap().return_url.is_some());
        assert_eq!(read("gate", url).unwrap().return_url, None);
        assert_eq!(read("both", json!(null)).unwrap().return_url, None);
        for wrong in [json!("https://evil.example/"), json!(7), json!("")] {
            let error = read("payment_page", wrong).unwrap_err();
            assert_eq!((error.code(), error.field().as_deref()), ("return-url-invalid", Some("return_url")));
        }
    }

    #[test]
    fn the_hosted_page_is_told_a_language_it_can_know() {
        for (locale, language) in
            [("zh-CN", Some("zh")), ("EN", Some("en")), ("zh_Hant", Some("zh")), ("yue-HK", None), ("x1", None)]
        {
            assert_eq!(with("locale", json!(locale)).unwrap().language.as_deref(), language, "{locale}");
        }
        assert_eq!(Order::read(&body(), None).unwrap().language, None);
    }

    #[test]
    fn a_telephone_number_is_read_as_people_write_it() {
        let order =
            with("customer", json!({"email": " a@example.com ", "phone": "+86 (123) 456-7890", "id": "somebody else"}))
                .unwrap();
        assert_eq!(order.contact, Contact { email: Some("a@example.com".into()), phone: Some("861234567890".into()) });
        assert_eq!(with("customer", json!({"email": "", "phone": null})).unwrap().contact, Contact::default());
    }
}
