//! Who opens our links: this app tells the desktop that it does, and then asks the desktop whether it agrees. Where the
//! desktop does not agree, or gives no answer, a link would be lost, and flows come back through a port of this
//! machine.

use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::OnceCell;

/// How long the desktop's answer is waited for, once. The desktop runs other programs for it, each of which takes a few
/// milliseconds where all is well.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);

/// The desktop's list of who opens which links.
#[async_trait]
pub trait Registry: Send + Sync + 'static {
    /// Enters this app as the one that opens its links. What goes wrong shows in the answer to [`is_ours`](Self::is_ours).
    async fn register(&self);
    /// Whether every way in which the desktop opens one of our links ends in this app.
    async fn is_ours(&self) -> bool;
}

/// What is known of who opens our links.
#[derive(Clone)]
pub struct Handler(Arc<Inner>);

struct Inner {
    registry: Box<dyn Registry>,
    registered: OnceCell<()>,
    answer: Mutex<Answer>,
}

#[derive(Default)]
struct Answer {
    is_ours: Option<bool>,
    /// The desktop did not answer in time.
    is_silent: bool,
}

impl Handler {
    /// A handler that has not asked the desktop yet.
    #[must_use]
    pub fn new(registry: impl Registry) -> Self {
        let registry = Box::new(registry);
        Self(Arc::new(Inner { registry, registered: OnceCell::new(), answer: Mutex::default() }))
    }

    /// Whether our links come back to this app, asked now: another app, or another copy of this one, may have taken
    /// them meanwhile. The first call registers this app.
    pub async fn is_ours(&self) -> bool {
        let inner = &*self.0;
        if inner.answer().is_silent {
            return false;
        }
        let asked = tokio::time::timeout(ANSWER_TIMEOUT, async {
            inner.registered.get_or_init(|| inner.registry.register()).await;
            inner.registry.is_ours().await
        });
        let asked = asked.await.ok();
        let is_ours = asked == Some(true);
        let before = {
            let mut answer = inner.answer();
            answer.is_silent |= asked.is_none();
            answer.is_ours.replace(is_ours)
        };
        if !is_ours && before != Some(false) {
            tracing::warn!("the desktop does not open our links with this app: they come back another way");
        }
        is_ours
    }

    /// As [`is_ours`](Self::is_ours), also of a desktop that did not answer before.
    pub async fn is_ours_now(&self) -> bool {
        self.0.answer().is_silent = false;
        self.is_ours().await
    }

    /// What the desktop said last; `None` before it has said anything.
    #[must_use]
    pub fn known(&self) -> Option<bool> {
        self.0.answer().is_ours
    }
}

impl Inner {
    fn answer(&self) -> MutexGuard<'_, Answer> {
        self.answer.lock()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Says yes, no, or nothing at all.
    struct Says(Arc<AtomicUsize>, Option<bool>);

    #[async_trait]
    impl Registry for Says {
        async fn register(&self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
        async fn is_ours(&self) -> bool {
            match self.1 {
                Some(answer) => answer,
                None => std::future::pending().await,
            }
        }
    }

    #[tokio::test]
    async fn the_app_is_registered_once_and_the_desktop_is_asked_each_time() {
        let registered = Arc::new(AtomicUsize::new(0));
        for answer in [true, false] {
            registered.store(0, Ordering::Relaxed);
            let handler = Handler::new(Says(registered.clone(), Some(answer)));
            assert_eq!(handler.known(), None);

            assert_eq!([handler.is_ours().await, handler.is_ours().await], [answer; 2]);

            assert_eq!((handler.known(), registered.load(Ordering::Relaxed)), (Some(answer), 1));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_desktop_that_does_not_answer_is_waited_for_once() {
        let handler = Handler::new(Says(Arc::default(), None));
        let begun = tokio::time::Instant::now();

        assert_eq!([handler.is_ours().await, handler.is_ours().await], [false; 2]);

        assert_eq!((handler.known(), begun.elapsed()), (Some(false), ANSWER_TIMEOUT));
        // A later question is waited for as long as the first.
        assert!(!handler.is_ours_now().await);
        assert_eq!(begun.elapsed(), ANSWER_TIMEOUT * 2);
    }
}
