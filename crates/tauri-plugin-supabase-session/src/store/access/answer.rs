//! The answer of whatever holds the keys: those of a setting that was made earlier, or the first ones.

use supabase_session_contract::protection::{KeychainState, Protection};

use super::{KeyAccess, Ready, State, state_beside};
use crate::store::file::Version;
use crate::store::keys::{KeyError, KeyId, Keys};
use crate::store::setting::{self, KeyPlace, Record, Setting};
use crate::store::slots::Pair;

impl KeyAccess {
    /// On a thread of its own, until there is an answer to the last question. Then what an earlier start has left is
    /// removed, for which nobody waits.
    pub(super) fn answer(&self) {
        let mut is_again = false;
        loop {
            self.asking.lock().has_changed = false;
            let found = match setting::read_mended(&self.folder) {
                Ok((Record { setting, .. }, version)) => {
                    self.asking.lock().about.clone_from(&setting);
                    match setting {
                        Some(setting) => self.follow(setting, version),
                        None => self.first(None),
                    }
                }
                Err(error) => Err(unreadable(&KeyError::disk(&error))),
            };
            let mut asking = self.asking.lock();
            if let Err(error) = found {
                // Once: what signals with each question and still gives no keys is not asked without end.
                if asking.has_changed && !std::mem::replace(&mut is_again, true) {
                    continue;
                }
                return self.refuse(&mut asking, error);
            }
            if matches!(self.state(), State::Ready(_)) {
                asking.is_open = false;
                break;
            }
        }
        if !self.forget_abandoned() {
            tracing::debug!("another program makes keys; what was left behind waits for the next start");
        }
    }

    /// The keys of a setting that was made earlier.
    fn follow(&self, setting: Setting, version: Option<Version>) -> Result<(), KeyError> {
        self.asking.lock().chosen = setting.chosen;
        let Some((holder, id)) = self.holder(&setting.place) else {
            self.accept(Ready { keychain: KeychainState::Unknown, setting, keys: None, version });
            return Ok(());
        };
        match holder.get(&id).map_err(|error| unreadable(&error))? {
            Some(keys) => {
                let keychain = state_beside(&setting, None);
                self.accept(Ready { keychain, setting, keys: Some(keys), version });
                Ok(())
            }
            // A keychain without an entry may be one that shows none: it is locked, or another one than usual.
            None if matches!(setting.place, KeyPlace::Keychain(_)) && self.is_anything_sealed()? => {
                Err(KeyError::Locked)
            }
            None => {
                tracing::warn!("the key that the session was sealed with is gone; there is a new one");
                self.first(Some(&setting))
            }
        }
    }

    fn is_anything_sealed(&self) -> Result<bool, KeyError> {
        Pair::all(&self.folder).map(|pairs| !pairs.is_empty()).map_err(|error| KeyError::disk(&error))
    }

    /// The first keys, or those that take the place of lost ones. Only a set that succeeds proves that a keychain takes
    /// any.
    fn first(&self, lost: Option<&Setting>) -> Result<(), KeyError> {
        let chosen = lost.and_then(|lost| lost.chosen);
        match chosen.or(self.default) {
            Some(Protection::Memory) => {
                let setting = Setting { chosen, place: KeyPlace::Nowhere };
                let version = Version::of(&setting::path(&self.folder));
                self.accept(Ready { keychain: KeychainState::Unknown, setting, keys: None, version });
                Ok(())
            }
            Some(Protection::KeyFile) => self.begin(KeyPlace::File(KeyId::random()?), lost, None),
            Some(Protection::Keychain) => self.begin(KeyPlace::Keychain(KeyId::random()?), lost, None),
            None => self.begin(KeyPlace::Keychain(KeyId::random()?), lost, None).or_else(|error| {
                tracing::warn!(%error, "the system's keychain takes no key");
                self.begin(KeyPlace::File(KeyId::random()?), lost, Some(&error))
            }),
        }
    }

    /// Makes keys, has them held, and lets them count if nothing else does by then.
    fn begin(
        &self,
        place: KeyPlace,
        lost: Option<&Setting>,
        keychain: Option<&KeyError>,
    ) -> Result<(), KeyError> {
        let making = setting::making(&self.folder);
        let keys = Keys::random()?;
        self.hold(&place, &keys)?;
        let setting = Setting { chosen: lost.and_then(|lost| lost.chosen), place };
        let guards = (self.asking.lock(), setting::lock(&self.folder));
        // Meanwhile the person may have chosen, or another program have begun too.
        let is_decided = matches!(self.state(), State::Ready(_));
        let (found, version) = setting::read(&self.folder).map_err(|error| KeyError::disk(&error))?;
        if is_decided || found.setting.as_ref() != lost {
            drop((guards, making));
            if let Err(error) = self.forget(&setting.place) {
                tracing::warn!(%error, "a key that is not used cannot be removed yet");
            }
            return match found.setting {
                Some(found) if !is_decided => self.follow(found, version),
                _ => Ok(()),
            };
        }
        match setting::update(&self.folder, |record| record.set(setting.clone(), true)) {
            Ok(version) => {
                let keychain = state_beside(&setting, keychain);
                self.take(Ready { keychain, setting, keys: Some(keys), version });
                Ok(())
            }
            Err(error) => {
                drop(guards);
                self.forget(&setting.place)?;
                Err(KeyError::disk(&error))
            }
        }
    }
}

/// A key that is there and cannot be read is waited for like one in a keychain that does not answer.
fn unreadable(error: &KeyError) -> KeyError {
    match error {
        KeyError::Disk(_) => KeyError::Failed(error.to_string()),
        other => other.clone(),
    }
}
