//! Sign-up with a password. Where the address has to be confirmed, a link comes by e-mail and back with a code (PKCE).

use serde_json::{Map, Value, json};

use crate::auth::address;
use crate::auth::address::PasswordInvalid;
use crate::auth::attempt::Attempt;
use crate::auth::mail::{MailRequestError, not_sent, with_flow};
use crate::client::{Client, Inner};
use crate::error::{RequestError, WeakPasswordReason};
use crate::flows::flow::{FlowKind, PendingFlow};
use crate::http::fault::ServerError;
use crate::http::transport::Method;
use crate::secret::Secret;
use crate::session::tokens::Issued;
use crate::shared::spawn_to_completion;
use crate::store::StoreError;
use crate::user::User;

/// The account that is to be opened.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// The address.
    pub email: String,
    /// At least as long as the project asks (6 by default) and at most 72 bytes.
    pub password: Secret<String>,
    /// Kept as `user_metadata`, for example `full_name`.
    pub data: Map<String, Value>,
}

/// What a sign-up has led to.
#[derive(Debug, Clone, PartialEq)]
pub enum SignUpOutcome {
    /// The project confirms by itself: the new user is signed in.
    SignedIn(User),
    /// A mail is on its way, if the address had no confirmed account. If it had one, the answer looks the same, so that
    /// nobody can find out who has an account.
    ConfirmationSent(PendingFlow),
}

/// Why an account was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignUpError {
    /// Not an e-mail address. An empty one would make the server open an anonymous account, so nothing was sent.
    #[error("this is not an e-mail address")]
    EmailInvalid,
    /// The password is empty or too long; nothing was sent.
    #[error(transparent)]
    PasswordInvalid(#[from] PasswordInvalid),
    /// The project asks for a stronger password.
    #[error("the password is too weak for this project")]
    WeakPassword(Vec<WeakPasswordReason>),
    /// The address has an account. Only projects that confirm by themselves say so; others answer as if a mail
    /// had been sent.
    #[error("this address has an account already")]
    AlreadyRegistered,
    /// The project takes no new accounts.
    #[error("the project takes no new accounts")]
    SignUpDisabled,
    /// The project has e-mail switched off.
    #[error("the project takes no sign-in by e-mail")]
    EmailDisabled,
    /// The project asks for a captcha: see [`Client::with_captcha`](crate::Client::with_captcha). (`captcha_failed`)
    #[error("the project asks for a captcha")]
    CaptchaRequired,
    /// Somebody has signed in or out while the server was asked, or was signed in before that and the handle
    /// [replaces nobody](Client::replacing_nobody). That wins: a session that the server issued was ended there.
    #[error("somebody has signed in or out meanwhile")]
    Superseded,
    /// The pending flow could not be stored, so nothing was sent: its link could not have been completed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Opens an account. Goes on to its end when the future is dropped.
    ///
    /// # Errors
    /// See [`SignUpError`].
    #[doc(alias = "signUp")]
    pub async fn sign_up(&self, wish: SignUp) -> Result<SignUpOutcome, SignUpError> {
        let client = self.clone();
        spawn_to_completion(async move { sign_up(&client, &wish).await }).await
    }
}

pub(crate) async fn sign_up(client: &Client, wish: &SignUp) -> Result<SignUpOutcome, SignUpError> {
    let Inner { flows, session, .. } = &*client.inner;
    let email = address::email(&wish.email).ok_or(SignUpError::EmailInvalid)?;
    address::password(wish.password.expose())?;
    let attempt = Attempt::of_handle(client).await.map_err(|_| SignUpError::Superseded)?;
    let flow = flows.begin(&client.options, FlowKind::SignUp, Some(email.to_owned())).await?;
    let mut body = json!({ "email": email, "password": wish.password.expose() });
    if !wish.data.is_empty() {
        body["data"] = Value::Object(wish.data.clone());
    }
    let request =
        with_flow(session.gateway.auth(Method::Post, "signup"), client.options.with_captcha(body), &flow);
    let outcome = match session.gateway.send(request).await {
        Ok(Ok(response)) => accepted(&response.body, || Issued::receive(&response, &*session.gateway.clock)),
        Ok(Err(fault)) => Err(refusal(fault)),
        Err(error) => Err(RequestError::from(error).into()),
    };
    match outcome {
        Ok(Some(issued)) => {
            let installed = attempt.install(session, issued).await;
            flows.consume(&flow.id).await;
            Ok(SignUpOutcome::SignedIn(installed.map_err(|_| SignUpError::Superseded)?))
        }
        Ok(None) => Ok(SignUpOutcome::ConfirmationSent(flows.confirm_begun(&flow).await)),
        Err(error) => Err(not_sent(flows, &flow, error).await),
    }
}

/// The session of a project that confirms by itself; `None` when a mail has to be waited for.
fn accepted(body: &[u8], issued: impl FnOnce() -> Option<Issued>) -> Result<Option<Issued>, SignUpError> {
    if let Some(issued) = issued() {
        return Ok(Some(issued));
    }
    // The user in the answer is not used: for an address that has an account the server makes one up.
    User::read(body).map(|_| None).ok_or(SignUpError::Request(RequestError::NOT_SUPABASE))
}

impl MailRequestError for SignUpError {
    fn request_error(&self) -> Option<&RequestError> {
        if let Self::Request(error) = self { Some(error) } else { None }
    }
}

fn refusal(fault: ServerError) -> SignUpError {
    match fault.code.as_str() {
        "weak_password" => SignUpError::WeakPassword(fault.weak_password),
        "user_already_exists" | "email_exists" => SignUpError::AlreadyRegistered,
        "signup_disabled" => SignUpError::SignUpDisabled,
        "email_provider_disabled" => SignUpError::EmailDisabled,
        "captcha_failed" => SignUpError::CaptchaRequired,
        _ if fault.refuses_email() => SignUpError::EmailInvalid,
        _ => SignUpError::Request(fault.into()),
    }
}
