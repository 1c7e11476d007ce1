//! Work that many callers ask for at the same time and that runs once, and work that a dropped caller does not stop.
//! What the work is about is the callers' business.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::OnceCell;

use crate::lock::lock;

/// Runs a piece of work once for all callers that ask under the same key while it runs. The work goes on to its end
/// when a caller's future is dropped.
pub(crate) struct SingleFlight<K, T> {
    running: Mutex<HashMap<K, Arc<OnceCell<T>>>>,
}

impl<K, T> SingleFlight<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + Sync + 'static,
{
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { running: Mutex::new(HashMap::new()) })
    }

    /// The outcome of `work`, begun by this call or by an earlier one under the same key that has not ended.
    pub(crate) async fn run<F>(self: &Arc<Self>, key: K, work: F) -> T
    where
        F: Future<Output = T> + Send + 'static,
    {
        let cell = Arc::clone(self.running().entry(key.clone()).or_default());
        let this = Arc::clone(self);
        // In a task of its own: a dropped caller must not cut a token rotation in half.
        spawn_to_completion(async move {
            let outcome = cell.get_or_init(|| work).await.clone();
            if let Entry::Occupied(current) = this.running().entry(key)
                && Arc::ptr_eq(current.get(), &cell)
            {
                current.remove();
            }
            outcome
        })
        .await
    }

    /// Whether work under this key has begun and not ended.
    pub(crate) fn is_running(&self, key: &K) -> bool {
        self.running().contains_key(key)
    }

    fn running(&self) -> MutexGuard<'_, HashMap<K, Arc<OnceCell<T>>>> {
        lock(&self.running)
    }
}

/// Runs `work` in a task of its own, so that it ends even if the caller does not wait for it. A panic in `work` goes on
/// in the caller. While the runtime shuts down, this future waits until it is dropped.
pub(crate) async fn spawn_to_completion<F>(work: F) -> F::Output
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    match tokio::spawn(work).await {
        Ok(outcome) => outcome,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => std::future::pending().await,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::time::Duration;

    use tokio::sync::Notify;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_hundred_callers_cause_one_piece_of_work() {
        let (shared, count) = (SingleFlight::new(), Arc::new(AtomicUsize::new(0)));

        let callers: Vec<_> = (0..100)
            .map(|_| {
                let (shared, count) = (Arc::clone(&shared), Arc::clone(&count));
                tokio::spawn(async move {
                    let work = async move {
                        tokio::time::sleep(Duration::from_secs(1)).await;
                        count.fetch_add(1, SeqCst)
                    };
                    shared.run((), work).await
                })
            })
            .collect();

        for caller in callers {
            assert_eq!(caller.await.unwrap(), 0);
        }
        assert_eq!(count.load(SeqCst), 1);
    }

    #[tokio::test]
    async fn a_dropped_caller_does_not_stop_the_work() {
        let (shared, begun, go, done) =
            (SingleFlight::new(), Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (theirs, begun2, go2, done2) =
            (Arc::clone(&shared), Arc::clone(&begun), Arc::clone(&go), Arc::clone(&done));
        let caller = tokio::spawn(async move {
            let work = async move {
                begun2.notify_one();
                go2.notified().await;
                done2.notify_one();
            };
            theirs.run(1, work).await;
        });
        begun.notified().await;

        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
        go.notify_one();

        done.notified().await;
    }

    #[tokio::test]
    async fn work_that_has_ended_is_begun_anew_and_keys_are_apart() {
        let shared = SingleFlight::new();

        assert_eq!(shared.run("a", async { 1 }).await, 1);
        assert_eq!(shared.run("a", async { 2 }).await, 2);
        assert_eq!(shared.run("b", async { 3 }).await, 3);
        assert!(shared.running().is_empty());
    }
}
