//! The background tasks of one connected project. They end when the project is closed; each holds the connection only
//! while it does something.

use std::sync::{Arc, Weak};
use std::time::Duration;

use supabase_session::{Backoff, HttpError};
use tauri::async_runtime::spawn;

use super::connection::Connection;

/// The pauses before the server is asked again where nobody does anything. Whoever comes back to the window, or to the
/// network, does not wait for them ([`Connection::ask_again`]).
const RETRY: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(15 * 60));

/// What became of a question to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// There is nothing more to ask.
    Answered,
    /// No answer now; it may come by itself.
    Unanswered,
    /// No answer until somebody has done something: the project's owner, or whoever looks after this machine.
    Refused,
}

/// Starts all tasks.
pub(crate) fn start(connection: &Arc<Connection>) {
    let client = connection.client().clone();
    connection.keep(spawn(async move { client.keep_fresh().await }));
    connection.keep(spawn(follow(Arc::downgrade(connection))));
    connection.keep(spawn(ask(Arc::downgrade(connection), learn_sign_in_methods)));
    connection.keep(spawn(ask(Arc::downgrade(connection), learn_redirect_mode)));
    connection.keep(spawn(ask(Arc::downgrade(connection), find_inbox)));
}

/// Tells the windows of every change of the session, the pending flows and the store's health.
async fn follow(connection: Weak<Connection>) {
    let Some((mut states, mut pending, mut store)) = connection.upgrade().map(|connection| {
        let client = connection.client();
        (client.watch(), client.watch_pending(), client.watch_store())
    }) else {
        return;
    };
    loop {
        let is_alive = tokio::select! {
            changed = states.changed() => changed.is_ok(),
            changed = pending.changed() => changed.is_ok(),
            changed = store.changed() => changed.is_ok(),
        };
        let (Some(connection), true) = (connection.upgrade(), is_alive) else {
            return;
        };
        states.mark_unchanged();
        connection.follow_state();
        connection.changed();
    }
}

/// Asks the server something until it has answered: less and less often, and where the answer would be the same again,
/// only after somebody has come back to the window or the network.
async fn ask<F, A>(connection: Weak<Connection>, question: F)
where
    F: Fn(Arc<Connection>) -> A,
    A: Future<Output = Asked>,
{
    let Some(mut again) = connection.upgrade().map(|connection| connection.asks_again()) else { return };
    let mut retry = RETRY;
    while let Some(connection) = connection.upgrade() {
        again.mark_unchanged();
        let pause = match question(connection).await {
            Asked::Answered => return,
            Asked::Unanswered => retry.pause(),
            Asked::Refused => Duration::MAX,
        };
        match tokio::time::timeout(pause, again.changed()).await {
            Ok(Ok(())) => retry.reset(),
            // The connection is gone.
            Ok(Err(_)) => return,
            Err(_) => {}
        }
    }
}

async fn learn_sign_in_methods(connection: Arc<Connection>) -> Asked {
    match connection.client().settings().await {
        Ok(settings) => {
            connection.set_sign_in_methods(settings);
            Asked::Answered
        }
        Err(error) => unanswered("which ways to sign in there are", &error),
    }
}

/// What becomes of a question that got no usable answer. One that needs somebody is not asked again; any other may have
/// been answered by a network's sign-in page, which goes away. The person is told when they sign in, as that asks the
/// same server.
fn unanswered(what: &str, error: &HttpError) -> Asked {
    tracing::warn!(%error, "the project does not tell {what}");
    if error.needs_somebody() { Asked::Refused } else { Asked::Unanswered }
}

/// Looks for the inbox, whose program may be started after the app.
async fn find_inbox(connection: Arc<Connection>) -> Asked {
    if connection.find_inbox().await { Asked::Answered } else { Asked::Unanswered }
}

async fn learn_redirect_mode(connection: Arc<Connection>) -> Asked {
    match connection.find_redirect_mode().await {
        Ok(_) => {
            connection.changed();
            Asked::Answered
        }
        Err(error) => unanswered("how links may come back", &error),
    }
}

#[cfg(test)]
#[path = "background_tests.rs"]
mod tests;
