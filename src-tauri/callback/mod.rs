//! How a sign-in comes back: every way in ends in one queue, and the queue's end is the client.
//!
//! * [`deep_link`] links that the desktop hands over, and [`handler`] whether it does,
//! * [`loopback`] the web server on this machine, with its small [`page`]s,
//! * [`pasted`] links that a person copied.
//!
//! A link may arrive before the window, before the session is restored, twice, or in a second process. It waits in
//! the queue until the client can take it. Links are secrets while they are fresh: they are never logged.

pub mod deep_link;
#[cfg(target_os = "linux")]
pub mod entry;
pub mod handler;
pub mod loopback;
pub mod page;
pub mod pasted;
mod refusal;
#[cfg(target_os = "linux")]
pub mod registry;

use std::collections::VecDeque;
use std::sync::Arc;

use foyer_contract::view::NoticeCode;
use sha2::{Digest, Sha256};
use supabase_session::{Completed, FlowKind, Secret};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

use crate::app::App;

/// How many links are remembered, so that one that is delivered twice counts once.
const REMEMBERED: usize = 16;

/// A link on its way to the client.
pub struct Arrival {
    link: Secret<String>,
    /// Who waits to hear what came of it.
    asked_by: Option<oneshot::Sender<Outcome>>,
}

/// What came of a link, for a page that cannot say more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody is signed in by it.
    Done,
    /// It did what it was for, and the window says what that is or what comes next.
    Confirmed,
    /// It did nothing.
    NotDone,
}

/// The way in.
#[derive(Clone)]
pub struct Queue(UnboundedSender<Arrival>);

impl Queue {
    /// A queue and its end.
    #[must_use]
    pub fn new() -> (Self, UnboundedReceiver<Arrival>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }

    /// Puts a link into the queue. Any text will do: the client decides what it is.
    pub fn push(&self, link: String) {
        self.send(Arrival { link: Secret::from(link), asked_by: None });
    }

    /// The same, and waits for what comes of it.
    pub async fn ask(&self, link: String) -> Outcome {
        let (asked_by, outcome) = oneshot::channel();
        self.send(Arrival { link: Secret::from(link), asked_by: Some(asked_by) });
        outcome.await.unwrap_or(Outcome::NotDone)
    }

    fn send(&self, arrival: Arrival) {
        if self.0.send(arrival).is_err() {
            tracing::warn!("a link came after the app began to end");
        }
    }
}

/// Takes links out of the queue, one after the other, for as long as the app runs. To be called once the session is
/// restored.
pub async fn drain(app: Arc<App>, mut arrivals: UnboundedReceiver<Arrival>) {
    let mut seen = Seen::default();
    while let Some(Arrival { link, asked_by }) = arrivals.recv().await {
        app.raise_window();
        let mark = mark(&link);
        let outcome = match seen.done_by(mark).filter(|_| is_signed_in(&app)) {
            // The desktop delivered it twice, or somebody clicked twice: what it did is on the screen already.
            Some(outcome) => {
                tracing::debug!("a link was delivered again");
                outcome
            }
            None => take(&app, &link).await,
        };
        seen.remember(mark, outcome);
        if let Some(asked_by) = asked_by {
            // Whoever asked may have gone away, as a closed tab does.
            let _gone = asked_by.send(outcome);
        }
    }
}

/// What came of the last links, by their marks: the links themselves are kept nowhere.
#[derive(Default)]
struct Seen(VecDeque<(Mark, Outcome)>);

type Mark = [u8; 32];

fn mark(link: &Secret<String>) -> Mark {
    Sha256::digest(link.expose().as_bytes()).into()
}

impl Seen {
    /// What this link has done already. One that did nothing may do something now, or has to hear once more why not.
    fn done_by(&self, mark: Mark) -> Option<Outcome> {
        let (_, outcome) = self.0.iter().find(|(other, _)| *other == mark)?;
        Some(*outcome).filter(|outcome| *outcome != Outcome::NotDone)
    }

    fn remember(&mut self, mark: Mark, outcome: Outcome) {
        self.0.retain(|(other, _)| *other != mark);
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back((mark, outcome));
    }
}

/// Hands one link to the client and shows what came of it.
async fn take(app: &App, link: &Secret<String>) -> Outcome {
    let Ok(connection) = app.connection() else {
        app.notify(NoticeCode::LinkUnknown);
        return Outcome::NotDone;
    };
    // Before it is completed: what is over is not pending any more.
    let flow = refusal::flow(&connection.client().pending(), link);
    let completed = connection.client().complete(link.expose()).await;
    tracing::info!(worked = completed.is_ok(), "a link came back");
    match completed {
        Ok(completed) => {
            let outcome = match &completed {
                Completed::SignedIn(_) | Completed::Recovery(_) => Outcome::Done,
                _ => Outcome::Confirmed,
            };
            let signed_in = matches!(completed, Completed::SignedIn(_));
            app.arrived(&connection, completed);
            if signed_in {
                let by_provider = flow.is_some_and(|flow| flow.kind == FlowKind::OAuth);
                app.notify(if by_provider {
                    NoticeCode::SignedInByProvider
                } else {
                    NoticeCode::SignedInByLink
                });
            }
            outcome
        }
        Err(error) => {
            match refusal::notice(&connection, &error, flow.as_ref()).await {
                Some(code) => app.notify(code),
                None => app.publish(),
            }
            Outcome::NotDone
        }
    }
}

fn is_signed_in(app: &App) -> bool {
    app.connection().is_ok_and(|connection| connection.is_signed_in())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_was_refused_is_not_said_to_be_done_when_it_comes_again() {
        let mut seen = Seen::default();
        let marks = ["refused", "done", "confirmed"].map(|link| mark(&Secret::from(link.to_owned())));
        assert_eq!(marks.map(|mark| seen.done_by(mark)), [None; 3]);

        for (mark, outcome) in marks.into_iter().zip([Outcome::NotDone, Outcome::Done, Outcome::Confirmed]) {
            seen.remember(mark, outcome);
        }

        assert_eq!(
            marks.map(|mark| seen.done_by(mark)),
            [None, Some(Outcome::Done), Some(Outcome::Confirmed)]
        );
        // It works at the second try, as after a fault of the network.
        seen.remember(marks[0], Outcome::Done);
        assert_eq!(seen.done_by(marks[0]), Some(Outcome::Done));
    }

    #[test]
    fn only_the_last_links_are_remembered() {
        let mut seen = Seen::default();
        let old = mark(&Secret::from("old".to_owned()));
        seen.remember(old, Outcome::Done);

        for number in 0..REMEMBERED {
            seen.remember(mark(&Secret::from(number.to_string())), Outcome::Done);
        }

        assert_eq!((seen.done_by(old), seen.0.len()), (None, REMEMBERED));
    }
}
