//! A shop, its network, and the browser tabs of one payer, on a virtual clock.
//!
//! Nothing waits: time jumps to whatever is due next. The tabs drive their sessions as the crate's
//! documentation says, and no other way.

#![allow(dead_code, unused_imports, reason = "each test binary uses its part of the world")]
#![allow(unreachable_pub, reason = "a module that is shared by test binaries")]

mod dice;
mod network;
mod shop;
mod tab;

pub use dice::Dice;
pub use network::{Fate, Network, Steady};
pub use shop::{Mood, Shop};
pub use tab::Tab;

use protocol::date::UnixMillis;
use protocol::document::Document;
use std::collections::BTreeMap;
use wechat_checkout_session::{
    Call, Command, Event, Failure, Input, Millis, Options, Outcome, Phase, RequestId, Source,
};

/// Seconds, for people who write scenarios.
pub fn secs(seconds: f64) -> Millis {
    Millis::from_secs_f64(seconds)
}

/// Minutes, for the same.
pub fn mins(minutes: u64) -> Millis {
    Millis::from_mins(minutes)
}

/// What the shop's server sends for a document: itself, and the `Date` header.
pub type Answer = (Document, Option<UnixMillis>);

/// Everything there is.
pub struct World {
    pub now: Millis,
    pub shop: Shop,
    pub network: Box<dyn Network>,
    pub tabs: Vec<Tab>,
    /// Whether the tabs tell each other what they hear.
    pub shared: bool,
    queue: BTreeMap<(Millis, u64), Due>,
    order: u64,
}

type Change = Box<dyn FnOnce(&mut World)>;

/// Something that is going to happen.
enum Due {
    Request { tab: usize, id: RequestId, call: Call },
    Answer { tab: usize, id: RequestId, result: Result<Box<Answer>, Failure> },
    EventsOpened { tab: usize, connection: u64 },
    EventsClosed { tab: usize, connection: u64 },
    Event { tab: usize, connection: u64, answer: Box<Answer> },
    Heartbeat { tab: usize, connection: u64 },
    Told { tab: usize, input: Input },
    Change(Change),
}

impl World {
    /// A world with one tab that knows nothing but the shop's status address, and has just been opened.
    pub fn new(shop: Shop) -> Self {
        Self::over(shop, Steady(secs(0.08)))
    }

    /// The same on another network.
    pub fn over(shop: Shop, network: impl Network + 'static) -> Self {
        let mut world = Self::build(shop, network);
        world.open_tab(Options { status: true, seed: [7, 11], ..Options::default() });
        world.tell(Input::Woke);
        world
    }

    /// The same with other options.
    pub fn with(shop: Shop, options: Options) -> Self {
        let mut world = Self::build(shop, Steady(secs(0.08)));
        world.open_tab(options);
        world.tell(Input::Woke);
        world
    }

    /// A world whose tab was opened with a document in the page, before it asked anything.
    pub fn with_page(shop: Shop) -> Self {
        let mut world = Self::build(shop, Steady(secs(0.08)));
        world.open_tab(Options { status: true, seed: [7, 11], ..Options::default() });
        let (document, date) = world.shop.document(Millis(0));
        world.tell(Input::Document { source: Source::Page, document: Box::new(document), date });
        world
    }

    /// A world without any tab.
    pub fn build(shop: Shop, network: impl Network + 'static) -> Self {
        Self {
            now: Millis(0),
            shop,
            network: Box::new(network),
            tabs: Vec::new(),
            shared: false,
            queue: BTreeMap::new(),
            order: 0,
        }
    }

    /// Opens one more tab. It does nothing before it is told something.
    pub fn open_tab(&mut self, options: Options) -> usize {
        self.tabs.push(Tab::new(self.now, options));
        self.tabs.len() - 1
    }

    /// Tells the first tab something, now.
    pub fn tell(&mut self, input: Input) {
        self.tell_tab(0, input);
    }

    /// Tells a tab something, now.
    pub fn tell_tab(&mut self, tab: usize, input: Input) {
        let now = self.now;
        self.share(tab, &input);
        self.tabs[tab].handle(now, input);
        self.obey(tab);
    }

    /// Lets something happen at the shop, now; whoever listens to its events is told.
    pub fn shop(&mut self, change: impl FnOnce(&mut Shop)) {
        let before = self.shop.revision;
        self.shop.now = self.now;
        change(&mut self.shop);
        if self.shop.revision != before {
            self.publish();
        }
    }

    /// Lets something happen later, `after` from now.
    pub fn after(&mut self, after: Millis, change: impl FnOnce(&mut Self) + 'static) {
        self.plan(self.now + after, Due::Change(Box::new(change)));
    }

    /// Lets time pass.
    pub fn run_for(&mut self, span: Millis) {
        self.run_until(self.now + span);
    }

    /// Lets time pass up to a point.
    pub fn run_until(&mut self, end: Millis) {
        loop {
            let planned = self.queue.first_key_value().map(|(key, _)| key.0);
            let wake = (0..self.tabs.len()).filter_map(|tab| Some((self.tabs[tab].wakes_at(self.now)?, tab))).min();
            match (planned, wake) {
                (Some(at), _) if at <= end && wake.is_none_or(|(wake, _)| at <= wake) => {
                    let (_, due) = self.queue.pop_first().unwrap();
                    self.now = self.now.max(at);
                    self.happen(due);
                }
                (_, Some((at, tab))) if at <= end => {
                    self.now = at;
                    self.tell_tab(tab, Input::Woke);
                }
                _ => break,
            }
        }
        self.now = self.now.max(end);
    }

    /// Closes the lid: for `span` neither code nor clock of a tab runs, and then it is told how much it missed.
    pub fn sleep(&mut self, tab: usize, span: Millis) {
        self.fall_asleep(tab, span);
        self.run_for(span);
    }

    /// The same, from now on, while the world goes on.
    pub fn fall_asleep(&mut self, tab: usize, span: Millis) {
        if self.tabs[tab].closed {
            return;
        }
        self.tabs[tab].asleep = true;
        self.after(span, move |world| {
            world.tabs[tab].wake_up(span);
            world.tell_tab(tab, Input::Resumed { lost: span });
        });
    }

    fn plan(&mut self, at: Millis, due: Due) {
        self.order += 1;
        self.queue.insert((at, self.order), due);
    }

    fn happen(&mut self, due: Due) {
        match due {
            Due::Request { tab, id, call } => {
                self.shop.now = self.now;
                let before = self.shop.revision;
                let result = self.shop.answer(&call);
                if self.shop.revision != before {
                    self.publish();
                }
                let Some(result) = result else { return };
                let fate = self.network.carry(self.now);
                for delay in fate.copies {
                    let result = result.clone().map(Box::new);
                    self.plan(self.now + delay, Due::Answer { tab, id, result });
                }
                if let Some(after) = fate.fails_after {
                    self.plan(self.now + after, Due::Answer { tab, id, result: Err(Failure::Network) });
                }
            }
            Due::Answer { tab, .. } if self.tabs[tab].asleep => {}
            Due::Answer { tab, id, result: Ok(answer) } => {
                let (document, date) = *answer;
                self.tell_tab(tab, Input::Document { source: Source::Answer(id), document: Box::new(document), date });
            }
            Due::Answer { tab, id, result: Err(failure) } => self.tell_tab(tab, Input::Failed { request: id, failure }),
            Due::EventsOpened { tab, connection } if self.tabs[tab].listens(connection) => {
                self.tell_tab(tab, Input::EventsOpened);
                if !self.shop.events_silent {
                    self.shop.now = self.now;
                    let answer = Box::new(self.shop.document(self.now));
                    self.plan(self.now + Millis(1), Due::Event { tab, connection, answer });
                    self.plan(self.now + secs(15.0), Due::Heartbeat { tab, connection });
                }
            }
            Due::EventsClosed { tab, connection } if self.tabs[tab].listens(connection) => {
                self.tabs[tab].connection = None;
                self.tell_tab(tab, Input::EventsClosed);
            }
            Due::Event { tab, connection, answer } if self.tabs[tab].listens(connection) => {
                let (document, date) = *answer;
                self.tell_tab(tab, Input::Document { source: Source::Events, document: Box::new(document), date });
            }
            Due::Heartbeat { tab, connection } if self.tabs[tab].listens(connection) && !self.shop.events_silent => {
                self.tell_tab(tab, Input::EventsHeard);
                self.plan(self.now + secs(15.0), Due::Heartbeat { tab, connection });
            }
            Due::Told { tab, .. } if self.tabs[tab].asleep => {}
            Due::Told { tab, input } => self.tell_tab(tab, input),
            Due::Change(change) => change(self),
            // Of a connection that is closed.
            _ => {}
        }
    }

    /// Sends the present document to whoever listens.
    fn publish(&mut self) {
        if self.shop.events_silent {
            return;
        }
        for tab in 0..self.tabs.len() {
            let Some(connection) = self.tabs[tab].connection else { continue };
            let answer = Box::new(self.shop.document(self.now));
            for delay in self.network.carry(self.now).copies {
                self.plan(self.now + delay, Due::Event { tab, connection, answer: answer.clone() });
            }
        }
    }

    /// Tells the other tabs what this one hears of the shop, as long as it waits for it.
    fn share(&mut self, from: usize, input: &Input) {
        let told = match input {
            Input::Document { source: Source::Answer(id), document, date } if self.tabs[from].waits_for(*id) => {
                Input::Document { source: Source::Tab, document: document.clone(), date: *date }
            }
            Input::Document { source: Source::Events, document, date } => {
                Input::Document { source: Source::Tab, document: document.clone(), date: *date }
            }
            Input::EventsHeard => Input::TabHeard,
            _ => return,
        };
        let live = matches!(input, Input::EventsHeard | Input::Document { source: Source::Events, .. });
        for tab in 0..self.tabs.len() {
            if tab == from || !self.shared {
                continue;
            }
            self.plan(self.now + Millis(3), Due::Told { tab, input: told.clone() });
            if live {
                self.plan(self.now + Millis(3), Due::Told { tab, input: Input::TabHeard });
            }
        }
    }

    /// Does what a tab's session asks for.
    fn obey(&mut self, tab: usize) {
        while let Some(command) = self.tabs[tab].next_command(self.now) {
            match command {
                Command::Send { id, call, .. } => {
                    let fate = self.network.carry(self.now);
                    for delay in fate.copies {
                        self.plan(self.now + delay, Due::Request { tab, id, call: call.clone() });
                    }
                    if let Some(after) = fate.fails_after {
                        self.plan(self.now + after, Due::Answer { tab, id, result: Err(Failure::Network) });
                    }
                }
                Command::OpenEvents => {
                    self.order += 1;
                    let connection = self.order;
                    self.tabs[tab].connection = Some(connection);
                    let rtt = secs(0.2);
                    let opens = self.shop.events && !self.shop.events_down;
                    let due = if opens {
                        Due::EventsOpened { tab, connection }
                    } else {
                        Due::EventsClosed { tab, connection }
                    };
                    self.plan(self.now + rtt, due);
                }
                Command::CloseEvents => self.tabs[tab].connection = None,
                _ => {}
            }
        }
        self.tabs[tab].check_deadline(self.now);
    }
}

/// What scenarios ask about the first tab.
impl World {
    pub fn tab(&self) -> &Tab {
        &self.tabs[0]
    }

    pub fn phase(&self) -> Phase {
        self.tab().session.phase()
    }

    /// The code on the screen.
    pub fn code(&self) -> Option<String> {
        self.tab().code()
    }

    /// What is left on the screen, in seconds.
    pub fn left(&self) -> Option<f64> {
        self.tab().left(self.now)
    }

    /// Every outcome that was told, whenever.
    pub fn outcomes(&self) -> Vec<Outcome> {
        self.tab().outcomes()
    }

    /// When the outcome was told.
    pub fn settled_at(&self) -> Option<Millis> {
        self.tab().said.iter().find(|said| matches!(said.event, Event::Settled(_))).map(|said| said.at)
    }

    /// The names of the phases gone through, in order.
    pub fn phases(&self) -> Vec<&'static str> {
        self.tab().phases()
    }

    /// How many status questions the tab has asked since `since`.
    pub fn asked_since(&self, since: Millis) -> usize {
        self.tab().sent.iter().filter(|sent| sent.at >= since && sent.call == Call::Status).count()
    }

    /// The pauses between the status questions since `since`, in milliseconds.
    pub fn gaps_since(&self, since: Millis) -> Vec<u64> {
        let asked: Vec<u64> = self
            .tab()
            .sent
            .iter()
            .filter(|sent| sent.at >= since && sent.call == Call::Status)
            .map(|sent| sent.at.0)
            .collect();
        asked.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }
}
