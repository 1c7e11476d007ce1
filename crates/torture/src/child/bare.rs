//! Changes to tauri-plugin-store as an app makes them that has nothing above it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tauri::AppHandle;
use tauri::test::MockRuntime;
use tauri_plugin_store::{Store, StoreBuilder};

use super::writer::{Writer, number_in, numbered};
use crate::TortureError;
use crate::line::Line;
use crate::model::{Change, Held};

const FILE_NAME: &str = "session.json";
const KEY: &str = "session";

/// The plugin's autosave writes when nothing has changed for 100 ms (its default): a change comes after it has had time.
const BETWEEN_CHANGES: Duration = Duration::from_millis(150);

/// The plugin's store.
pub(crate) struct BareWriter {
    store: Arc<Store<MockRuntime>>,
    is_saving: bool,
}

impl BareWriter {
    /// Without autosave; each change is followed by `save()`.
    pub(crate) fn saving(app: &AppHandle<MockRuntime>, folder: &Path) -> Result<Self, TortureError> {
        let store = StoreBuilder::new(app, folder.join(FILE_NAME)).disable_auto_save().build();
        Ok(Self { store: store.map_err(failed)?, is_saving: true })
    }

    /// As the plugin comes: `set()`, and its autosave does the rest.
    pub(crate) fn autosaving(app: &AppHandle<MockRuntime>, folder: &Path) -> Result<Self, TortureError> {
        let store = StoreBuilder::new(app, folder.join(FILE_NAME)).build();
        Ok(Self { store: store.map_err(failed)?, is_saving: false })
    }
}

#[async_trait]
impl Writer for BareWriter {
    async fn found(&mut self) -> Result<Held, TortureError> {
        Ok(match self.store.get(KEY) {
            None => Held::Nobody,
            Some(value) => value
                .as_str()
                .and_then(number_in)
                .map_or_else(|| Held::Unusable("the session is not whole".into()), Held::Session),
        })
    }

    async fn write(&mut self, number: u64, change: Change) -> Result<(), TortureError> {
        match change {
            Change::SignIn | Change::Refresh => self.store.set(KEY, numbered(number)),
            Change::SignOut => drop(self.store.delete(KEY)),
        }
        if self.is_saving {
            self.store.save().map_err(failed)?;
        }
        Ok(())
    }

    async fn change(&mut self, number: u64, change: Change) -> Result<(), TortureError> {
        self.write(number, change).await?;
        Line::Done(number).say().map_err(TortureError::io("the parent is told"))?;
        if !self.is_saving {
            tokio::time::sleep(BETWEEN_CHANGES).await;
        }
        Ok(())
    }
}

fn failed(error: tauri_plugin_store::Error) -> TortureError {
    TortureError::Child(format!("tauri-plugin-store: {error}"))
}
