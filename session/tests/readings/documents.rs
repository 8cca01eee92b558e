//! Documents as shops, ECommPay and people with bad intentions send them.

use serde_json::{Value, json};

const CODE: &str = "weixin://wxpay/bizpayurl?pr=dMrSpJG";
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNiAAAABgADNjd8qAAAAABJRU5ErkJggg==";

pub(crate) fn documents() -> Vec<Value> {
    [whole(), sums(), codes(), pictures(), addresses(), lives(), declines(), pages(), questions()].concat()
}

/// Documents as a whole, and their texts.
fn whole() -> Vec<Value> {
    vec![
        json!(null),
        json!([1]),
        json!("payment"),
        json!({}),
        json!({"error": {}}),
        json!({"payment": null}),
        json!({"payment": {}}),
        json!({"payment": [], "checkout": 3}),
        json!({"payment": {"id": 49, "description": 12, "status": {}}, "operation": null, "display_data": {"type": "qr_data"}}),
        json!({"payment": {"id": ["a"], "description": {"a": 1}}, "checkout": {"payee": false, "links": []}}),
        json!({"payment": {"id": " X\u{202e}1 ", "description": " a\t\u{202e}b \u{200b} c\u{0}d "}, "checkout": {"payee": "\u{200f}"}}),
        json!({"payment": {"description": "微".repeat(300)}, "checkout": {"payee": "a ".repeat(200)}}),
        json!({"checkout": {"payee": "Tea\u{2028}House\u{ad}", "revision": "7", "expires_in": "543.2"}}),
        json!({"checkout": {"revision": 7.5, "expires_in": -3}}),
        json!({"checkout": {"revision": "1e3", "expires_in": " 0x10 "}}),
        json!({"checkout": {"revision": "", "expires_in": true}}),
    ]
}

fn sums() -> Vec<Value> {
    [
        json!({"amount": 1840, "currency": "EUR"}),
        json!({"amount": "1840", "currency": "CNY"}),
        json!({"amount": 5, "currency": "USD"}),
        json!({"amount": 0, "currency": "HKD"}),
        json!({"amount": -1205, "currency": "SGD"}),
        json!({"amount": 100, "currency": "JPY"}),
        json!({"amount": 12345, "currency": "KWD"}),
        json!({"amount": 12345, "currency": "VND"}),
        json!({"amount": 12345, "currency": "RWF"}),
        json!({"amount": 12345, "currency": "IRR"}),
        json!({"amount": 12.5, "currency": "EUR"}),
        json!({"amount": "1e3", "currency": "EUR"}),
        json!({"amount": null, "currency": "EUR"}),
        json!({"amount": true, "currency": "EUR"}),
        json!({"amount": [5], "currency": "EUR"}),
        json!({"amount": 9_100_000_000_000_000_i64, "currency": "EUR"}),
        json!({"amount": 1840, "currency": "eur"}),
        json!({"amount": 1840, "currency": "EURO"}),
        json!({"amount": 1840}),
        json!([1840, "EUR"]),
    ]
    .into_iter()
    .map(|sum| json!({"payment": {"sum": sum}}))
    .collect()
}

fn shown(items: &Value) -> Value {
    json!({"payment": {"id": "X1"}, "display_data": items})
}

fn code(kind: &str, data: &str) -> Value {
    shown(&json!([{"type": kind, "title": "QR code", "data": data}]))
}

fn codes() -> Vec<Value> {
    vec![
        shown(&json!([])),
        shown(&json!([{"type": "add_info", "title": "Shop", "data": "open"}])),
        shown(&json!([null, 3, "qr_data", ["qr_data"], {"type": 5}])),
        shown(&json!([{"type": "qr_data"}])),
        code("qr_data", CODE),
        code("qr_data", &format!("  {CODE}\n")),
        code("QR_DATA", CODE),
        code("qr_data", "https://pay.example/p/1"),
        code("qr_data", "wеixin://wxpay"),
        code("qr_data", "plain words"),
        code("qr_data", ""),
        code("qr_data", "   "),
        code("qr_data", &"x".repeat(2331)),
        code("qr_data", &"x".repeat(2332)),
        code("qr_data", &"微".repeat(777)),
        code("qr_data", &"微".repeat(778)),
        code("qr_data", "weixin://a\u{202e}b"),
        code("qr_data", "wei\u{200b}xin://a"),
        code("qr_data", "weixin://a\u{2028}b"),
        code("qr_data", "weixin://a\u{600}b"),
        code("qr_data", "weixin://a\u{0}b"),
        code("qr_data", "JavaScript:alert(1)"),
        code("qr_data", "data:text/html,x"),
        code("qr_data", "vbscript:x"),
        code("qr_data", "file:///etc/passwd"),
        shown(&json!([{"type": "qr_data", "data": 20_260_101}])),
        shown(&json!([{"type": "qr_data", "data": true}])),
        shown(&json!([
            {"type": "qr_url", "data": "https://pay.example/code.png"}, {"type": "qr_img", "data": DOT},
            {"type": "qr_data", "data": CODE}])),
        shown(&json!([{"type": "qr_data", "data": ""}, {"type": "qr_url", "data": "https://pay.example/code.png"}])),
        shown(&json!([{"type": "qr_data", "data": ""}, {"type": "qr_img", "data": "%%%"}])),
    ]
}

fn pictures() -> Vec<Value> {
    [
        DOT.to_owned(),
        format!("data:image/png;base64,{DOT}"),
        format!("data:image//png;base64,{DOT}"),
        format!("DATA:image/jpeg;charset=x;BASE64,{DOT}"),
        format!("{}\r\n {}", &DOT[..20], &DOT[20..]),
        DOT.trim_end_matches('=').to_owned(),
        String::new(),
        "data:image/png;base64,".to_owned(),
        "%%%".to_owned(),
        "data:image/png,abc".to_owned(),
        "data:image/png;base64".to_owned(),
        "data:text/html;base64,PHNjcmlwdD4=".to_owned(),
        "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=".to_owned(),
        "PHN2Zz48c2NyaXB0Lz48L3N2Zz4=".to_owned(),
    ]
    .iter()
    .map(|data| code("qr_img", data))
    .chain([
        code("qr_data", &format!("data:image/png;base64,{DOT}")),
        code("qr_url", &format!("data:image/png;base64,{DOT}")),
    ])
    .collect()
}

fn addresses() -> Vec<Value> {
    [
        "https://pay.example/c.png?a=1#b",
        "HTTPS://pay.example:8443/c",
        "/codes/1.png",
        "https://shop.example/x",
        "http://pay.example/c.png",
        "http://127.0.0.1/c.png",
        "//pay.example/c.png",
        "codes/1.png",
        "https://",
        "https:///x",
        "javascript:alert(1)",
        "blob:https://shop.example/1",
        "https://user:pass@pay.example/c.png",
        "/\\pay.example/c.png",
        "https://pay.example/a b",
        "https://pаy.example/c.png",
        "",
    ]
    .iter()
    .map(|url| code("qr_url", url))
    .chain([code("qr_url", &format!("https://pay.example/{}", "a".repeat(2048)))])
    .collect()
}

fn lives() -> Vec<Value> {
    let life = |title: &str, data: Value| {
        shown(&json!([{"type": "qr_data", "data": CODE}, {"type": "add_info", "title": title, "data": data}]))
    };
    let mut all: Vec<_> =
        ["QR Code Timeout", " qr code timeout ", "lifetime", "expired_timestamp", "expired_date", "Shop"]
            .iter()
            .map(|title| life(title, json!("600")))
            .collect();
    for data in [
        json!(600),
        json!("1e3"),
        json!("0x10"),
        json!("0"),
        json!("-5"),
        json!("soon"),
        json!(""),
        json!(null),
        json!(true),
        json!("59.9"),
        json!(1_765_960_403),
        json!("1765960403000"),
        json!("1000000000"),
        json!("9999999999999999"),
    ] {
        all.push(life("QR Code Timeout", data));
    }
    all.push(shown(&json!([
        {"type": "add_info", "title": "lifetime", "data": "soon"},
        {"type": "add_info", "title": "lifetime", "data": "50"},
        {"type": "add_info", "title": "QR Code Timeout", "data": "60"}, {"type": "qr_data", "data": CODE}])));
    for created in [
        json!("2019-01-28T08:07:22+0000"),
        json!("2019-01-28T08:07:22+03:00"),
        json!("2019-01-28 08:07:22-05"),
        json!("2019-01-28T08:07:22.987Z"),
        json!("2019-01-28T08:07:22"),
        json!("2019-01-28"),
        json!("2019-01-28T08:07"),
        json!("2019-13-28T08:07:22Z"),
        json!("2019-01-28T24:07:22Z"),
        json!("Mon, 28 Jan 2019 08:07:22 GMT"),
        json!(1_548_662_842),
        json!(null),
    ] {
        all.push(json!({"payment": {"id": "X1"}, "operation": {"created_date": created}}));
    }
    all
}

fn declines() -> Vec<Value> {
    let codes = [
        "20105", "20101", "2642", "3358", "20106", "20107", "20201", "301", "20301", "10602", "20602", "314", "501",
        "601", "602", "603", "20601", "20603", "3613", "20000", "",
    ];
    let mut all: Vec<_> = codes
        .iter()
        .map(|code| json!({"payment": {"status": "decline"}, "operation": {"type": "sale", "status": "decline", "code": code}}))
        .collect();
    all.push(json!({"payment": {"status": "decline"}, "operation": {"status": "decline", "code": 20105}}));
    all.push(json!({"payment": {"status": "decline"}}));
    all.push(json!({"payment": {"status": "error"}, "operation": {"type": "sale", "code": "501"}}));
    all.push(json!({"payment": {"status": 3}, "operation": "success"}));
    all
}

fn pages() -> Vec<Value> {
    let good = json!({"project_id": 239, "payment_id": "X 1&=", "payment_amount": "10000", "payment_currency": "EUR",
        "customer_id": "1", "signature": "a+b/c=="});
    let with = |name: &str, value: Value| {
        let mut page = good.clone();
        if let Some(members) = page.as_object_mut() {
            members.insert(name.to_owned(), value);
        }
        page
    };
    [
        good.clone(),
        with("redirect", json!(true)),
        with("nested", json!({"a": 1})),
        with("secret_key", json!("s")),
        with("Salt", json!("s")),
        with("payment_description", json!("a;b")),
        with("_own", json!("a;b")),
        with("signature", json!("")),
        with("signature", json!(null)),
        with("project_id", json!("0")),
        with("project_id", json!("12x")),
        with("payment_amount", json!("100.00")),
        with("payment_amount", json!(0)),
        with("payment_currency", json!("eur")),
        with("payment_id", json!("x".repeat(256))),
        with("baseUrl", json!("https://elsewhere.example")),
        with("baseUrl", json!("https://paymentpage.ecommpay.com/")),
        json!({}),
        json!([]),
        json!("page"),
    ]
    .into_iter()
    .map(|page| json!({"checkout": {"payment_page": page}}))
    .collect()
}

fn questions() -> Vec<Value> {
    let many: Vec<_> = (0..40).map(|number| format!("field_{number}")).collect();
    [
        json!({}),
        json!(3),
        json!(["email"]),
        json!({"customer": null}),
        json!({"customer": "email"}),
        json!({"avs_data": ["avs_post_code", "avs_street_address"]}),
        json!({"customer": ["email", 7, null, {}, true], "other": []}),
        json!({"customer": many}),
        json!({"customer": {"properties": {"email": {"maxLength": 40}, "phone": {}, "city": null}, "required": ["email"]}}),
        json!({"customer": {"properties": {"a": {"maxLength": "12"}, "b": {"maxLength": 0}, "c": {"maxLength": 10_001},
            "d": {"maxLength": 3.7}, "e": 5}, "required": "a"}}),
        json!({"customer": {"properties": {"email": {}, "phone": {}, "city": {}}, "errors": [
            {"property": "customer.email", "message": "is not known"}, {"property": "phone", "message": "is too short"},
            {"property": "city"}, null]}}),
        json!({"customer": {"required": ["email"]}}),
    ]
    .into_iter()
    .map(|fields| json!({"payment": {"id": "X1"}, "clarification_fields": fields}))
    .collect()
}
