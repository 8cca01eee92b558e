//! The component: the machine's view on the screens, the payer's doings into the machine.

// On a server nothing runs, so nothing of what would run is used up.
#![cfg_attr(not(target_arch = "wasm32"), allow(clippy::needless_pass_by_value))]

use crate::encode::Encoder;
use crate::hosted::Hosted;
use crate::logo::{self, Logo};
use crate::markup::PageView;
use crate::screens::{self, Card, Doing, Frame};
use crate::{Source, Wording};
use leptos::prelude::*;
use session::{Countdown, Event, Input, Millis, Options, Policy, Session, View};
use std::sync::Arc;

/// Drives a mounted checkout from the page around it: a button of its own for a new code, say.
///
/// It is made before the component and given to it. Once the component is gone it does nothing.
#[derive(Clone, Copy, Debug)]
pub struct Remote(StoredValue<Option<(Callback<Doing>, Arc<Frame>)>>);

impl Default for Remote {
    fn default() -> Self {
        Self(StoredValue::new(None))
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
        let (_, frame) = self.0.try_get_value().flatten()?;
        frame.view().payment_id.clone()
    }

    fn send(&self, input: Input) {
        if let Some((act, _)) = self.0.try_get_value().flatten() {
            act.try_run(Doing::Input(input));
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
    let texts = Arc::new(texts.texts(&language));
    let (view, countdown) = first_look(&source, &hosted);
    let (logo, no_logo) = logo::sort_for_page(logo);
    let (offers_retry, offers_page) = (on_retry.is_some(), true);
    let (hosted_here, encoder) = (Some(hosted.clone()), Encoder::default());
    let card = Card { texts, language, offers_retry, offers_page, hosted: hosted_here, back_url, encoder, logo };
    let frame = Arc::new(Frame::new(card, view, countdown));
    let changed = ArcTrigger::new();

    #[cfg(target_arch = "wasm32")]
    let act = {
        let onlooker = running::Onlooker::new(&frame, &changed, on_event);
        running::start(source, policy, hosted, no_logo, onlooker, on_retry)
    };
    // On a server nobody acts.
    #[cfg(not(target_arch = "wasm32"))]
    let act = {
        let _ = (policy, hosted, no_logo, on_event);
        Callback::new(|_: Doing| {})
    };
    if let Some(Remote(remote)) = remote {
        remote.set_value(Some((act, frame.clone())));
    }
    PageView::new(frame, screens::checkout, move || changed.track(), act)
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
    let page = crate::window::document()
        .and_then(|document| document.document_element()?.get_attribute("lang"))
        .filter(|language| !language.is_empty());
    page.or_else(|| crate::window::window().navigator().language()).unwrap_or_else(|| "en".into())
}

#[cfg(not(target_arch = "wasm32"))]
fn page_language() -> String {
    "en".into()
}

#[cfg(target_arch = "wasm32")]
mod running {
    //! The component's life in a browser.

    use crate::Source;
    use crate::driver::Audience;
    use crate::hosted::Hosted;
    use crate::running::Running;
    use crate::screens::{Doing, Frame};
    use leptos::prelude::*;
    use session::{Countdown, Event, LogoTrouble, Policy, View};
    use std::rc::Rc;
    use std::sync::Arc;

    /// Shows what the driver says, and passes on what happens.
    #[derive(Clone)]
    pub(super) struct Onlooker {
        frame: Arc<Frame>,
        changed: ArcTrigger,
        on_event: Option<Callback<Event>>,
    }

    impl Onlooker {
        pub(super) fn new(frame: &Arc<Frame>, changed: &ArcTrigger, on_event: Option<Callback<Event>>) -> Self {
            Self { frame: frame.clone(), changed: changed.clone(), on_event }
        }
    }

    impl Audience for Onlooker {
        fn show(&self, view: View, countdown: Option<Countdown>) {
            self.frame.show(view, countdown);
            self.changed.notify();
        }

        fn tell(&self, event: Event) {
            if let Some(on_event) = self.on_event {
                on_event.try_run(event);
            }
        }
    }

    /// Starts the checkout with the component and ends it with it; gives what takes in the payer's doings.
    pub(super) fn start(
        source: Source,
        policy: Policy,
        hosted: Hosted,
        no_logo: Option<LogoTrouble>,
        onlooker: Onlooker,
        on_retry: Option<Callback<()>>,
    ) -> Callback<Doing> {
        let running: StoredValue<Option<Rc<Running>>, LocalStorage> = StoredValue::new_local(None);
        // After the first rendering, so that markup from a server is taken over as it was rendered.
        Effect::new(move |_| {
            let (source, policy, hosted) = (source.clone(), policy.clone(), hosted.clone());
            let started = Running::start(source, policy, hosted, no_logo, onlooker.clone());
            running.set_value(Some(Rc::new(started)));
        });
        on_cleanup(move || {
            // Taken out first: what it lets go must not find the store borrowed.
            if let Some(running) = running.try_update_value(Option::take).flatten() {
                running.stop();
            }
        });
        Callback::new(move |doing| {
            let running = running.try_get_value().flatten();
            match (doing, running, on_retry) {
                (Doing::Input(input), Some(running), _) => running.act(input),
                (Doing::OpenPage, Some(running), _) => running.open_page(),
                (Doing::Retry, _, Some(on_retry)) => drop(on_retry.try_run(())),
                _ => {}
            }
        })
    }
}
