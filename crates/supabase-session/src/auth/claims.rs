//! What the access token says, told only once it is known to be genuine: by the project's keys, or else by the server.

use std::time::Duration;

use crate::auth::as_user;
use crate::client::{Client, Inner};
use crate::clock::unix_seconds;
use crate::error::RequestError;
use crate::http::transport::Method;
use crate::jwks::check::Check;
use crate::secret::Secret;
use crate::session::authorized::{TokenSource, Unsent};
use crate::session::claims::Claims;
use crate::session::refresh_error::RefreshError;
use crate::session::tokens::Bearer;
use crate::shared::spawn_to_completion;
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

/// Why the claims of the access token are not known. The session is kept after each of these, but
/// [`SignedOut`](Self::SignedOut).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimsError {
    /// The token is not what the project's keys have signed, not its user's, or over although it was just issued.
    #[error("the access token is not genuine")]
    NotGenuine,
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
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
    /// When a key has verified the user that the state shows (same id, address and anonymity), that user is `verified`
    /// from then on. Unlike the server a key does not know whether the session was ended elsewhere meanwhile: what must
    /// not be done after a sign-out is for the server to check, or for [`get_user`](Self::get_user).
    ///
    /// # Errors
    /// See [`ClaimsError`]. When the server says that the session or its user is gone, the session has ended.
    #[doc(alias = "getClaims")]
    pub async fn get_claims(&self) -> Result<Claims, ClaimsError> {
        self.restored().await;
        let client = self.clone();
        spawn_to_completion(async move { get(&client).await }).await
    }

    /// The access token, refreshed first if it ends soon (`getSession` of supabase-js); `None` while nobody is signed
    /// in. Only for handing it to another client: what is in it, and the user beside it, is not verified.
    ///
    /// # Errors
    /// See [`RefreshError`]: the token is over and there is no new one.
    #[doc(alias = "getSession")]
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
}

pub(crate) async fn get(client: &Client) -> Result<Claims, ClaimsError> {
    let Inner { authorized, keys, session, .. } = &*client.inner;
    let tokens = &authorized.tokens;
    let mut bearer = tokens.bearer().await.map_err(Unsent::from).map_err(RequestError::from)?;
    // A token may end earlier than its session says (a store that somebody wrote into): one more then.
    for last in [false, true] {
        match keys.check(&bearer.token).await.map_err(RequestError::from)? {
            Check::CannotTell => return by_server(client).await,
            Check::Forged => return Err(ClaimsError::NotGenuine),
            Check::Signed => {}
        }
        let claims = Claims::read(&bearer.token).ok_or(ClaimsError::NotGenuine)?;
        if claims.exp > server_now(client, &bearer) {
            session.set_verified_claims(bearer.version.generation, &claims);
            return Ok(claims);
        }
        if !last {
            bearer = tokens.replace(&bearer).await.map_err(Unsent::from).map_err(RequestError::from)?;
        }
    }
    Err(ClaimsError::NotGenuine)
}

/// The server takes the token, so it is genuine; and it says whose it is.
async fn by_server(client: &Client) -> Result<Claims, ClaimsError> {
    let answer = match as_user::send(client, client.inner.gateway.auth(Method::Get, "user")).await? {
        Ok(answer) => answer,
        Err(fault) => return Err(ClaimsError::Request(fault.into())),
    };
    let token = answer.token.clone();
    let user: User = answer.user(&client.inner.session).await?;
    Claims::read(&token).filter(|claims| claims.sub == user.id).ok_or(ClaimsError::NotGenuine)
}

/// By the server's clock, as far as it is known.
fn server_now(client: &Client, bearer: &Bearer) -> u64 {
    let now = client.inner.gateway.clock.moment();
    let held = client.inner.session.held().filter(|held| held.version == bearer.version);
    held.map_or_else(|| unix_seconds(now.wall), |held| held.tokens.server_now(now))
}
