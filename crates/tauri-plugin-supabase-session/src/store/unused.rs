//! Keys that do not count: they are named in the setting's file before they are made and until they are removed, so that
//! none is left behind by a program that is killed in between, or by a keychain that did not give one up.

use std::fmt;
use std::io;

use super::access::KeyAccess;
use super::keys::{KeyError, Keys, NotKept};
use super::setting::{self, KeyPlace, Record};

impl KeyAccess {
    /// Has new keys held that do not count yet. Only while [`setting::making`] is held.
    ///
    /// # Errors
    /// When they cannot be named or held. What may be held of them is removed, or stays named.
    pub(super) fn hold(&self, place: &KeyPlace, keys: &Keys) -> Result<(), KeyError> {
        let Some((holder, id)) = self.holder(place) else { return Ok(()) };
        self.name(|record| record.name(place))?;
        let Err(NotKept { error, may_be_held }) = super::keys::keep(&*holder, &id, keys) else {
            return Ok(());
        };
        let forgotten = match may_be_held {
            true => self.forget(place),
            false => self.name(|record| record.unname(place)),
        };
        if let Err(error) = forgotten {
            tracing::warn!(%error, "a new key that is not used cannot be removed yet");
        }
        Err(error)
    }

    /// Removes keys that do not count. May ask the person to unlock the keychain, or hang.
    ///
    /// # Errors
    /// When they cannot be removed: they stay named, and the next start tries again.
    pub(super) fn forget(&self, place: &KeyPlace) -> Result<(), KeyError> {
        if let Some((holder, id)) = self.holder(place) {
            holder.remove(&id)?;
        }
        self.name(|record| record.unname(place))
    }

    /// Removes what an earlier start could not remove, or left behind when it was killed. False while somebody makes keys:
    /// what is named then may be theirs.
    pub(super) fn forget_abandoned(&self) -> bool {
        let _tidying = self.tidying.lock();
        let failed = |error: &dyn fmt::Display| {
            tracing::warn!(%error, "a key that is not used any more cannot be removed yet");
        };
        match self.abandoned() {
            Ok(Some(places)) => {
                let errors = places.iter().filter_map(|place| self.forget(place).err());
                errors.for_each(|error| failed(&error));
                true
            }
            Ok(None) => false,
            Err(error) => {
                failed(&error.kind());
                true
            }
        }
    }

    fn abandoned(&self) -> io::Result<Option<Vec<KeyPlace>>> {
        let (record, _) = setting::read(self.folder())?;
        if record.unused.is_empty() { Ok(Some(Vec::new())) } else { setting::abandoned(self.folder()) }
    }

    fn name(&self, change: impl FnOnce(&mut Record)) -> Result<(), KeyError> {
        self.change_record(change).map_err(|error| KeyError::disk(&error))
    }
}
