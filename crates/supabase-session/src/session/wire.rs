//! A session as JSON: as the server issues it and, in supabase-js's form, as it lies in the store.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::jwt;
use crate::secret::Secret;
use crate::session::tokens::Tokens;
use crate::user::User;

/// What is read of a session.
pub(super) struct Wire {
    pub(super) access_token: Secret<String>,
    pub(super) refresh_token: Secret<String>,
    pub(super) token_type: String,
    pub(super) expires_in: Option<u64>,
    pub(super) expires_at: Option<u64>,
    pub(super) user: User,
}

impl Wire {
    /// Reads a session. `None` without both tokens, or when neither the session nor its access token tells whose it is.
    ///
    /// Of what is not the tokens themselves, something of another type or something that cannot be read is as good as
    /// absent.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Session<'a> {
            access_token: String,
            refresh_token: String,
            #[serde(borrow)]
            token_type: Option<&'a RawValue>,
            #[serde(borrow)]
            expires_in: Option<&'a RawValue>,
            #[serde(borrow)]
            expires_at: Option<&'a RawValue>,
            #[serde(borrow)]
            user: Option<&'a RawValue>,
        }

        let session: Session = serde_json::from_slice(text).ok()?;
        let (access_token, refresh_token) =
            (Secret::from(session.access_token), Secret::from(session.refresh_token));
        if access_token.expose().is_empty() || refresh_token.expose().is_empty() {
            return None;
        }
        let described = session.user.and_then(|user| User::read(user.get().as_bytes()));
        Some(Self {
            user: described.or_else(|| user_in_claims(access_token.expose()))?,
            token_type: session.token_type.and_then(string).unwrap_or_else(bearer),
            expires_in: session.expires_in.and_then(count),
            expires_at: session.expires_at.and_then(count),
            access_token,
            refresh_token,
        })
    }

    /// When the access token ends, by the server's clock: as it is said beside the token, else in it.
    pub(super) fn ends_at(&self) -> Option<u64> {
        self.expires_at.or_else(|| jwt::claims(self.access_token.expose())?.get("exp")?.as_u64())
    }
}

/// The JSON for the store, in supabase-js's form.
pub(super) fn to_stored(tokens: &Tokens, user: &User) -> Result<Secret<String>, serde_json::Error> {
    #[derive(Serialize)]
    struct Session<'a> {
        access_token: &'a str,
        refresh_token: &'a str,
        token_type: &'a str,
        expires_in: u64,
        expires_at: u64,
        user: &'a User,
    }

    let session = Session {
        access_token: tokens.access.expose(),
        refresh_token: tokens.refresh.expose(),
        token_type: &tokens.token_type,
        expires_in: tokens.expires_in,
        expires_at: tokens.expires_at,
        user,
    };
    serde_json::to_string(&session).map(Secret::from)
}

pub(super) fn bearer() -> String {
    "bearer".to_owned()
}

fn string(text: &RawValue) -> Option<String> {
    serde_json::from_str(text.get()).ok()
}

/// Seconds, as a number of either kind or in digits.
fn count(text: &RawValue) -> Option<u64> {
    match serde_json::from_str(text.get()).ok()? {
        Value::Number(number) => number.as_u64().or_else(|| whole(number.as_f64()?)),
        Value::String(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// Whole seconds, rounded down; `None` for a negative number.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is checked, and a cast saturates"
)]
fn whole(seconds: f64) -> Option<u64> {
    (seconds >= 0.0).then_some(seconds as u64)
}

/// The user as the access token describes them, unverified.
fn user_in_claims(access_token: &str) -> Option<User> {
    let mut claims = jwt::claims(access_token)?;
    let mut user = serde_json::Map::new();
    user.insert("id".to_owned(), claims.remove("sub")?);
    for key in ["email", "is_anonymous", "user_metadata", "app_metadata", "role", "aud"] {
        if let Some(value) = claims.remove(key) {
            user.insert(key.to_owned(), value);
        }
    }
    User::from_fields(user)
}
