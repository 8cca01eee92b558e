//! The page and the widget as files: what they need, and who may use them.

use crate::bench::Bench;

#[tokio::test]
async fn any_shop_may_frame_the_page_which_runs_nothing_but_its_own() {
    let bench = Bench::new().await;
    let good = bench.open_signed("order-1", &[]).await;
    let bad = bench.open(&bench.parameters("order-1")).await;
    for page in [good, bad] {
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors *"), "{policy}");
        assert!(!policy.contains("unsafe") && !page.headers.contains_key("x-frame-options"));
        assert!(!page.headers.contains_key("set-cookie"), "none would come back out of a foreign frame");
        assert_eq!(page.headers["cache-control"], "no-store");
        assert!(!page.html.contains("<style") && !page.html.contains(" style=") && !page.html.contains(" onclick="));
        for script in page.html.split("<script").skip(1) {
            assert!(script.contains(" src=\"/payment/assets/"), "inline script");
        }
        for file in page.html.split('"').filter(|text| text.starts_with("/payment/assets/")) {
            assert_eq!(bench.http.get(bench.sandbox.url(file)).send().await.unwrap().status(), 200, "{file}");
        }
    }
}

#[tokio::test]
async fn every_script_that_a_script_asks_for_is_there() {
    let bench = Bench::new().await;
    let text = async |path: &str| {
        let answer = bench.http.get(bench.sandbox.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/javascript"), "{path}");
        answer.text().await.unwrap()
    };
    for start in ["/payment/assets/page.js", "/payment/assets/error.js"] {
        let script = text(start).await;
        let imports: Vec<_> = script.split('\'').filter(|text| text.starts_with("/payment/assets/")).collect();
        assert!(!imports.is_empty());
        for file in imports {
            assert!(!text(file).await.contains("innerHTML"));
        }
    }
    let missing = bench.http.get(bench.sandbox.url("/payment/assets/nothing.js")).send().await.unwrap();
    assert_eq!(missing.status(), 404);
}

#[tokio::test]
async fn a_shops_page_loads_the_widget_from_the_pages_host() {
    let bench = Bench::new().await;
    for (path, kind, needed) in [
        ("/shared/merchant.js", "text/javascript", "window.EPayWidget = {"),
        ("/shared/merchant.css", "text/css", "#ep-modal-container"),
    ] {
        let answer = bench.http.get(bench.sandbox.url(path)).send().await.unwrap();
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with(kind), "{path}");
        assert_eq!(answer.headers()["cross-origin-resource-policy"], "cross-origin");
        let text = answer.text().await.unwrap();
        assert!(text.contains(needed) && !text.contains("innerHTML"), "{path}");
    }
}

#[tokio::test]
async fn what_a_shop_wrote_cannot_become_markup() {
    let bench = Bench::new().await;
    let page = bench.open_signed("<b>1</b>", &[("payment_description", "\"><script>alert(1)</script>")]).await;
    assert_eq!(page.status, 200);
    assert!(!page.html.contains("<script>alert") && !page.html.contains("<b>1"));
    assert!(page.html.contains("<h1>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>"));
    let page = bench.open_signed("order-1", &[("_x", "y"), ("a<b>", "c")]).await;
    assert!(page.text("reason").starts_with("a&lt;b&gt;: "));
}
