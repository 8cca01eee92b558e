//! What is shown before anything was asked: the same on a server and in the browser that takes over from it.

use crate::hosted::Hosted;
use crate::source::Source;
use session::{Countdown, Input, Millis, Options, Session, View};

pub(crate) fn first_look(source: &Source, hosted: &Hosted) -> (View, Option<Countdown>) {
    let options = Options { payment_page: Some(hosted.page.clone()), ..Options::default() };
    let mut session = Session::new(Millis(0), options);
    if let Some(document) = &source.document {
        let source = session::Source::Page;
        session.handle(Millis(0), Input::Document { source, document: Box::new(document.clone()), date: None });
    }
    (session.view(), session.countdown(Millis(0)))
}
