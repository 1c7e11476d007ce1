//! Which requests are under way, so that a page can end them.

use parking_lot::{Mutex, MutexGuard};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use tokio::sync::Notify;

/// How many requests that were cancelled before they began are remembered.
const REMEMBERED: usize = 64;

/// A window's label and the id that its page has given to the request.
type Key = (String, String);

/// The requests of all windows.
#[derive(Default)]
pub(crate) struct InFlight {
    requests: Arc<Mutex<Requests>>,
}

#[derive(Default)]
struct Requests {
    running: HashMap<Key, Arc<Notify>>,
    /// Requests that were cancelled before they began: the small message that cancels may overtake the large one that
    /// begins. The newest last.
    cancelled: VecDeque<Key>,
}

/// A request that is under way, until this is dropped.
pub(crate) struct Running {
    requests: Arc<Mutex<Requests>>,
    key: Key,
    cancelled: Arc<Notify>,
}

impl InFlight {
    /// A request begins; `None` when it was cancelled already. An id that is in use already ends the request that has it.
    pub(crate) fn begin(&self, window: &str, id: &str) -> Option<Running> {
        let key = (window.to_owned(), id.to_owned());
        let mut requests = locked(&self.requests);
        if let Some(at) = requests.cancelled.iter().position(|cancelled| *cancelled == key) {
            requests.cancelled.remove(at);
            return None;
        }
        let cancelled = Arc::new(Notify::new());
        if let Some(former) = requests.running.insert(key.clone(), Arc::clone(&cancelled)) {
            former.notify_one();
        }
        Some(Running { requests: Arc::clone(&self.requests), key, cancelled })
    }

    /// Ends a request, or keeps it from beginning.
    pub(crate) fn cancel(&self, window: &str, id: &str) {
        let key = (window.to_owned(), id.to_owned());
        let mut requests = locked(&self.requests);
        match requests.running.get(&key) {
            Some(running) => running.notify_one(),
            None => {
                requests.cancelled.push_back(key);
                if requests.cancelled.len() > REMEMBERED {
                    requests.cancelled.pop_front();
                }
            }
        }
    }
}

impl Running {
    /// Waits until it is cancelled.
    pub(crate) async fn cancelled(&self) {
        self.cancelled.notified().await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut requests = locked(&self.requests);
        let is_own = |running: &Arc<Notify>| Arc::ptr_eq(running, &self.cancelled);
        if requests.running.get(&self.key).is_some_and(is_own) {
            requests.running.remove(&self.key);
        }
    }
}

fn locked(requests: &Mutex<Requests>) -> MutexGuard<'_, Requests> {
    requests.lock()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_is_cancelled_by_its_id_in_its_window() {
        let requests = InFlight::default();
        let one = requests.begin("main", "1").unwrap();
        let other = requests.begin("other", "1").unwrap();

        requests.cancel("other", "1");

        other.cancelled().await;
        let waits = std::future::poll_fn(|cx| {
            std::task::Poll::Ready(std::pin::pin!(one.cancelled()).as_mut().poll(cx).is_pending())
        });
        assert!(waits.await);
    }

    #[tokio::test]
    async fn a_cancel_that_overtakes_its_request_keeps_it_from_beginning_once() {
        let requests = InFlight::default();

        requests.cancel("main", "1");

        assert!(requests.begin("main", "1").is_none());
        assert!(requests.begin("main", "1").is_some());
    }

    #[tokio::test]
    async fn an_id_that_is_used_again_ends_the_former_request_and_only_that() {
        let requests = InFlight::default();
        let former = requests.begin("main", "1").unwrap();
        let now = requests.begin("main", "1").unwrap();

        former.cancelled().await;
        drop(former);
        requests.cancel("main", "1");

        now.cancelled().await;
    }

    #[test]
    fn what_is_over_is_forgotten_and_so_are_old_cancels() {
        let requests = InFlight::default();
        drop(requests.begin("main", "1"));
        (0..200).for_each(|n| requests.cancel("main", &n.to_string()));

        let left = locked(&requests.requests);
        assert!(left.running.is_empty());
        assert_eq!(left.cancelled.len(), REMEMBERED);
    }
}
