//! `POST /verify`: a typed code, or the hash out of a link, for a session. Neither needs a verifier.

use serde_json::{Value, json};

use crate::auth::address;
use crate::auth::attempt::Attempt;
use crate::auth::exchange::{completed, finish};
use crate::callback::outcome::Completed;
use crate::client::{Client, Inner};
use crate::error::{HttpError, RequestError};
use crate::flows::flow::{Flow, FlowId};
use crate::flows::request_options::RequestOptions;
use crate::flows::verify_kind::VerifyKind;
use crate::http::fault::ServerError;
use crate::http::gateway::Gateway;
use crate::http::transport::Method;
use crate::secret::Secret;
use crate::session::install::NotInstalled;
use crate::session::tokens::Issued;
use crate::shared::spawn_to_completion;
use crate::state::State;

/// What shows the server that somebody has received the mail.
pub(crate) enum Proof<'a> {
    Code { email: &'a str, code: &'a Secret<String> },
    Hash(&'a Secret<String>),
}

/// Why a typed code did not sign in. A pending flow lives on after each of these, but
/// [`Unknown`](Self::Unknown) and [`Superseded`](Self::Superseded).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OtpError {
    /// There is no such pending flow (any more), or none that sends codes.
    #[error("this sign-in is not pending any more")]
    Unknown,
    /// Not an e-mail address; nothing was sent.
    #[error("this is not an e-mail address")]
    EmailInvalid,
    /// Not 6 to 10 digits; nothing was sent.
    #[error("a code has 6 to 10 digits")]
    CodeInvalid,
    /// Wrong, used, replaced by a newer mail, or too old (`otp_expired`); the server does not say which.
    #[error("this code is wrong or too old")]
    Wrong,
    /// The account is banned.
    #[error("the account is banned")]
    Banned,
    /// The project asks for a captcha: see [`Client::with_captcha`](crate::Client::with_captcha). (`captcha_failed`)
    #[error("the project asks for a captcha")]
    CaptchaRequired,
    /// The code signs somebody in, and somebody is signed in: the code of a flow never replaces them, nor does a code
    /// whose handle [replaces nobody](Client::replacing_nobody). A flow lives on.
    #[error("this code signs somebody in, and somebody is signed in")]
    SignedIn,
    /// The flow was begun by somebody who is not signed in now, or what came back is another account's than theirs.
    #[error("this code belongs to an account that is not signed in here")]
    OtherAccount,
    /// Somebody has signed in or out while the server was asked. That wins: the session that the server issued was
    /// ended there.
    #[error("somebody has signed in or out meanwhile")]
    Superseded,
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Completes a pending flow with the code that came in its mail. Spaces and dashes in it do not matter. For an
    /// e-mail change the code of either mail will do. Goes on to its end when the future is dropped.
    ///
    /// # Errors
    /// See [`OtpError`]; the flow lives on.
    #[doc(alias = "verifyOtp")]
    pub async fn verify_code(&self, id: &FlowId, code: Secret<String>) -> Result<Completed, OtpError> {
        if self.state() == State::Restoring {
            self.restore().await;
        }
        let (client, id) = (self.clone(), id.clone());
        spawn_to_completion(async move {
            let flow = client.inner.flows.find(&id).ok_or(OtpError::Unknown)?;
            let attempt = Attempt::of_flow(&client.inner.session, &flow).await?;
            attempt.check(&client.inner.session)?;
            // Not beside an exchange of the same flow's link.
            let _one = client.inner.exchanging.lock().await;
            let outcome = flow_code(&client, attempt, &id, &code).await;
            if outcome == Err(OtpError::Wrong) {
                // Mistyped, or spent together with the link that something else has opened; the server does not say.
                client.inner.flows.note_spent(&id).await;
            }
            outcome
        })
        .await
    }

    /// Signs in with a code that nobody here asked for, for example an invitation's. A session that was there when this
    /// began is replaced, unless the handle [replaces nobody](Self::replacing_nobody): whoever types the address and the
    /// code wants this account. Goes on to its end when the future is dropped.
    ///
    /// # Errors
    /// See [`OtpError`].
    #[doc(alias = "verifyOtp")]
    pub async fn verify_code_for(
        &self,
        email: &str,
        kind: VerifyKind,
        code: Secret<String>,
    ) -> Result<Completed, OtpError> {
        let (client, email) = (self.clone(), email.to_owned());
        spawn_to_completion(async move { typed_code(&client, &email, kind, &code).await }).await
    }
}

/// Shows a proof to the server. Nothing is stored. `None` is the first of two confirmations of a new address.
pub(super) async fn verify(
    gateway: &Gateway,
    options: &RequestOptions,
    kind: VerifyKind,
    proof: Proof<'_>,
) -> Result<Result<Option<Issued>, ServerError>, HttpError> {
    let body = match proof {
        Proof::Code { email, code } => {
            json!({ "type": kind.as_str(), "email": email, "token": code.expose() })
        }
        // The server refuses a hash that comes with anything else.
        Proof::Hash(hash) => json!({ "type": kind.as_str(), "token_hash": hash.expose() }),
    };
    let request = gateway.auth(Method::Post, "verify").json(&options.with_captcha(body));
    let response = match gateway.send(request).await? {
        Ok(response) => response,
        Err(fault) => return Ok(Err(fault)),
    };
    if let Some(issued) = Issued::receive(&response, &*gateway.clock) {
        return Ok(Ok(Some(issued)));
    }
    let said: Value = serde_json::from_slice(&response.body).map_err(|_| HttpError::NotSupabase)?;
    let half = kind == VerifyKind::EmailChange && said.get("msg").is_some_and(Value::is_string);
    if half { Ok(Ok(None)) } else { Err(HttpError::NotSupabase) }
}

/// Completes a pending flow with a typed code. Consumes the flow only when the server took the code.
async fn flow_code(
    client: &Client,
    attempt: Attempt,
    id: &FlowId,
    typed: &Secret<String>,
) -> Result<Completed, OtpError> {
    let Inner { flows, session, .. } = &*client.inner;
    let code = digits(typed).ok_or(OtpError::CodeInvalid)?;
    let flow = flows.find(id).ok_or(OtpError::Unknown)?;
    // Its link may have signed in while the code waited for its turn.
    attempt.check(session)?;
    flows.set_exchanging(id, true);
    match show_code(client, &flow, &code).await {
        Ok(Some(issued)) => finish(client, attempt, &flow, issued).await,
        outcome => {
            flows.set_exchanging(id, false);
            outcome.map(|_| Completed::EmailChangeHalf)
        }
    }
}

async fn show_code(client: &Client, flow: &Flow, code: &Secret<String>) -> Result<Option<Issued>, OtpError> {
    let kind = VerifyKind::of(flow.kind).ok_or(OtpError::Unknown)?;
    let email = flow.email.as_deref().ok_or(OtpError::Unknown)?;
    let outcome = email_code(client, kind, email, code).await;
    // An e-mail change sends a code to the old address as well, and nobody is asked which of the two they typed. A
    // wrong one burns nothing.
    if kind == VerifyKind::EmailChange && matches!(outcome, Err(OtpError::Wrong)) {
        let state = client.inner.session.state();
        let owner = state.signed_in().filter(|now| Some(now.user.id) == flow.owner);
        let old = owner.and_then(|now| now.user.email.clone());
        if let Some(old) = old.filter(|old| old != email) {
            return email_code(client, kind, &old, code).await;
        }
    }
    outcome
}

/// Signs in with a code that was typed for an address.
async fn typed_code(
    client: &Client,
    email: &str,
    kind: VerifyKind,
    typed: &Secret<String>,
) -> Result<Completed, OtpError> {
    let email = address::email(email).ok_or(OtpError::EmailInvalid)?;
    let code = digits(typed).ok_or(OtpError::CodeInvalid)?;
    let attempt = Attempt::of_handle(client).await?;
    match email_code(client, kind, email, &code).await? {
        Some(issued) => {
            Ok(completed(kind.flow_kind(), attempt.install(&client.inner.session, issued).await?))
        }
        None => Ok(Completed::EmailChangeHalf),
    }
}

/// `None` is the first of two confirmations of a new address.
async fn email_code(
    client: &Client,
    kind: VerifyKind,
    email: &str,
    code: &Secret<String>,
) -> Result<Option<Issued>, OtpError> {
    verify(&client.inner.gateway, &client.options, kind, Proof::Code { email, code })
        .await
        .map_err(RequestError::from)?
        .map_err(|fault| match fault.code.as_str() {
            "otp_expired" => OtpError::Wrong,
            "user_banned" => OtpError::Banned,
            "captcha_failed" => OtpError::CaptchaRequired,
            _ => OtpError::Request(fault.into()),
        })
}

impl From<NotInstalled> for OtpError {
    fn from(reason: NotInstalled) -> Self {
        match reason {
            NotInstalled::SignedIn => Self::SignedIn,
            NotInstalled::Superseded => Self::Superseded,
            NotInstalled::OtherAccount => Self::OtherAccount,
        }
    }
}

/// The digits that were typed, without the spaces and dashes that people put between them. A project makes codes of
/// 6 to 10 digits.
pub(crate) fn digits(typed: &Secret<String>) -> Option<Secret<String>> {
    let kept = typed.expose().chars().filter(|c| !c.is_whitespace() && *c != '-');
    let code = Secret::from(kept.collect::<String>());
    let digits = code.expose().bytes().all(|byte| byte.is_ascii_digit());
    (digits && (6..=10).contains(&code.expose().len())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_to_ten_digits_however_it_is_typed() {
        for (typed, read) in [
            ("123456", Some("123456")),
            (" 123 456\n", Some("123456")),
            ("123-456", Some("123456")),
            ("0123456789", Some("0123456789")),
            ("12345", None),
            ("01234567890", None),
            ("12345a", None),
            ("١٢٣٤٥٦", None),
            ("", None),
        ] {
            let code = digits(&Secret::from(typed));
            assert_eq!(code.as_ref().map(|code| code.expose().as_str()), read, "{typed}");
        }
    }
}
