//! A session that supabase-js has kept in a page becomes the plugin's.

use supabase_session::{ImportedSession, Secret};

use crate::error::Error;
use crate::supabase::Supabase;

impl Supabase {
    /// Takes over a session of this project that was kept under `key` (`sb-<ref>-auth-token`) in supabase-js's form, or in
    /// that of `@supabase/ssr`.
    ///
    /// # Errors
    /// [`Error::SignedIn`], or why it was not taken over.
    pub async fn import_session(&self, key: &str, copy: Secret<String>) -> Result<ImportedSession, Error> {
        let connection = self.connection()?;
        connection.require_signed_out()?;
        Ok(connection.client().import_session(key, copy).await?)
    }
}
