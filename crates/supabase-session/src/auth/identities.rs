//! The identities that a user has: one more is linked through a provider, in the browser; one is removed.

use serde::Deserialize;
use url::Url;
use uuid::Uuid;

use crate::auth::oauth::{OAuthError, Wish};
use crate::auth::{as_user, oauth};
use crate::client::{Client, Inner};
use crate::error::RequestError;
use crate::flows::flow::{Flow, FlowKind, PendingFlow};
use crate::http::fault::ServerError;
use crate::http::transport::Method;
use crate::shared::spawn_to_completion;
use crate::user::User;

/// Why an identity was not removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnlinkError {
    /// It is the user's last identity: without one the user could not sign in any more.
    #[error("the last identity cannot be removed")]
    LastIdentity,
    /// The user has no such identity (any more).
    #[error("there is no such identity")]
    Unknown,
    /// The project does not let people link identities.
    #[error("the project does not let identities be linked")]
    LinkingDisabled,
    /// The account has a second factor, which has to be shown first (`insufficient_aal`).
    #[error("the second factor has to be shown first")]
    SecondFactorRequired,
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Begins to give the signed-in user one more identity through a provider, as
    /// [`begin_oauth`](Self::begin_oauth) does ([`Completed::IdentityLinked`](crate::Completed::IdentityLinked)).
    ///
    /// # Errors
    /// See [`OAuthError`].
    #[doc(alias = "linkIdentity")]
    pub async fn begin_link(
        &self,
        provider: &str,
        scopes: &[&str],
    ) -> Result<(PendingFlow, Url), OAuthError> {
        let (client, wish) = (self.clone(), oauth::wish(provider, scopes));
        spawn_to_completion(async move { begin_link(&client, &wish).await }).await
    }

    /// Removes one of the user's [`identities`](User::identities). Gives the user as they are then.
    ///
    /// # Errors
    /// See [`UnlinkError`].
    #[doc(alias = "unlinkIdentity")]
    pub async fn unlink_identity(&self, identity_id: Uuid) -> Result<User, UnlinkError> {
        let client = self.clone();
        spawn_to_completion(async move { unlink(&client, identity_id).await }).await
    }
}

/// Begins to link one more identity. The server is asked for the address to open.
async fn begin_link(client: &Client, wish: &Wish) -> Result<(PendingFlow, Url), OAuthError> {
    let Inner { flows, session, .. } = &*client.inner;
    oauth::check(&client.options, wish)?;
    let owner = session
        .state()
        .signed_in()
        .map(|now| now.user.id)
        .ok_or(OAuthError::Request(RequestError::SignedOut))?;
    let flow = flows.begin_of(Some(owner), &client.options, FlowKind::LinkIdentity, None).await?;
    match page(client, &flow, wish).await {
        Ok(url) => Ok((flows.confirm_begun(&flow).await, url)),
        Err(error) => {
            // The browser was not opened for this flow, so no link can come.
            flows.consume(&flow.id).await;
            Err(error)
        }
    }
}

async fn page(client: &Client, flow: &Flow, wish: &Wish) -> Result<Url, OAuthError> {
    #[derive(Deserialize)]
    struct Page {
        url: String,
    }
    let request = client.inner.gateway.auth(Method::Get, "user/identities/authorize");
    let request = oauth::authorize_request(request, flow, wish)?.query("skip_http_redirect", "true");
    match as_user::send(client, request).await? {
        Ok(answer) => {
            let page: Page = answer.parse()?;
            let url = Url::parse(&page.url).map_err(|_| RequestError::NOT_SUPABASE)?;
            // The URL is opened in the browser. A server must not make this machine open anything but a web page.
            let web = matches!(url.scheme(), "https" | "http");
            if web { Ok(url) } else { Err(RequestError::NOT_SUPABASE.into()) }
        }
        Err(fault) => Err(refusal(fault)),
    }
}

/// Removes an identity, then asks who the user is now.
async fn unlink(client: &Client, identity: Uuid) -> Result<User, UnlinkError> {
    let request = client.inner.gateway.auth(Method::Delete, &format!("user/identities/{identity}"));
    if let Err(fault) = as_user::send(client, request).await? {
        return Err(match fault.code.as_str() {
            "single_identity_not_deletable" => UnlinkError::LastIdentity,
            "identity_not_found" => UnlinkError::Unknown,
            "manual_linking_disabled" => UnlinkError::LinkingDisabled,
            "insufficient_aal" => UnlinkError::SecondFactorRequired,
            _ => UnlinkError::Request(fault.into()),
        });
    }
    let user = as_user::describe(client).await?;
    user.map_err(|fault| UnlinkError::Request(fault.into()))
}

fn refusal(fault: ServerError) -> OAuthError {
    match fault.code.as_str() {
        "manual_linking_disabled" => OAuthError::LinkingDisabled,
        "insufficient_aal" => OAuthError::SecondFactorRequired,
        "provider_disabled" => OAuthError::ProviderDisabled,
        // The server has no code of its own for it.
        "validation_failed" if fault.message.starts_with("Unsupported provider") => {
            OAuthError::ProviderDisabled
        }
        _ => OAuthError::Request(fault.into()),
    }
}
