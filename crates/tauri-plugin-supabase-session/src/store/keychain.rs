//! Keys in the system's keychain: Secret Service, macOS Keychain, Windows Credential Manager. The only module that names
//! one of them.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use supabase_session::Secret;

use super::keys::{KeyError, KeyHolder, KeyId, Keys};
use super::steps::step;

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
#[cfg(target_os = "windows")]
use windows_native_keyring_store::Store;
#[cfg(target_os = "linux")]
use zbus_secret_service_keyring_store::Store;

/// So often a question is asked that fails for no reason that the person could do something about.
const ATTEMPTS: usize = 3;

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

    /// The names of all keys of this app, for a test that looks for those which were left behind.
    #[cfg(all(feature = "steps", target_os = "linux"))]
    pub(super) fn names(&self) -> Result<Vec<String>, KeyError> {
        let store = Store::new().map_err(|_| KeyError::Absent)?;
        let ours = HashMap::from([("service", self.service.as_str())]);
        let entries = store.search(&ours).map_err(|error| meaning(&error))?;
        let users = entries.iter().filter_map(Entry::get_specifiers).map(|(_, user)| user);
        Ok(users.filter_map(|user| Some(user.strip_prefix("session-")?.to_owned())).collect())
    }

    #[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
    fn entry(&self, _: &KeyId) -> Result<Entry, KeyError> {
        Err(KeyError::Absent)
    }
}

impl KeyHolder for Keychain {
    fn get(&self, id: &KeyId) -> Result<Option<Keys>, KeyError> {
        answer(|| match self.entry(id)?.get_secret().map(Secret::new) {
            Ok(secret) => Keys::from_held(secret.expose())
                .map(Some)
                .ok_or_else(|| KeyError::Failed("what the keychain holds is no key".to_owned())),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(meaning(&error)),
        })
    }

    fn set(&self, id: &KeyId, keys: &Keys) -> Result<(), KeyError> {
        answer(|| self.entry(id)?.set_secret(keys.to_held().expose()).map_err(|error| meaning(&error)))?;
        step("keychain written");
        Ok(())
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeyError> {
        answer(|| match self.entry(id)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(meaning(&error)),
        })?;
        step("keychain emptied");
        Ok(())
    }

    #[cfg(target_os = "linux")]
    fn watch(&self, was_absent: bool, told: Box<dyn Fn() -> bool + Send>) {
        super::keychain_watch::begin(was_absent, told);
    }
}

/// Asks a question again, in a session of its own, where the answer makes no sense or there is none.
///
/// Each session with a Secret Service is encrypted with a key that both sides agree upon by numbers that they make up. One
/// number in 256 begins with a zero byte; the client sends it without that byte, and KWallet refuses it then. So a question
/// can fail that succeeds in another session.
fn answer<T>(question: impl Fn() -> Result<T, KeyError>) -> Result<T, KeyError> {
    for _ in 1..ATTEMPTS {
        match question() {
            Err(KeyError::Absent | KeyError::Failed(_)) => {}
            answer => return answer,
        }
    }
    question()
}

/// What the person can do about an error. Its text is not taken over: some errors carry what the entry holds.
fn meaning(error: &Error) -> KeyError {
    match error {
        Error::NoStorageAccess(_) => KeyError::Locked,
        Error::NoDefaultStore | Error::NotSupportedByStore(_) => KeyError::Absent,
        // The keychain is there: it went away meanwhile, or an answer could not be decrypted.
        _ => KeyError::Failed("the keychain gives no usable answer".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// A keychain that gives these answers, and how often it was asked.
    fn asked(answers: &[Result<u8, KeyError>]) -> (Result<u8, KeyError>, usize) {
        let count = Cell::new(0);
        let outcome = answer(|| {
            let at = count.replace(count.get() + 1);
            answers[at].clone()
        });
        (outcome, count.get())
    }

    #[test]
    fn a_question_that_fails_in_one_session_is_asked_in_another() {
        let failed = || Err(KeyError::Failed("it cannot be decrypted".to_owned()));

        assert_eq!(asked(&[Ok(1)]), (Ok(1), 1));
        assert_eq!(asked(&[Err(KeyError::Absent), Ok(1)]), (Ok(1), 2));
        assert_eq!(asked(&[failed(), failed(), Ok(1)]), (Ok(1), 3));
        assert_eq!(asked(&[failed(), failed(), failed()]), (failed(), 3));
    }

    #[test]
    fn whoever_is_asked_to_unlock_it_is_asked_once() {
        assert_eq!(asked(&[Err(KeyError::Locked)]), (Err(KeyError::Locked), 1));
    }
}
