//! Ways in without an address: anonymous, and through a provider in the browser.

use std::sync::Arc;

use url::Url;
use uuid::Uuid;

use super::Client;
use crate::auth::anonymous;
use crate::auth::oauth::{self, Wish};
use crate::error::{AnonymousError, OAuthError, UnlinkError};
use crate::flows::flow::PendingFlow;
use crate::shared::to_its_end;
use crate::user::User;

impl Client {
    /// Opens an account without an address and signs in. It replaces a session that is there. It becomes an account
    /// that can be returned to by [`change_email`](Self::change_email) and, once that is confirmed,
    /// [`change_password`](Self::change_password); or by [`begin_link`](Self::begin_link).
    ///
    /// # Errors
    /// See [`AnonymousError`].
    pub async fn sign_in_anonymously(&self) -> Result<User, AnonymousError> {
        let (inner, terms) = self.parts();
        to_its_end(async move { anonymous::sign_in(&inner.session, &terms).await }).await
    }

    /// Begins a sign-in through a provider that [`Settings::providers`](crate::Settings::providers) lists, for
    /// example `github`. Open the address in the browser; [`complete`](Self::complete) takes the link that comes back.
    /// It may never come (a closed tab, a state that the server forgot): offer [`cancel`](Self::cancel). Nothing is
    /// sent from here. A later call replaces the flow of an earlier one.
    ///
    /// # Errors
    /// See [`OAuthError`].
    pub async fn begin_oauth(
        &self,
        provider: &str,
        scopes: &[&str],
    ) -> Result<(PendingFlow, Url), OAuthError> {
        let ((inner, terms), wish) = (self.parts(), wish(provider, scopes));
        to_its_end(async move { oauth::begin(&inner.gateway, &inner.flows, &terms, &wish).await }).await
    }

    /// Begins to give the signed-in user one more identity through a provider, as
    /// [`begin_oauth`](Self::begin_oauth) does ([`Completed::IdentityLinked`](crate::Completed::IdentityLinked)).
    ///
    /// # Errors
    /// See [`OAuthError`].
    pub async fn begin_link(
        &self,
        provider: &str,
        scopes: &[&str],
    ) -> Result<(PendingFlow, Url), OAuthError> {
        let ((inner, terms), wish) = (self.parts(), wish(provider, scopes));
        to_its_end(async move {
            oauth::begin_link(&inner.session, &inner.authorized, &inner.flows, &terms, &wish).await
        })
        .await
    }

    /// Removes one of the user's [`identities`](User::identities). Gives the user as they are then.
    ///
    /// # Errors
    /// See [`UnlinkError`].
    pub async fn unlink_identity(&self, identity_id: Uuid) -> Result<User, UnlinkError> {
        let inner = Arc::clone(&self.inner);
        to_its_end(async move { oauth::unlink(&inner.session, &inner.authorized, identity_id).await }).await
    }
}

fn wish(provider: &str, scopes: &[&str]) -> Wish {
    Wish { provider: provider.to_owned(), scopes: scopes.iter().map(ToString::to_string).collect() }
}
