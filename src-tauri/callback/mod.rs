//! How a sign-in comes back: every way in ends in one queue, and the queue's end is the client.
//!
//! * [`deep_link`] links that the desktop hands over,
//! * [`loopback`] the web server on this machine, with its small [`page`]s,
//! * [`pasted`] links that a person copied.
//!
//! A link may arrive before the window, before the session is restored, twice, or in a second process. It waits in
//! the queue until the client can take it. Links are secrets while they are fresh: they are never logged.

pub mod deep_link;
pub mod loopback;
pub mod page;
pub mod pasted;

use std::collections::VecDeque;
use std::sync::Arc;

use foyer_contract::view::NoticeCode;
use sha2::{Digest, Sha256};
use supabase_session::{CallbackError, Completed, Secret};
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
    let mut seen: VecDeque<[u8; 32]> = VecDeque::with_capacity(REMEMBERED);
    while let Some(Arrival { link, asked_by }) = arrivals.recv().await {
        app.raise_window();
        let mark: [u8; 32] = Sha256::digest(link.expose().as_bytes()).into();
        let outcome = if seen.contains(&mark) && is_signed_in(&app) {
            // The desktop delivered it twice, or somebody clicked twice: what it did is on the screen already.
            tracing::debug!("a link was delivered again");
            Outcome::Done
        } else {
            if seen.len() == REMEMBERED {
                seen.pop_front();
            }
            seen.push_back(mark);
            take(&app, &link).await
        };
        if let Some(asked_by) = asked_by {
            // Whoever asked may have gone away, as a closed tab does.
            let _gone = asked_by.send(outcome);
        }
    }
}

/// Hands one link to the client and shows what came of it.
async fn take(app: &App, link: &Secret<String>) -> Outcome {
    let Ok(connection) = app.connection() else {
        app.notify(NoticeCode::LinkUnknown);
        return Outcome::NotDone;
    };
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
                app.notify(NoticeCode::SignedInByLink);
            }
            outcome
        }
        Err(error) => {
            match notice(&error) {
                Some(code) => app.notify(code),
                None => app.publish(),
            }
            Outcome::NotDone
        }
    }
}

/// What is said of it; nothing where somebody has just signed out or given the sign-in up and knows it.
fn notice(error: &CallbackError) -> Option<NoticeCode> {
    Some(match error {
        CallbackError::Superseded => return None,
        CallbackError::OtherAccount => NoticeCode::LinkOfOtherAccount,
        CallbackError::Unproven => NoticeCode::OtherAddressToConfirm,
        CallbackError::Malformed => NoticeCode::LinkMalformed,
        CallbackError::Unknown | CallbackError::ForeignCode => NoticeCode::LinkUnknown,
        CallbackError::SignedIn => NoticeCode::LinkWhileSignedIn,
        CallbackError::Spent => NoticeCode::LinkSpent,
        CallbackError::ConfirmedTooLate => NoticeCode::ConfirmedTooLate,
        CallbackError::Ended(code) => match code.as_str() {
            "identity_already_exists" => NoticeCode::IdentityTaken,
            "provider_email_needs_verification" => NoticeCode::ProviderAddressUnconfirmed,
            _ => NoticeCode::LinkRefused,
        },
        CallbackError::Refused => NoticeCode::LinkRefused,
        CallbackError::Http(_) => NoticeCode::LinkNotFinished,
    })
}

fn is_signed_in(app: &App) -> bool {
    app.connection().is_ok_and(|connection| connection.is_signed_in())
}
