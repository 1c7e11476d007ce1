//! How a server starts: its settings, its folders, its database.

use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use crate::access_log::AccessLog;
use crate::captcha_tokens::CaptchaTokens;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::db::{DataFolder, Db, DbError};
use crate::folder_lock::{FolderLock, LockError};
use crate::jwt::Signer;
use crate::keys::Keys;
use crate::object_files::ObjectFiles;
use crate::random::{Random, SystemRandom};
use crate::server::Server;
use crate::state::App;

/// Where the server keeps its database and its objects.
#[derive(Debug, Clone)]
pub enum Home {
    /// This folder, made when it is missing. Its content survives a restart. One server at a time can use the folder.
    Folder(PathBuf),
    /// A temporary folder, removed when the [`Server`] is dropped.
    Ephemeral,
}

/// Why the server could not start. The text of each is one sentence for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder is in use by another server, or cannot be used.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The database did not open, or a migration failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A folder could not be made.
    #[error("cannot make the folder for objects: {0}")]
    Folder(#[from] std::io::Error),
}

/// The settings of a server that is to start; [`Server::builder`] makes one.
pub struct ServerBuilder {
    config: Config,
    home: Home,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    api_url: String,
    access_log: Option<AccessLog>,
}

impl Server {
    /// Begins to describe a server for the project `config`. By default the server is ephemeral, uses the machine's
    /// clock and random numbers, calls itself `http://127.0.0.1:54321` (the address of the Supabase CLI's server) and
    /// writes no access log.
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
}

impl ServerBuilder {
    /// Sets where the database and the objects are kept.
    #[must_use]
    pub fn home(mut self, home: Home) -> Self {
        self.home = home;
        self
    }

    /// Sets the source of every time that the server compares or writes.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Sets the source of ids, codes and tokens. (Salts of passwords always come from the operating system.)
    #[must_use]
    pub fn random(mut self, random: Arc<dyn Random>) -> Self {
        self.random = random;
        self
    }

    /// Sets the address under which the server is reached, without a slash at its end. Links in mails and redirects
    /// through the OAuth provider begin with it.
    #[must_use]
    pub fn api_url(mut self, api_url: impl Into<String>) -> Self {
        self.api_url = api_url.into();
        self
    }

    /// Writes a line for each request to `log`.
    #[must_use]
    pub fn access_log(mut self, log: AccessLog) -> Self {
        self.access_log = Some(log);
        self
    }

    /// Opens the database, applies the project's new migrations, and answers the running server.
    ///
    /// # Errors
    /// [`StartError`], when the folder is taken or cannot be made, the database does not open, or a migration fails.
    pub async fn start(self) -> Result<Server, StartError> {
        let (lock, temporary, data, objects) = match self.home {
            Home::Folder(folder) => {
                let lock = FolderLock::acquire(&folder)?;
                (Some(lock), None, DataFolder::Kept(folder.join("postgres")), folder.join("objects"))
            }
            Home::Ephemeral => {
                let folder = TempDir::with_prefix("supabase-local-")?;
                let objects = folder.path().join("objects");
                (None, Some(folder), DataFolder::Temporary, objects)
            }
        };
        let object_files = ObjectFiles::open(objects)?;
        let db = Db::open(data, self.config.migrations.clone()).await?;
        let app = App {
            keys: Keys::new(&self.config.jwt_secret),
            signer: Signer::new(&self.config.jwt_secret, self.config.signing_key.clone()),
            config: self.config,
            db,
            clock: self.clock,
            random: self.random,
            object_files,
            captcha_tokens: CaptchaTokens::default(),
            api_url: self.api_url,
            access_log: self.access_log,
        };
        Ok(Server::new(app, lock, temporary))
    }
}
