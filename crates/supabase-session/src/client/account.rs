//! The signed-in user's account: sign-out, what the server says of the user, password and address.

use std::sync::Arc;

use super::Client;
use crate::auth::email_change::{self, EmailChange};
use crate::auth::password::{self, PasswordChange};
use crate::auth::sign_out::{self, Scope, SignOutReport};
use crate::auth::user;
use crate::error::{ApiError, EmailChangeError, PasswordChangeError, ReauthenticateError};
use crate::shared::to_its_end;
use crate::state::State;
use crate::user::{User, UserUpdate};

impl Client {
    /// Signs out on this device: state and store first, before anything is sent; then the server's session, if it can
    /// be reached. Other devices stay signed in. Goes on when the caller goes away.
    pub async fn sign_out(&self) -> SignOutReport {
        self.sign_out_of(Scope::Local).await
    }

    /// Signs out on all devices: on this one as [`sign_out`](Self::sign_out) does, on the others as soon as they
    /// refresh.
    pub async fn sign_out_everywhere(&self) -> SignOutReport {
        self.sign_out_of(Scope::Global).await
    }

    /// Signs out on all other devices, which learn of it when they refresh. This one stays signed in.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn sign_out_others(&self) -> Result<(), ApiError> {
        let inner = Arc::clone(&self.inner);
        to_its_end(async move { sign_out::others(&inner.session, &inner.authorized).await }).await
    }

    async fn sign_out_of(&self, scope: Scope) -> SignOutReport {
        // What was not read yet has a server session too.
        if self.state() == State::Restoring {
            self.restore().await;
        }
        let inner = Arc::clone(&self.inner);
        to_its_end(async move { sign_out::sign_out(&inner.session, scope).await }).await
    }

    /// Asks the server who is signed in. An answer makes the state's user `verified`.
    ///
    /// # Errors
    /// See [`ApiError`]. When the server says that the session or its user is gone, the session has ended.
    pub async fn get_user(&self) -> Result<User, ApiError> {
        let inner = Arc::clone(&self.inner);
        to_its_end(async move { user::get(&inner.session, &inner.authorized).await }).await
    }

    /// Changes what the user may change about themselves.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn update_user(&self, update: UserUpdate) -> Result<User, ApiError> {
        let inner = Arc::clone(&self.inner);
        to_its_end(async move { user::update(&inner.session, &inner.authorized, &update).await }).await
    }

    /// Sets a new password (also the first one, after a recovery, an invitation or an anonymous sign-in).
    ///
    /// # Errors
    /// See [`PasswordChangeError`], which says what else the project asks for.
    pub async fn change_password(&self, wish: PasswordChange) -> Result<User, PasswordChangeError> {
        let inner = Arc::clone(&self.inner);
        to_its_end(async move { password::change(&inner.session, &inner.authorized, &wish).await }).await
    }

    /// Sends the user a mail with the code that [`PasswordChange::nonce`] takes.
    ///
    /// # Errors
    /// See [`ReauthenticateError`].
    pub async fn reauthenticate(&self) -> Result<(), ReauthenticateError> {
        let inner = Arc::clone(&self.inner);
        to_its_end(async move { password::reauthenticate(&inner.session, &inner.authorized).await }).await
    }

    /// Begins a change of the user's address; for an anonymous user this is the way to an account of their own. The
    /// project may ask for a confirmation at the new address or at both
    /// ([`Completed::EmailChangeHalf`](crate::Completed::EmailChangeHalf) after the first).
    ///
    /// # Errors
    /// See [`EmailChangeError`].
    pub async fn change_email(&self, email: &str) -> Result<EmailChange, EmailChangeError> {
        let ((inner, terms), email) = (self.parts(), email.to_owned());
        to_its_end(async move {
            email_change::change(&inner.session, &inner.authorized, &inner.flows, &terms, &email).await
        })
        .await
    }
}
