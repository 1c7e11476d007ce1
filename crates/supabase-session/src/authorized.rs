//! Requests on behalf of the signed-in user: the bearer, and exactly one more try when a service says that the token
//! is no good. Knows where tokens come from ([`TokenSource`]) but no session.

use std::sync::Arc;

use async_trait::async_trait;

use crate::error::{ApiError, HttpError, RefreshError, ServerCode};
use crate::gateway::Gateway;
use crate::http::{Request, Response};
use crate::secret::Secret;
use crate::session::{Bearer, TokenVersion};
use crate::wire::Fault;

/// Where access tokens come from.
#[async_trait]
pub(crate) trait TokenSource: Send + Sync {
    /// A token that is good by all that is known here.
    async fn bearer(&self) -> Result<Bearer, RefreshError>;

    /// Another one in place of one that a service refused.
    async fn replace(&self, rejected: &Bearer) -> Result<Bearer, RefreshError>;
}

/// Why there is no answer to a request on behalf of the user.
#[derive(Debug)]
pub(crate) enum Unsent {
    /// Nobody is signed in (any more).
    SignedOut,
    Http(HttpError),
    /// The server gives no token that it takes itself.
    Refused(ServerCode),
}

#[derive(Clone)]
pub(crate) struct Authorized {
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) tokens: Arc<dyn TokenSource>,
}

impl Authorized {
    /// Sends the request with a token. The outer error is about reaching the API, the inner one its own no.
    pub(crate) async fn send(&self, request: Request) -> Result<Result<Response, Fault>, Unsent> {
        self.send_with(request).await.map(|(answer, _)| answer)
    }

    /// The same, with the token that the answer is for.
    pub(crate) async fn send_with(
        &self,
        request: Request,
    ) -> Result<(Result<Response, Fault>, Bearer), Unsent> {
        let first = self.tokens.bearer().await?;
        let answer = self.gateway.send_as(request.clone(), &first.token).await?;
        if !answer.as_ref().is_err_and(Fault::refuses_token) {
            return Ok((answer, first));
        }
        let second = self.tokens.replace(&first).await?;
        let answer = self.gateway.send_as(request, &second.token).await?;
        match answer {
            // Twice in a row, with a token fresh from the server: a third would be no better.
            Err(fault) if fault.refuses_token() => Err(Unsent::Refused(fault.code)),
            answer => Ok((answer, second)),
        }
    }
}

/// Nobody in particular: the project's key stands in for an access token.
pub(crate) struct KeyOnly(pub(crate) Secret<String>);

#[async_trait]
impl TokenSource for KeyOnly {
    async fn bearer(&self) -> Result<Bearer, RefreshError> {
        Ok(Bearer { token: self.0.clone(), version: TokenVersion::OF_KEY })
    }

    async fn replace(&self, _rejected: &Bearer) -> Result<Bearer, RefreshError> {
        // There is no other key.
        Err(RefreshError::Http(HttpError::KeyRefused))
    }
}

impl From<RefreshError> for Unsent {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::SignedOut | RefreshError::Ended(_) => Self::SignedOut,
            RefreshError::Http(error) => Self::Http(error),
            RefreshError::Refused { code } => Self::Refused(code),
        }
    }
}

impl From<HttpError> for Unsent {
    fn from(error: HttpError) -> Self {
        Self::Http(error)
    }
}

impl From<Unsent> for ApiError {
    fn from(unsent: Unsent) -> Self {
        match unsent {
            Unsent::SignedOut => Self::SignedOut,
            Unsent::Http(error) => Self::Http(error),
            Unsent::Refused(code) => Self::Unexpected { code },
        }
    }
}
