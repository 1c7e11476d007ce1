//! Mails that sign in: magic link, recovery and the confirmation of a sign-up. Their links come back with a code
//! (PKCE).

use serde_json::json;

use crate::auth::address;
use crate::auth::mail::{MailRequestError, not_sent, said_yes, with_flow};
use crate::client::{Client, Inner};
use crate::error::RequestError;
use crate::flows::flow::{Flow, FlowKind, PendingFlow};
use crate::flows::request_options::RequestOptions;
use crate::http::fault::ServerError;
use crate::http::gateway::Gateway;
use crate::http::transport::{Method, Request};
use crate::shared::spawn_to_completion;
use crate::store::StoreError;

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

/// Why a magic link or a recovery mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MagicLinkError {
    /// Not an e-mail address; nothing was sent.
    #[error("this is not an e-mail address")]
    EmailInvalid,
    /// The address has no account, and none was to be opened. Only the answer to a request for a magic link says so.
    #[error("this address has no account")]
    NoAccount,
    /// The project takes no new accounts.
    #[error("the project takes no new accounts")]
    SignUpDisabled,
    /// The project has e-mail switched off.
    #[error("the project takes no sign-in by e-mail")]
    EmailDisabled,
    /// The project asks for a captcha: see [`Client::with_captcha`](crate::Client::with_captcha). (`captcha_failed`)
    #[error("the project asks for a captcha")]
    CaptchaRequired,
    /// The pending flow could not be stored, so nothing was sent: its link could not have been completed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Sends a link that signs in without a password. With `create_user`, an address without an account gets one. Goes
    /// on to its end when the future is dropped.
    ///
    /// # Errors
    /// See [`MagicLinkError`].
    #[doc(alias = "signInWithOtp")]
    pub async fn send_magic_link(
        &self,
        email: &str,
        create_user: bool,
    ) -> Result<PendingFlow, MagicLinkError> {
        self.send_mail(Mail::MagicLink { create_user }, email).await
    }

    /// Sends a link that signs in to choose a new password ([`Completed::Recovery`](crate::Completed::Recovery)). For
    /// an address without an account the answer looks the same. Goes on to its end when the future is dropped.
    ///
    /// # Errors
    /// See [`MagicLinkError`].
    #[doc(alias = "resetPasswordForEmail")]
    pub async fn send_recovery(&self, email: &str) -> Result<PendingFlow, MagicLinkError> {
        self.send_mail(Mail::Recovery, email).await
    }

    /// Sends the mail that confirms the address of a sign-up once more, where its flow is not pending here (it was
    /// begun on another device, or is over). The server's answer looks the same, and no mail is sent, for an address
    /// without an account and for one that is confirmed already. Goes on to its end when the future is dropped.
    ///
    /// # Errors
    /// See [`MagicLinkError`].
    #[doc(alias = "resend")]
    pub async fn send_confirmation(&self, email: &str) -> Result<PendingFlow, MagicLinkError> {
        self.send_mail(Mail::Confirmation, email).await
    }

    async fn send_mail(&self, mail: Mail, email: &str) -> Result<PendingFlow, MagicLinkError> {
        let (client, email) = (self.clone(), email.to_owned());
        spawn_to_completion(async move { send(&client, mail, &email).await }).await
    }
}

impl Mail {
    fn kind(self) -> FlowKind {
        match self {
            Self::MagicLink { .. } => FlowKind::MagicLink,
            Self::Recovery => FlowKind::Recovery,
            Self::Confirmation => FlowKind::SignUp,
        }
    }

    /// The request for the mail. For the same flow it may be sent again.
    pub(crate) fn request(
        self,
        gateway: &Gateway,
        flow: &Flow,
        email: &str,
        options: &RequestOptions,
    ) -> Request {
        let (endpoint, body) = match self {
            Self::MagicLink { create_user } => ("otp", json!({ "email": email, "create_user": create_user })),
            Self::Recovery => ("recover", json!({ "email": email })),
            Self::Confirmation => ("resend", json!({ "type": "signup", "email": email })),
        };
        with_flow(gateway.auth(Method::Post, endpoint), options.with_captcha(body), flow)
    }
}

pub(crate) async fn send(client: &Client, mail: Mail, email: &str) -> Result<PendingFlow, MagicLinkError> {
    let Inner { flows, gateway, .. } = &*client.inner;
    let email = address::email(email).ok_or(MagicLinkError::EmailInvalid)?;
    let flow = flows.begin(&client.options, mail.kind(), Some(email.to_owned())).await?;
    let outcome = match gateway.send(mail.request(gateway, &flow, email, &client.options)).await {
        Ok(Ok(response)) => said_yes(&response.body).map_err(MagicLinkError::from),
        Ok(Err(fault)) => Err(refusal(fault)),
        Err(error) => Err(RequestError::from(error).into()),
    };
    match outcome {
        Ok(()) => Ok(flows.confirm_begun(&flow).await),
        Err(error) => Err(not_sent(flows, &flow, error).await),
    }
}

impl MailRequestError for MagicLinkError {
    fn request_error(&self) -> Option<&RequestError> {
        if let Self::Request(error) = self { Some(error) } else { None }
    }
}

fn refusal(fault: ServerError) -> MagicLinkError {
    match fault.code.as_str() {
        "otp_disabled" => MagicLinkError::NoAccount,
        "signup_disabled" => MagicLinkError::SignUpDisabled,
        "email_provider_disabled" => MagicLinkError::EmailDisabled,
        "captcha_failed" => MagicLinkError::CaptchaRequired,
        _ if fault.refuses_email() => MagicLinkError::EmailInvalid,
        _ => MagicLinkError::Request(fault.into()),
    }
}
