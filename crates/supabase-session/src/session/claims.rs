//! What an access token says. Whether it says so rightly is decided in `auth/claims.rs`.

use std::fmt;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::jwt;
use crate::secret::Secret;

/// What the access token says of its session and user, as the Auth server wrote it when it issued the token (a
/// project's hook may have added to it). What has changed since shows in the next token.
#[derive(Clone, PartialEq)]
pub struct Claims {
    /// The user: `auth.users.id`.
    pub sub: Uuid,
    /// The session, the same through all its refreshes.
    pub session_id: Option<Uuid>,
    /// How much the session has shown of its user. A level that this version does not know counts as the lowest.
    pub aal: AssuranceLevel,
    /// How the user has shown who they are, the latest first (RFC 8176).
    pub amr: Vec<AuthMethod>,
    /// When the token ends: seconds since 1970 by the server's clock.
    pub exp: u64,
    /// The database role, for example `authenticated`.
    pub role: Option<String>,
    /// A user without any identity yet.
    pub is_anonymous: bool,
    /// The address; `None` for an anonymous user.
    pub email: Option<String>,
    /// Everything else, as it came: `iss`, `aud`, `iat`, `phone`, `app_metadata`, `user_metadata` and what a hook has
    /// added.
    pub other: Map<String, Value>,
}

/// One way in which a user has shown who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthMethod {
    /// For example `password`, `otp`, `totp`, `oauth`, `recovery`.
    pub method: String,
    /// When: seconds since 1970 by the server's clock. A project's hook may leave it out.
    pub timestamp: Option<u64>,
}

/// How much a session has shown of its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssuranceLevel {
    /// One factor.
    Aal1,
    /// Two factors.
    Aal2,
}

/// How much the session has shown, and how much it can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assurance {
    /// What the access token says.
    pub current: AssuranceLevel,
    /// [`AssuranceLevel::Aal2`] when the user has a verified factor. If this is more than `current`, ask for a code.
    pub next: AssuranceLevel,
}

impl Claims {
    /// What the token says; `None` when it is not the token of a user.
    pub(crate) fn read(access_token: &Secret<String>) -> Option<Self> {
        let mut claims = jwt::claims(access_token.expose())?;
        let mut text = |key: &str| match claims.remove(key) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        };
        let (sub, session_id) = (text("sub")?.parse().ok()?, text("session_id"));
        let (aal, role, email) = (text("aal"), text("role"), text("email"));
        let amr = claims.remove("amr");
        Some(Self {
            sub,
            session_id: session_id.and_then(|id| id.parse().ok()),
            aal: if aal.as_deref() == Some("aal2") { AssuranceLevel::Aal2 } else { AssuranceLevel::Aal1 },
            amr: amr.iter().filter_map(Value::as_array).flatten().filter_map(method).collect(),
            exp: claims.remove("exp")?.as_u64()?,
            role,
            is_anonymous: claims.remove("is_anonymous").and_then(|it| it.as_bool()).unwrap_or(false),
            email,
            other: claims,
        })
    }
}

/// Supabase writes `{method, timestamp}`; RFC 8176 and some hooks write the name alone.
fn method(value: &Value) -> Option<AuthMethod> {
    let name = value.as_str().or_else(|| value.get("method")?.as_str())?;
    Some(AuthMethod { method: name.to_owned(), timestamp: value.get("timestamp").and_then(Value::as_u64) })
}

/// What a hook has added may be anything: only the names of the others are shown.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("sub", &self.sub)
            .field("session_id", &self.session_id)
            .field("aal", &self.aal)
            .field("amr", &self.amr)
            .field("exp", &self.exp)
            .field("role", &self.role)
            .field("is_anonymous", &self.is_anonymous)
            .field("other", &self.other.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
