//! How a sign-in comes back: every way ends in one queue. What is done with a link is decided at the queue's end
//! (`flows::dispatch`).
//!
//! * [`deep_link`] links that the desktop hands over, and [`handler`] whether it does,
//! * [`loopback`] the web server on this machine, with its small [`page`]s,
//! * [`pasted`] links that a person copied.
//!
//! A link may arrive before the window, before the session is restored, twice, or in a second process. It waits in
//! the queue until the client can take it. Links are secrets while they are fresh: they are never logged.

pub mod deep_link;
#[cfg(target_os = "linux")]
pub(crate) mod desktop_entry;
pub(crate) mod handler;
pub(crate) mod loopback;
pub(crate) mod page;
pub(crate) mod pasted;
#[cfg(target_os = "linux")]
pub(crate) mod registry;
#[cfg(all(test, windows))]
mod windows_tests;

use supabase_session::Secret;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

/// A link on its way to the client.
pub struct ReceivedLink {
    pub(crate) link: Secret<String>,
    /// Where the outcome goes, if somebody waits for it.
    pub(crate) asked_by: Option<oneshot::Sender<LinkOutcome>>,
}

/// What came of a link, without details: a page in the browser and a notification show none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkOutcome {
    /// Somebody is signed in by it.
    Done,
    /// The link has done what it was for. The window says what that is or what comes next.
    Confirmed,
    /// The link has done nothing.
    NotDone,
}

/// The end of the queue into which links are put.
#[derive(Clone)]
pub struct Queue(UnboundedSender<ReceivedLink>);

impl Queue {
    /// A queue and its end.
    #[must_use]
    pub fn new() -> (Self, UnboundedReceiver<ReceivedLink>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }

    /// Puts a link into the queue. Any text will do: the client decides what it is.
    pub fn push(&self, link: String) {
        self.send(ReceivedLink { link: Secret::from(link), asked_by: None });
    }

    /// Puts a link into the queue and waits for its outcome.
    pub async fn ask(&self, link: String) -> LinkOutcome {
        let (asked_by, outcome) = oneshot::channel();
        self.send(ReceivedLink { link: Secret::from(link), asked_by: Some(asked_by) });
        outcome.await.unwrap_or(LinkOutcome::NotDone)
    }

    fn send(&self, received: ReceivedLink) {
        if self.0.send(received).is_err() {
            tracing::warn!("a link came after the app began to end");
        }
    }
}
