//! The server as a whole: what it is made of, how it starts, the router that answers in process.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tempfile::TempDir;

use crate::blobs::Blobs;
use crate::captcha::Captcha;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::db::{Db, DbError, Place};
use crate::gateway::{self, AccessLog};
use crate::jwt::Signer;
use crate::keys::Keys;
use crate::lock::{FolderLock, LockError};
use crate::random::{Random, SystemRandom};
use crate::{auth, captcha, mail, provider, rest, sql_door, storage};

/// Where the server keeps its database and its objects.
#[derive(Debug, Clone)]
pub enum Home {
    /// A folder; what is in it survives a restart. One server at a time.
    Folder(PathBuf),
    /// A temporary folder that goes with the server.
    Ephemeral,
}

/// Why the server could not start. Each is one sentence for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder is in use or cannot be used.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The database did not open, or a migration failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A folder could not be made.
    #[error("cannot make the folder for objects: {0}")]
    Folder(#[from] std::io::Error),
}

/// What every request may use.
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) keys: Keys,
    pub(crate) signer: Signer,
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) blobs: Blobs,
    pub(crate) captcha: Captcha,
    /// The address that links in mails lead to, without a slash at its end.
    pub(crate) api_url: String,
    pub(crate) access_log: Option<AccessLog>,
}

/// How a server is to be started. Everything has a default but the project.
pub struct ServerBuilder {
    config: Config,
    home: Home,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    api_url: String,
    access_log: Option<AccessLog>,
}

/// A server that runs. It answers through [`Server::router`]; [`Server::close`] ends it.
pub struct Server {
    app: Arc<App>,
    // Fields drop in order: the database is closed with the app, then the folders go.
    _lock: Option<FolderLock>,
    _temporary: Option<TempDir>,
}

impl Server {
    /// Begins to describe a server for the project `config`: ephemeral, on the machine's clock, with the
    /// address that a local Supabase usually has.
    #[must_use]
    pub fn builder(config: Config) -> ServerBuilder {
        ServerBuilder {
            config,
            home: Home::Ephemeral,
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            api_url: "http://127.0.0.1:54321".into(),
            access_log: None,
        }
    }

    /// All routes, ready to be served or called in process.
    pub fn router(&self) -> Router {
        let app = &self.app;
        Router::new()
            .nest("/auth/v1", auth::router())
            .nest("/rest/v1", rest::router())
            .nest("/storage/v1", storage::router())
            .nest("/inbox", mail::router())
            .nest("/pg", sql_door::router())
            .merge(provider::router())
            .merge(captcha::router())
            .fallback(gateway::no_route)
            .layer(from_fn_with_state(Arc::clone(app), gateway::pass))
            .with_state(Arc::clone(app))
    }

    /// The project's keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.app.keys
    }

    /// Shuts the database down cleanly. Requests after that fail.
    ///
    /// # Errors
    /// When PostgreSQL's own shutdown failed.
    pub async fn close(&self) -> Result<(), DbError> {
        self.app.db.close().await
    }
}

impl ServerBuilder {
    /// Where database and objects are kept.
    #[must_use]
    pub fn home(mut self, home: Home) -> Self {
        self.home = home;
        self
    }

    /// Where every time comes from.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Where ids, codes and tokens come from. (Password salts always come from the operating system.)
    #[must_use]
    pub fn random(mut self, random: Arc<dyn Random>) -> Self {
        self.random = random;
        self
    }

    /// The address under which the server is reached, as mails name it.
    #[must_use]
    pub fn api_url(mut self, api_url: impl Into<String>) -> Self {
        self.api_url = api_url.into();
        self
    }

    /// Where a line for each request goes.
    #[must_use]
    pub fn access_log(mut self, log: AccessLog) -> Self {
        self.access_log = Some(log);
        self
    }

    /// Opens the database, applies the migrations, and answers the running server.
    ///
    /// # Errors
    /// [`StartError`]: the folder is taken, the database does not open, a migration fails.
    pub async fn start(self) -> Result<Server, StartError> {
        let (lock, temporary, place, objects) = match self.home {
            Home::Folder(folder) => {
                let lock = FolderLock::acquire(&folder)?;
                (Some(lock), None, Place::Folder(folder.join("postgres")), folder.join("objects"))
            }
            Home::Ephemeral => {
                let folder = TempDir::with_prefix("supabase-local-")?;
                let objects = folder.path().join("objects");
                (None, Some(folder), Place::Temporary, objects)
            }
        };
        let blobs = Blobs::open(objects)?;
        let db = Db::open(place, self.config.migrations.clone()).await?;
        let app = App {
            keys: Keys::new(&self.config.jwt_secret),
            signer: Signer::new(&self.config.jwt_secret, self.config.signing_key.clone()),
            config: self.config,
            db,
            clock: self.clock,
            random: self.random,
            blobs,
            captcha: Captcha::default(),
            api_url: self.api_url,
            access_log: self.access_log,
        };
        Ok(Server { app: Arc::new(app), _lock: lock, _temporary: temporary })
    }
}
