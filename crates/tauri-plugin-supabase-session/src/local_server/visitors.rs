//! The connections that a port serves at the same time. Whoever opens connections and asks nothing keeps nobody else
//! out: when all places are taken, the one that has been silent for longest gives way.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::{AbortHandle, JoinSet};

/// So many connections are served at once; a browser opens one or two.
pub(crate) const CONNECTIONS: usize = 8;

/// Whether a whole request has come over a connection. Such a connection waits for its answer and does not give way.
#[derive(Debug, Clone, Default)]
pub(super) struct HasAsked(Arc<AtomicBool>);

impl HasAsked {
    /// A whole request has come.
    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The connections of a port, the oldest first.
#[derive(Default)]
pub(super) struct Visitors {
    connections: VecDeque<(AbortHandle, HasAsked)>,
    tasks: JoinSet<()>,
}

impl Visitors {
    /// Makes room for one more connection. It waits only while all others wait for their answers.
    pub(super) async fn make_room(&mut self) {
        loop {
            while self.tasks.try_join_next().is_some() {}
            self.connections.retain(|(task, _)| !task.is_finished());
            if self.connections.len() < CONNECTIONS {
                return;
            }
            let silent = self.connections.iter().position(|(_, has_asked)| !has_asked.get());
            match silent.and_then(|place| self.connections.remove(place)) {
                Some((task, _)) => task.abort(),
                None => drop(self.tasks.join_next().await),
            }
        }
    }

    /// Serves a connection in a task of its own.
    pub(super) fn admit<F>(&mut self, serve: impl FnOnce(HasAsked) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let has_asked = HasAsked::default();
        let task = self.tasks.spawn(serve(has_asked.clone()));
        self.connections.push_back((task, has_asked));
    }

    /// Waits until every connection has ended.
    pub(super) async fn all_gone(&mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}
