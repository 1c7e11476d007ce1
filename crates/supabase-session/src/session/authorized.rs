//! Requests on behalf of the signed-in user: the bearer, and exactly one more try when a service says that the token
//! is no good. Knows where tokens come from ([`TokenSource`]) but no session.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;

use crate::error::{ApiError, HttpError, RequestError, ServerCode};
use crate::http::fault::{self, ServerError};
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

/// What an answer says of the token that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Taken,
    Refused,
    /// It is valid only from a moment on that has not come by the service's clock.
    TooYoung,
    /// The answer is not the service's own, or it says nothing of the token.
    Unclear,
}

/// A token that was just issued is too young for a service whose clock is behind: it is sent again after this.
const YOUNG_PAUSE: Duration = Duration::from_secs(1);

/// The service that runs the project's own functions.
const FUNCTIONS: &str = "functions";

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

    /// With the project's key alone: nobody is named.
    pub(crate) fn of_anybody(gateway: &Arc<Gateway>) -> Self {
        let key = AnonKey(Secret::from(gateway.project.key()));
        Self::new(Arc::clone(gateway), Arc::new(key))
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
        let (is_call, asked) = (request.is_call(), request.url.clone());
        let (response, bearer) = self.exchange(request).await?;
        match self.gateway.read(response, is_call, &asked)? {
            Err(fault) if fault.finds_token_too_young() => Err(HttpError::ClocksDiffer.into()),
            Err(fault) if fault.refuses_token() => Err(Unsent::TokenRefused(fault.code)),
            answer => Ok((answer, bearer)),
        }
    }

    /// Sends the request with a token, and once more with another one when a service refuses the first. Gives the last
    /// answer as it is, with the token that it is for.
    pub(crate) async fn exchange(&self, request: Request) -> Result<(Response, Bearer), Unsent> {
        let service = self.service(&request);
        let first = self.tokens.bearer().await?;
        let (response, verdict) = self.send_when_old_enough(&request, &first.token).await?;
        match verdict {
            Verdict::Taken => self.was_taken(first.version, &service),
            Verdict::Refused if !self.is_as_good_as_any(first.version, &service) => {
                return self.exchange_anew(request, &service, &first).await;
            }
            Verdict::Refused | Verdict::TooYoung | Verdict::Unclear => {}
        }
        Ok((response, first))
    }

    /// Sends the request with another token than the one that was refused. Twice in a row, with a token fresh from the
    /// server: a third would be no better.
    async fn exchange_anew(
        &self,
        request: Request,
        service: &str,
        rejected: &Bearer,
    ) -> Result<(Response, Bearer), Unsent> {
        let second = self.tokens.replace(rejected).await?;
        *lock(&self.replacement) =
            Some(Replacement { version: second.version, taken_by: BTreeSet::default() });
        let (response, verdict) = self.send_when_old_enough(&request, &second.token).await?;
        if verdict == Verdict::Taken {
            self.was_taken(second.version, service);
        }
        Ok((response, second))
    }

    /// Sends the same token again for as long as a service only says that it is too young.
    async fn send_when_old_enough(
        &self,
        request: &Request,
        token: &Secret<String>,
    ) -> Result<(Response, Verdict), HttpError> {
        let mut attempt = 1;
        loop {
            let response = self.gateway.exchange_as(request.clone(), token).await?;
            let verdict = self.verdict(request, &response);
            if verdict != Verdict::TooYoung || attempt == YOUNG_ATTEMPTS {
                return Ok((response, verdict));
            }
            attempt += 1;
            self.gateway.clock.sleep(YOUNG_PAUSE).await;
        }
    }

    /// What an answer says of the token that was sent.
    fn verdict(&self, request: &Request, response: &Response) -> Verdict {
        if self.is_for_function(request) {
            // A function has run already when the refusal is its own, in whatever words: a second request would run
            // it twice.
            let is_refused = fault::refused_before_function(response);
            return if is_refused { Verdict::Refused } else { Verdict::Taken };
        }
        match self.gateway.read(response.clone(), request.is_call(), &request.url) {
            Ok(Err(fault)) if fault.finds_token_too_young() => Verdict::TooYoung,
            Ok(Err(fault)) if fault.refuses_token() => Verdict::Refused,
            Ok(_) => Verdict::Taken,
            Err(_) => Verdict::Unclear,
        }
    }

    /// The service that a request goes to, for example `rest` for `/rest/v1/profiles`. Each of the project's functions
    /// decides for itself which tokens it takes: `functions/hello` for `/functions/v1/hello`.
    fn service(&self, request: &Request) -> String {
        let mut segments = self.segments(request);
        let service = segments.next().unwrap_or_default();
        match segments.nth(1) {
            Some(function) if service == FUNCTIONS => format!("{service}/{function}"),
            _ => service.to_owned(),
        }
    }

    fn is_for_function(&self, request: &Request) -> bool {
        self.segments(request).next() == Some(FUNCTIONS)
    }

    /// The parts of a request's path below the project's own address.
    fn segments<'a>(&self, request: &'a Request) -> impl Iterator<Item = &'a str> {
        let path = request.url.path();
        let base = self.gateway.project.url().path().trim_end_matches('/');
        path.strip_prefix(base).unwrap_or(path).trim_start_matches('/').split('/')
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

/// The project's key (publishable or anon) in the place of an access token: nobody is named by it.
struct AnonKey(Secret<String>);

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
