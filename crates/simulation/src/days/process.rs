//! One life of the program: a runtime of one thread with a client in it. It runs only when it is told to, until
//! everything in it waits for the world; dropping it is a kill.

use parking_lot::Mutex;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Poll, Waker};

use supabase_session::{Client, State};
use tokio::runtime::{Builder, Runtime};

/// What the log calls a sign-out that is over.
pub(super) const SIGNED_OUT: &str = "sign out";
/// What the log calls a flow that was given up, whose nonce it tells.
pub(super) const GIVEN_UP: &str = "given up";

/// What the program said to whoever watches it.
#[derive(Debug)]
pub(super) enum LogEntry {
    /// A state was published.
    State(State),
    /// The person with this id has looked at a link that nobody here asked for, and accepts it now.
    Accepted(String),
    /// This call ended, like this.
    Ended(&'static str, String),
}

/// A handle with which a call writes into the log.
pub(super) struct Log(Arc<Mutex<Vec<LogEntry>>>);

impl Log {
    /// Says that the person with this id accepts the link now.
    pub(super) fn accepted(&self, id: String) {
        self.0.lock().push(LogEntry::Accepted(id));
    }
}

impl LogEntry {
    fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted(_))
    }
}

/// A running program.
pub(super) struct Process {
    runtime: Runtime,
    idle: Arc<Mutex<Idle>>,
    log: Arc<Mutex<Vec<LogEntry>>>,
    pub(super) client: Client,
}

/// Tells when there is nothing left to run.
#[derive(Default)]
struct Idle {
    reached: bool,
    waker: Option<Waker>,
}

impl Process {
    /// Starts the program: the client watches itself and keeps itself fresh.
    ///
    /// # Errors
    /// When the runtime cannot be built.
    pub(super) fn start(client: Client) -> io::Result<Self> {
        let idle = Arc::new(Mutex::new(Idle::default()));
        let parked = Arc::clone(&idle);
        // Called when no task can run: then all of them wait for something that only the world does.
        let runtime = Builder::new_current_thread().on_thread_park(move || idle_reached(&parked)).build()?;
        let log = Arc::new(Mutex::new(Vec::new()));
        let (watched, states) = (client.clone(), Arc::clone(&log));
        runtime.spawn(async move {
            let mut states_seen = watched.watch();
            while states_seen.changed().await.is_ok() {
                let state = states_seen.borrow_and_update().clone();
                states.lock().push(LogEntry::State(state));
            }
        });
        let process = Self { runtime, idle, log, client };
        // The watcher first: what comes then is seen.
        process.settle();
        Ok(process)
    }

    /// Calls the client: begins `call` in a task of its own, with what it came to in the log.
    pub(super) fn call<F>(&self, name: &'static str, call: F)
    where
        F: Future<Output = String> + Send + 'static,
    {
        let log = Arc::clone(&self.log);
        self.runtime.spawn(async move {
            let outcome = call.await;
            log.lock().push(LogEntry::Ended(name, outcome));
        });
    }

    /// Lets everything run until it waits for the world.
    pub(super) fn settle(&self) {
        self.idle.lock().reached = false;
        let mut idle = pin!(std::future::poll_fn(|context| {
            let mut idle = self.idle.lock();
            if idle.reached {
                return Poll::Ready(());
            }
            idle.waker = Some(context.waker().clone());
            Poll::Pending
        }));
        self.runtime.block_on(idle.as_mut());
    }

    /// A call that can write into the log itself, for what only it knows the moment of.
    pub(super) fn log(&self) -> Log {
        Log(Arc::clone(&self.log))
    }

    /// Takes the entries of accepted links alone: the ids of the people.
    pub(super) fn take_accepted(&self) -> Vec<String> {
        let (accepted, others) =
            std::mem::take(&mut *self.log.lock()).into_iter().partition(LogEntry::is_accepted);
        *self.log.lock() = others;
        let id = |entry| if let LogEntry::Accepted(id) = entry { Some(id) } else { None };
        Vec::into_iter(accepted).filter_map(id).collect()
    }

    /// What was said since the last time, in its order.
    pub(super) fn take_log(&self) -> Vec<LogEntry> {
        std::mem::take(&mut *self.log.lock())
    }
}

fn idle_reached(idle: &Mutex<Idle>) {
    let mut idle = idle.lock();
    if let Some(waker) = idle.waker.take() {
        idle.reached = true;
        waker.wake();
    }
}
