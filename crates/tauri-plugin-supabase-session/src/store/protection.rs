//! Choosing what holds the keys, replacing the key that sessions are sealed with, and giving up a session whose key
//! cannot be had.
//!
//! The same steps for all of it: new keys are held, every project is sealed with them into one of its two files and read
//! back, the setting is written (from then on the new keys count), every project is sealed into its other file, the old
//! keys are forgotten. Stopped anywhere, one file of each project opens with the keys that count.

use std::fmt;
use std::fs::File;
use std::io;
use std::sync::Arc;

use async_trait::async_trait;
use supabase_session::StoreError;
use supabase_session_contract::protection::{Protection, ProtectionView};
use tauri::Runtime;
use tokio::sync::watch;

use super::access::{KeyAccess, Ready, State, UNANSWERED_AFTER};
use super::keys::{KeyError, KeyId, Keys, NotKept, in_time, keep};
use super::seal::Key;
use super::setting::{self, KeyPlace, Setting};
use super::slots::{Pair, Slot};
use super::{LOCK_PATIENCE, PluginStore, ROTATION_PATIENCE, blocking, unwritable};
use crate::error::Error;

/// What the plugin does with a store that seals, whatever the app runs on.
#[async_trait]
pub(crate) trait SealedStore: Send + Sync {
    /// What protects the session, as a window is told.
    fn view(&self) -> ProtectionView;

    /// Waits until another answer about the keys is there. `None` when there will be none.
    async fn changed(&self, seen: &mut Seen) -> Option<()>;

    /// Every change from now on.
    fn seen(&self) -> Seen;

    /// See [`Supabase::set_protection`](crate::Supabase::set_protection).
    async fn set_protection(&self, protection: Protection) -> Result<(), Error>;

    /// Asks for the keys once more.
    async fn ask_again(&self) -> Result<(), Error>;

    /// See [`Supabase::set_session_aside`](crate::Supabase::set_session_aside).
    async fn set_session_aside(&self) -> Result<(), Error>;
}

/// What was seen of the keys.
pub(crate) struct Seen {
    states: watch::Receiver<State>,
    /// It was seen that there is no answer.
    is_overdue: bool,
}

#[async_trait]
impl<R: Runtime> SealedStore for PluginStore<R> {
    fn view(&self) -> ProtectionView {
        let access = &self.0.access;
        ProtectionView {
            chosen: access.chosen(),
            active: access.active(),
            keychain: access.keychain(),
            file_modes: self.0.inner.has_file_modes(),
        }
    }

    fn seen(&self) -> Seen {
        Seen { states: self.0.access.watch(), is_overdue: false }
    }

    async fn changed(&self, seen: &mut Seen) -> Option<()> {
        let asked_at = match &*seen.states.borrow() {
            State::Asking { since, .. } if !seen.is_overdue => Some(*since),
            State::Asking { .. } | State::Ready(_) | State::Refused(_) => None,
        };
        let changed = match asked_at {
            Some(since) => tokio::time::timeout_at(since + UNANSWERED_AFTER, seen.states.changed()).await,
            None => Ok(seen.states.changed().await),
        };
        // That there is no answer is news too, once.
        seen.is_overdue = changed.is_err();
        changed.map_or(Some(()), Result::ok)
    }

    async fn set_protection(&self, protection: Protection) -> Result<(), Error> {
        let _alone = self.alone(LOCK_PATIENCE).await?;
        let _changing = self.0.changing.lock().await;
        self.follow_others().await?;
        if let State::Ready(ready) = self.0.access.state() {
            return self.protect_by(protection, ready).await;
        }
        // Without keys nothing can be sealed anew, so a choice counts only where nothing is stored.
        let (pairs, recorded) = (self.pairs().await?, self.recorded().await?);
        if !pairs.is_empty() || recorded.is_some() {
            match self.0.access.ready(UNANSWERED_AFTER).await {
                Ok(ready) => return self.protect_by(protection, ready).await,
                Err(error) if !pairs.is_empty() => return Err(error.into()),
                Err(_) => {}
            }
        }
        match (self.begin(protection, Some(protection), recorded).await, self.0.access.state()) {
            // The question of the start was answered meanwhile, by keys of its own.
            (Err(_), State::Ready(ready)) => self.protect_by(protection, ready).await,
            (begun, _) => Ok(begun?),
        }
    }

    async fn ask_again(&self) -> Result<(), Error> {
        if matches!(self.0.access.state(), State::Ready(_)) {
            return Ok(());
        }
        self.0.access.ask();
        let mut states = self.0.access.watch();
        let answered = states.wait_for(|state| !matches!(state, State::Asking { .. }));
        match tokio::time::timeout(UNANSWERED_AFTER, answered)
            .await
            .map(|state| state.map(|state| state.clone()))
        {
            Ok(Ok(State::Refused(error))) => Err(error.into()),
            Ok(_) => Ok(()),
            Err(_) => Err(KeyError::Unanswered.into()),
        }
    }

    async fn set_session_aside(&self) -> Result<(), Error> {
        let _alone = self.alone(LOCK_PATIENCE).await?;
        let _changing = self.0.changing.lock().await;
        self.follow_others().await?;
        if matches!(self.0.access.state(), State::Ready(_)) {
            return Ok(());
        }
        let recorded = self.recorded().await?;
        // Another program has chosen while the keys of the choice before are still asked for.
        if recorded != self.0.access.about() {
            return Err(KeyError::Unanswered.into());
        }
        for pair in self.pairs().await? {
            blocking(move || set_aside(&pair)).await?.map_err(Error::data_dir)?;
        }
        let chosen = self.0.access.chosen_by_person();
        match self.0.access.chosen().unwrap_or(Protection::Keychain) {
            Protection::Keychain => match self.begin(Protection::Keychain, chosen, recorded.clone()).await {
                Err(Failed::Key(error)) => {
                    tracing::warn!(%error, "the session is protected by file permissions only");
                    Ok(self.begin(Protection::KeyFile, chosen, recorded).await?)
                }
                begun => Ok(begun?),
            },
            other => Ok(self.begin(other, chosen, recorded).await?),
        }
    }
}

/// Why the keys could not be replaced.
#[derive(Debug)]
pub(super) enum Failed {
    /// What holds keys did not take or give them.
    Key(KeyError),
    /// The values could not be read or written.
    Store(StoreError),
}

impl<R: Runtime> PluginStore<R> {
    /// Replaces the key that sessions are sealed with; the other one, and what holds them, stay.
    pub(super) async fn replace_session_key(&self) -> Result<(), Failed> {
        let _alone = self.alone_or_not().await;
        self.follow_others().await.map_err(Failed::Store)?;
        let ready = self.0.access.ready(UNANSWERED_AFTER).await.map_err(Failed::Key)?;
        let (protection, chosen) = (ready.setting.place.protection(), ready.setting.chosen);
        self.reseal(ready, protection, chosen).await
    }

    /// Has another session key held in the place of the one that is there: for a disk on which nothing can be written.
    /// What is sealed opens for nobody from then on.
    pub(super) async fn overwrite_session_key(&self) -> Result<(), Failed> {
        let _alone = self.alone_or_not().await;
        let _changing = self.0.changing.lock().await;
        self.follow_others().await.map_err(Failed::Store)?;
        let ready = self.0.access.ready(UNANSWERED_AFTER).await.map_err(Failed::Key)?;
        let (Some(old), Some((holder, id))) = (&ready.keys, self.0.access.holder(&ready.setting.place))
        else {
            return Ok(());
        };
        let session = Key::random().map_err(|error| Failed::Key(error.into()))?;
        let keys = Keys { session, data: old.data.clone() };
        let held = keys.clone();
        let kept = move || keep(&*holder, &id, &held).map_err(|NotKept { error, .. }| error);
        in_time(kept).await.map_err(Failed::Key)?;
        self.0.access.replace_keys(&ready, keys);
        Ok(())
    }

    /// As [`alone`](Self::alone). A key whose session has ended goes also while another program holds the lock.
    async fn alone_or_not(&self) -> Option<Arc<File>> {
        self.alone(ROTATION_PATIENCE).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the session's key is replaced all the same");
            None
        })
    }

    /// Takes over what another program has chosen. The state says what came of it.
    async fn follow_others(&self) -> Result<(), StoreError> {
        let access = Arc::clone(&self.0.access);
        if blocking(move || access.follow_others()).await? {
            drop(self.0.access.ready(UNANSWERED_AFTER).await);
        }
        Ok(())
    }

    /// What the setting's file says.
    async fn recorded(&self) -> Result<Option<Setting>, Error> {
        let inner = Arc::clone(&self.0.inner);
        let (record, _) = blocking(move || setting::read(&inner.folder)).await?.map_err(Error::data_dir)?;
        Ok(record.setting)
    }

    /// Has another protection count, where the keys of the one before are there.
    async fn protect_by(&self, protection: Protection, ready: Arc<Ready>) -> Result<(), Error> {
        if ready.setting.place.protection() != protection {
            return Ok(self.reseal(ready, protection, Some(protection)).await?);
        }
        let setting = Setting { chosen: Some(protection), place: ready.setting.place.clone() };
        let access = Arc::clone(&self.0.access);
        let commit = move || access.commit(setting, ready.keys.clone(), true, |found| ready.counts(found));
        blocking(commit).await?.map_err(Error::data_dir)
    }

    /// Seals everything anew. Only while nobody writes.
    async fn reseal(
        &self,
        old: Arc<Ready>,
        protection: Protection,
        chosen: Option<Protection>,
    ) -> Result<(), Failed> {
        let _making = self.making().await?;
        let new = New::make(protection, chosen, old.keys.as_ref())?;
        new.hold(&self.0.access).await?;
        // The new keys were written down beside the old ones.
        let old = match self.0.access.state() {
            State::Ready(ready) => ready,
            State::Asking { .. } | State::Refused(_) => old,
        };
        let (inner, access) = (Arc::clone(&self.0.inner), Arc::clone(&self.0.access));
        let (used, made) = (Arc::clone(&old), new.clone());
        let sealed = blocking(move || inner.reseal(&access, &used, &made)).await.map_err(Failed::Store)?;
        let forgotten = if sealed.is_ok() { &old.setting.place } else { &new.setting.place };
        forget(&self.0.access, forgotten).await;
        sealed
    }

    /// Makes new keys count where nothing is sealed, in the place of what the setting's file says.
    async fn begin(
        &self,
        protection: Protection,
        chosen: Option<Protection>,
        recorded: Option<Setting>,
    ) -> Result<(), Failed> {
        let _making = self.making().await?;
        let new = New::make(protection, chosen, None)?;
        new.hold(&self.0.access).await?;
        let (access, New { setting, keys }) = (Arc::clone(&self.0.access), new.clone());
        let commit = move || access.commit(setting, keys, false, |found| found == recorded.as_ref());
        let committed = blocking(commit).await.map_err(Failed::Store)?;
        if committed.is_err() {
            forget(&self.0.access, &new.setting.place).await;
        }
        committed.map_err(|error| Failed::Store(unwritable(error)))
    }

    /// Held while there are keys that do not count yet.
    async fn making(&self) -> Result<Option<File>, Failed> {
        let inner = Arc::clone(&self.0.inner);
        blocking(move || setting::making(&inner.folder)).await.map_err(Failed::Store)
    }

    async fn pairs(&self) -> Result<Vec<Pair>, Error> {
        let inner = Arc::clone(&self.0.inner);
        blocking(move || Pair::all(&inner.folder)).await?.map_err(Error::data_dir)
    }
}

/// New keys, and the setting that names them.
#[derive(Clone)]
pub(super) struct New {
    /// The setting that names them.
    pub(super) setting: Setting,
    /// The keys; `None` where nothing is written.
    pub(super) keys: Option<Keys>,
}

impl New {
    /// The key of the app's own files stays: they are not sealed anew.
    fn make(protection: Protection, chosen: Option<Protection>, old: Option<&Keys>) -> Result<Self, Failed> {
        let make = || {
            let id = KeyId::random()?;
            let keys = match old {
                Some(old) => Keys { session: Key::random()?, data: old.data.clone() },
                None => Keys::random()?,
            };
            Ok::<_, KeyError>((id, keys))
        };
        let (id, keys) = make().map_err(Failed::Key)?;
        let (place, keys) = match protection {
            Protection::Keychain => (KeyPlace::Keychain(id), Some(keys)),
            Protection::KeyFile => (KeyPlace::File(id), Some(keys)),
            Protection::Memory => (KeyPlace::Nowhere, None),
        };
        Ok(Self { setting: Setting { chosen, place }, keys })
    }

    /// Has the keys held.
    async fn hold(&self, access: &Arc<KeyAccess>) -> Result<(), Failed> {
        let Some(keys) = self.keys.clone() else { return Ok(()) };
        let (access, place) = (Arc::clone(access), self.setting.place.clone());
        in_time(move || access.hold(&place, &keys)).await.map_err(Failed::Key)
    }
}

/// Takes both files out of the way as they are.
fn set_aside(pair: &Pair) -> io::Result<()> {
    Slot::BOTH.into_iter().try_for_each(|slot| pair.set_aside_unopened(slot))
}

/// Forgets keys that do not count.
async fn forget(access: &Arc<KeyAccess>, place: &KeyPlace) {
    let (access, place) = (Arc::clone(access), place.clone());
    if let Err(error) = in_time(move || access.forget(&place)).await {
        tracing::warn!(%error, "a key that is not used any more cannot be removed yet");
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(error) => error.fmt(f),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Key(error) => error.into(),
            Failed::Store(error) => Self::Store(error),
        }
    }
}

impl From<KeyError> for Error {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Locked => Self::KeychainLocked,
            KeyError::Disk(kind) => Self::data_dir(kind.into()),
            KeyError::Absent | KeyError::Unanswered | KeyError::Failed(_) => Self::KeychainUnavailable,
        }
    }
}
