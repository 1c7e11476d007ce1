//! Mails that sign in: magic link, recovery and the confirmation of a sign-up. Their links come back with a code (PKCE).

use serde_json::{Value, json};

use crate::auth::address;
use crate::auth::sign_up::with_flow;
use crate::error::{HttpError, MailError};
use crate::flows::Flows;
use crate::flows::flow::{Flow, FlowKind, PendingFlow};
use crate::flows::request_options::Terms;
use crate::http::fault::Fault;
use crate::http::gateway::Gateway;
use crate::http::transport::{Method, Request};

/// Which mail is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mail {
    MagicLink {
        create_user: bool,
    },
    Recovery,
    /// The mail of a sign-up, once more.
    Confirmation,
}

impl Mail {
    fn kind(self) -> FlowKind {
        match self {
            Self::MagicLink { .. } => FlowKind::MagicLink,
            Self::Recovery => FlowKind::Recovery,
            Self::Confirmation => FlowKind::SignUp,
        }
    }

    /// The request for it, which may be sent again.
    pub(crate) fn request(self, gateway: &Gateway, flow: &Flow, email: &str, terms: &Terms) -> Request {
        let (endpoint, body) = match self {
            Self::MagicLink { create_user } => ("otp", json!({ "email": email, "create_user": create_user })),
            Self::Recovery => ("recover", json!({ "email": email })),
            Self::Confirmation => ("resend", json!({ "type": "signup", "email": email })),
        };
        with_flow(gateway.auth(Method::Post, endpoint), terms.vouch(body), flow)
    }
}

pub(crate) async fn send(
    gateway: &Gateway,
    flows: &Flows,
    terms: &Terms,
    mail: Mail,
    email: &str,
) -> Result<PendingFlow, MailError> {
    let email = address::email(email).ok_or(MailError::EmailInvalid)?;
    let flow = flows.begin(terms, mail.kind(), Some(email.to_owned())).await?;
    let outcome = match gateway.send(mail.request(gateway, &flow, email, terms)).await {
        Ok(Ok(response)) => said_yes(&response.body).map_err(MailError::from),
        Ok(Err(fault)) => Err(refusal(fault)),
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(()) => Ok(flows.confirm(&flow.id).await.unwrap_or_else(|| flow.visible(false))),
        Err(error) => {
            // Without a clear no, the mail may be on its way: the flow is kept for its link, unseen.
            if !matches!(&error, MailError::Http(error) if !error.needs_somebody()) {
                flows.consume(&flow.id).await;
            }
            Err(error)
        }
    }
}

/// The API's yes is `{}`, whether or not the address has an account.
pub(crate) fn said_yes(body: &[u8]) -> Result<(), HttpError> {
    let body: Value = serde_json::from_slice(body).map_err(|_| HttpError::NotSupabase)?;
    if body.is_object() { Ok(()) } else { Err(HttpError::NotSupabase) }
}

fn refusal(fault: Fault) -> MailError {
    match fault.code.as_str() {
        "otp_disabled" => MailError::NoAccount,
        "signup_disabled" => MailError::SignUpDisabled,
        "email_provider_disabled" => MailError::EmailDisabled,
        "captcha_failed" => MailError::CaptchaRequired,
        _ if fault.refuses_email() => MailError::EmailInvalid,
        _ => MailError::Unexpected { code: fault.code },
    }
}
