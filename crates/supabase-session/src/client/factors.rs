//! The second factor of the signed-in user.

use std::sync::Arc;

use uuid::Uuid;

use super::Client;
use crate::auth::mfa::{self, TotpEnrollment};
use crate::error::FactorError;
use crate::secret::Secret;
use crate::session::claims::Assurance;
use crate::shared::to_its_end;
use crate::user::User;

impl Client {
    /// Begins a second factor for an authenticator. `name` tells it from others of the same user; `issuer` is what
    /// the authenticator shows (the project's address, if it is not given).
    ///
    /// # Errors
    /// See [`FactorError`].
    pub async fn enroll_totp(&self, name: &str, issuer: Option<&str>) -> Result<TotpEnrollment, FactorError> {
        let (inner, name, issuer) = (Arc::clone(&self.inner), name.to_owned(), issuer.map(str::to_owned));
        to_its_end(
            async move { mfa::enroll(&inner.session, &inner.authorized, &name, issuer.as_deref()).await },
        )
        .await
    }

    /// Shows a code of a factor. The session is issued anew with [`AssuranceLevel::Aal2`](crate::AssuranceLevel) and
    /// keeps its generation; from the first time on the factor counts. Goes on when the caller goes away.
    ///
    /// # Errors
    /// See [`FactorError`].
    pub async fn verify_totp(&self, factor_id: Uuid, code: Secret<String>) -> Result<User, FactorError> {
        let inner = Arc::clone(&self.inner);
        to_its_end(async move { mfa::verify(&inner.session, &inner.authorized, factor_id, &code).await })
            .await
    }

    /// Removes a factor; one that counts only from a session that has shown it. Gives the user as they are then.
    ///
    /// # Errors
    /// See [`FactorError`].
    pub async fn unenroll(&self, factor_id: Uuid) -> Result<User, FactorError> {
        let inner = Arc::clone(&self.inner);
        to_its_end(async move { mfa::unenroll(&inner.session, &inner.authorized, factor_id).await }).await
    }

    /// How much the session has shown of its user, and how much it can; `None` when nobody is signed in. Nothing is
    /// sent: it is told from the token and from the user as last described.
    #[must_use]
    pub fn assurance(&self) -> Option<Assurance> {
        mfa::assurance(&self.inner.session)
    }
}
