//! What the access token says, and the token itself for those who need it.

use std::sync::Arc;
use std::time::Duration;

use super::Client;
use crate::auth::claims;
use crate::error::ClaimsError;
use crate::secret::Secret;
use crate::session::authorized::TokenSource;
use crate::session::claims::Claims;
use crate::session::refresh_error::RefreshError;
use crate::shared::to_its_end;
use crate::state::State;
use crate::user::User;

/// A session, for handing its access token to another client (Realtime, an Edge Function).
///
/// The refresh token is not in here: whoever else refreshed with it would end this session.
#[derive(Debug, Clone)]
pub struct SessionTokens {
    /// The bearer of requests on behalf of the user. A JWT.
    pub access_token: Secret<String>,
    /// How long it is good from now on; ask again before.
    pub expires_in: Duration,
    /// As last described. **Not verified**: it may come from the local store. See [`Client::get_claims`] and
    /// [`Client::get_user`].
    pub user: User,
}

impl Client {
    /// What the access token says, once it is known to be genuine (`getClaims` of supabase-js). A token that ends soon
    /// is refreshed first.
    ///
    /// With keys that the project publishes (ES256, RS256, EdDSA) this costs no request, but one for the keys in ten
    /// minutes and one for a key that is new. A token signed with the project's shared secret (HS256), or in a way that
    /// is not known here, is shown to the server ([`get_user`](Self::get_user)); so are all without the cargo feature
    /// `local-claims`.
    ///
    /// When a key vouches for the user that the state shows (same id, address and anonymity), that user is `verified`
    /// from then on. Unlike the server a key does not know whether the session was ended elsewhere meanwhile: what must
    /// not be done after a sign-out is for the server to check, or for [`get_user`](Self::get_user).
    ///
    /// # Errors
    /// See [`ClaimsError`]. When the server says that the session or its user is gone, the session has ended.
    pub async fn get_claims(&self) -> Result<Claims, ClaimsError> {
        self.restored().await;
        let inner = Arc::clone(&self.inner);
        to_its_end(async move { claims::get(&inner.session, &inner.authorized, &inner.keys).await }).await
    }

    /// The access token, refreshed first if it ends soon (`getSession` of supabase-js); `None` while nobody is signed
    /// in. Only for handing it to another client: what is in it, and the user beside it, is not verified.
    ///
    /// # Errors
    /// See [`RefreshError`]: the token is over and there is no new one.
    pub async fn get_session(&self) -> Result<Option<SessionTokens>, RefreshError> {
        self.restored().await;
        let session = &self.inner.session;
        let bearer = match session.bearer().await {
            Ok(bearer) => bearer,
            Err(RefreshError::SignedOut) => return Ok(None),
            Err(error) => return Err(error),
        };
        // Token and user of one moment: somebody else may have signed in since, or nobody be signed in.
        let newest =
            session.held_with_user().filter(|(held, _)| held.version.generation == bearer.version.generation);
        Ok(newest.map(|(held, user)| {
            let expires_in = session.remaining(&held);
            SessionTokens { access_token: held.tokens.access, expires_in, user }
        }))
    }

    async fn restored(&self) {
        if self.state() == State::Restoring {
            self.restore().await;
        }
    }
}
