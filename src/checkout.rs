//! The component: the machine's view on the screens, the payer's doings into the machine.

// On a server nothing runs, so nothing of what would run is used up.
#![cfg_attr(not(target_arch = "wasm32"), allow(clippy::needless_pass_by_value))]

use crate::hosted::Hosted;
use crate::logo::{self, Logo};
use crate::screens::Screens;
use crate::{Source, Wording};
use leptos::prelude::*;
use protocol::code::PageOrigin;
use session::{Countdown, Event, Input, LogoTrouble, Millis, Options, Policy, Session, View};

/// Drives a mounted checkout from the page around it: a button of its own for a new code, say.
///
/// It is made before the component and given to it. Once the component is gone it does nothing.
#[derive(Clone, Copy, Debug)]
pub struct Remote {
    act: StoredValue<Option<Callback<Input>>>,
    view: StoredValue<Option<ReadSignal<View>>>,
}

impl Default for Remote {
    fn default() -> Self {
        Self { act: StoredValue::new(None), view: StoredValue::new(None) }
    }
}

impl Remote {
    /// Asks for a new code.
    pub fn renew(&self) {
        self.send(Input::Renew);
    }

    /// Gives up.
    pub fn cancel(&self) {
        self.send(Input::Cancel);
    }

    /// Asks the shop now.
    pub fn check(&self) {
        self.send(Input::Check);
    }

    /// Hands in a document that the page got by a way of its own.
    pub fn tell(&self, document: protocol::document::Document) {
        self.send(Input::Document { source: session::Source::Page, document: Box::new(document), date: None });
    }

    /// The payment that is shown, where it is known.
    pub fn payment_id(&self) -> Option<String> {
        let view = self.view.try_get_value().flatten()?;
        view.try_with_untracked(|view| view.payment_id.clone()).flatten()
    }

    fn send(&self, input: Input) {
        if let Some(act) = self.act.try_get_value().flatten() {
            act.try_run(input);
        }
    }
}

/// A WeChat Pay checkout: the code, the countdown, and one outcome.
///
/// # Server-side rendering
///
/// The server renders what the document of `source` says and asks nobody. The browser takes over from there.
#[component]
pub fn WechatCheckout(
    /// A document, the address that answers with it, or both: see [`Source`].
    #[prop(into)]
    source: Source,
    /// How often to ask and how long to wait.
    #[prop(optional)]
    policy: Policy,
    /// The language of texts, amounts and dates, such as `zh-CN`. The page's language, if none is given.
    #[prop(optional, into)]
    language: Option<String>,
    /// What is said. The texts of `language`, if none are given.
    #[prop(default = Wording::of_language(), into)]
    texts: Wording,
    /// Where the shop is: the payer goes back there when it is over.
    #[prop(optional, into)]
    back_url: Option<String>,
    /// How the hosted Payment Page is opened, where a document offers it.
    #[prop(optional)]
    hosted: Hosted,
    /// What lies over codes that are drawn here; nothing unless told. See [`Logo`].
    #[prop(optional, into)]
    logo: Option<Logo>,
    /// Told what happens. [`Event::Settled`] comes at most once, and last.
    #[prop(optional, into)]
    on_event: Option<Callback<Event>>,
    /// Starts a new checkout after a decline. Without it nobody is offered to try again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// Drives the checkout from outside.
    #[prop(optional)]
    remote: Option<Remote>,
) -> impl IntoView {
    let language = language.unwrap_or_else(page_language);
    let texts = texts.texts(&language);
    let (logo, no_logo) = sort_logo(logo);
    let (first_view, first_countdown) = first_look(&source, &hosted);
    let (view, set_view) = signal(first_view);
    let (countdown, set_countdown) = signal(first_countdown);

    #[cfg(target_arch = "wasm32")]
    let running = running::Running::start(source, policy, hosted, no_logo, on_event, set_view, set_countdown);
    #[cfg(target_arch = "wasm32")]
    let (act, open_page) = (running.act(), Some(running.open_page()));
    // On a server nobody acts.
    #[cfg(not(target_arch = "wasm32"))]
    let (act, open_page) = {
        let _ = (policy, no_logo, on_event, set_view, set_countdown);
        (Callback::new(|_: Input| {}), Some(Callback::new(|()| {})))
    };

    if let Some(remote) = remote {
        remote.act.set_value(Some(act));
        remote.view.set_value(Some(view));
    }
    #[cfg(target_arch = "wasm32")]
    let labels = (texts.wechat_pay.to_string(), texts.back.to_string());
    let screens = view! {
        <Screens
            view
            countdown
            act
            texts
            language
            retry=on_retry
            open_page
            back_url
            logo
        />
    };
    #[cfg(target_arch = "wasm32")]
    let screens = (screens, running.frame(view, labels, act));
    screens
}

/// The logo, where it can be shown on this page, and why it cannot.
fn sort_logo(logo: Option<Logo>) -> (Option<Logo>, Option<LogoTrouble>) {
    #[cfg(target_arch = "wasm32")]
    let origin = crate::driver::page_origin();
    // A server does not know the page it renders for; addresses that need to are sorted out by the browser.
    #[cfg(not(target_arch = "wasm32"))]
    let origin = "";
    logo::sort(logo, &PageOrigin::new(origin))
}

/// What is shown before anything was asked: the same on a server and in the browser that takes over from it.
fn first_look(source: &Source, hosted: &Hosted) -> (View, Option<Countdown>) {
    let options = Options { payment_page: Some(hosted.page.clone()), ..Options::default() };
    let mut session = Session::new(Millis(0), options);
    if let Some(document) = &source.document {
        let source = session::Source::Page;
        session.handle(Millis(0), Input::Document { source, document: Box::new(document.clone()), date: None });
    }
    (session.view(), session.countdown(Millis(0)))
}

#[cfg(target_arch = "wasm32")]
fn page_language() -> String {
    let window = web_sys::window();
    let page = window
        .as_ref()
        .and_then(|window| window.document()?.document_element()?.get_attribute("lang"))
        .filter(|language| !language.is_empty());
    page.or_else(|| window?.navigator().language()).unwrap_or_else(|| "en".into())
}

#[cfg(not(target_arch = "wasm32"))]
fn page_language() -> String {
    "en".into()
}

#[cfg(target_arch = "wasm32")]
mod running {
    //! A checkout that runs in a browser.

    use crate::Source;
    use crate::driver::{Audience, Driver, Start};
    use crate::hosted::{Hosted, HostedEmbedded, HostedFrame, HostedMode, Opener, remember};
    use leptos::prelude::*;
    use session::{Countdown, Event, Input, LogoTrouble, Phase, Policy, View};

    #[derive(Clone, Copy)]
    pub(super) struct Running {
        driver: StoredValue<Option<Driver>, LocalStorage>,
        opener: StoredValue<Option<Opener>, LocalStorage>,
        hosted: StoredValue<Hosted>,
    }

    /// The signals, set only where something changed.
    struct Screen {
        view: WriteSignal<View>,
        countdown: WriteSignal<Option<Countdown>>,
        on_event: Option<Callback<Event>>,
    }

    impl Audience for Screen {
        fn show(&self, view: View, countdown: Option<Countdown>) {
            let changed = |old: &mut View| {
                let changed = *old != view;
                if changed {
                    *old = view;
                }
                changed
            };
            // Whoever reads these may be gone already, which is no failure.
            let _ = self.view.try_maybe_update(|old| (changed(old), ()));
            let _ = self.countdown.try_maybe_update(|old| {
                let changed = *old != countdown;
                *old = countdown;
                (changed, ())
            });
        }

        fn tell(&self, event: Event) {
            if let Some(on_event) = self.on_event {
                on_event.try_run(event);
            }
        }
    }

    impl Running {
        pub(super) fn start(
            source: Source,
            policy: Policy,
            hosted: Hosted,
            no_logo: Option<LogoTrouble>,
            on_event: Option<Callback<Event>>,
            view: WriteSignal<View>,
            countdown: WriteSignal<Option<Countdown>>,
        ) -> Self {
            let this = Self {
                driver: StoredValue::new_local(None),
                opener: StoredValue::new_local(None),
                hosted: StoredValue::new(hosted.clone()),
            };
            let act = this.act();
            this.opener.set_value(Some(Opener::new(move |input| {
                act.try_run(input);
            })));
            // After the first rendering, so that markup from a server is taken over as it was rendered.
            Effect::new(move |_| {
                let start = Start {
                    document: source.document.clone(),
                    status_url: source.status_url.clone(),
                    policy: policy.clone(),
                    payment_page: hosted.page.clone(),
                };
                let driver = Driver::start(start, Screen { view, countdown, on_event });
                if let Some(trouble) = no_logo {
                    driver.remote().handle(Input::LogoFailed(trouble));
                }
                this.driver.set_value(Some(driver));
            });
            on_cleanup(move || {
                if let Some(opener) = this.opener.try_update_value(Option::take).flatten() {
                    opener.stop();
                }
                // Taken out first: what it lets go must not find the store borrowed.
                drop(this.driver.try_update_value(Option::take));
            });
            this
        }

        pub(super) fn act(self) -> Callback<Input> {
            Callback::new(move |input| {
                let remote = self.driver.try_with_value(|driver| driver.as_ref().map(Driver::remote)).flatten();
                if let Some(remote) = remote {
                    remote.handle(input);
                }
            })
        }

        /// Opens the hosted page, inside the payer's click.
        pub(super) fn open_page(self) -> Callback<()> {
            Callback::new(move |()| {
                let remote = self.driver.try_with_value(|driver| driver.as_ref().map(Driver::remote)).flatten();
                let config = remote.as_ref().and_then(|remote| remote.look(|session| session.view().payment_page));
                let opener = self.opener.try_with_value(Clone::clone).flatten();
                let hosted = self.hosted.try_get_value();
                if let (Some(remote), Some(Some(config)), Some(opener), Some(hosted)) = (remote, config, opener, hosted)
                {
                    opener.open(&hosted, &config, || {
                        if let Some(checkout) = remote.checkout() {
                            remember(&checkout);
                        }
                    });
                }
            })
        }

        /// The hosted page inside the checkout, while it is open that way.
        pub(super) fn frame(
            self,
            view: ReadSignal<View>,
            (title, close): (String, String),
            act: Callback<Input>,
        ) -> impl IntoView {
            // Only the config counts: a frame that is drawn anew loads anew, and the payer begins again.
            let inside = Memo::new(move |_| {
                let mode = self.hosted.try_get_value()?.resolved();
                let framed = matches!(mode, HostedMode::Frame | HostedMode::Embedded);
                view.with(|view| (view.phase == Phase::Handoff && framed).then(|| view.payment_page.clone()).flatten())
            });
            move || {
                let (config, hosted) = (inside.get()?, self.hosted.try_get_value()?);
                if hosted.resolved() == HostedMode::Embedded && hosted.script {
                    return Some(view! { <HostedEmbedded hosted config act/> }.into_any());
                }
                let (title, close) = (title.clone(), close.clone());
                Some(view! { <HostedFrame hosted config title close act/> }.into_any())
            }
        }
    }
}
