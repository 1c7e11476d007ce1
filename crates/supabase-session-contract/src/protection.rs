//! The session at rest: what protects it on this machine, and what a person can choose and do about it.

use serde::{Deserialize, Serialize};

use crate::command;

/// Chooses what protects the session from now on. It is sealed anew at once, and the choice survives a restart.
///
/// Where the choice cannot be had ([`KeychainLocked`](crate::ErrorCode::KeychainLocked),
/// [`KeychainUnavailable`](crate::ErrorCode::KeychainUnavailable),
/// [`StoreUnwritable`](crate::ErrorCode::StoreUnwritable)), everything stays as it was; so it does where nothing is to be
/// kept and files of other people would be lost ([`FilesOfOthers`](crate::ErrorCode::FilesOfOthers)).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetProtection {
    /// The choice.
    pub protection: Protection,
}
command!(SetProtection => "set_protection", ());

/// Asks the keychain for the key once more, and restores the session if it gives it. For a session that could not be
/// read at the start because the keychain was locked or did not answer.
///
/// Fails with [`KeychainLocked`](crate::ErrorCode::KeychainLocked) or
/// [`KeychainUnavailable`](crate::ErrorCode::KeychainUnavailable) where it gives none.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RestoreSession {}
command!(RestoreSession => "restore_session", ());

/// Gives up waiting for a session whose key cannot be had, so that the person can sign in again. The sealed session is
/// set aside as it is; nothing is deleted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetSessionAside {}
command!(SetSessionAside => "set_session_aside", ());

/// What holds the key that the session is sealed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// The system's keychain: Secret Service, macOS Keychain, Windows Credential Manager.
    Keychain,
    /// A file beside the session that only the person's own user account may read. Whoever can read that person's files
    /// can read the session.
    KeyFile,
    /// Nothing: the session lives in memory, and the person signs in at every start.
    Memory,
}

/// What is known of the system's keychain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeychainState {
    /// It was not asked, or has not answered yet.
    #[default]
    Unknown,
    /// It gives and takes keys.
    Available,
    /// It is there, and gives nothing before the person unlocks it.
    Locked,
    /// This machine has none, or it takes no keys.
    Absent,
    /// It is there and did not answer in time.
    Unanswered,
}

/// How the session is protected on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProtectionView {
    /// What the person chose, else what the app did; `None`: whatever this machine has.
    pub chosen: Option<Protection>,
    /// What protects the session right now; `None` while that is being found out, and while the key cannot be had.
    pub active: Option<Protection>,
    /// What is known of the system's keychain.
    pub keychain: KeychainState,
    /// The file system of the data folder keeps modes. `false` (a network disk, FAT): others on this machine may read
    /// the files in it.
    pub file_modes: bool,
}

impl ProtectionView {
    /// The session waits for a key that the keychain does not give: the person unlocks the keychain and asks once more
    /// ([`RestoreSession`]), or signs in again ([`SetSessionAside`]).
    #[must_use]
    pub fn is_key_missing(&self) -> bool {
        self.active.is_none() && !matches!(self.keychain, KeychainState::Unknown | KeychainState::Available)
    }
}

impl Default for ProtectionView {
    /// Nothing is known yet.
    fn default() -> Self {
        Self { chosen: None, active: None, keychain: KeychainState::Unknown, file_modes: true }
    }
}
