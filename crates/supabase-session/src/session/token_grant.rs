//! `POST /token`: a password, a code or a refresh token for a session.

use serde_json::{Value, json};

use crate::error::HttpError;
use crate::flows::request_options::RequestOptions;
use crate::http::fault::ServerError;
use crate::http::gateway::Gateway;
use crate::http::transport::Method;
use crate::secret::Secret;
use crate::session::tokens::Issued;

pub(crate) async fn password(
    gateway: &Gateway,
    options: &RequestOptions,
    email: &str,
    password: &Secret<String>,
) -> Result<Result<Issued, ServerError>, HttpError> {
    let body = options.with_captcha(json!({ "email": email, "password": password.expose() }));
    grant(gateway, "password", &body).await
}

pub(crate) async fn pkce(
    gateway: &Gateway,
    code: &Secret<String>,
    verifier: &Secret<String>,
) -> Result<Result<Issued, ServerError>, HttpError> {
    grant(gateway, "pkce", &json!({ "auth_code": code.expose(), "code_verifier": verifier.expose() })).await
}

pub(crate) async fn refresh(
    gateway: &Gateway,
    refresh_token: &Secret<String>,
) -> Result<Result<Issued, ServerError>, HttpError> {
    grant(gateway, "refresh_token", &json!({ "refresh_token": refresh_token.expose() })).await
}

async fn grant(
    gateway: &Gateway,
    grant_type: &str,
    body: &Value,
) -> Result<Result<Issued, ServerError>, HttpError> {
    let request = gateway.auth(Method::Post, "token").query("grant_type", grant_type).json(body);
    match gateway.send(request).await? {
        Ok(response) => Issued::receive(&response, &*gateway.clock).map(Ok).ok_or(HttpError::NotSupabase),
        Err(fault) => Ok(Err(fault)),
    }
}
