//! How the store comes by its keys: which protection counts, asking whatever holds the keys, and who waits for the
//! answer. A keychain may ask the person, or hang: it is asked on a thread of its own, nobody waits for it longer than
//! [`PATIENCE`], and an answer that comes later still counts.

mod answer;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use supabase_session_contract::protection::{KeychainState, Protection};
use tokio::sync::watch;
use tokio::time::Instant;

use super::file::Version;
use super::key_file::KeyFile;
use super::keys::{KeyError, KeyHolder, KeyId, Keys};
use super::setting::{self, KeyPlace, Record, Setting};

/// So long whoever reads waits for the keys: the first window does too. A keychain that is unlocked answers within 0.1 s.
pub(super) const PATIENCE: Duration = Duration::from_millis(750);

/// A keychain that has not answered after this is said not to answer: it hangs, or waits for the person. So long whoever
/// writes waits.
pub(super) const UNANSWERED_AFTER: Duration = Duration::from_secs(3);

/// The keys, and how they are come by.
pub(super) struct KeyAccess {
    folder: PathBuf,
    /// What the app chose for persons who have not.
    default: Option<Protection>,
    /// The system's keychain.
    pub(super) keychain: Arc<dyn KeyHolder>,
    key_file: Arc<dyn KeyHolder>,
    state: watch::Sender<State>,
    asking: Mutex<Asking>,
    /// Held by whoever removes keys that an earlier start has left.
    pub(super) tidying: Mutex<()>,
}

/// Guards what is decided about the state, so that a late answer undoes nothing.
#[derive(Default)]
struct Asking {
    /// A question that has no answer yet: the person is asked once, however often the app asks.
    is_open: bool,
    /// Whatever holds the keys has changed since the open question was asked, so its answer may be the one of before.
    has_changed: bool,
    /// What the person chose, as far as it was read.
    chosen: Option<Protection>,
    /// The setting that the last question was about.
    about: Option<Setting>,
}

/// What is known of the keys.
#[derive(Clone)]
pub(super) enum State {
    /// Whatever holds them is being asked.
    Asking {
        /// The moment of the question.
        since: Instant,
        /// What is known of the keychain meanwhile: what it answered last, if with a refusal.
        known: KeychainState,
    },
    /// Here they are.
    Ready(Arc<Ready>),
    /// They cannot be had now.
    Refused(KeyError),
}

/// What the store works with.
#[derive(Clone)]
pub(super) struct Ready {
    /// The protection that is in use.
    pub(super) setting: Setting,
    /// The keys; `None` where nothing is written.
    pub(super) keys: Option<Keys>,
    /// What was learned of the keychain on the way.
    pub(super) keychain: KeychainState,
    /// The version of the setting's file.
    version: Option<Version>,
}

impl Ready {
    /// Whether no other program has changed the protection of this folder since.
    pub(super) fn is_current(&self, folder: &Path) -> bool {
        Version::of(&setting::path(folder)) == self.version
    }

    /// Whether this is what the setting's file says. Where it says nothing, an app that keeps all in memory goes on.
    pub(super) fn counts(&self, found: Option<&Setting>) -> bool {
        found.map_or(self.setting.place == KeyPlace::Nowhere, |found| *found == self.setting)
    }
}

impl KeyAccess {
    /// Access to the keys of the store in this folder. Nothing is asked yet.
    pub(super) fn new(
        folder: PathBuf,
        default: Option<Protection>,
        keychain: Arc<dyn KeyHolder>,
    ) -> Arc<Self> {
        let key_file = Arc::new(KeyFile::new(folder.clone()));
        let asked = State::Asking { since: Instant::now(), known: KeychainState::Unknown };
        let state = watch::Sender::new(asked);
        let (asking, tidying) = (Mutex::default(), Mutex::default());
        Arc::new(Self { folder, default, keychain, key_file, state, asking, tidying })
    }

    /// Access to keys that only this process has.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub(super) fn of_this_process(folder: &Path) -> Result<Arc<Self>, KeyError> {
        let place = KeyPlace::File(KeyId::random()?);
        let (setting, keys) = (Setting { chosen: None, place }, Some(Keys::random()?));
        let holder = Arc::new(KeyFile::new(folder.to_owned()));
        let access = Self::new(folder.to_owned(), None, holder);
        access.take(Ready { setting, keys, keychain: KeychainState::Unknown, version: None });
        Ok(access)
    }

    /// Asks for the keys, again if it has been done before. While a question has no answer there is no second one.
    pub(super) fn ask(self: &Arc<Self>) {
        self.ask_while(self.asking.lock());
    }

    /// Asks once more where there are no keys yet: whatever holds them may give them now.
    pub(super) fn ask_after_change(self: &Arc<Self>) {
        let mut asking = self.asking.lock();
        match self.state() {
            State::Ready(_) => {}
            State::Asking { .. } => asking.has_changed = true,
            State::Refused(_) => self.ask_while(asking),
        }
    }

    fn ask_while(self: &Arc<Self>, mut asking: MutexGuard<'_, Asking>) {
        let known = match self.state() {
            State::Asking { known, .. } => known,
            State::Ready(_) => KeychainState::Unknown,
            State::Refused(error) => error.keychain_state(),
        };
        self.state.send_replace(State::Asking { since: Instant::now(), known });
        if std::mem::replace(&mut asking.is_open, true) {
            return;
        }
        drop(asking);
        let this = Arc::clone(self);
        let thread = thread::Builder::new().name("keys".to_owned());
        if let Err(error) = thread.spawn(move || this.answer()) {
            self.refuse(&mut self.asking.lock(), KeyError::Failed(error.kind().to_string()));
        }
    }

    /// Every change of what is known.
    pub(super) fn watch(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// What is known now.
    pub(super) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// The keys, once they are there.
    ///
    /// # Errors
    /// When they cannot be had now, or not within `patience` of the question.
    pub(super) async fn ready(self: &Arc<Self>, patience: Duration) -> Result<Arc<Ready>, KeyError> {
        let mut states = self.state.subscribe();
        loop {
            let deadline = match states.borrow_and_update().clone() {
                State::Ready(ready) => return Ok(ready),
                State::Refused(error) => return Err(error),
                State::Asking { since, .. } => since + patience,
            };
            match tokio::time::timeout_at(deadline, states.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) | Err(_) => return Err(KeyError::Unanswered),
            }
        }
    }

    /// Asks anew where another program has changed the protection. True when it does. May block for as long as a small
    /// file takes.
    pub(super) fn follow_others(self: &Arc<Self>) -> bool {
        let asking = self.asking.lock();
        let has_changed = match self.state() {
            State::Asking { .. } => false,
            State::Ready(ready) => !ready.is_current(&self.folder),
            State::Refused(_) => {
                setting::read(&self.folder).is_ok_and(|(record, _)| record.setting != asking.about)
            }
        };
        if has_changed {
            self.ask_while(asking);
        }
        has_changed
    }

    /// The setting that the last question was about.
    pub(super) fn about(&self) -> Option<Setting> {
        self.asking.lock().about.clone()
    }

    /// What the person chose, else what the app did.
    pub(super) fn chosen(&self) -> Option<Protection> {
        self.asking.lock().chosen.or(self.default)
    }

    /// What the person chose.
    pub(super) fn chosen_by_person(&self) -> Option<Protection> {
        self.asking.lock().chosen
    }

    /// What is known of the keychain.
    pub(super) fn keychain(&self) -> KeychainState {
        match self.state() {
            State::Asking { since, known } if since.elapsed() < UNANSWERED_AFTER => known,
            State::Asking { .. } => KeychainState::Unanswered,
            State::Ready(ready) => ready.keychain,
            State::Refused(error) => error.keychain_state(),
        }
    }

    /// What protects the session now; `None` while the keys cannot be had.
    pub(super) fn active(&self) -> Option<Protection> {
        match self.state() {
            State::Ready(ready) => Some(ready.setting.place.protection()),
            State::Asking { .. } | State::Refused(_) => None,
        }
    }

    /// What holds the keys of this place; `None` where there are none.
    pub(super) fn holder(&self, place: &KeyPlace) -> Option<(Arc<dyn KeyHolder>, KeyId)> {
        match place {
            KeyPlace::Keychain(id) => Some((Arc::clone(&self.keychain), id.clone())),
            KeyPlace::File(id) => Some((Arc::clone(&self.key_file), id.clone())),
            KeyPlace::Nowhere => None,
        }
    }

    /// Makes `setting` count from now on. May block for as long as the disk takes. `are_replaced`: whatever the keys before
    /// sealed is sealed with these now; else those still open what was set aside, and stay. `is_expected`: whether the
    /// choice was made in view of this setting.
    ///
    /// # Errors
    /// When it cannot be written, or another program has chosen meanwhile; then what counted before still does.
    pub(super) fn commit(
        &self,
        setting: Setting,
        keys: Option<Keys>,
        are_replaced: bool,
        is_expected: impl FnOnce(Option<&Setting>) -> bool,
    ) -> io::Result<()> {
        let mut asking = self.asking.lock();
        let _other_programs = setting::lock(&self.folder);
        if !is_expected(setting::read(&self.folder)?.0.setting.as_ref()) {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        let version = setting::update(&self.folder, |record| record.set(setting.clone(), are_replaced))?;
        asking.chosen = setting.chosen;
        self.take(Ready { keychain: state_beside(&setting, None), setting, keys, version });
        Ok(())
    }

    /// Changes what the setting's file says of keys that do not count. May block for as long as the disk takes.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub(super) fn change_record(&self, change: impl FnOnce(&mut Record)) -> io::Result<()> {
        let _asking = self.asking.lock();
        let _other_programs = setting::lock(&self.folder);
        let is_known = matches!(self.state(), State::Ready(ready) if ready.is_current(&self.folder));
        let version = setting::update(&self.folder, change)?;
        if is_known {
            // Nobody waits for this: the keys are the same.
            self.state.send_if_modified(|state| {
                if let State::Ready(ready) = state {
                    *ready = Arc::new(Ready { version, ..Ready::clone(ready) });
                }
                false
            });
        }
        Ok(())
    }

    /// The store's folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What holds the keys holds these from now on, under the same name.
    pub(super) fn replace_keys(&self, of: &Ready, keys: Keys) {
        let _asking = self.asking.lock();
        self.take(Ready { keys: Some(keys), ..of.clone() });
    }

    fn take(&self, ready: Ready) {
        match &ready.setting.place {
            KeyPlace::Keychain(_) => tracing::debug!("the key of the session is in the system's keychain"),
            KeyPlace::File(_) => tracing::info!("the session is protected by file permissions only"),
            KeyPlace::Nowhere => tracing::info!("the session is kept in memory only"),
        }
        self.state.send_replace(State::Ready(Arc::new(ready)));
    }

    fn refuse(&self, asking: &mut Asking, error: KeyError) {
        asking.is_open = false;
        if !matches!(self.state(), State::Ready(_)) {
            tracing::warn!(%error, "the key that the session is sealed with cannot be had");
            self.state.send_replace(State::Refused(error));
        }
    }

    /// Takes what was found, unless something else counts by now.
    fn accept(&self, ready: Ready) {
        let _asking = self.asking.lock();
        if !matches!(self.state(), State::Ready(_)) {
            self.take(ready);
        }
    }
}

/// What is known of the keychain where this setting counts. `error`: what it answered when it was asked first.
fn state_beside(setting: &Setting, error: Option<&KeyError>) -> KeychainState {
    match (&setting.place, error) {
        (KeyPlace::Keychain(_), _) => KeychainState::Available,
        (_, Some(error)) => error.keychain_state(),
        (_, None) => KeychainState::Unknown,
    }
}
