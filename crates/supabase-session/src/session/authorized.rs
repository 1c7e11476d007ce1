//! Requests on behalf of the signed-in user: the bearer, and exactly one more try when a service says that the token
//! is no good. Knows where tokens come from ([`TokenSource`]) but no session.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;

use crate::error::{ApiError, HttpError, RequestError, ServerCode};
use crate::http::fault::ServerError;
use crate::http::gateway::Gateway;
use crate::http::transport::{Request, Response};
use crate::lock::lock;
use crate::secret::Secret;
use crate::session::refresh_error::RefreshError;
use crate::session::tokens::{Bearer, TokenVersion};

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
    /// The server refused to give a token.
    Refused(ServerCode),
    /// A service does not take a token that the Auth server has just issued.
    TokenRefused(ServerCode),
}

/// A token that was just issued is too young for a service whose clock is behind: it is sent again after this.
const YOUNG_PAUSE: Duration = Duration::from_secs(1);

/// So often a token that is too young is sent at most. Seen in the field: clocks that differ by one to three seconds.
const YOUNG_ATTEMPTS: u32 = 6;

#[derive(Clone)]
pub(crate) struct Authorized {
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) tokens: Arc<dyn TokenSource>,
    /// The last token that was fetched in place of a refused one.
    replacement: Arc<Mutex<Option<Replacement>>>,
}

/// A token that was fetched in place of a refused one, and which services have taken it. One that does not will take
/// no other either: fetching more would spend a refresh token a request.
struct Replacement {
    version: TokenVersion,
    taken_by: BTreeSet<String>,
}

impl Authorized {
    pub(crate) fn new(gateway: Arc<Gateway>, tokens: Arc<dyn TokenSource>) -> Self {
        Self { gateway, tokens, replacement: Arc::default() }
    }

    /// Sends the request with a token. The outer error is about reaching the API, the inner one its own no.
    pub(crate) async fn send(&self, request: Request) -> Result<Result<Response, ServerError>, Unsent> {
        self.send_with(request).await.map(|(answer, _)| answer)
    }

    /// As [`send`](Self::send), with the token that the server answered to.
    pub(crate) async fn send_with(
        &self,
        request: Request,
    ) -> Result<(Result<Response, ServerError>, Bearer), Unsent> {
        let service = service(&request);
        let first = self.tokens.bearer().await?;
        let fault = match self.send_when_old_enough(&request, &first.token).await? {
            Err(fault) if fault.refuses_token() => fault,
            answer => {
                self.was_taken(first.version, &service);
                return Ok((answer, first));
            }
        };
        if self.is_as_good_as_any(first.version, &service) {
            return Err(Unsent::TokenRefused(fault.code));
        }
        let second = self.tokens.replace(&first).await?;
        *lock(&self.replacement) =
            Some(Replacement { version: second.version, taken_by: BTreeSet::default() });
        match self.send_when_old_enough(&request, &second.token).await? {
            // Twice in a row, with a token fresh from the server: a third would be no better.
            Err(fault) if fault.refuses_token() => Err(Unsent::TokenRefused(fault.code)),
            answer => {
                self.was_taken(second.version, &service);
                Ok((answer, second))
            }
        }
    }

    /// Sends the same token again for as long as a service only says that it is too young.
    async fn send_when_old_enough(
        &self,
        request: &Request,
        token: &Secret<String>,
    ) -> Result<Result<Response, ServerError>, HttpError> {
        for attempt in 1..=YOUNG_ATTEMPTS {
            let answer = self.gateway.send_as(request.clone(), token).await?;
            if !answer.as_ref().is_err_and(ServerError::finds_token_too_young) {
                return Ok(answer);
            }
            if attempt < YOUNG_ATTEMPTS {
                self.gateway.clock.sleep(YOUNG_PAUSE).await;
            }
        }
        Err(HttpError::ClocksDiffer)
    }

    fn was_taken(&self, version: TokenVersion, service: &str) {
        if let Some(replacement) = lock(&self.replacement).as_mut().filter(|it| it.version == version) {
            replacement.taken_by.insert(service.to_owned());
        }
    }

    /// Whether this token was itself fetched in place of another one, and this service has never taken it.
    fn is_as_good_as_any(&self, version: TokenVersion, service: &str) -> bool {
        let replacement = lock(&self.replacement);
        replacement.as_ref().is_some_and(|it| it.version == version && !it.taken_by.contains(service))
    }
}

/// The service that a request goes to, for example `rest` for `/rest/v1/profiles`.
fn service(request: &Request) -> String {
    let path = request.url.path();
    let (before, _) = path.split_once("/v1/").unwrap_or((path, ""));
    before.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The project's key (publishable or anon) in the place of an access token: nobody is named by it.
pub(crate) struct AnonKey(pub(crate) Secret<String>);

#[async_trait]
impl TokenSource for AnonKey {
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

impl From<Unsent> for RequestError {
    fn from(unsent: Unsent) -> Self {
        match unsent {
            Unsent::SignedOut => Self::SignedOut,
            Unsent::Http(error) => error.into(),
            Unsent::Refused(code) | Unsent::TokenRefused(code) => Self::Unexpected { code },
        }
    }
}

impl From<Unsent> for ApiError {
    fn from(unsent: Unsent) -> Self {
        match unsent {
            Unsent::SignedOut => Self::SignedOut,
            Unsent::Http(error) => Self::Http(error),
            Unsent::Refused(code) => Self::Unexpected { code },
            Unsent::TokenRefused(code) => Self::TokenRefused { code },
        }
    }
}
