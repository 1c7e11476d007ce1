//! `POST /verify`: a typed code, or the hash out of a link, for a session. Neither needs a verifier.

use serde_json::{Value, json};

use crate::auth::address;
use crate::auth::attempt::Attempt;
use crate::auth::exchange::{completed, finish};
use crate::callback::outcome::Completed;
use crate::error::{CodeError, HttpError};
use crate::flows::Flows;
use crate::flows::flow::{Flow, FlowId};
use crate::flows::request_options::Terms;
use crate::flows::verify_kind::VerifyKind;
use crate::http::fault::Fault;
use crate::http::gateway::Gateway;
use crate::http::transport::Method;
use crate::secret::Secret;
use crate::session::tokens::Issued;
use crate::session::{NotInstalled, Replaces, Session};

/// What is shown to the server.
pub(crate) enum Proof<'a> {
    Code { email: &'a str, code: &'a Secret<String> },
    Hash(&'a Secret<String>),
}

/// Shows a proof to the server. Nothing is stored. `None` is the first of two confirmations of a new address.
pub(crate) async fn verify(
    gateway: &Gateway,
    terms: &Terms,
    kind: VerifyKind,
    proof: Proof<'_>,
) -> Result<Result<Option<Issued>, Fault>, HttpError> {
    let body = match proof {
        Proof::Code { email, code } => {
            json!({ "type": kind.as_str(), "email": email, "token": code.expose() })
        }
        // The server refuses a hash that comes with anything else.
        Proof::Hash(hash) => json!({ "type": kind.as_str(), "token_hash": hash.expose() }),
    };
    let request = gateway.auth(Method::Post, "verify").json(&terms.vouch(body));
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
pub(crate) async fn flow_code(
    session: &Session,
    flows: &Flows,
    terms: &Terms,
    attempt: Attempt,
    id: &FlowId,
    typed: &Secret<String>,
) -> Result<Completed, CodeError> {
    let code = digits(typed).ok_or(CodeError::CodeInvalid)?;
    let flow = flows.find(id).ok_or(CodeError::Unknown)?;
    // Its link may have signed in while the code waited for its turn.
    attempt.check(session)?;
    flows.set_exchanging(id, true);
    match show_code(session, terms, &flow, &code).await {
        Ok(Some(issued)) => finish(session, flows, attempt, &flow, issued).await,
        outcome => {
            flows.set_exchanging(id, false);
            outcome.map(|_| Completed::EmailChangeHalf)
        }
    }
}

async fn show_code(
    session: &Session,
    terms: &Terms,
    flow: &Flow,
    code: &Secret<String>,
) -> Result<Option<Issued>, CodeError> {
    let kind = VerifyKind::of(flow.kind).ok_or(CodeError::Unknown)?;
    let email = flow.email.as_deref().ok_or(CodeError::Unknown)?;
    let outcome = email_code(session, terms, kind, email, code).await;
    // An e-mail change sends a code to the old address as well, and nobody is asked which of the two they typed. A
    // wrong one burns nothing.
    if kind == VerifyKind::EmailChange && matches!(outcome, Err(CodeError::Wrong)) {
        let state = session.state();
        let owner = state.signed_in().filter(|now| Some(now.user.id) == flow.owner);
        let old = owner.and_then(|now| now.user.email.clone());
        if let Some(old) = old.filter(|old| old != email) {
            return email_code(session, terms, kind, &old, code).await;
        }
    }
    outcome
}

/// Signs in with a code that was typed for an address.
pub(crate) async fn typed_code(
    session: &Session,
    terms: &Terms,
    email: &str,
    kind: VerifyKind,
    typed: &Secret<String>,
) -> Result<Completed, CodeError> {
    let email = address::email(email).ok_or(CodeError::EmailInvalid)?;
    let code = digits(typed).ok_or(CodeError::CodeInvalid)?;
    let attempt = Attempt::begin(session, Replaces::Anybody).await;
    match email_code(session, terms, kind, email, &code).await? {
        Some(issued) => Ok(completed(kind.flow_kind(), attempt.install(session, issued).await?)),
        None => Ok(Completed::EmailChangeHalf),
    }
}

/// `None` is the first of two confirmations of a new address.
async fn email_code(
    session: &Session,
    terms: &Terms,
    kind: VerifyKind,
    email: &str,
    code: &Secret<String>,
) -> Result<Option<Issued>, CodeError> {
    verify(&session.gateway, terms, kind, Proof::Code { email, code }).await?.map_err(|fault| {
        match fault.code.as_str() {
            "otp_expired" => CodeError::Wrong,
            "user_banned" => CodeError::Banned,
            "captcha_failed" => CodeError::CaptchaRequired,
            _ => CodeError::Unexpected { code: fault.code },
        }
    })
}

impl From<NotInstalled> for CodeError {
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
