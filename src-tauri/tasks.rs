//! What goes on in the background for one connected project, until it is closed. Each task holds the connection only
//! while it does something.

use std::sync::{Arc, Weak};
use std::time::Duration;

use supabase_session::HttpError;
use tauri::async_runtime::spawn;

use crate::connection::Connection;

/// First pause before something that failed is tried again; it doubles.
const FIRST_PAUSE: Duration = Duration::from_secs(2);

/// Longest such pause: a network that returns is noticed within this.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Starts all of them.
pub fn start(connection: &Arc<Connection>) {
    let client = connection.client().clone();
    connection.keep(spawn(async move { client.keep_fresh().await }));
    connection.keep(spawn(follow(Arc::downgrade(connection))));
    connection.keep(spawn(keep_account(Arc::downgrade(connection))));
    connection.keep(spawn(ask(Arc::downgrade(connection), learn_offers)));
    connection.keep(spawn(ask(Arc::downgrade(connection), learn_way_back)));
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
        let is_open = tokio::select! {
            changed = states.changed() => changed.is_ok(),
            changed = pending.changed() => changed.is_ok(),
            changed = store.changed() => changed.is_ok(),
        };
        let (Some(connection), true) = (connection.upgrade(), is_open) else {
            return;
        };
        states.mark_unchanged();
        if connection.follow_state() {
            connection.poke();
        }
        connection.changed();
    }
}

/// Keeps the account of whoever is signed in up to date: loads it, sends what was edited offline; while the server
/// cannot be reached, again and again; else when it is poked.
async fn keep_account(connection: Weak<Connection>) {
    let Some(poked) = connection.upgrade().map(|connection| connection.poked()) else { return };
    let mut pause = FIRST_PAUSE;
    loop {
        let is_done = match connection.upgrade() {
            Some(connection) => look_at_account(&connection).await,
            None => return,
        };
        if is_done {
            pause = FIRST_PAUSE;
            poked.notified().await;
        } else {
            // A poke says that things may be better: from then on it is tried often again.
            let is_poked = tokio::time::timeout(pause, poked.notified()).await.is_ok();
            pause = if is_poked { FIRST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
        }
    }
}

/// False when it is worth to look again without being asked.
async fn look_at_account(connection: &Connection) -> bool {
    if !connection.is_open() {
        return true;
    }
    // Side by side: what the server says of the user, and what the user says of themselves.
    let (user, account) = tokio::join!(connection.client().get_user(), connection.account().load());
    if let Err(error) = user {
        tracing::debug!(%error, "the user could not be verified");
    }
    !account.is_err_and(|error| error.is_passing())
}

/// Asks the server something until it has answered.
async fn ask<F, A>(connection: Weak<Connection>, question: F)
where
    F: Fn(Arc<Connection>) -> A,
    A: Future<Output = bool>,
{
    let mut pause = FIRST_PAUSE;
    while let Some(connection) = connection.upgrade() {
        if question(connection).await {
            return;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn learn_offers(connection: Arc<Connection>) -> bool {
    match connection.client().settings().await {
        Ok(settings) => {
            connection.learn_offers(settings);
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

/// It may be started after the app.
async fn find_inbox(connection: Arc<Connection>) -> bool {
    connection.find_inbox().await
}

async fn learn_way_back(connection: Arc<Connection>) -> bool {
    match connection.find_way_back().await {
        Ok(_) => {
            connection.changed();
            true
        }
        Err(error) => is_for_good(error),
    }
}
