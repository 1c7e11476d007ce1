//! Sign-up with a password. Where the address has to be confirmed, a link comes by e-mail and back with a code (PKCE).

use serde_json::{Value, json};

use crate::auth::address::{self, PasswordFlaw};
use crate::auth::attempt::Attempt;
use crate::error::{HttpError, SignUpError};
use crate::flows::Flows;
use crate::flows::flow::{Flow, FlowKind, PendingFlow};
use crate::flows::pkce;
use crate::flows::request_options::Terms;
use crate::http::fault::Fault;
use crate::http::transport::{Method, Request};
use crate::secret::Secret;
use crate::session::tokens::Issued;
use crate::session::{Replaces, Session};
use crate::user::User;

/// Who wants an account.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// The address.
    pub email: String,
    /// At least as long as the project asks (6 by default) and at most 72 bytes.
    pub password: Secret<String>,
    /// Kept as `user_metadata.full_name`.
    pub full_name: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum SignUpOutcome {
    /// The project confirms by itself: the new user is signed in.
    SignedIn(User),
    /// A mail is on its way, if the address had no confirmed account. If it had, the answer looks the same: who has an
    /// account is nobody's business.
    ConfirmationSent(PendingFlow),
}

pub(crate) async fn sign_up(
    session: &Session,
    flows: &Flows,
    terms: &Terms,
    wish: &SignUp,
) -> Result<SignUpOutcome, SignUpError> {
    let email = address::email(&wish.email).ok_or(SignUpError::EmailInvalid)?;
    address::password(wish.password.expose())?;
    let attempt = Attempt::begin(session, Replaces::Anybody).await;
    let flow = flows.begin(terms, FlowKind::SignUp, Some(email.to_owned())).await?;
    let mut body = json!({ "email": email, "password": wish.password.expose() });
    if let Some(full_name) = &wish.full_name {
        body["data"] = json!({ "full_name": full_name });
    }
    let request = with_flow(session.gateway.auth(Method::Post, "signup"), terms.vouch(body), &flow);
    let outcome = match session.gateway.send(request).await {
        Ok(Ok(response)) => accepted(&response.body, || Issued::receive(&response, &*session.gateway.clock)),
        Ok(Err(fault)) => Err(refusal(fault)),
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(Some(issued)) => {
            let installed = attempt.install(session, issued).await;
            flows.consume(&flow.id).await;
            Ok(SignUpOutcome::SignedIn(installed.map_err(|_| SignUpError::Superseded)?))
        }
        Ok(None) => {
            let shown = flows.confirm(&flow.id).await;
            Ok(SignUpOutcome::ConfirmationSent(shown.unwrap_or_else(|| flow.visible(false))))
        }
        Err(error) => {
            // Without a clear no, the mail may be on its way: the flow is kept for its link, unseen.
            if !matches!(&error, SignUpError::Http(error) if !error.needs_somebody()) {
                flows.consume(&flow.id).await;
            }
            Err(error)
        }
    }
}

/// The same request with the flow's challenge in its body and its nonce in the link that will come back.
pub(crate) fn with_flow(request: Request, mut body: Value, flow: &Flow) -> Request {
    body["code_challenge"] = pkce::challenge(&flow.verifier).into();
    body["code_challenge_method"] = pkce::CHALLENGE_METHOD.into();
    let request = request.json(&body);
    match flow.back_to() {
        Some(url) => request.query("redirect_to", url.as_str()),
        None => request,
    }
}

/// The session of a project that confirms by itself; `None` when a mail has to be waited for.
fn accepted(body: &[u8], issued: impl FnOnce() -> Option<Issued>) -> Result<Option<Issued>, SignUpError> {
    if let Some(issued) = issued() {
        return Ok(Some(issued));
    }
    // The user is not looked at: for an address with an account it is an invented one.
    serde_json::from_slice::<User>(body).map(|_| None).map_err(|_| HttpError::NotSupabase.into())
}

fn refusal(fault: Fault) -> SignUpError {
    match fault.code.as_str() {
        "weak_password" => SignUpError::WeakPassword(fault.weak_password),
        "user_already_exists" | "email_exists" => SignUpError::AlreadyRegistered,
        "signup_disabled" => SignUpError::SignUpDisabled,
        "email_provider_disabled" => SignUpError::EmailDisabled,
        "captcha_failed" => SignUpError::CaptchaRequired,
        _ if fault.refuses_email() => SignUpError::EmailInvalid,
        _ => SignUpError::Unexpected { code: fault.code },
    }
}

impl From<PasswordFlaw> for SignUpError {
    fn from(flaw: PasswordFlaw) -> Self {
        match flaw {
            PasswordFlaw::Missing => Self::PasswordMissing,
            PasswordFlaw::TooLong => Self::PasswordTooLong,
        }
    }
}
