//! Keys in the system's keychain: Secret Service, macOS Keychain, Windows Credential Manager. The only module that names
//! one of them.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use supabase_session::Secret;

use super::keys::{KeyError, KeyHolder, KeyId, Keys};

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
#[cfg(target_os = "windows")]
use windows_native_keyring_store::Store;
#[cfg(target_os = "linux")]
use zbus_secret_service_keyring_store::Store;

/// The system's keychain, with one entry for each set of keys.
pub(super) struct Keychain {
    /// What the entries are of: the app's identifier.
    service: String,
}

impl Keychain {
    /// The entries of this app. Nothing is asked yet.
    pub(super) fn new(service: &str) -> Self {
        Self { service: service.to_owned() }
    }

    /// The entry of these keys. A connection of its own for each question: one that the person ended or that hangs
    /// stands in nobody's way.
    #[cfg(any(target_os = "linux", target_os = "macos", target_os = "windows"))]
    fn entry(&self, id: &KeyId) -> Result<Entry, KeyError> {
        // Without one there is no keychain, whatever the reason.
        let store: Arc<Store> = Store::new().map_err(|_| KeyError::Absent)?;
        let user = format!("session-{}", id.as_str());
        let label = format!("{} (session key)", self.service);
        let labelled = HashMap::from([("label", label.as_str())]);
        let modifiers = cfg!(target_os = "linux").then_some(&labelled);
        store.build(&self.service, &user, modifiers).map_err(|error| meaning(&error))
    }

    #[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
    fn entry(&self, _: &KeyId) -> Result<Entry, KeyError> {
        Err(KeyError::Absent)
    }
}

impl KeyHolder for Keychain {
    fn get(&self, id: &KeyId) -> Result<Option<Keys>, KeyError> {
        match self.entry(id)?.get_secret().map(Secret::new) {
            Ok(secret) => Keys::from_held(secret.expose())
                .map(Some)
                .ok_or_else(|| KeyError::Failed("what the keychain holds is no key".to_owned())),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(meaning(&error)),
        }
    }

    fn set(&self, id: &KeyId, keys: &Keys) -> Result<(), KeyError> {
        self.entry(id)?.set_secret(keys.to_held().expose()).map_err(|error| meaning(&error))
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeyError> {
        match self.entry(id)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(meaning(&error)),
        }
    }
}

/// What the person can do about an error. Its text is not taken over: some errors carry what the entry holds.
fn meaning(error: &Error) -> KeyError {
    match error {
        Error::NoStorageAccess(_) => KeyError::Locked,
        // A session bus without a keychain, a keychain without a place for new entries.
        Error::PlatformFailure(_) | Error::NoDefaultStore | Error::NotSupportedByStore(_) => KeyError::Absent,
        _ => KeyError::Failed("the keychain gives no usable answer".to_owned()),
    }
}
