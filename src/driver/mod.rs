//! The thin shell around the machine: it has the clock, the network and the page, and no decisions.
//!
//! Everything that lives longer than a call (the timer, listeners, requests, the event stream, the tab
//! channel) is held here and ends when the [`Driver`] is dropped. Whatever still comes in afterwards finds
//! nobody: callbacks hold the shell weakly.

mod address;
mod clock;
mod events;
mod fetch;
mod json;
mod page;
mod tabs;

use crate::hosted::has_returned;
use crate::listener::Listener;
use crate::window::window;
use address::Addresses;
use clock::Clock;
use events::EventStream;
use fetch::{Answer, Pending};
use gloo_timers::callback::Timeout;
use protocol::code::PageOrigin;
use protocol::document::Document;
use session::{Command, Countdown, Event, Input, Millis, Options, Policy, RequestId, Session, Source, View};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use tabs::Tabs;
use wasm_bindgen::JsValue;
use web_sys::EventTarget;

pub use json::JsNode;

/// What a checkout starts from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    pub(crate) document: Option<Document>,
    pub(crate) status_url: Option<String>,
    pub(crate) policy: Policy,
    /// The Payment Page that may be opened.
    pub(crate) payment_page: String,
}

/// Who is told.
pub(crate) trait Audience {
    /// Something changed on the screen.
    fn show(&self, view: View, countdown: Option<Countdown>);
    /// Something happened that the integrator wants to know.
    fn tell(&self, event: Event);
}

/// A running checkout. Dropping it ends everything it does.
pub(crate) struct Driver {
    shell: Rc<Shell>,
}

/// Drives a checkout from elsewhere without keeping it alive.
#[derive(Clone)]
pub(crate) struct Remote {
    shell: Weak<Shell>,
}

struct Shell {
    session: RefCell<Session>,
    audience: Box<dyn Audience>,
    addresses: RefCell<Addresses>,
    clock: Clock,
    /// Seldom more than one: a ring would only weigh more in the download.
    inbox: RefCell<Vec<Input>>,
    working: Cell<bool>,
    closed: Cell<bool>,
    timer: RefCell<Option<Timeout>>,
    requests: RefCell<Vec<Pending>>,
    events: RefCell<Option<EventStream>>,
    tabs: RefCell<Option<Tabs>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Driver {
    pub(crate) fn start(start: Start, audience: impl Audience + 'static) -> Self {
        let clock = Clock::start();
        let options = Options {
            policy: start.policy,
            seed: [random_bits(), random_bits()],
            origin: PageOrigin::new(page_origin()),
            status: start.status_url.is_some(),
            payment_page: Some(start.payment_page),
        };
        let status_url = start.status_url.clone();
        let shell = Rc::new(Shell {
            session: RefCell::new(Session::new(clock.now(), options)),
            audience: Box::new(audience),
            addresses: RefCell::new(Addresses::new(status_url, start.document.as_ref())),
            clock,
            inbox: RefCell::default(),
            working: Cell::new(false),
            closed: Cell::new(false),
            timer: RefCell::default(),
            requests: RefCell::default(),
            events: RefCell::default(),
            tabs: RefCell::default(),
            listeners: RefCell::default(),
        });
        shell.listeners.replace(page::listeners(&shell));
        shell.join_tabs();
        let first = match start.document {
            Some(document) => Input::Document { source: Source::Page, document: Box::new(document), date: None },
            None => Input::Woke,
        };
        page::tell_state(&shell);
        shell.tell_return();
        shell.handle(first);
        Self { shell }
    }

    pub(crate) fn remote(&self) -> Remote {
        Remote { shell: Rc::downgrade(&self.shell) }
    }

    /// Ends it at once, even in the middle of telling somebody something.
    pub(crate) fn close(&self) {
        self.shell.close();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.shell.close();
    }
}

impl Remote {
    /// Hands in what the payer or the page did. Does nothing once the checkout is gone.
    pub(crate) fn handle(&self, input: Input) {
        if let Some(shell) = self.shell.upgrade() {
            shell.handle(input);
        }
    }

    /// What tells this checkout from others: its status address.
    pub(crate) fn checkout(&self) -> Option<String> {
        self.shell.upgrade()?.addresses.borrow().status()
    }

    /// Looks at the running session; none once the checkout is gone, or while it is at work.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&Session) -> T) -> Option<T> {
        let shell = self.shell.upgrade()?;
        let session = shell.session.try_borrow().ok()?;
        Some(at(&session))
    }
}

impl Shell {
    /// Takes an input in. An input that comes while another is at work (an integrator who reacts to an
    /// event) waits its turn.
    fn handle(self: &Rc<Self>, input: Input) {
        if self.closed.get() {
            return;
        }
        self.inbox.borrow_mut().push(input);
        if self.working.replace(true) {
            return;
        }
        while let Some(input) = self.next_input() {
            if let Input::Document { document, .. } = &input {
                self.addresses.borrow_mut().learn(document);
            }
            let now = self.clock.now();
            let mut commands = Vec::new();
            {
                let mut session = self.session.borrow_mut();
                session.handle(now, input);
                while let Some(command) = session.poll_command() {
                    commands.push(command);
                }
            }
            // The screen first: an integrator who is told "paid" finds "paid" on it.
            self.show(now);
            for command in commands {
                self.obey(command);
            }
        }
        self.working.set(false);
        self.arm();
    }

    fn next_input(&self) -> Option<Input> {
        if self.closed.get() {
            return None;
        }
        let mut inbox = self.inbox.borrow_mut();
        (!inbox.is_empty()).then(|| inbox.remove(0))
    }

    fn obey(self: &Rc<Self>, command: Command) {
        match command {
            Command::Send { id, call, .. } => {
                let address = self.addresses.borrow().of(&call);
                let pending = fetch::send(id, &call, address.as_deref(), self.answer_to(id));
                self.requests.borrow_mut().push(pending);
            }
            Command::Abort(id) => drop(self.forget(id)),
            Command::OpenEvents => {
                let stream = self.addresses.borrow().events().and_then(|address| EventStream::open(&address, self));
                if stream.is_none() {
                    self.later(Input::EventsClosed);
                }
                self.events.replace(stream);
            }
            Command::CloseEvents => drop(self.events.take()),
            Command::Emit(event) if !self.closed.get() => self.audience.tell(event),
            _ => {}
        }
    }

    /// What becomes of an answer, whenever it comes.
    fn answer_to(self: &Rc<Self>, id: RequestId) -> impl FnOnce(Answer) + 'static {
        let shell = Rc::downgrade(self);
        move |answer| {
            let Some(shell) = shell.upgrade() else { return };
            if shell.forget(id).is_none() {
                return;
            }
            match answer {
                Answer::Document { body, date } => {
                    shell.take_in(Source::Answer(id), &body, date, true, |error| Input::Failed {
                        request: id,
                        failure: session::Failure::Malformed(error),
                    });
                }
                Answer::Failed(failure) => shell.handle(Input::Failed { request: id, failure }),
            }
        }
    }

    /// The request, if it is still wanted; it is not any more.
    fn forget(&self, id: RequestId) -> Option<Pending> {
        let mut requests = self.requests.borrow_mut();
        let at = requests.iter().position(|pending| pending.id == id)?;
        Some(requests.swap_remove(at))
    }

    /// Reads a document, and passes it on to other tabs where it is news to them.
    fn take_in(
        self: &Rc<Self>,
        source: Source,
        body: &JsValue,
        date: Option<protocol::date::UnixMillis>,
        share: bool,
        otherwise: impl FnOnce(protocol::document::DocumentError) -> Input,
    ) {
        match Document::read(&JsNode(body.clone())) {
            Ok(document) => {
                if share && let Some(tabs) = &*self.tabs.borrow() {
                    tabs.share(body);
                }
                self.handle(Input::Document { source, document: Box::new(document), date });
            }
            Err(error) => self.handle(otherwise(error)),
        }
    }

    /// Shows what changed.
    fn show(&self, now: Millis) {
        let (view, countdown) = {
            let session = self.session.borrow();
            (session.view(), session.countdown(now))
        };
        self.audience.show(view, countdown);
    }

    /// Re-arms the one timer: for the machine's next deadline, or for the next second to be shown.
    fn arm(self: &Rc<Self>) {
        if self.closed.get() {
            return;
        }
        let now = self.clock.now();
        let (deadline, countdown) = {
            let session = self.session.borrow();
            (session.next_deadline(), session.countdown(now))
        };
        let tick = countdown
            .filter(|countdown| countdown.remaining > Millis(0) && page::is_visible())
            // A little after the full second, so that the second that is shown has really passed.
            .map(|countdown| now + Millis(countdown.remaining.0 % 1000 + 5));
        let next = Millis::earliest(deadline, tick);
        let timer = next.map(|next| {
            let shell = Rc::downgrade(self);
            // A browser fires at once for anything that does not fit into 31 bits.
            let wait = (next - now).0.clamp(1, i32::MAX as u64) as u32;
            Timeout::new(wait, move || {
                if let Some(shell) = shell.upgrade() {
                    shell.wake();
                }
            })
        });
        self.timer.replace(timer);
    }

    /// The timer fired: by our clock or long after, when the machine slept.
    fn wake(self: &Rc<Self>) {
        match self.clock.lost() {
            Some(lost) => self.handle(Input::Resumed { lost }),
            None => self.handle(Input::Woke),
        }
    }

    /// Reacts to an event for as long as the shell is there, and the listener is kept.
    fn listen(
        self: &Rc<Self>,
        listeners: &mut Vec<Listener>,
        target: &EventTarget,
        kind: &'static str,
        react: fn(&Rc<Self>, &web_sys::Event),
    ) {
        let shell = Rc::downgrade(self);
        let listener = Listener::new(target, kind, move |event| {
            if let Some(shell) = shell.upgrade() {
                react(&shell, &event);
            }
        });
        if let Some(listener) = listener {
            listeners.push(listener);
        }
    }

    /// Hands an input in after the present one is done.
    fn later(&self, input: Input) {
        self.inbox.borrow_mut().push(input);
    }

    fn join_tabs(self: &Rc<Self>) {
        let name = self.addresses.borrow().status();
        let tabs = name.and_then(|name| Tabs::join(&name, self));
        self.tabs.replace(tabs);
    }

    /// The page goes into the back/forward cache or away: what would keep it out of the cache is let go.
    fn pause(self: &Rc<Self>) {
        drop(self.tabs.take());
        if self.events.take().is_some() {
            self.handle(Input::EventsClosed);
        }
    }

    fn resume(self: &Rc<Self>) {
        if self.tabs.borrow().is_none() {
            self.join_tabs();
        }
        let lost = self.clock.lost().unwrap_or_default();
        self.handle(Input::Resumed { lost });
        // By the browser's Back, on which this page is found as it was left.
        self.tell_return();
    }

    /// Tells the machine if the payer came back from the hosted page.
    fn tell_return(self: &Rc<Self>) {
        let returned = self.addresses.borrow().status().is_some_and(|checkout| has_returned(&checkout));
        if returned {
            self.handle(Input::HandoffClosed);
        }
    }

    fn close(&self) {
        if self.closed.replace(true) {
            return;
        }
        if let Ok(mut session) = self.session.try_borrow_mut() {
            session.close();
        }
        self.timer.take();
        self.requests.take();
        self.events.take();
        self.tabs.take();
        self.listeners.take();
        self.inbox.take();
    }
}

pub(crate) fn page_origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// 64 bits by chance: the browser's cryptographic source where there is one.
fn random_bits() -> u64 {
    let mut bytes = [0u8; 8];
    let filled = window().crypto().is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if filled { u64::from_le_bytes(bytes) } else { (js_sys::Math::random() * 9e15) as u64 }
}
