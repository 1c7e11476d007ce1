//! Signing up and in: with a password, by mail, through a provider, without an address.

use supabase_session::{Client, Secret, SignUp, SignUpOutcome};

use crate::error::Error;
use crate::supabase::Supabase;

impl Supabase {
    /// Opens an account. Where its address has to be confirmed, a flow waits.
    ///
    /// # Errors
    /// [`Error::SignedIn`], or why there is no account.
    pub async fn sign_up(&self, wish: SignUp) -> Result<(), Error> {
        let begin = |client: Client| {
            let wish = wish.clone();
            async move {
                let flow = match client.sign_up(wish).await? {
                    SignUpOutcome::ConfirmationSent(flow) => Some(flow),
                    SignUpOutcome::SignedIn(_) => None,
                };
                Ok(((), flow))
            }
        };
        let connection = self.connection()?;
        connection.require_signed_out()?;
        self.begin(&connection, begin).await
    }

    /// Signs in with a password.
    ///
    /// # Errors
    /// [`Error::SignedIn`], or why nobody is signed in.
    pub async fn sign_in_with_password(&self, email: &str, password: Secret<String>) -> Result<(), Error> {
        let attempt = |client: Client| {
            let password = password.clone();
            async move { Ok(client.sign_in_with_password(email, password).await.map(drop)?) }
        };
        let connection = self.connection()?;
        connection.require_signed_out()?;
        self.with_captcha(&connection, attempt).await
    }

    /// Sends a link (and a code) that signs in. Without `should_create_user` an account is opened if the project takes
    /// new people.
    ///
    /// # Errors
    /// [`Error::SignedIn`], or why no mail is sent.
    pub async fn sign_in_with_otp(&self, email: &str, should_create_user: Option<bool>) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_signed_out()?;
        let takes_new_people = connection.sign_in_methods().is_none_or(|methods| methods.sign_up);
        let create = should_create_user.unwrap_or(takes_new_people);
        let begin =
            |client: Client| async move { Ok(((), Some(client.send_magic_link(email, create).await?))) };
        self.begin(&connection, begin).await
    }

    /// Sends the mail that confirms the address of a new account once more.
    ///
    /// # Errors
    /// [`Error::SignedIn`], or why no mail is sent.
    pub async fn resend(&self, email: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_signed_out()?;
        let begin = |client: Client| async move { Ok(((), Some(client.send_confirmation(email).await?))) };
        self.begin(&connection, begin).await
    }

    /// Sends a link that signs in to choose a new password.
    ///
    /// # Errors
    /// [`Error::SignedIn`], or why no mail is sent.
    pub async fn reset_password_for_email(&self, email: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_signed_out()?;
        let begin = |client: Client| async move { Ok(((), Some(client.send_recovery(email).await?))) };
        self.begin(&connection, begin).await
    }

    /// Signs in without an address.
    ///
    /// # Errors
    /// [`Error::SignedIn`], or why nobody is signed in.
    pub async fn sign_in_anonymously(&self) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_signed_out()?;
        let attempt = |client: Client| async move { Ok(client.sign_in_anonymously().await.map(drop)?) };
        self.with_captcha(&connection, attempt).await
    }

    /// Begins a sign-in through a provider, in the system's browser.
    ///
    /// # Errors
    /// [`Error::SignedIn`], or why it does not begin.
    pub async fn sign_in_with_oauth(&self, provider: &str) -> Result<(), Error> {
        let connection = self.connection()?;
        connection.require_signed_out()?;
        let begin = |client: Client| async move { client.begin_oauth(provider, &[]).await };
        let mode = connection.best_redirect_mode().await;
        self.continue_in_browser(mode, &connection, provider, begin).await
    }
}
