//! What protects the session at rest, as a page sees and chooses it. How it is done stands in `store/`.

use std::sync::Arc;

use supabase_session::State;
use supabase_session_contract::protection::{Protection, ProtectionView};

use crate::error::Error;
use crate::store::{SealedFiles, SealedStore};
use crate::supabase::Supabase;

impl Supabase {
    /// What protects the session on this machine.
    #[must_use]
    pub fn protection(&self) -> ProtectionView {
        // Of a store of the app's own nothing is known.
        self.sealed().map(|store| store.view()).unwrap_or_default()
    }

    /// Chooses what protects the session from now on. It is sealed anew and read back before the old key goes.
    ///
    /// # Errors
    /// When the choice cannot be had; everything stays as it was then.
    pub async fn set_protection(&self, protection: Protection) -> Result<(), Error> {
        let sealed = self.require_sealed()?;
        if protection == Protection::Memory
            && let Some(keeps) = self.files_of_others()
            && tauri::async_runtime::spawn_blocking(move || keeps()).await.unwrap_or(true)
        {
            return Err(Error::FilesOfOthers);
        }
        let changed = sealed.set_protection(protection).await;
        self.publish();
        changed
    }

    /// Asks the keychain for the key once more, and restores the session if it gives it. Waits for a few seconds; an
    /// answer that comes later restores the session too.
    ///
    /// # Errors
    /// When the keychain gives no key.
    pub async fn restore_session(&self) -> Result<(), Error> {
        self.require_sealed()?.ask_again().await?;
        self.restore().await;
        Ok(())
    }

    /// Sets a session aside whose key cannot be had, so that the person can sign in again. Nothing is deleted.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub async fn set_session_aside(&self) -> Result<(), Error> {
        self.require_sealed()?.set_session_aside().await?;
        self.restore().await;
        Ok(())
    }

    /// Files of the app, sealed with the protection that the session has. `None` where the app keeps the session in a
    /// store of its own.
    #[must_use]
    pub fn sealed_files(&self) -> Option<SealedFiles> {
        self.context().sealed.as_ref().map(|(_, files)| files.clone())
    }

    fn sealed(&self) -> Option<Arc<dyn SealedStore>> {
        self.context().sealed.as_ref().map(|(store, _)| Arc::clone(store))
    }

    fn require_sealed(&self) -> Result<Arc<dyn SealedStore>, Error> {
        self.sealed().ok_or(Error::Internal("the app keeps the session in a store of its own"))
    }

    /// Reads the session, where it could not be read before.
    async fn restore(&self) {
        if let Ok(client) = self.client()
            && client.state() == State::Restoring
        {
            client.restore().await;
        }
        self.publish();
    }
}

/// Restores the session as soon as its key is there, however late that is, and tells the windows what protects it.
pub(crate) fn follow(supabase: &Supabase) {
    let Some(store) = supabase.sealed() else { return };
    let (supabase, mut seen) = (supabase.downgrade(), store.seen());
    tauri::async_runtime::spawn(async move {
        // The answer may have come while the start had just stopped waiting for it.
        if let Some(supabase) = supabase.upgrade() {
            supabase.restore().await;
        }
        while store.changed(&mut seen).await.is_some() {
            let Some(supabase) = supabase.upgrade() else { return };
            supabase.restore().await;
        }
    });
}
