//! The embedded PostgreSQL.
//!
//! PostgreSQL runs in this process and serves one session. A thread of its own, the owner, holds that session; a
//! transaction is a closure that is sent to the owner. So transactions never interleave, and a transaction is carried out
//! whole even when its caller goes away. The SQL of a feature is in the feature's file.

mod error;
mod migrate;
mod tx;

use std::path::PathBuf;
use std::sync::{Mutex, mpsc};
use std::thread::JoinHandle;

pub use error::DbError;
pub(crate) use error::SqlError;
use pglite_oxide::Pglite;
use tokio::sync::oneshot;
pub(crate) use tx::{Role, Tx, literal};

use crate::config::Migration;
use crate::mutex::lock;

/// The stack of the owner's thread in bytes. PostgreSQL recurses deeply: the default of 2 MiB is not enough in debug
/// builds.
const OWNER_STACK: usize = 64 << 20;

type Job = Box<dyn FnOnce(&mut Pglite) + Send>;

/// The folder with the files of PostgreSQL's cluster.
#[derive(Debug, Clone)]
pub(crate) enum DataFolder {
    /// This folder, which is kept.
    Kept(PathBuf),
    /// A temporary folder, removed when the database closes.
    Temporary,
}

/// A handle to the database. Dropping the handle stops PostgreSQL; [`Db::close`] waits for it.
pub(crate) struct Db {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    owner: Mutex<Option<JoinHandle<Result<(), DbError>>>>,
}

impl Db {
    /// Opens the cluster, makes the tables and roles that every Supabase project has, and applies the new ones of
    /// `migrations`.
    ///
    /// # Errors
    /// When the cluster cannot be opened, or a migration fails (the error has its name).
    pub(crate) async fn open(data: DataFolder, migrations: Vec<Migration>) -> Result<Self, DbError> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let (ready, opened) = oneshot::channel();
        let owner = std::thread::Builder::new()
            .name("postgres".into())
            .stack_size(OWNER_STACK)
            .spawn(move || run_owner(data, &migrations, ready, &queue))
            .map_err(|error| DbError::Engine(error.to_string()))?;
        opened.await.map_err(|_| DbError::Closed)??;
        Ok(Self { jobs: Mutex::new(Some(jobs)), owner: Mutex::new(Some(owner)) })
    }

    /// Runs `work` as one transaction: committed when `work` answers `Ok`, rolled back when it answers `Err`.
    pub(crate) async fn transact<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.on_owner(move |postgres| Tx::run(postgres, work)).await.map_err(E::from)?
    }

    /// Runs `work` on the owner's thread with the bare session, outside of a transaction.
    async fn on_owner<T, F>(&self, work: F) -> Result<T, DbError>
    where
        F: FnOnce(&mut Pglite) -> T + Send + 'static,
        T: Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |postgres| {
            // When the caller went away, nobody receives the answer.
            drop(answer.send(work(postgres)));
        });
        let sent = lock(&self.jobs).as_ref().is_some_and(|jobs| jobs.send(job).is_ok());
        if !sent {
            return Err(DbError::Closed);
        }
        answered.await.map_err(|_| DbError::Closed)
    }

    /// Waits for the transactions that were sent, then shuts PostgreSQL down cleanly. A second call does nothing.
    ///
    /// # Errors
    /// When PostgreSQL's own shutdown failed.
    pub(crate) async fn close(&self) -> Result<(), DbError> {
        drop(lock(&self.jobs).take());
        let Some(owner) = lock(&self.owner).take() else { return Ok(()) };
        tokio::task::spawn_blocking(move || owner.join().map_err(|_| DbError::Closed)?)
            .await
            .map_err(|_| DbError::Closed)?
    }
}

/// The owner's thread: opens the cluster, prepares it, reports that on `ready`, runs the jobs of `queue` until the handle
/// is dropped, and shuts PostgreSQL down.
fn run_owner(
    data: DataFolder,
    migrations: &[Migration],
    ready: oneshot::Sender<Result<(), DbError>>,
    queue: &mpsc::Receiver<Job>,
) -> Result<(), DbError> {
    let opened = open_cluster(data).and_then(|mut postgres| {
        migrate::prepare(&mut postgres, migrations)?;
        Ok(postgres)
    });
    let mut postgres = match opened {
        Ok(postgres) => postgres,
        Err(error) => {
            drop(ready.send(Err(error)));
            return Ok(());
        }
    };
    drop(ready.send(Ok(())));
    while let Ok(job) = queue.recv() {
        job(&mut postgres);
    }
    postgres.close().map_err(DbError::from_engine)
}

fn open_cluster(data: DataFolder) -> Result<Pglite, DbError> {
    // Little memory is enough for the rows of one developer. The engine's default is 128 MB.
    let builder =
        Pglite::builder().postgres_config("timezone", "UTC").postgres_config("shared_buffers", "16MB");
    let builder = match data {
        DataFolder::Kept(folder) => builder.path(folder),
        // Nothing reads these files after a crash, so they need not survive one.
        DataFolder::Temporary => builder.temporary().relaxed_durability(true),
    };
    builder.open().map_err(DbError::from_engine)
}
