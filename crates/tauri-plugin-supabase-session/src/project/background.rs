//! The background tasks of one connected project. They end when the project is closed; each holds the connection only
//! while it does something.

use std::sync::{Arc, Weak};
use std::time::Duration;

use supabase_session::{Backoff, HttpError};
use tauri::async_runtime::spawn;

use super::connection::Connection;

/// The pauses before the server is asked again. A network that returns is noticed within the longest one.
const RETRY: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(60));

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

/// Asks the server something until it has answered.
async fn ask<F, A>(connection: Weak<Connection>, question: F)
where
    F: Fn(Arc<Connection>) -> A,
    A: Future<Output = bool>,
{
    let mut retry = RETRY;
    while let Some(connection) = connection.upgrade() {
        if question(connection).await {
            return;
        }
        tokio::time::sleep(retry.pause()).await;
    }
}

async fn learn_sign_in_methods(connection: Arc<Connection>) -> bool {
    match connection.client().settings().await {
        Ok(settings) => {
            connection.set_sign_in_methods(settings);
            true
        }
        Err(error) => is_for_good(error),
    }
}

/// A key that the project does not take is not taken later either. What else answers wrongly may be a network's sign-in
/// page, which goes away.
fn is_for_good(error: HttpError) -> bool {
    error == HttpError::KeyRefused
}

/// Looks for the inbox, whose program may be started after the app.
async fn find_inbox(connection: Arc<Connection>) -> bool {
    connection.find_inbox().await
}

async fn learn_redirect_mode(connection: Arc<Connection>) -> bool {
    match connection.find_redirect_mode().await {
        Ok(_) => {
            connection.changed();
            true
        }
        Err(error) => is_for_good(error),
    }
}
