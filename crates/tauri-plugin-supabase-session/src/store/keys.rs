//! The keys of one data folder, and what may hold them.

use std::fmt;
use std::io;
use std::thread;
use std::time::Duration;

use supabase_session::Secret;
use supabase_session_contract::protection::KeychainState;
use tokio::sync::oneshot;

use super::seal::{KEY_LENGTH, Key, NotSealed, random};

/// A keychain that takes or gives up a key asks nobody who has just unlocked it. The person may be asked to unlock it.
const HOLDER_PATIENCE: Duration = Duration::from_secs(20);

/// The form in which keys are held: this byte, then both keys.
const FORM: u8 = 1;

/// The length of that form.
pub(super) const HELD_LENGTH: usize = 1 + 2 * KEY_LENGTH;

/// Both keys, held as one. Signing out replaces the first: a sealed session that is still on the disk cannot be opened by
/// anybody then. The app's own files (edits that wait to be sent) belong to their owner and outlive a sign-out.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    /// Seals sessions and pending flows.
    pub(super) session: Key,
    /// Seals the app's own files.
    pub(super) data: Key,
}

/// Names one set of keys in whatever holds it. A new set gets a new name, so that making one overwrites none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyId(String);

/// Why keys cannot be had or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyError {
    /// There is nothing on this machine that could hold them.
    Absent,
    /// It is there and gives or takes nothing before the person unlocks it.
    Locked,
    /// It was asked and gave no answer in time. The answer may still come.
    Unanswered,
    /// The file that holds them, or the setting that names them, cannot be read or written.
    Disk(io::ErrorKind),
    /// Something else; the text names the cause and no value.
    Failed(String),
}

impl KeyError {
    /// The kind of an error of the operating system: its text may name a path.
    pub(super) fn disk(error: &io::Error) -> Self {
        Self::Disk(error.kind())
    }

    /// What it says of the keychain.
    pub(super) fn keychain_state(&self) -> KeychainState {
        match self {
            Self::Absent => KeychainState::Absent,
            Self::Locked => KeychainState::Locked,
            Self::Disk(_) => KeychainState::Unknown,
            Self::Unanswered | Self::Failed(_) => KeychainState::Unanswered,
        }
    }
}

/// Why new keys are not held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotKept {
    /// The cause.
    pub(super) error: KeyError,
    /// The keys, or a part of them, may be there all the same.
    pub(super) may_be_held: bool,
}

/// Holds keys. Every call may block.
pub(super) trait KeyHolder: Send + Sync {
    /// The keys of this name; `None` when there are none.
    fn get(&self, id: &KeyId) -> Result<Option<Keys>, KeyError>;

    /// Keeps them. When this returns `Ok`, a crash does not lose them.
    fn set(&self, id: &KeyId, keys: &Keys) -> Result<(), KeyError>;

    /// Forgets them. Keys that are not there are fine.
    fn remove(&self, id: &KeyId) -> Result<(), KeyError>;

    /// Calls `told` whenever it may give keys that it did not give before, until `told` returns false. `was_absent`: it was
    /// not there when it was asked last.
    fn watch(&self, was_absent: bool, told: Box<dyn Fn() -> bool + Send>) {
        let _nothing = (was_absent, told);
    }
}

/// Has keys held, and looks whether they are: only a set that is read back proves that something holds keys.
///
/// # Errors
/// [`NotKept`].
pub(super) fn keep(holder: &dyn KeyHolder, id: &KeyId, keys: &Keys) -> Result<(), NotKept> {
    // Where nothing can be reached, or a lock is in the way, nothing was made.
    let is_untouched = |error: &KeyError| matches!(error, KeyError::Absent | KeyError::Locked);
    holder.set(id, keys).map_err(|error| NotKept { may_be_held: !is_untouched(&error), error })?;
    let held = holder.get(id).map_err(|error| NotKept { error, may_be_held: true })?;
    let is_same = |held: &Keys| held.to_held().expose() == keys.to_held().expose();
    if held.as_ref().is_some_and(is_same) {
        return Ok(());
    }
    let error = KeyError::Failed("a key that was kept is not given back".to_owned());
    Err(NotKept { error, may_be_held: true })
}

/// Asks what holds keys, on a thread of its own: it may ask the person, or hang.
///
/// # Errors
/// Those of the question, or [`KeyError::Unanswered`]; the answer may still come then.
pub(super) async fn in_time<T: Send + 'static>(
    question: impl FnOnce() -> Result<T, KeyError> + Send + 'static,
) -> Result<T, KeyError> {
    let (answer, answered) = oneshot::channel();
    let thread = thread::Builder::new().name("keys".to_owned());
    // Whoever asked may have stopped waiting.
    let spawned = thread.spawn(move || drop(answer.send(question())));
    spawned.map_err(|error| KeyError::Failed(error.kind().to_string()))?;
    match tokio::time::timeout(HOLDER_PATIENCE, answered).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) | Err(_) => Err(KeyError::Unanswered),
    }
}

impl Keys {
    /// Two new random keys.
    pub(super) fn random() -> Result<Self, NotSealed> {
        Ok(Self { session: Key::random()?, data: Key::random()? })
    }

    /// The form in which they are held.
    pub(super) fn to_held(&self) -> Secret<Vec<u8>> {
        let mut bytes = Vec::with_capacity(HELD_LENGTH);
        bytes.push(FORM);
        bytes.extend_from_slice(self.session.expose());
        bytes.extend_from_slice(self.data.expose());
        Secret::new(bytes)
    }

    /// The keys in that form; `None` for anything else.
    pub(super) fn from_held(bytes: &[u8]) -> Option<Self> {
        let (form, keys) = bytes.split_first()?;
        if *form != FORM || bytes.len() != HELD_LENGTH {
            return None;
        }
        let (session, data) = keys.split_at(KEY_LENGTH);
        Some(Self { session: Key::from_bytes(session)?, data: Key::from_bytes(data)? })
    }
}

impl KeyId {
    /// A new random name.
    pub(super) fn random() -> Result<Self, NotSealed> {
        let bytes: [u8; 8] = random()?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// The name in this text; `None` when it is none: it becomes part of a path.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_hex = text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        (is_hex && text.len() == 16).then(|| Self(text.to_owned()))
    }

    /// The name.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<NotSealed> for KeyError {
    fn from(_: NotSealed) -> Self {
        Self::Failed("the system gives no randomness".to_owned())
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("there is no keychain"),
            Self::Locked => f.write_str("the keychain is locked"),
            Self::Unanswered => f.write_str("the keychain does not answer"),
            Self::Disk(kind) => write!(f, "the key's file cannot be used: {kind}"),
            Self::Failed(cause) => f.write_str(cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_from_the_form_they_are_held_in_and_nothing_else_is_taken_for_keys() {
        let keys = Keys::random().unwrap();
        let held = keys.to_held();

        let back = Keys::from_held(held.expose()).unwrap();

        assert_eq!(back.session.expose(), keys.session.expose());
        assert_eq!(back.data.expose(), keys.data.expose());
        let mut longer = held.expose().clone();
        longer.push(0);
        let mut other_form = held.expose().clone();
        other_form[0] = 2;
        for other in [&held.expose()[1..], &longer, &other_form, &[]] {
            assert!(Keys::from_held(other).is_none());
        }
    }

    #[test]
    fn no_key_shows_in_debug_output() {
        assert_eq!(
            format!("{:?}", Keys::random().unwrap()),
            "Keys { session: Key(Secret(..)), data: Key(Secret(..)) }"
        );
    }

    #[test]
    fn a_name_is_no_path() {
        assert!(KeyId::parse(KeyId::random().unwrap().as_str()).is_some());
        for other in ["", "../../../../../x", "0123456789ABCDEF", "0123456789abcde"] {
            assert_eq!(KeyId::parse(other), None, "{other}");
        }
    }
}
