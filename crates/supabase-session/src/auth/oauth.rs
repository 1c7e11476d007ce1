//! Sign-in through a provider, in the browser, and the identities that a user has. The links come back with a code
//! (PKCE).

use std::sync::Arc;

use serde::Deserialize;
use url::Url;
use uuid::Uuid;

use crate::auth::as_user;
use crate::error::{HttpError, OAuthError, UnlinkError};
use crate::flows::Flows;
use crate::flows::flow::{Flow, FlowKind, PendingFlow};
use crate::flows::pkce;
use crate::flows::request_options::Terms;
use crate::http::fault::Fault;
use crate::http::gateway::Gateway;
use crate::http::transport::{Method, Request};
use crate::session::Session;
use crate::session::authorized::Authorized;
use crate::user::User;

/// Whose sign-in page is wanted, and for what.
pub(crate) struct Wish {
    pub(crate) provider: String,
    pub(crate) scopes: Vec<String>,
}

/// Begins a sign-in. Nothing is sent: the address is opened in the browser.
pub(crate) async fn begin(
    gateway: &Gateway,
    flows: &Flows,
    terms: &Terms,
    wish: &Wish,
) -> Result<(PendingFlow, Url), OAuthError> {
    check(terms, wish)?;
    let flow = flows.begin(terms, FlowKind::OAuth, None).await?;
    let url = asking(Request::new(Method::Get, gateway.project.endpoint("auth/v1/authorize")), &flow, wish)?;
    Ok((shown(flows, &flow).await, url.url))
}

/// Begins to link one more identity. The server is asked for the address to open.
pub(crate) async fn begin_link(
    session: &Arc<Session>,
    authorized: &Authorized,
    flows: &Flows,
    terms: &Terms,
    wish: &Wish,
) -> Result<(PendingFlow, Url), OAuthError> {
    check(terms, wish)?;
    let owner = session.state().signed_in().map(|now| now.user.id).ok_or(OAuthError::SignedOut)?;
    let flow = flows.begin_of(Some(owner), terms, FlowKind::LinkIdentity, None).await?;
    match page(session, authorized, &flow, wish).await {
        Ok(url) => Ok((shown(flows, &flow).await, url)),
        Err(error) => {
            // Its browser was never opened, so no link can come.
            flows.consume(&flow.id).await;
            Err(error)
        }
    }
}

async fn page(
    session: &Arc<Session>,
    authorized: &Authorized,
    flow: &Flow,
    wish: &Wish,
) -> Result<Url, OAuthError> {
    #[derive(Deserialize)]
    struct Page {
        url: String,
    }
    let request = session.gateway.auth(Method::Get, "user/identities/authorize");
    let request = asking(request, flow, wish)?.query("skip_http_redirect", "true");
    match as_user::send(session, authorized, request).await? {
        Ok(answer) => {
            let page: Page =
                serde_json::from_slice(&answer.response.body).map_err(|_| HttpError::NotSupabase)?;
            let url = Url::parse(&page.url).map_err(|_| HttpError::NotSupabase)?;
            // It goes to the browser: nothing else may be opened by a server's word.
            let web = matches!(url.scheme(), "https" | "http");
            if web { Ok(url) } else { Err(HttpError::NotSupabase.into()) }
        }
        Err(fault) => Err(refusal(fault)),
    }
}

/// Removes an identity, then asks who the user is now.
pub(crate) async fn unlink(
    session: &Arc<Session>,
    authorized: &Authorized,
    identity: Uuid,
) -> Result<User, UnlinkError> {
    let request = session.gateway.auth(Method::Delete, &format!("user/identities/{identity}"));
    if let Err(fault) = as_user::send(session, authorized, request).await? {
        return Err(match fault.code.as_str() {
            "single_identity_not_deletable" => UnlinkError::LastIdentity,
            "identity_not_found" => UnlinkError::Unknown,
            "manual_linking_disabled" => UnlinkError::LinkingDisabled,
            "insufficient_aal" => UnlinkError::SecondFactorRequired,
            _ => UnlinkError::Unexpected { code: fault.code },
        });
    }
    let user = as_user::describe(session, authorized).await?;
    user.map_err(|fault| UnlinkError::Unexpected { code: fault.code })
}

async fn shown(flows: &Flows, flow: &Flow) -> PendingFlow {
    flows.confirm(&flow.id).await.unwrap_or_else(|| flow.visible(false))
}

fn asking(request: Request, flow: &Flow, wish: &Wish) -> Result<Request, OAuthError> {
    let back_to = flow.back_to().ok_or(OAuthError::NoRedirect)?;
    let request = request
        .query("provider", &wish.provider)
        .query("redirect_to", back_to.as_str())
        .query("code_challenge", &pkce::challenge(&flow.verifier))
        .query("code_challenge_method", pkce::CHALLENGE_METHOD);
    Ok(if wish.scopes.is_empty() { request } else { request.query("scopes", &wish.scopes.join(" ")) })
}

fn check(terms: &Terms, wish: &Wish) -> Result<(), OAuthError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':');
    if !(1..=64).contains(&wish.provider.len()) || !wish.provider.bytes().all(plain) {
        return Err(OAuthError::ProviderInvalid);
    }
    if terms.redirect.is_some() { Ok(()) } else { Err(OAuthError::NoRedirect) }
}

fn refusal(fault: Fault) -> OAuthError {
    match fault.code.as_str() {
        "manual_linking_disabled" => OAuthError::LinkingDisabled,
        "insufficient_aal" => OAuthError::SecondFactorRequired,
        "provider_disabled" => OAuthError::ProviderDisabled,
        // The server has no code of its own for it.
        "validation_failed" if fault.message.starts_with("Unsupported provider") => {
            OAuthError::ProviderDisabled
        }
        _ => OAuthError::Unexpected { code: fault.code },
    }
}
