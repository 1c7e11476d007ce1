//! The steps of a change on disk, for a test that ends the program at one of them, and what else such a test needs of a
//! store. Without the feature `steps`, which no app has, there is nothing to tell and nobody to tell it to.

#[cfg(feature = "steps")]
mod driven {
    use std::fs::File;
    use std::path::Path;
    use std::sync::{Arc, OnceLock};

    use supabase_session::StoreError;
    use supabase_session_contract::protection::Protection;
    use tauri::{AppHandle, Runtime};

    use crate::Error;
    use crate::store::access::UNANSWERED_AFTER;
    use crate::store::key_file::KeyFile;
    use crate::store::{PluginStore, SealedStore, blocking};

    pub(super) static OBSERVER: OnceLock<fn(&'static str)> = OnceLock::new();

    /// Has `observer` told the name of each step that was just taken, on the thread that took it. Only the first observer
    /// of a process is told.
    pub fn observe(observer: fn(&'static str)) {
        OBSERVER.get_or_init(|| observer);
    }

    pub(super) static SYNC_OBSERVER: OnceLock<fn(&File)> = OnceLock::new();

    /// Has `observer` told each file or folder that the disk has just been made to keep. Only the first observer of a
    /// process is told.
    pub fn observe_syncs(observer: fn(&File)) {
        SYNC_OBSERVER.get_or_init(|| observer);
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

        /// Waits until the keys are removed that earlier starts have left behind.
        ///
        /// # Errors
        /// When there are no keys, or the app is ending.
        pub async fn forget_abandoned_keys(&self) -> Result<(), StoreError> {
            let access = Arc::clone(&self.0.access);
            let ready = access.ready(UNANSWERED_AFTER).await;
            ready.map_err(|error| StoreError::Unreadable(error.to_string()))?;
            blocking(move || {
                while !access.forget_abandoned() {
                    std::thread::yield_now();
                }
            })
            .await
        }
    }
}

#[cfg(feature = "steps")]
pub use driven::{observe, observe_syncs};

/// Tells the observer that this step was just taken.
#[cfg(feature = "steps")]
pub(crate) fn step(name: &'static str) {
    if let Some(observer) = driven::OBSERVER.get() {
        observer(name);
    }
}

/// Nothing, without the feature `steps`.
#[cfg(not(feature = "steps"))]
pub(crate) const fn step(_name: &'static str) {}

/// Tells the observer that the disk keeps this file or folder as it is now.
#[cfg(feature = "steps")]
pub(crate) fn synced(file: &std::fs::File) {
    if let Some(observer) = driven::SYNC_OBSERVER.get() {
        observer(file);
    }
}

/// Nothing, without the feature `steps`.
#[cfg(not(feature = "steps"))]
pub(crate) const fn synced(_file: &std::fs::File) {}
