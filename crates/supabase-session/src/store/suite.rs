//! What every [`SessionStore`] must do. Run it from a test of the implementation:
//!
//! ```
//! # async fn test() {
//! supabase_session::store_suite::run(async || supabase_session::MemoryStore::new()).await;
//! # }
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(test());
//! ```
//!
//! The constructor is called for each case and must give an empty store. What survives a restart is for the
//! implementation's own tests, and [`survives`] helps with it.

use std::time::Duration;

use crate::flows::flow::FlowId;
use crate::project::Project;
use crate::secret::Secret;
use crate::store::{SessionStore, StoreKey, StoreLock};

/// For how long a lock that is held is asked for and must not be given.
const REFUSED_FOR: Duration = Duration::from_millis(200);

/// Runs every case, each on a new empty store.
///
/// # Panics
/// When a case fails, with its name.
pub async fn run<S: SessionStore>(mut empty: impl AsyncFnMut() -> S) {
    a_missing_value_is_none(&empty().await).await;
    what_was_set_is_read_back(&empty().await).await;
    the_last_value_wins(&empty().await).await;
    keys_do_not_touch_each_other(&empty().await).await;
    projects_do_not_touch_each_other(&empty().await).await;
    a_removed_value_is_gone_and_may_be_removed_again(&empty().await).await;
    any_text_survives(&empty().await).await;
    concurrent_writers_leave_one_whole_value(&empty().await).await;
    a_lock_that_guards_lets_one_in_at_a_time(&empty().await).await;
}

/// Sets a value through `before` and expects it from `after`, another store on the same data.
///
/// # Panics
/// When the value is not there.
pub async fn survives(before: &dyn SessionStore, after: &dyn SessionStore) {
    let project = project("https://one.example");
    let key = StoreKey::session(&project);
    assert!(before.set(&key, &Secret::from("kept")).await.is_ok(), "set");
    assert_eq!(read(after, &key).await.as_deref(), Some("kept"), "a set value survives a restart");
}

async fn a_missing_value_is_none(store: &dyn SessionStore) {
    let project = project("https://one.example");
    assert_eq!(read(store, &StoreKey::session(&project)).await, None, "a missing value is None");
}

async fn what_was_set_is_read_back(store: &dyn SessionStore) {
    let project = project("https://one.example");
    let key = StoreKey::session(&project);
    write(store, &key, "one").await;
    assert_eq!(read(store, &key).await.as_deref(), Some("one"), "what was set is read back");
    assert_eq!(read(store, &key).await.as_deref(), Some("one"), "reading takes nothing away");
}

async fn the_last_value_wins(store: &dyn SessionStore) {
    let project = project("https://one.example");
    let key = StoreKey::session(&project);
    write(store, &key, "a longer value from before").await;
    write(store, &key, "two").await;
    assert_eq!(read(store, &key).await.as_deref(), Some("two"), "the last value wins");
}

async fn keys_do_not_touch_each_other(store: &dyn SessionStore) {
    let project = project("https://one.example");
    let flow = FlowId::of("nonce");
    let keys = [StoreKey::session(&project), StoreKey::flows(&project), StoreKey::flow(&project, &flow)];
    for key in &keys {
        write(store, key, key.as_str()).await;
    }
    remove(store, &keys[1]).await;
    assert_eq!(
        read(store, &keys[0]).await.as_deref(),
        Some(keys[0].as_str()),
        "another key's removal spares it"
    );
    assert_eq!(read(store, &keys[1]).await, None, "the removed key is gone");
    assert_eq!(read(store, &keys[2]).await.as_deref(), Some(keys[2].as_str()), "a longer key is another key");
}

/// Projects whose hosts share a first label, or that differ in scheme, port or path alone.
async fn projects_do_not_touch_each_other(store: &dyn SessionStore) {
    let urls = [
        "https://supabase.one.example",
        "https://supabase.two.example",
        "https://supabase.two.example/path",
        "http://127.0.0.1:54321",
        "https://127.0.0.1:54321",
        "http://127.0.0.1:54331",
    ];
    let projects = urls.map(project);
    let (flow, own) = (FlowId::of("nonce"), &projects[0]);
    let keys =
        |project| [StoreKey::session(project), StoreKey::flows(project), StoreKey::flow(project, &flow)];
    for key in keys(own) {
        write(store, &key, "own").await;
    }
    for (other, url) in projects.iter().zip(urls).skip(1) {
        for key in keys(other) {
            assert_eq!(read(store, &key).await, None, "{url} finds nothing of another project");
            write(store, &key, "other").await;
            remove(store, &key).await;
        }
    }
    for key in keys(own) {
        assert_eq!(read(store, &key).await.as_deref(), Some("own"), "another project's removal spares it");
    }
}

async fn a_removed_value_is_gone_and_may_be_removed_again(store: &dyn SessionStore) {
    let project = project("https://one.example");
    let key = StoreKey::session(&project);
    write(store, &key, "one").await;
    remove(store, &key).await;
    remove(store, &key).await;
    assert_eq!(read(store, &key).await, None, "a removed value is gone");
}

async fn any_text_survives(store: &dyn SessionStore) {
    let project = project("https://one.example");
    let key = StoreKey::session(&project);
    for text in ["", "{\"a\":\"\\u0000\"}", "\u{0}\n\r\t", "Łódź 🦊 \u{202e}", &"x".repeat(300_000)] {
        write(store, &key, text).await;
        assert!(read(store, &key).await.as_deref() == Some(text), "a text of {} bytes survives", text.len());
    }
}

async fn concurrent_writers_leave_one_whole_value(store: &dyn SessionStore) {
    let project = project("https://one.example");
    let key = StoreKey::session(&project);
    let values: Vec<String> = (0..16).map(|n| format!("{n}").repeat(500)).collect();
    let writes = values.iter().map(|value| write(store, &key, value));
    futures_util::future::join_all(writes).await;
    let found = read(store, &key).await;
    assert!(found.is_some_and(|found| values.contains(&found)), "one of the values is there, whole");
}

/// Passes for a store whose lock guards nothing.
async fn a_lock_that_guards_lets_one_in_at_a_time(store: &dyn SessionStore) {
    let first = lock(store).await;
    if !first.guards() {
        return;
    }
    let project = project("https://one.example");
    // Holding it hinders neither reading nor writing.
    write(store, &StoreKey::session(&project), "one").await;
    let second = tokio::time::timeout(REFUSED_FOR, store.lock()).await;
    assert!(!matches!(second, Ok(Ok(_))), "while a lock is held nobody else gets it");
    let (third, ()) = futures_util::future::join(lock(store), async { drop(first) }).await;
    assert!(third.guards(), "a lock that is let go goes to who waits for it");
    drop(third);
    assert!(lock(store).await.guards(), "a lock that was given up is not held");
}

async fn lock(store: &dyn SessionStore) -> StoreLock {
    match store.lock().await {
        Ok(lock) => lock,
        Err(error) => panic!("lock failed: {error}"),
    }
}

async fn read(store: &dyn SessionStore, key: &StoreKey) -> Option<String> {
    match store.get(key).await {
        Ok(value) => value.map(|value| value.expose().clone()),
        Err(error) => panic!("get failed: {error}"),
    }
}

async fn write(store: &dyn SessionStore, key: &StoreKey, value: &str) {
    if let Err(error) = store.set(key, &Secret::from(value)).await {
        panic!("set failed: {error}");
    }
}

async fn remove(store: &dyn SessionStore, key: &StoreKey) {
    if let Err(error) = store.remove(key).await {
        panic!("remove failed: {error}");
    }
}

fn project(url: &str) -> Project {
    match Project::new(url, "sb_publishable_suite") {
        Ok(project) => project,
        Err(error) => panic!("{url}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn the_store_in_memory_passes() {
        super::run(async || crate::MemoryStore::new()).await;
    }
}
