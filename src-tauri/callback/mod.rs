//! How a sign-in comes back: every way in ends in one queue, and the queue's end is the client.
//!
//! A link may arrive before the window, before the session is restored, twice, or in a second process. It waits in
//! the queue until the client can take it. Links are secrets while they are fresh: they are never logged.

pub mod deep_link;

use std::collections::VecDeque;
use std::sync::Arc;

use foyer_contract::view::NoticeCode;
use sha2::{Digest, Sha256};
use supabase_session::{CallbackError, Completed, Secret, State};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::app::App;

/// How many links are remembered, so that one that is delivered twice counts once.
const REMEMBERED: usize = 16;

/// The way in.
#[derive(Clone)]
pub struct Queue(UnboundedSender<Secret<String>>);

impl Queue {
    /// A queue and its end.
    #[must_use]
    pub fn new() -> (Self, UnboundedReceiver<Secret<String>>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }

    /// Puts a link into the queue. Any text will do: the client decides what it is.
    pub fn push(&self, link: String) {
        if self.0.send(Secret::from(link)).is_err() {
            tracing::warn!("a link came after the app began to end");
        }
    }
}

/// Takes links out of the queue, one after the other, for as long as the app runs. To be called once the session is
/// restored.
pub async fn drain(app: Arc<App>, mut links: UnboundedReceiver<Secret<String>>) {
    let mut seen = VecDeque::with_capacity(REMEMBERED);
    while let Some(link) = links.recv().await {
        app.raise_window();
        let mark: [u8; 32] = Sha256::digest(link.expose().as_bytes()).into();
        if seen.contains(&mark) && is_signed_in(&app) {
            // The desktop delivered it twice, or somebody clicked twice: what it did is on the screen already.
            tracing::debug!("a link was delivered again");
            continue;
        }
        if seen.len() == REMEMBERED {
            seen.pop_front();
        }
        seen.push_back(mark);
        let notice = complete(&app, &link).await;
        tracing::info!(?notice, "a link came back");
        app.notify(notice);
    }
}

/// Hands one link to the client and says what came of it.
async fn complete(app: &App, link: &Secret<String>) -> NoticeCode {
    let Ok(connection) = app.connection() else { return NoticeCode::LinkUnknown };
    if is_signed_in(app) {
        // The flow stays as it is: after a sign-out the same link still works.
        return NoticeCode::LinkWhileSignedIn;
    }
    match connection.client().complete(link.expose()).await {
        Ok(Completed::SignedIn(_)) => NoticeCode::SignedInByLink,
        // A link that ends otherwise belongs to a flow that this app does not begin.
        Ok(_) => NoticeCode::LinkUnknown,
        Err(error) => notice(&error),
    }
}

fn notice(error: &CallbackError) -> NoticeCode {
    match error {
        CallbackError::Malformed => NoticeCode::LinkMalformed,
        CallbackError::Unknown | CallbackError::ForeignCode => NoticeCode::LinkUnknown,
        CallbackError::SignedIn => NoticeCode::LinkWhileSignedIn,
        CallbackError::Spent => NoticeCode::LinkSpent,
        CallbackError::ConfirmedTooLate => NoticeCode::ConfirmedTooLate,
        CallbackError::Refused | CallbackError::Ended(_) => NoticeCode::LinkRefused,
        CallbackError::Http(_) => NoticeCode::LinkNotFinished,
    }
}

fn is_signed_in(app: &App) -> bool {
    app.connection().is_ok_and(|connection| matches!(connection.client().state(), State::SignedIn(_)))
}
