//! Changes through the client, as an app makes them: sign-in, a request whose token the server refuses (so that it is
//! refreshed), sign-out.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::Value;
use supabase_session::{Client, Project, Secret, SessionStore, State, StoreHealth, Transport};

use super::server::Server;
use super::writer::Writer;
use crate::TortureError;
use crate::line::Line;
use crate::model::{Change, Held};

/// The client and its server.
pub(super) struct ClientWriter {
    client: Client,
    server: Arc<Server>,
}

impl ClientWriter {
    /// A client of this project on this store.
    pub(super) fn new(project: Project, store: impl SessionStore + 'static) -> Self {
        let server = Arc::new(Server::default());
        let client = Client::builder(project, Arc::new(store))
            .transport(Arc::clone(&server) as Arc<dyn Transport>)
            .build();
        Self { client, server }
    }

    async fn request(&self) -> Result<(), TortureError> {
        let row = self.client.rest().select_one::<Value>("rows", "id", &[("id", "1")]).await;
        row.map(drop).map_err(|error| TortureError::Child(format!("a request failed: {error}")))
    }

    /// What is not in the store is kept in memory and tried again, which must not happen here.
    fn is_saved(&self) -> Result<(), TortureError> {
        match *self.client.watch_store().borrow() {
            StoreHealth::Saved => Ok(()),
            StoreHealth::Unsaved => Err(TortureError::Child("the session is not in the store".into())),
        }
    }
}

#[async_trait]
impl Writer for ClientWriter {
    async fn found(&mut self) -> Result<Held, TortureError> {
        match self.client.restore().await {
            State::SignedIn(_) => {
                self.request().await?;
                let number = self.server.seen();
                Ok(number.map_or_else(|| Held::Unusable("its token is not whole".into()), Held::Session))
            }
            State::SignedOut(None) => Ok(Held::Nobody),
            State::SignedOut(Some(cause)) => Ok(Held::Unusable(format!("{cause:?}"))),
            State::Restoring => Ok(Held::Unusable("it is still being read".into())),
        }
    }

    /// The server says that a session is done, as soon as its token is used.
    async fn change(&mut self, number: u64, change: Change) -> Result<(), TortureError> {
        self.write(number, change).await
    }

    async fn write(&mut self, number: u64, change: Change) -> Result<(), TortureError> {
        self.server.expect(number);
        match change {
            Change::SignIn => {
                let user =
                    self.client.sign_in_with_password("ada@example.com", Secret::from("Passw0rd!")).await;
                user.map_err(|error| TortureError::Child(format!("nobody can sign in: {error}")))?;
                self.request().await?;
            }
            Change::Refresh => self.request().await?,
            Change::SignOut => {
                let report = self.client.sign_out().await;
                if let Some(error) = report.store {
                    return Err(TortureError::Child(format!("nobody can sign out: {error}")));
                }
                Line::Done(number).say().map_err(TortureError::io("the parent is told"))?;
            }
        }
        self.is_saved()
    }
}
