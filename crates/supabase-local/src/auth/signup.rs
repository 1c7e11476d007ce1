//! `/signup`: signing up with an address and a password, or anonymously.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::error::AuthError;
use super::flow::Flow;
use super::mailer::{self, Kind};
use super::params::{self, Challenge, Pkce, RedirectTo};
use super::password;
use super::session::{self, Agent};
use super::user_row::{NewUser, User};
use crate::db::Tx;
use crate::state::App;
use crate::timestamp::rfc3339;

/// The method in the claim `amr` for a person who confirmed a sign-up by its mail.
pub(super) const EMAIL_SIGNUP: &str = "email/signup";

#[derive(Debug, Deserialize)]
struct SignUp {
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    password: Option<String>,
    #[serde(default)]
    data: Option<Map<String, Value>>,
    #[serde(flatten)]
    challenge: Challenge,
}

/// `POST /signup`. Answers a session when the sign-up is anonymous or the project confirms addresses without a mail; else
/// the person, who gets a mail.
pub(super) async fn sign_up(
    State(app): State<Arc<App>>,
    Query(redirect_to): Query<RedirectTo>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    params::check_captcha(&app, &body)?;
    let wanted: SignUp = params::json(&body)?;
    let is_empty = |text: &Option<String>| text.as_deref().unwrap_or_default().is_empty();
    if is_empty(&wanted.email) && is_empty(&wanted.phone) {
        return anonymous(app, wanted.data.unwrap_or_default(), Agent::of(&headers)).await.map(Json);
    }
    check_enabled(&app)?;
    let secret = wanted.password.unwrap_or_default();
    if secret.is_empty() {
        return Err(AuthError::invalid("Signup requires a valid password"));
    }
    password::check_strength(&app.config, &secret)?;
    let pkce = wanted.challenge.check()?;
    if !app.config.email_enabled {
        return Err(AuthError::new(400, "email_provider_disabled", "Email signups are disabled"));
    }
    let sign_up = NewSignUp {
        email: params::email(&wanted.email.unwrap_or_default())?,
        password_hash: password::hash(secret).await?,
        metadata: wanted.data.unwrap_or_default(),
        pkce,
        destination: redirect_to.destination(&app.config, &headers),
        agent: Agent::of(&headers),
    };
    app.transact(move |tx, app| sign_up.register(tx, app)).await.map(Json)
}

/// Refuses where the project takes no sign-ups.
pub(super) fn check_enabled(app: &App) -> Result<(), AuthError> {
    if app.config.signup_enabled {
        return Ok(());
    }
    Err(AuthError::new(422, "signup_disabled", "Signups not allowed for this instance"))
}

/// A checked sign-up with an address and a password.
struct NewSignUp {
    email: String,
    password_hash: String,
    metadata: Map<String, Value>,
    pkce: Option<Pkce>,
    destination: String,
    agent: Agent,
}

impl NewSignUp {
    fn register(self, tx: &mut Tx<'_>, app: &App) -> Result<Value, AuthError> {
        let user = match User::by_email(tx, &self.email)? {
            Some(user) if user.email_confirmed_at.is_some() => return self.existing_user(app),
            // The second sign-up may be another person's: the row stays as it is, only a mail is sent.
            Some(user) => user,
            None => create(tx, app, &self.email, Some(&self.password_hash), self.metadata.clone())?,
        };
        if app.config.autoconfirm {
            self.sign_in(tx, app, user)
        } else {
            self.send_confirmation(tx, app, user)
        }
    }

    fn sign_in(&self, tx: &mut Tx<'_>, app: &App, mut user: User) -> Result<Value, AuthError> {
        user.confirm_email(tx, app.clock.now())?;
        session::begin(tx, app, &mut user, "password", &self.agent)
    }

    fn send_confirmation(&self, tx: &mut Tx<'_>, app: &App, mut user: User) -> Result<Value, AuthError> {
        if let Some(pkce) = &self.pkce {
            Flow::begin(tx, app, user.id, pkce, EMAIL_SIGNUP)?;
        }
        let by_pkce = self.pkce.is_some();
        mailer::send(tx, app, &mut user, Kind::Confirmation, &self.destination, by_pkce)?;
        Ok(user.full_view(tx)?)
    }

    /// The answer for an address that is another person's. Where the project confirms addresses without a mail, the answer
    /// is a refusal. Else it is an invented person, so that nobody learns which addresses have an account.
    fn existing_user(&self, app: &App) -> Result<Value, AuthError> {
        if app.config.autoconfirm {
            return Err(AuthError::new(422, "user_already_exists", "User already registered"));
        }
        let now = rfc3339(app.clock.now());
        Ok(json!({
            "id": app.random.uuid(),
            "aud": "authenticated",
            "role": "",
            "email": self.email,
            "phone": "",
            "confirmation_sent_at": now,
            "app_metadata": email_app_metadata(),
            "user_metadata": {},
            "identities": [],
            "created_at": now,
            "updated_at": now,
            "is_anonymous": false,
        }))
    }
}

fn email_app_metadata() -> Value {
    json!({ "provider": "email", "providers": ["email"] })
}

/// Makes a person with an unconfirmed address, and the identity that stands for the address. The claims of the identity
/// are part of the person's metadata.
pub(super) fn create(
    tx: &mut Tx<'_>,
    app: &App,
    email: &str,
    password_hash: Option<&str>,
    mut metadata: Map<String, Value>,
) -> Result<User, AuthError> {
    let id = app.random.uuid();
    metadata.extend(email_claims(id, email));
    insert(tx, app, id, email, password_hash, metadata.clone(), &metadata)
}

/// [`create`] on behalf of an administrator, who may choose the `id`: the person's metadata is `metadata` alone.
pub(super) fn create_by_admin(
    tx: &mut Tx<'_>,
    app: &App,
    id: Uuid,
    email: &str,
    password_hash: Option<&str>,
    metadata: Map<String, Value>,
) -> Result<User, AuthError> {
    insert(tx, app, id, email, password_hash, metadata, &email_claims(id, email))
}

fn insert(
    tx: &mut Tx<'_>,
    app: &App,
    id: Uuid,
    email: &str,
    password_hash: Option<&str>,
    metadata: Map<String, Value>,
    claims: &Map<String, Value>,
) -> Result<User, AuthError> {
    let now = app.clock.now();
    let new = NewUser {
        id,
        email: Some(email),
        encrypted_password: password_hash,
        app_metadata: email_app_metadata(),
        user_metadata: Value::Object(metadata),
        is_anonymous: false,
        now,
    };
    let user = User::insert(tx, &new)?;
    user.add_identity(tx, app.random.uuid(), "email", claims, now)?;
    Ok(user)
}

/// The claims of the identity that stands for an unconfirmed address.
fn email_claims(id: Uuid, email: &str) -> Map<String, Value> {
    Map::from_iter([
        ("sub".to_owned(), json!(id)),
        ("email".to_owned(), json!(email)),
        ("email_verified".to_owned(), json!(false)),
        ("phone_verified".to_owned(), json!(false)),
    ])
}

async fn anonymous(app: Arc<App>, metadata: Map<String, Value>, agent: Agent) -> Result<Value, AuthError> {
    if !app.config.anonymous_enabled {
        let message = "Anonymous sign-ins are disabled";
        return Err(AuthError::new(422, "anonymous_provider_disabled", message));
    }
    check_enabled(&app)?;
    app.transact(move |tx, app| {
        let new = NewUser {
            id: app.random.uuid(),
            email: None,
            encrypted_password: None,
            app_metadata: json!({}),
            user_metadata: Value::Object(metadata),
            is_anonymous: true,
            now: app.clock.now(),
        };
        let mut user = User::insert(tx, &new)?;
        session::begin(tx, app, &mut user, "anonymous", &agent)
    })
    .await
}
