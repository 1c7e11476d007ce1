//! A second factor: one-time codes from an authenticator (TOTP, RFC 6238).

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::auth::as_user;
use crate::auth::as_user::Answer;
use crate::auth::otp::digits;
use crate::client::{Client, Inner};
use crate::error::RequestError;
use crate::http::fault::ServerError;
use crate::http::transport::{Method, Request};
use crate::jwt;
use crate::secret::Secret;
use crate::session::Session;
use crate::session::claims::{Assurance, AssuranceLevel};
use crate::session::tokens::Issued;
use crate::shared::spawn_to_completion;
use crate::user::{Factor, FactorStatus, User};

/// A second factor that was begun. It protects the account once one of its codes was verified
/// ([`Client::verify_totp`](crate::Client::verify_totp)).
#[derive(Debug, Clone)]
pub struct TotpEnrollment {
    /// The factor's id.
    pub factor_id: Uuid,
    /// For typing into an authenticator, in base32.
    pub secret: Secret<String>,
    /// `otpauth://totp/...`, for a QR code. It holds the secret.
    pub uri: Secret<String>,
}

/// Why a second factor was not added, shown or removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MfaError {
    /// Not six digits; nothing was sent.
    #[error("a code has 6 digits")]
    CodeInvalid,
    /// The code is wrong. Authenticators make one every 30 seconds, by the clock of their device.
    #[error("this code is wrong")]
    Wrong,
    /// The server waited too long for the code: try again.
    #[error("this took too long")]
    TooLate,
    /// The user has a factor of this name.
    #[error("there is a factor of this name already")]
    NameTaken,
    /// The user has as many factors as the project allows.
    #[error("there are too many factors already")]
    TooMany,
    /// The user has no such factor (any more), or it is none whose codes an authenticator makes.
    #[error("there is no such factor")]
    Unknown,
    /// The project has such factors switched off.
    #[error("the project has no such second factor")]
    Disabled,
    /// A verified factor has to be shown first (`insufficient_aal`).
    #[error("the second factor has to be shown first")]
    SecondFactorRequired,
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Begins a second factor for an authenticator. `name` tells it from others of the same user; `issuer` is what
    /// the authenticator shows (the project's address, if it is not given).
    ///
    /// # Errors
    /// See [`MfaError`].
    #[doc(alias = "mfa.enroll")]
    pub async fn enroll_totp(&self, name: &str, issuer: Option<&str>) -> Result<TotpEnrollment, MfaError> {
        let (client, name, issuer) = (self.clone(), name.to_owned(), issuer.map(str::to_owned));
        spawn_to_completion(async move { enroll(&client, &name, issuer.as_deref()).await }).await
    }

    /// Shows a code of a factor. The session is issued anew with [`AssuranceLevel::Aal2`](crate::AssuranceLevel) and
    /// keeps its generation; with its first code the factor is verified. Goes on to its end when the future is dropped.
    ///
    /// # Errors
    /// See [`MfaError`].
    #[doc(alias = "mfa.challengeAndVerify")]
    pub async fn verify_totp(&self, factor_id: Uuid, code: Secret<String>) -> Result<User, MfaError> {
        let client = self.clone();
        spawn_to_completion(async move { verify(&client, factor_id, &code).await }).await
    }

    /// Removes a factor; a verified one only from a session that has shown it. Gives the user as they are then.
    ///
    /// # Errors
    /// See [`MfaError`].
    #[doc(alias = "mfa.unenroll")]
    pub async fn unenroll(&self, factor_id: Uuid) -> Result<User, MfaError> {
        let client = self.clone();
        spawn_to_completion(async move { unenroll(&client, factor_id).await }).await
    }

    /// How much the session has shown of its user, and how much it can; `None` when nobody is signed in. Nothing is
    /// sent: it is told from the token and from the user as last described.
    #[must_use]
    #[doc(alias = "getAuthenticatorAssuranceLevel")]
    pub fn assurance(&self) -> Option<Assurance> {
        assurance(&self.inner.session)
    }
}

async fn enroll(client: &Client, name: &str, issuer: Option<&str>) -> Result<TotpEnrollment, MfaError> {
    #[derive(Deserialize)]
    struct Enrolled {
        id: Uuid,
        totp: Totp,
    }
    #[derive(Deserialize)]
    struct Totp {
        secret: String,
        uri: String,
    }
    let mut body = json!({ "factor_type": "totp", "friendly_name": name });
    if let Some(issuer) = issuer {
        body["issuer"] = issuer.into();
    }
    let request = client.inner.gateway.auth(Method::Post, "factors").json(&body);
    let answer = call(client, request).await?;
    let Enrolled { id, totp } = answer.parse()?;
    Ok(TotpEnrollment { factor_id: id, secret: Secret::from(totp.secret), uri: Secret::from(totp.uri) })
}

/// A challenge and its answer, in one go: nothing happens between the two that a person could see.
pub(super) async fn verify(client: &Client, factor: Uuid, typed: &Secret<String>) -> Result<User, MfaError> {
    let Inner { session, .. } = &*client.inner;
    #[derive(Deserialize)]
    struct Challenge {
        id: Uuid,
    }
    // RFC 6238 with the server's setting: six digits.
    let code = digits(typed).filter(|code| code.expose().len() == 6).ok_or(MfaError::CodeInvalid)?;
    // A challenge of another kind would send a message, and no code of an authenticator answers it.
    let state = session.state();
    let known = state.signed_in().map(|now| now.user.factors()).unwrap_or_default();
    if known.iter().any(|known| known.id == factor && known.factor_type != Factor::TOTP) {
        return Err(MfaError::Unknown);
    }
    let gateway = &session.gateway;
    let request = gateway.auth(Method::Post, &format!("factors/{factor}/challenge")).json(&json!({}));
    let answer = call(client, request).await?;
    let challenge: Challenge = answer.parse()?;
    let body = json!({ "challenge_id": challenge.id, "code": code.expose() });
    let request = gateway.auth(Method::Post, &format!("factors/{factor}/verify")).json(&body);
    let Answer { response, generation, .. } = call(client, request).await?;
    let issued = Issued::receive(&response, &*gateway.clock).ok_or(RequestError::NOT_SUPABASE)?;
    // A sign-out in the meantime wins.
    session.step_up(generation, issued).await.ok_or(MfaError::Request(RequestError::SignedOut))
}

async fn unenroll(client: &Client, factor: Uuid) -> Result<User, MfaError> {
    let request = client.inner.gateway.auth(Method::Delete, &format!("factors/{factor}"));
    call(client, request).await?;
    as_user::describe(client).await?.map_err(refusal)
}

/// Told from the access token that is held and from the user as last described. Nothing is sent.
fn assurance(session: &Session) -> Option<Assurance> {
    let held = session.held()?;
    let claims = jwt::claims(held.tokens.access.expose());
    let level = claims.as_ref().and_then(|claims| claims.get("aal")?.as_str());
    // A level that this version does not know is never taken for more.
    let current = if level == Some("aal2") { AssuranceLevel::Aal2 } else { AssuranceLevel::Aal1 };
    let factors = session.state().signed_in()?.user.factors();
    let counts = factors.iter().any(|factor| factor.status == FactorStatus::Verified);
    let next = if counts { AssuranceLevel::Aal2 } else { current };
    Some(Assurance { current, next })
}

async fn call(client: &Client, request: Request) -> Result<Answer, MfaError> {
    as_user::send(client, request).await?.map_err(refusal)
}

fn refusal(fault: ServerError) -> MfaError {
    match fault.code.as_str() {
        "mfa_verification_failed" => MfaError::Wrong,
        "mfa_challenge_expired" => MfaError::TooLate,
        "mfa_factor_name_conflict" => MfaError::NameTaken,
        "too_many_enrolled_mfa_factors" => MfaError::TooMany,
        "mfa_factor_not_found" => MfaError::Unknown,
        "mfa_totp_enroll_not_enabled" | "mfa_totp_verify_not_enabled" => MfaError::Disabled,
        "insufficient_aal" => MfaError::SecondFactorRequired,
        _ => MfaError::Request(fault.into()),
    }
}
