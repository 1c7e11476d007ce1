//! What a test needs of a store that it drives from outside, in a program of its own. Compiled with the feature `steps`
//! alone, which no app has.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use supabase_session::StoreError;
use supabase_session_contract::protection::Protection;
use tauri::{AppHandle, Runtime};

use super::access::UNANSWERED_AFTER;
use super::key_file::KeyFile;
#[cfg(target_os = "linux")]
use super::keychain::Keychain;
use super::{PluginStore, SealedStore, blocking};
use crate::Error;

/// The names of the keys that the keychain of this session holds for the app with this identifier.
///
/// # Errors
/// When it gives no answer.
#[cfg(target_os = "linux")]
pub fn keys_in_keychain(identifier: &str) -> Result<Vec<String>, Error> {
    Ok(Keychain::new(identifier).names()?)
}

impl<R: Runtime> PluginStore<R> {
    /// As [`new`](Self::new), with a folder of files in the place of the system's keychain.
    #[must_use]
    pub fn with_keychain_folder(
        app: AppHandle<R>,
        folder: &Path,
        protection: Option<Protection>,
        keychain: &Path,
    ) -> Self {
        Self::with_keychain(app, folder, protection, Arc::new(KeyFile::new(keychain.to_owned())))
    }

    /// Chooses what holds the keys.
    ///
    /// # Errors
    /// When it does not take them.
    pub async fn choose(&self, protection: Protection) -> Result<(), Error> {
        self.set_protection(protection).await
    }

    /// Waits until whatever holds the keys has answered, at most as long as `patience`: a busy machine takes longer
    /// than a person would be let wait.
    ///
    /// # Errors
    /// When it gives no keys.
    pub async fn keys_had(&self, patience: Duration) -> Result<(), StoreError> {
        let ready = self.0.access.ready(patience).await;
        ready.map(drop).map_err(|error| StoreError::Unreadable(error.to_string()))
    }

    /// Waits until the keys are removed that earlier starts have left behind.
    ///
    /// # Errors
    /// When there are no keys, or the app is ending.
    pub async fn forget_abandoned_keys(&self) -> Result<(), StoreError> {
        let access = Arc::clone(&self.0.access);
        self.keys_had(UNANSWERED_AFTER).await?;
        blocking(move || {
            while !access.forget_abandoned() {
                std::thread::yield_now();
            }
        })
        .await
    }
}
