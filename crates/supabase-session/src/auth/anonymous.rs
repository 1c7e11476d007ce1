//! Sign-in without an address.

use serde_json::json;

use crate::auth::attempt::Attempt;
use crate::error::{AnonymousError, HttpError};
use crate::flows::request_options::Terms;
use crate::http::transport::Method;
use crate::session::tokens::Issued;
use crate::session::{Replaces, Session};
use crate::user::User;

pub(crate) async fn sign_in(session: &Session, terms: &Terms) -> Result<User, AnonymousError> {
    let gateway = &session.gateway;
    let attempt = Attempt::begin(session, Replaces::Anybody).await;
    // A sign-up without an address is what the server takes for it.
    let request = gateway.auth(Method::Post, "signup").json(&terms.vouch(json!({ "data": {} })));
    match gateway.send(request).await? {
        Ok(response) => {
            let issued = Issued::receive(&response, &*gateway.clock).ok_or(HttpError::NotSupabase)?;
            attempt.install(session, issued).await.map_err(|_| AnonymousError::Superseded)
        }
        Err(fault) => Err(match fault.code.as_str() {
            "anonymous_provider_disabled" => AnonymousError::Disabled,
            "signup_disabled" => AnonymousError::SignUpDisabled,
            "captcha_failed" => AnonymousError::CaptchaRequired,
            _ => AnonymousError::Unexpected { code: fault.code },
        }),
    }
}
