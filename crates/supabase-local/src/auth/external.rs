//! `/authorize` and `/callback`: sending the browser to an OAuth provider, and taking the browser back. Which person the
//! provider's account belongs to is decided in `provider_sign_in.rs`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::error::AuthError;
use super::flow::OAUTH;
use super::oauth_state::OAuthState;
use super::params::{Challenge, Pkce, RedirectTo};
use super::provider_sign_in::ProviderProfile;
use super::session::{self, Agent};
use super::{redirect, settings, verify};
use crate::db::{DbError, Tx};
use crate::provider;
use crate::state::App;

/// Query parameters that this server reads itself. All others are passed on to the provider.
const OWN: [&str; 9] = [
    "provider",
    "scopes",
    "scope",
    "code_challenge",
    "code_challenge_method",
    "client_id",
    "redirect_uri",
    "response_type",
    "state",
];

/// A checked request to sign in with a provider.
pub(super) struct AuthorizeRequest {
    provider: String,
    scopes: String,
    pkce: Option<Pkce>,
    destination: String,
    passed_on: Vec<(String, String)>,
}

impl AuthorizeRequest {
    pub(super) fn read(
        app: &App,
        query: BTreeMap<String, String>,
        headers: &HeaderMap,
    ) -> Result<Self, AuthError> {
        let text = |name: &str| query.get(name).cloned();
        let provider = text("provider").unwrap_or_default();
        if !settings::PROVIDERS.contains(&provider.as_str()) {
            let message = format!("Unsupported provider: Provider {provider} could not be found");
            return Err(AuthError::invalid(message));
        }
        if !app.config.providers.get(&provider).is_some_and(|provider| provider.enabled) {
            return Err(AuthError::invalid("Unsupported provider: provider is not enabled"));
        }
        Ok(Self {
            provider,
            scopes: text("scopes").unwrap_or_default(),
            pkce: Challenge::new(text("code_challenge"), text("code_challenge_method")).check()?,
            destination: RedirectTo::new(text("redirect_to")).destination(&app.config, headers),
            passed_on: query.into_iter().filter(|(name, _)| !OWN.contains(&name.as_str())).collect(),
        })
    }

    /// Begins the sign-in and answers the address of the provider's page, which the browser opens next. `link_to` is
    /// the person who gets a further identity, where the request is to link one.
    pub(super) fn begin(self, tx: &mut Tx<'_>, app: &App, link_to: Option<Uuid>) -> Result<String, DbError> {
        let state =
            OAuthState::begin(tx, app, &self.provider, self.pkce.as_ref(), &self.destination, link_to)?;
        let client_id = app.config.providers.get(&self.provider).map(|provider| provider.client_id.clone());
        let mut scope = "user:email".to_owned();
        if !self.scopes.is_empty() {
            scope = format!("{scope} {}", self.scopes.replace(',', " "));
        }
        let mut fields = self.passed_on;
        fields.extend([
            ("client_id".to_owned(), client_id.unwrap_or_default()),
            ("redirect_uri".to_owned(), provider::callback(app)),
            ("response_type".to_owned(), "code".to_owned()),
            ("scope".to_owned(), scope),
            ("state".to_owned(), state.to_string()),
        ]);
        let page = format!("{}/login/oauth/authorize", provider::address(app));
        Ok(redirect::with_query(&page, fields))
    }
}

/// `GET /authorize`: sends the browser to the provider.
pub(super) async fn authorize(
    State(app): State<Arc<App>>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    let request = AuthorizeRequest::read(&app, query, &headers)?;
    let page = app.transact(move |tx, app| request.begin(tx, app, None)).await?;
    Ok(redirect::respond(StatusCode::FOUND, &page, ""))
}

/// What the provider adds to the address of `/callback`.
#[derive(Debug, Deserialize)]
pub(super) struct CallbackQuery {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
}

/// `GET /callback`: the browser comes from the provider and is redirected to the app.
pub(super) async fn callback(
    State(app): State<Arc<App>>,
    Query(query): Query<CallbackQuery>,
    headers: HeaderMap,
) -> Response {
    let state = query.state.clone();
    // A transaction of its own, so that the state is used up even when the sign-in is refused.
    let oauth_state = match app.transact(move |tx, app| OAuthState::consume(tx, app, &state)).await {
        Ok(oauth_state) => oauth_state,
        Err(error) => return invalid_state(&app, &error),
    };
    let destination = oauth_state.destination.clone();
    if !query.error.is_empty() {
        let fields = [("error", query.error), ("error_description", query.error_description)];
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        return redirect::respond(StatusCode::FOUND, &redirect::with_failure(&destination, fields, true), "");
    }
    let agent = Agent::of(&headers);
    let signed_in = app.transact(move |tx, app| sign_in(tx, app, &oauth_state, &query.code, &agent)).await;
    let location = match signed_in.and_then(|kept| kept) {
        Ok(location) => location,
        Err(error) => redirect::with_error(&destination, &error, true),
    };
    redirect::respond(StatusCode::FOUND, &location, "")
}

/// The redirect for a state that is unknown or too old. It leads to the Site URL, as the app's own address is unknown.
fn invalid_state(app: &App, error: &AuthError) -> Response {
    let location = redirect::with_query(&app.config.site_url, redirect::error_fields(error));
    redirect::respond(StatusCode::SEE_OTHER, &location, &error.body(false).to_string())
}

/// Signs the person in whom the provider's `code` stands for, and answers where the browser goes next.
///
/// The outer refusal rolls the transaction back; the inner one keeps what was written, such as a mail.
fn sign_in(
    tx: &mut Tx<'_>,
    app: &App,
    oauth_state: &OAuthState,
    code: &str,
    agent: &Agent,
) -> Result<Result<String, AuthError>, AuthError> {
    let wrong = || AuthError::new(500, "unexpected_failure", "Unable to exchange external code");
    let token = provider::redeem(tx, app.clock.now(), code)?.ok_or_else(wrong)?;
    let account = provider::Account::by_access_token(tx, &token)?.ok_or_else(wrong)?;
    let profile = ProviderProfile::new(app, &oauth_state.provider_type, &account);
    let found = match oauth_state.linking_target {
        Some(target) => Ok(profile.link_identity(tx, app, target)?),
        None => profile.sign_in(tx, app)?,
    };
    let mut user = match found {
        Ok(user) => user,
        Err(error) => return Ok(Err(error)),
    };
    if let Some(auth_code) = &oauth_state.auth_code {
        oauth_state.complete(tx, user.id, &token)?;
        return Ok(Ok(redirect::with_code(&oauth_state.destination, auth_code)));
    }
    let answer = session::begin(tx, app, &mut user, OAUTH, agent)?;
    let mut fields = verify::implicit_fields(&answer);
    fields.push(("provider_token".into(), token));
    Ok(Ok(redirect::with_fragment(&oauth_state.destination, fields)))
}
