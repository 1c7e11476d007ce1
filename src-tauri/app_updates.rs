//! What the app does with its updates.

use std::sync::Arc;

use foyer_contract::SessionErrorCode;
use foyer_contract::updates::UpdateAction;
use tauri::{AppHandle, Runtime};

use crate::app::App;
use crate::error::Failure;
use crate::updates::Updates;

impl App {
    /// From now on the app has updates: the plugin is registered.
    pub fn switch_updates_on<R: Runtime>(self: &Arc<Self>, handle: &AppHandle<R>) {
        let this = Arc::downgrade(self);
        let on_change = move || {
            if let Some(app) = this.upgrade() {
                app.publish();
            }
        };
        let file = self.folders().updates();
        self.updates.get_or_init(|| Updates::new(handle, file, on_change));
    }

    /// Does what a person asks for.
    ///
    /// # Errors
    /// `Internal` where the app's owner has switched no updates on: no page offers them then. `StoreUnwritable`: the session
    /// would be gone after the restart, so nothing is installed.
    pub async fn change_update(&self, action: UpdateAction) -> Result<(), Failure> {
        let updates = self.updates.get().ok_or_else(|| Failure::internal("this app has no updates"))?;
        match action {
            UpdateAction::Check => updates.check().await,
            UpdateAction::Download => updates.download(),
            UpdateAction::Cancel => updates.cancel(),
            UpdateAction::Install => self.install(updates).await?,
        }
        Ok(())
    }

    /// Saves the session, installs the version that is ready, and restarts the app with it.
    async fn install(&self, updates: &Updates) -> Result<(), Failure> {
        if !updates.is_ready() {
            return Ok(());
        }
        if let Ok(client) = self.supabase().client()
            && !client.flush().await
        {
            return Err(Failure::new(SessionErrorCode::StoreUnwritable, "the session is not saved"));
        }
        updates.install().await;
        Ok(())
    }
}
