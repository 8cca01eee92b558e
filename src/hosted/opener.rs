//! The ways out of the shop's page: redirect, form, window.

use super::{Hosted, HostedMode, widget};
use crate::window::window;
use gloo_timers::callback::Timeout;
use protocol::hosted::PaymentPageConfig;
use session::{HandoffTrouble, Input};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlFormElement, HtmlInputElement, Window};

/// Opens the hosted page and watches over what it opened. Dropping it watches no more.
#[derive(Clone)]
pub(crate) struct Opener {
    act: Rc<dyn Fn(Input)>,
    watch: Rc<RefCell<Option<Timeout>>>,
    widget: Rc<RefCell<Option<widget::Widget>>>,
}

/// How often a window is looked at to see whether it was closed: nothing else tells.
const LOOK: u32 = 500;

impl Opener {
    pub(crate) fn new(act: impl Fn(Input) + 'static) -> Self {
        Self { act: Rc::new(act), watch: Rc::default(), widget: Rc::default() }
    }

    /// Opens the page as `hosted` says. Call it inside the payer's click: a window opened later is blocked.
    ///
    /// `before_leaving` is called when the page is about to take the place of this one.
    pub(crate) fn open(&self, hosted: &Hosted, config: &PaymentPageConfig, before_leaving: impl FnOnce()) {
        let mode = hosted.resolved();
        let address = config.address(&hosted.page);
        match mode {
            HostedMode::Popup if hosted.script => {
                (self.act)(Input::HandoffOpened);
                self.widget.replace(Some(widget::Widget::run(hosted, config, None, &self.act)));
            }
            // The screen shows the frame while the handoff is open.
            HostedMode::Frame | HostedMode::Embedded => (self.act)(Input::HandoffOpened),
            HostedMode::NewTab | HostedMode::Popup => self.open_window(hosted, mode, config, &address),
            HostedMode::Redirect | HostedMode::Auto => {
                before_leaving();
                (self.act)(Input::HandoffOpened);
                let left = if hosted.posts(&address) {
                    submit_form(&hosted.page, config, "_self")
                } else {
                    window().location().assign(&address).ok()
                };
                if left.is_none() {
                    (self.act)(Input::HandoffFailed(HandoffTrouble::PageFailed));
                }
            }
        }
    }

    fn open_window(&self, hosted: &Hosted, mode: HostedMode, config: &PaymentPageConfig, address: &str) {
        let features = if mode == HostedMode::Popup { "popup,width=480,height=760" } else { "" };
        let name = "wechat-checkout-hosted";
        let opened = window().open_with_url_and_target_and_features("", name, features).ok().flatten();
        let Some(opened) = opened else {
            return (self.act)(Input::HandoffFailed(HandoffTrouble::WindowBlocked));
        };
        // While the window is still ours: what loads in it next has no business with the shop's page.
        let _ = opened.set_opener(&JsValue::NULL);
        let sent = if hosted.posts(address) {
            submit_form(&hosted.page, config, name)
        } else {
            opened.location().replace(address).ok()
        };
        if sent.is_none() {
            return (self.act)(Input::HandoffFailed(HandoffTrouble::PageFailed));
        }
        (self.act)(Input::HandoffOpened);
        self.watch(opened);
    }

    fn watch(&self, opened: Window) {
        let this = self.clone();
        let timer = Timeout::new(LOOK, move || {
            if opened.closed().unwrap_or(true) {
                (this.act)(Input::HandoffClosed);
            } else {
                this.watch(opened);
            }
        });
        self.watch.replace(Some(timer));
    }

    /// Closes what is still open, where that is ours to close.
    pub(crate) fn stop(&self) {
        self.watch.take();
        self.widget.take();
    }
}

/// Sends the config by a form, each value as it is.
pub(super) fn submit_form(page: &str, config: &PaymentPageConfig, target: &str) -> Option<()> {
    let document = crate::window::document()?;
    let form: HtmlFormElement = document.create_element("form").ok()?.dyn_into().ok()?;
    form.set_method("post");
    form.set_action(&[page.trim_end_matches('/'), "/payment"].concat());
    form.set_target(target);
    // A page in another encoding would send other bytes than were signed.
    form.set_attribute("accept-charset", "utf-8").ok()?;
    form.set_hidden(true);
    for (name, value) in &config.parameters {
        let input: HtmlInputElement = document.create_element("input").ok()?.dyn_into().ok()?;
        input.set_type("hidden");
        input.set_name(name);
        input.set_value(value);
        form.append_child(&input).ok()?;
    }
    document.body()?.append_child(&form).ok()?;
    let submitted = form.submit().ok();
    form.remove();
    submitted
}
