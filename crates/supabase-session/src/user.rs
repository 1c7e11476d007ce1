//! Who is signed in, as the Auth server describes them.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{readable, timestamp};

/// A user. Fields that this crate does not name are kept in [`other`](Self::other), so that a stored session loses
/// nothing.
///
/// A server, a hook or an older version may have written anything into the fields that are named here: a field with a
/// value of another type counts as absent, and only a user without an id cannot be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct User {
    /// `auth.users.id`, the `sub` of every token.
    pub id: Uuid,
    /// The address; `None` for an anonymous user (the server says so with an empty text).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A user without any identity yet.
    pub is_anonymous: bool,
    /// What the user may change themselves, for example `full_name`.
    pub user_metadata: Map<String, Value>,
    /// Everything else, as it came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// An identity: a provider, or an e-mail address, with which the user can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The identity's id, for [`Client::unlink_identity`](crate::Client::unlink_identity). Servers from before 2024 do
    /// not tell it.
    pub identity_id: Option<Uuid>,
    /// For example `email`, `github`, `custom:acme` or `sso:<id>`; empty where the server does not tell.
    pub provider: String,
    /// The address that the provider gave.
    pub email: Option<String>,
}

/// A second factor that a user has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// The factor's id.
    pub id: Uuid,
    /// What the user calls it.
    pub friendly_name: Option<String>,
    /// `totp`, `phone`, `webauthn`; empty where the server does not tell.
    pub factor_type: String,
    /// Whether the factor is verified.
    pub status: FactorStatus,
    /// When the factor was begun, by the server's clock; `None` where the server does not tell.
    pub created_at: Option<OffsetDateTime>,
}

/// Whether a factor is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorStatus {
    /// A code of the factor was verified at least once: sign-ins ask for one from then on.
    Verified,
    /// The factor was begun, and none of its codes was verified yet. Also every status that this version does not know.
    Unverified,
}

impl User {
    /// The second factors that the user has, as the server said when it last described them in full
    /// ([`Client::get_user`](crate::Client::get_user)).
    #[must_use]
    #[doc(alias = "mfa.listFactors")]
    pub fn factors(&self) -> Vec<Factor> {
        self.listed("factors").filter_map(Factor::read).collect()
    }

    /// The identities that the user has, as the server said when it last described them in full
    /// ([`Client::get_user`](crate::Client::get_user)).
    #[must_use]
    #[doc(alias = "getUserIdentities")]
    pub fn identities(&self) -> Vec<Identity> {
        self.listed("identities").map(Identity::read).collect()
    }

    /// The address that the user wants to change to, as long as the change is not confirmed: begun here or anywhere.
    #[must_use]
    pub fn new_email(&self) -> Option<String> {
        text(&self.other, "new_email")
    }

    /// When somebody last signed in as this user, on any device, by the server's clock.
    #[must_use]
    pub fn last_sign_in_at(&self) -> Option<OffsetDateTime> {
        time(&self.other, "last_sign_in_at")
    }

    /// The objects in a list of this name; other entries are left out.
    fn listed(&self, key: &str) -> impl Iterator<Item = &Map<String, Value>> {
        let entries = self.other.get(key).and_then(Value::as_array).into_iter().flatten();
        entries.filter_map(Value::as_object)
    }
}

impl<'de> Deserialize<'de> for User {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_fields(Map::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("a user has an id"))
    }
}

impl User {
    /// Reads the user in a text, without what cannot be read there. `None` without an id.
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        Self::from_fields(readable::fields(text)?)
    }

    pub(crate) fn from_fields(mut fields: Map<String, Value>) -> Option<Self> {
        let id = uuid(&fields, "id")?;
        let email = text(&fields, "email");
        let is_anonymous = fields.get("is_anonymous").and_then(Value::as_bool).unwrap_or(false);
        let user_metadata = match fields.remove("user_metadata") {
            Some(Value::Object(metadata)) => metadata,
            _ => Map::new(),
        };
        for named in ["id", "email", "is_anonymous"] {
            fields.remove(named);
        }
        Some(Self { id, email, is_anonymous, user_metadata, other: fields })
    }
}

impl Identity {
    fn read(entry: &Map<String, Value>) -> Self {
        let given = entry.get("identity_data").and_then(Value::as_object);
        Self {
            identity_id: uuid(entry, "identity_id"),
            provider: text(entry, "provider").unwrap_or_default(),
            // Older servers tell the address only in what the provider gave.
            email: text(entry, "email").or_else(|| text(given?, "email")),
        }
    }
}

impl Factor {
    /// The [`factor_type`](Self::factor_type) of an authenticator, the only one whose codes
    /// [`Client::verify_totp`](crate::Client::verify_totp) can show.
    pub const TOTP: &str = "totp";

    /// Reads a factor. `None` for one without an id, which no call could name.
    fn read(entry: &Map<String, Value>) -> Option<Self> {
        let status = match entry.get("status").and_then(Value::as_str) {
            Some("verified") => FactorStatus::Verified,
            _ => FactorStatus::Unverified,
        };
        Some(Self {
            id: uuid(entry, "id")?,
            friendly_name: text(entry, "friendly_name"),
            factor_type: text(entry, "factor_type").unwrap_or_default(),
            status,
            created_at: time(entry, "created_at"),
        })
    }
}

/// The text of a field, if there is one that is not empty.
fn text(fields: &Map<String, Value>, key: &str) -> Option<String> {
    fields.get(key)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn time(fields: &Map<String, Value>, key: &str) -> Option<OffsetDateTime> {
    timestamp::parse(fields.get(key)?.as_str()?)
}

fn uuid(fields: &Map<String, Value>, key: &str) -> Option<Uuid> {
    fields.get(key)?.as_str()?.parse().ok()
}

/// What [`Client::update_user`](crate::Client::update_user) changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct UserUpdate {
    /// Merged into `user_metadata`; a `null` removes a key.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub data: Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_this_version_does_not_know_survives_a_round_trip() {
        let text =
            r#"{"id":"6f1c7a0e-0000-4000-8000-000000000001","email":"","role":"authenticated","future":[1]}"#;

        let user: User = serde_json::from_str(text).unwrap();
        let again = serde_json::to_value(&user).unwrap();

        assert_eq!(user.email, None);
        assert_eq!(again["future"], serde_json::json!([1]));
        assert_eq!(again["role"], "authenticated");
    }

    #[test]
    fn moments_that_cannot_be_read_are_not_there() {
        let user = |fields: serde_json::Value| {
            let mut user = serde_json::json!({ "id": "6f1c7a0e-0000-4000-8000-000000000001" });
            user.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            serde_json::from_value::<User>(user).unwrap()
        };
        let factor = serde_json::json!({
            "id": "6f1c7a0e-0000-4000-8000-000000000002", "created_at": "2026-03-12T09:30:00.5Z"
        });
        let told = user(serde_json::json!({
            "factors": [factor], "last_sign_in_at": "2026-03-12T09:30:00Z", "new_email": "new@example.com"
        }));
        let odd = user(serde_json::json!({
            "factors": [{ "id": "6f1c7a0e-0000-4000-8000-000000000002", "created_at": 7 }],
            "last_sign_in_at": "yesterday", "new_email": ""
        }));

        assert_eq!(told.factors()[0].created_at.map(OffsetDateTime::unix_timestamp), Some(1_773_307_800));
        assert_eq!(told.last_sign_in_at().map(OffsetDateTime::unix_timestamp), Some(1_773_307_800));
        assert_eq!(told.new_email().as_deref(), Some("new@example.com"));
        assert_eq!((odd.factors()[0].created_at, odd.last_sign_in_at(), odd.new_email()), (None, None, None));
    }
}
