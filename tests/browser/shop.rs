//! A shop's backend and a page, for tests: `fetch` is patched, the component is mounted.

#![allow(dead_code, missing_docs, unreachable_pub, clippy::expect_used, clippy::panic, clippy::needless_pass_by_value)]

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use session::{Event, Outcome, Policy};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;
use wechat_checkout::{Remote, Source, WechatCheckout};

#[wasm_bindgen(inline_js = r#"
export class PlayedShop {
  constructor(body) {
    this.body = body; this.status = 200; this.way = 'answer'; this.delay = 0;
    this.requests = 0; this.out = 0; this.most = 0; this.aborted = 0; this.hanging = [];
    this.original = globalThis.fetch;
    globalThis.fetch = (url, init) => this.answer(url, init);
  }
  close() { globalThis.fetch = this.original; }
  respond() { return new Response(JSON.stringify(this.body), { status: this.status }); }
  answer(url, init) {
    this.requests += 1;
    switch (this.way) {
      case 'throw': throw 'patched badly';
      case 'string': return Promise.reject('a string');
      case 'undefined': return Promise.reject();
      case 'network': return Promise.reject(new TypeError('Failed to fetch'));
      case 'foreign-error': return Promise.reject({ name: 'AbortError' });
      case 'object': return Promise.resolve({});
      case 'number': return Promise.resolve(7);
      case 'null': return null;
      case 'bad-json': return Promise.resolve(new Response('<html>', { status: 200 }));
    }
    this.out += 1; this.most = Math.max(this.most, this.out);
    return new Promise((resolve, reject) => {
      const aborted = () => {
        done(); this.aborted += 1; reject(new DOMException('aborted', 'AbortError'));
      };
      // An abort after the answer changes nothing, so it does not count.
      const done = () => { this.out -= 1; init?.signal?.removeEventListener('abort', aborted); };
      init?.signal?.addEventListener('abort', aborted);
      const give = () => { done(); resolve(this.respond()); };
      if (this.way === 'hang') this.hanging.push(give);
      else setTimeout(give, this.delay);
    });
  }
  release() { const all = this.hanging; this.hanging = []; this.way = 'answer'; all.forEach(give => give()); }
}
let ahead = 0; const now = Date.now.bind(Date);
export function set_clock_ahead(milliseconds) { ahead = milliseconds; Date.now = () => now() + ahead; }
export function set_member(value, path, member) {
  const copy = structuredClone(value); const names = path.split('.'); const last = names.pop();
  let at = copy; for (const name of names) at = at[name] ??= {};
  at[last] = member; return copy;
}
"#)]
extern "C" {
    type PlayedShop;
    #[wasm_bindgen(constructor)]
    fn new(body: JsValue) -> PlayedShop;
    #[wasm_bindgen(method)]
    fn close(this: &PlayedShop);
    #[wasm_bindgen(method)]
    fn release(this: &PlayedShop);
    #[wasm_bindgen(method, setter, js_name = body)]
    fn set_body(this: &PlayedShop, body: &JsValue);
    #[wasm_bindgen(method, setter, js_name = way)]
    fn set_way(this: &PlayedShop, way: &str);
    #[wasm_bindgen(method, setter, js_name = status)]
    fn set_status(this: &PlayedShop, status: f64);
    #[wasm_bindgen(method, setter, js_name = delay)]
    fn set_delay(this: &PlayedShop, delay: f64);
    #[wasm_bindgen(method, getter)]
    fn requests(this: &PlayedShop) -> u32;
    #[wasm_bindgen(method, getter)]
    fn most(this: &PlayedShop) -> u32;
    #[wasm_bindgen(method, getter)]
    fn aborted(this: &PlayedShop) -> u32;
    #[wasm_bindgen(method, getter)]
    fn hanging(this: &PlayedShop) -> js_sys::Array;

    pub fn set_clock_ahead(milliseconds: f64);
    fn set_member(value: JsValue, path: &str, member: JsValue) -> JsValue;
}

/// The document with one member changed.
pub fn with(document: JsValue, path: &str, member: impl Into<JsValue>) -> JsValue {
    set_member(document, path, member.into())
}

pub fn waiting() -> JsValue {
    document(
        r#"{"payment":{"id":"X03936","status":"awaiting customer action","method":"wechat",
        "sum":{"amount":1840,"currency":"EUR"},"description":"2 × Longjing, 50 g"},
        "operation":{"type":"sale","status":"awaiting customer action","code":"9999"},
        "display_data":[{"type":"qr_data","title":"QR code","data":"weixin://wxpay/bizpayurl?pr=dMrSpJG"}],
        "checkout":{"payee":"Camellia Tea","expires_in":468.0,"links":{"renew":"/api/checkouts/T/renew"}}}"#,
    )
}

pub fn paid() -> JsValue {
    let paid = with(waiting(), "payment.status", "success");
    with(paid, "operation.status", "success")
}

pub fn declined(code: &str) -> JsValue {
    let declined = with(with(waiting(), "payment.status", "decline"), "operation.status", "decline");
    with(declined, "operation.code", code)
}

pub fn document(text: &str) -> JsValue {
    js_sys::JSON::parse(text).expect("a test's own JSON")
}

/// Lets the browser work for so many milliseconds.
pub async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        web_sys::window()
            .expect("a window")
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .expect("a timer");
    });
    JsFuture::from(promise).await.expect("a timer fires");
}

/// A shop that answers each request of the page. One at a time; dropping it gives `fetch` back.
pub struct Shop(PlayedShop);

impl Shop {
    pub fn open(document: JsValue) -> Self {
        Self(PlayedShop::new(document))
    }

    pub fn answers(&self, document: JsValue) {
        self.0.set_body(&document);
        self.0.set_status(200.0);
        if self.0.hanging().length() == 0 {
            self.0.set_way("answer");
        }
    }

    pub fn fails(&self, way: &str) {
        self.0.set_way(way);
    }

    pub fn refuses(&self, status: f64) {
        self.0.set_status(status);
    }

    pub fn delays(&self, milliseconds: u32) {
        self.0.set_delay(f64::from(milliseconds));
    }

    pub fn hangs(&self) {
        self.0.set_way("hang");
    }

    pub fn release(&self) {
        self.0.release();
    }

    pub fn requests(&self) -> u32 {
        self.0.requests()
    }

    pub fn most_at_once(&self) -> u32 {
        self.0.most()
    }

    pub fn aborted(&self) -> u32 {
        self.0.aborted()
    }

    pub fn hanging(&self) -> u32 {
        self.0.hanging().length()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// A page with one checkout. Dropping it unmounts the checkout.
pub struct Page {
    inner: Rc<Mounted>,
}

struct Mounted {
    host: HtmlElement,
    handle: RefCell<Option<Box<dyn std::any::Any>>>,
    log: Log,
    remote: Cell<Option<Remote>>,
}

/// What the integrator was told.
#[derive(Clone, Default)]
pub struct Log(Rc<RefCell<Vec<Event>>>);

impl Log {
    pub fn events(&self) -> Vec<Event> {
        self.0.borrow().clone()
    }
}

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

impl Page {
    pub fn mount(policy: Policy) -> Self {
        Self::mount_with(policy, |_, _| {})
    }

    pub fn mount_with(policy: Policy, on_event: impl Fn(&Event, &Page) + 'static) -> Self {
        let document = web_sys::window().and_then(|window| window.document()).expect("a document");
        let host: HtmlElement = document.create_element("div").expect("an element").unchecked_into();
        document.body().expect("a body").append_child(&host).expect("a child");
        let inner = Rc::new(Mounted {
            host: host.clone(),
            handle: RefCell::default(),
            log: Log::default(),
            remote: Cell::default(),
        });
        let told = send_wrapper::SendWrapper::new((Rc::downgrade(&inner), inner.log.clone(), on_event));
        let on_event = Callback::new(move |event: Event| {
            let (page, log, on_event) = &*told;
            log.0.borrow_mut().push(event.clone());
            if let Some(inner) = page.upgrade() {
                on_event(&event, &Page { inner });
            }
        });
        let keep = inner.clone();
        let handle: UnmountHandle<_> = mount_to(host, move || {
            let remote = Remote::default();
            keep.remote.set(Some(remote));
            // Inside a part that is drawn anew when a signal changes, as in most applications: none of the checkout's own
            // may count among them.
            move || view! { <WechatCheckout source=Source::status("/api/checkouts/T") policy=policy.clone() on_event remote/> }
        });
        inner.handle.replace(Some(Box::new(handle)));
        Self { inner }
    }

    pub fn remote(&self) -> Remote {
        self.inner.remote.get().expect("a mounted checkout")
    }

    pub fn unmount_now(&self) {
        drop(self.inner.handle.take());
    }

    pub fn unmount(self) -> Log {
        self.unmount_now();
        self.inner.log.clone()
    }

    /// Waits until something is so; fails after five seconds.
    pub async fn until(&self, so: impl Fn(&Self) -> bool) {
        for _ in 0..500 {
            if so(self) {
                return;
            }
            pause(10).await;
        }
        panic!("never came: phase {:?}, events {:?}", self.phase(), self.events());
    }

    pub fn phase(&self) -> String {
        let root = self.inner.host.query_selector("[data-checkout]").expect("a selector");
        root.and_then(|root| root.get_attribute("data-phase")).unwrap_or_default()
    }

    pub fn has(&self, selector: &str) -> bool {
        self.inner.host.query_selector(selector).expect("a selector").is_some()
    }

    pub fn text(&self, selector: &str) -> String {
        let element = self.inner.host.query_selector(selector).expect("a selector");
        element.and_then(|element| element.text_content()).unwrap_or_default()
    }

    pub fn move_elsewhere(&self) {
        let document = web_sys::window().and_then(|window| window.document()).expect("a document");
        let other = document.create_element("div").expect("an element");
        document.body().expect("a body").append_child(&other).expect("a child");
        other.append_child(&self.inner.host).expect("a move");
    }

    pub fn events(&self) -> Vec<Event> {
        self.inner.log.events()
    }

    pub fn outcomes(&self) -> Vec<Outcome> {
        let outcome = |event| if let Event::Settled(outcome) = event { Some(outcome) } else { None };
        self.events().into_iter().filter_map(outcome).collect()
    }
}
