//! Whether the project lets links lead back to a URL, found out without side effects.

use url::Url;

use crate::client::Client;
use crate::error::HttpError;
use crate::flows::pkce;
use crate::http::fault;
use crate::http::gateway::Gateway;
use crate::http::transport::Method;
use crate::random::Random;

/// How far the project lets links lead back to a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectSupport {
    /// With the flow's nonce in its query, as this crate sends it.
    WithFlow,
    /// Only as it is: links come back without saying which flow they belong to (see
    /// [`Redirect::bare`](crate::Redirect::bare)).
    BareOnly,
    /// Not at all: links lead to the project's Site URL instead.
    Nowhere,
}

impl Client {
    /// How far the project lets links lead back to this URL; it need not be the one that the client was built with.
    /// One or two requests without side effects. Any URL of a loopback address (`http://127.0.0.1:<port>/...`) passes
    /// on every project.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn probe_redirect(&self, redirect_to: &Url) -> Result<RedirectSupport, HttpError> {
        probe(&self.inner.gateway, &*self.inner.session.random, redirect_to).await
    }
}

/// Asks the server to verify a token that was never issued, and reads where its error leads. The token is a new nonce,
/// so it cannot be somebody's real one.
async fn probe(
    gateway: &Gateway,
    random: &dyn Random,
    redirect_to: &Url,
) -> Result<RedirectSupport, HttpError> {
    let nonce = pkce::nonce(random);
    let mut with_flow = redirect_to.clone();
    with_flow.query_pairs_mut().append_pair("flow", nonce.expose());
    for (url, reach) in [(&with_flow, RedirectSupport::WithFlow), (redirect_to, RedirectSupport::BareOnly)] {
        if leads_to(&answered(gateway, url, nonce.expose()).await?, url) {
            return Ok(reach);
        }
    }
    Ok(RedirectSupport::Nowhere)
}

/// Where the server sends a browser that opens a link with this token.
async fn answered(gateway: &Gateway, redirect_to: &Url, token: &str) -> Result<String, HttpError> {
    let request = gateway
        .auth(Method::Get, "verify")
        .query("type", "signup")
        .query("token", token)
        .query("redirect_to", redirect_to.as_str());
    let response = gateway.exchange(request).await?;
    match (response.status, response.header("location")) {
        (302 | 303, Some(location)) => Ok(location.to_owned()),
        // Anything else is no answer to this question, and means for the connection what it means after any other request.
        _ => match fault::read(response, gateway.clock.now()) {
            Err(error) => Err(error),
            Ok(_) => Err(HttpError::NotSupabase),
        },
    }
}

/// The server puts its error behind the URL that it was given, if it lets it through.
fn leads_to(location: &str, url: &Url) -> bool {
    let rest = location.strip_prefix(url.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['#', '?', '&']))
}
