//! Sign-in through a provider, in the browser. The link comes back with a code (PKCE).

use url::Url;

use crate::client::{Client, Inner};
use crate::error::RequestError;
use crate::flows::flow::{Flow, FlowKind, PendingFlow};
use crate::flows::pkce;
use crate::flows::request_options::RequestOptions;
use crate::http::transport::{Method, Request};
use crate::shared::spawn_to_completion;
use crate::store::StoreError;

/// The provider whose sign-in page is to be opened, and the scopes that are asked for.
pub(crate) struct Wish {
    pub(crate) provider: String,
    pub(crate) scopes: Vec<String>,
}

/// Why no provider's page can be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OAuthError {
    /// Not the name of a provider; nothing was sent.
    #[error("this is not the name of a provider")]
    ProviderInvalid,
    /// The client was built without a redirect URL, so no link could come back.
    #[error("there is no address to come back to")]
    NoRedirect,
    /// The project does not have this provider. Only known when an identity is linked: a sign-in asks in the browser.
    #[error("the project does not offer this provider")]
    ProviderDisabled,
    /// The project does not let people link identities.
    #[error("the project does not let identities be linked")]
    LinkingDisabled,
    /// The account has a second factor, which has to be shown first (`insufficient_aal`).
    #[error("the second factor has to be shown first")]
    SecondFactorRequired,
    /// The pending flow could not be stored: its link could not have been completed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Begins a sign-in through a provider that [`Settings::providers`](crate::Settings::providers) lists, for example
    /// `github`. Open the address in the browser; [`complete`](Self::complete) takes the link that comes back. The link
    /// may never come (a closed tab, a state that the server forgot): offer [`cancel`](Self::cancel). No request is
    /// sent. A later call replaces the flow of an earlier one.
    ///
    /// # Errors
    /// See [`OAuthError`].
    #[doc(alias = "signInWithOAuth")]
    pub async fn begin_oauth(
        &self,
        provider: &str,
        scopes: &[&str],
    ) -> Result<(PendingFlow, Url), OAuthError> {
        let (client, wish) = (self.clone(), wish(provider, scopes));
        spawn_to_completion(async move { begin(&client, &wish).await }).await
    }
}

/// Begins a sign-in. Nothing is sent: the address is opened in the browser.
pub(crate) async fn begin(client: &Client, wish: &Wish) -> Result<(PendingFlow, Url), OAuthError> {
    let Inner { flows, gateway, .. } = &*client.inner;
    check(&client.options, wish)?;
    let flow = flows.begin(&client.options, FlowKind::OAuth, None).await?;
    let url = authorize_request(
        Request::new(Method::Get, gateway.project.endpoint("auth/v1/authorize")),
        &flow,
        wish,
    )?;
    Ok((flows.confirm_begun(&flow).await, url.url))
}

pub(super) fn authorize_request(request: Request, flow: &Flow, wish: &Wish) -> Result<Request, OAuthError> {
    let back_to = flow.back_to().ok_or(OAuthError::NoRedirect)?;
    let request = request
        .query("provider", &wish.provider)
        .query("redirect_to", back_to.as_str())
        .query("code_challenge", &pkce::challenge(&flow.verifier))
        .query("code_challenge_method", pkce::CHALLENGE_METHOD);
    Ok(if wish.scopes.is_empty() { request } else { request.query("scopes", &wish.scopes.join(" ")) })
}

pub(crate) fn check(options: &RequestOptions, wish: &Wish) -> Result<(), OAuthError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':');
    if !(1..=64).contains(&wish.provider.len()) || !wish.provider.bytes().all(plain) {
        return Err(OAuthError::ProviderInvalid);
    }
    if options.redirect.is_some() { Ok(()) } else { Err(OAuthError::NoRedirect) }
}

pub(super) fn wish(provider: &str, scopes: &[&str]) -> Wish {
    Wish { provider: provider.to_owned(), scopes: scopes.iter().map(ToString::to_string).collect() }
}
