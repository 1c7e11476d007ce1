//! The running server: its routes, answered in process.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tempfile::TempDir;

use crate::db::DbError;
use crate::folder_lock::FolderLock;
use crate::keys::Keys;
use crate::state::App;
use crate::{auth, captcha, gateway, mail, pg_query, provider, rest, storage};

/// A running server. [`Server::router`] answers requests; [`Server::close`] ends the server. [`Server::builder`] makes
/// one.
pub struct Server {
    app: Arc<App>,
    // Rust drops fields in this order: first the database closes with `app`, then the folders are released.
    _lock: Option<FolderLock>,
    _temporary: Option<TempDir>,
}

impl Server {
    /// A server of this state. The lock and the temporary folder live as long as the server.
    pub(crate) fn new(app: App, lock: Option<FolderLock>, temporary: Option<TempDir>) -> Self {
        Self { app: Arc::new(app), _lock: lock, _temporary: temporary }
    }

    /// All routes of the server. The router can be put on a socket ([`axum::serve`]) or be called in process; every
    /// clone of it answers from the same database.
    pub fn router(&self) -> Router {
        let app = &self.app;
        Router::new()
            .nest("/auth/v1", auth::router())
            .nest("/rest/v1", rest::router())
            .nest("/storage/v1", storage::router())
            .nest("/inbox", mail::router())
            .nest("/pg", pg_query::router())
            .merge(provider::router())
            .merge(captcha::router())
            .fallback(gateway::no_route)
            .layer(from_fn_with_state(Arc::clone(app), gateway::layer))
            .with_state(Arc::clone(app))
    }

    /// The project's API keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.app.keys
    }

    /// Shuts PostgreSQL down cleanly. Requests after that are answered with a server error. A second call does nothing.
    ///
    /// # Errors
    /// [`DbError`], when PostgreSQL's own shutdown failed.
    pub async fn close(&self) -> Result<(), DbError> {
        self.app.db.close().await
    }
}
