//! What becomes of a message on its way.

use wechat_checkout_session::Millis;

/// The way between a browser and its shop.
pub trait Network {
    /// Takes a message on; it is asked for each direction of a request, and for each event.
    fn carry(&mut self, now: Millis) -> Fate;
}

/// What becomes of one message.
#[derive(Clone, Debug, Default)]
pub struct Fate {
    /// How long each copy that arrives takes. None: it is lost.
    pub copies: Vec<Millis>,
    /// After how long the browser notices that it failed, where it does.
    pub fails_after: Option<Millis>,
}

/// Every message takes the same time, and none is lost.
pub struct Steady(pub Millis);

impl Network for Steady {
    fn carry(&mut self, _: Millis) -> Fate {
        Fate { copies: vec![self.0], fails_after: None }
    }
}

impl<F: FnMut(Millis) -> Fate> Network for F {
    fn carry(&mut self, now: Millis) -> Fate {
        self(now)
    }
}
