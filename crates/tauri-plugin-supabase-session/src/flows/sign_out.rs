//! Signing out, and looking at the session now.

use supabase_session_contract::session::SignOutScope;
use supabase_session_contract::view::NoticeCode;

use crate::error::Error;
use crate::supabase::Supabase;

impl Supabase {
    /// Signs out. On this device that always succeeds.
    ///
    /// # Errors
    /// [`Error::NotConnected`]; for [`SignOutScope::Others`] also why the server did not do it.
    pub async fn sign_out(&self, scope: SignOutScope) -> Result<(), Error> {
        let connection = self.connection()?;
        match scope {
            SignOutScope::Local => drop(connection.client().sign_out().await),
            SignOutScope::Global => drop(connection.client().sign_out_everywhere().await),
            SignOutScope::Others => {
                connection.require_authorized()?;
                connection.client().sign_out_others().await?;
                self.notify(NoticeCode::OthersSignedOut);
            }
        }
        Ok(())
    }

    /// The window came to the front, or the network is back: looks at the session now instead of in half a minute, and
    /// asks the project what it has not told yet.
    pub async fn wake(&self) {
        if let Ok(connection) = self.connection() {
            connection.ask_again();
            connection.client().refresh_soon().await;
        }
    }
}
