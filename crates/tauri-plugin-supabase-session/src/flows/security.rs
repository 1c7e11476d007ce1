//! What guards the account: password, address, second factor, identities.

use serde_json::{Map, Value};
use supabase_session::{Client, EmailChange, PasswordChange, PasswordChangeError, Secret, UserUpdate};
use supabase_session_contract::security::FactorEnrollment;
use supabase_session_contract::view::NoticeCode;
use uuid::Uuid;

use crate::error::Error;
use crate::project::Connection;
use crate::qr;
use crate::supabase::Supabase;

impl Supabase {
    /// Sets a new password.
    ///
    /// # Errors
    /// Why it is not set; [`Error::NonceNeeded`] when a mail with a code is on its way.
    pub async fn update_user_password(&self, wish: PasswordChange) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_authorized()?;
        match connection.client().change_password(wish).await {
            Ok(_) => {
                connection.flow_state().chose_password();
                self.notify(NoticeCode::PasswordChanged);
                Ok(())
            }
            Err(PasswordChangeError::ReauthenticationNeeded) => {
                connection.client().reauthenticate().await?;
                Err(Error::NonceNeeded)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// No new password is chosen after a recovery or an invitation.
    ///
    /// # Errors
    /// [`Error::NotConnected`].
    pub fn skip_new_password(&self) -> Result<(), Error> {
        self.connection()?.flow_state().chose_password();
        self.publish();
        Ok(())
    }

    /// Begins a change of the address.
    ///
    /// # Errors
    /// Why it does not begin.
    pub async fn update_user_email(&self, email: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_authorized()?;
        let begin = |client: Client| async move {
            let changed = client.change_email(email).await?;
            let flow = match &changed {
                EmailChange::ConfirmationSent(flow) => Some(flow.clone()),
                EmailChange::Done(_) => None,
            };
            Ok((changed, flow))
        };
        if let EmailChange::Done(_) = self.begin(&connection, begin).await? {
            self.notify(NoticeCode::EmailChanged);
        }
        Ok(())
    }

    /// Changes the user's metadata. Keys that are not named stay as they are.
    ///
    /// # Errors
    /// Why it is not changed.
    pub async fn update_user_data(&self, data: Map<String, Value>) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_authorized()?;
        connection.client().update_user(UserUpdate { data }).await?;
        self.publish();
        Ok(())
    }

    /// Begins a second factor.
    ///
    /// # Errors
    /// Why it does not begin.
    pub async fn mfa_enroll(&self) -> Result<FactorEnrollment, Error> {
        let connection = self.connection()?;
        connection.require_authorized()?;
        // The server wants names that differ.
        let name = format!("Authenticator {}", &Uuid::new_v4().simple().to_string()[..4]);
        let issuer = &connection.context().pages.app_name;
        let begun = connection.client().enroll_totp(&name, Some(issuer)).await?;
        let qr = qr::draw(begun.uri.expose())
            .ok_or(Error::Internal("the second factor's code cannot be drawn"))?;
        let secret = begun.secret.expose().clone();
        Ok(FactorEnrollment { id: begun.factor_id.to_string(), secret, qr })
    }

    /// Shows a code of a second factor: the first one of a factor that was begun, or the one that this session has not
    /// shown yet.
    ///
    /// # Errors
    /// Why the code is not taken.
    pub async fn mfa_verify(&self, factor: &str, code: Secret<String>) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_signed_in()?;
        let factor = factor_id(factor)?;
        let counts = is_verified(&connection, factor);
        if !counts {
            connection.require_authorized()?;
        }
        connection.client().verify_totp(factor, code).await?;
        if counts {
            // The same user as before is signed in, with more rights: that is no change of the client's state.
            self.publish();
        } else {
            self.notify(NoticeCode::FactorAdded);
        }
        Ok(())
    }

    /// Removes a second factor, or one that was begun.
    ///
    /// # Errors
    /// Why it stays.
    pub async fn mfa_unenroll(&self, factor: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_authorized()?;
        let counted = connection.client().assurance();
        connection.client().unenroll(factor_id(factor)?).await?;
        // A factor that was begun and never verified has protected nothing: its end is no news.
        if connection.client().assurance() == counted {
            self.publish();
        } else {
            self.notify(NoticeCode::FactorRemoved);
        }
        Ok(())
    }

    /// Begins to link a provider to the account, in the system's browser.
    ///
    /// # Errors
    /// Why it does not begin.
    pub async fn link_identity(&self, provider: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_authorized()?;
        let begin = |client: Client| async move { client.begin_link(provider, &[]).await };
        let mode = connection.best_redirect_mode().await;
        self.continue_in_browser(mode, &connection, provider, begin).await
    }

    /// Takes one identity away from the account.
    ///
    /// # Errors
    /// Why it stays.
    pub async fn unlink_identity(&self, id: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_authorized()?;
        let id = id.parse().map_err(|_| Error::IdentityUnknown)?;
        connection.client().unlink_identity(id).await?;
        self.publish();
        Ok(())
    }
}

fn factor_id(text: &str) -> Result<Uuid, Error> {
    text.parse().map_err(|_| Error::FactorUnknown)
}

/// Whether the factor was shown once already, as far as the session knows.
fn is_verified(connection: &Connection, factor: Uuid) -> bool {
    let state = connection.client().state();
    let factors = state.signed_in().map(|signed_in| signed_in.user.factors()).unwrap_or_default();
    factors.iter().any(|known| known.id == factor && known.status == supabase_session::FactorStatus::Verified)
}
