//! Changes to the plugin's store, and of what holds its keys: a keychain and a file beside the store, by turns.

use async_trait::async_trait;
use supabase_session::Project;
use tauri::test::MockRuntime;
use tauri_plugin_supabase_session::contract::protection::Protection;
use tauri_plugin_supabase_session::store::PluginStore;

use super::stored::StoredWriter;
use super::writer::Writer;
use crate::TortureError;
use crate::model::{Change, Held};

/// Another choice comes before every change whose number can be divided by this.
const CHOICE_EVERY: u64 = 3;

/// A store whose keys change their place.
pub(crate) struct ProtectedWriter {
    store: PluginStore<MockRuntime>,
    stored: StoredWriter<PluginStore<MockRuntime>>,
}

impl ProtectedWriter {
    /// The session of this project in this store.
    pub(crate) fn new(project: &Project, store: PluginStore<MockRuntime>) -> Self {
        Self { stored: StoredWriter::new(project, store.clone()), store }
    }
}

#[async_trait]
impl Writer for ProtectedWriter {
    async fn found(&mut self) -> Result<Held, TortureError> {
        self.stored.found().await
    }

    async fn write(&mut self, number: u64, change: Change) -> Result<(), TortureError> {
        if number.is_multiple_of(CHOICE_EVERY) {
            let is_even = (number / CHOICE_EVERY).is_multiple_of(2);
            let choice = if is_even { Protection::Keychain } else { Protection::KeyFile };
            let chosen = self.store.choose(choice).await;
            chosen.map_err(|error| TortureError::Child(format!("nobody can choose {choice:?}: {error}")))?;
        }
        self.stored.write(number, change).await
    }

    async fn tidy(&mut self) -> Result<(), TortureError> {
        let tidied = self.store.forget_abandoned_keys().await;
        tidied.map_err(|error| TortureError::Child(error.to_string()))
    }
}
