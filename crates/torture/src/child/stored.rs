//! Changes to the plugin's store without a client above it.

use async_trait::async_trait;
use supabase_session::{Project, Secret, SessionStore, StoreError, StoreKey};

use super::writer::{Writer, number_in, numbered};
use crate::TortureError;
use crate::model::{Change, Held};

/// A store, and where in it the session is.
pub(super) struct StoredWriter<S> {
    store: S,
    key: StoreKey,
}

impl<S: SessionStore> StoredWriter<S> {
    /// The session of this project in this store.
    pub(super) fn new(project: &Project, store: S) -> Self {
        Self { store, key: StoreKey::session(project) }
    }
}

#[async_trait]
impl<S: SessionStore> Writer for StoredWriter<S> {
    async fn found(&mut self) -> Result<Held, TortureError> {
        Ok(match self.store.get(&self.key).await {
            Ok(None) => Held::Nobody,
            Ok(Some(text)) => number_in(text.expose())
                .map_or_else(|| Held::Unusable("the session is not whole".into()), Held::Session),
            Err(error) => Held::Unusable(error.to_string()),
        })
    }

    async fn write(&mut self, number: u64, change: Change) -> Result<(), TortureError> {
        let written = match change {
            Change::SignIn | Change::Refresh => {
                self.store.set(&self.key, &Secret::from(numbered(number))).await
            }
            Change::SignOut => self.store.remove(&self.key).await,
        };
        written.map_err(|error: StoreError| TortureError::Child(error.to_string()))
    }
}
