//! Who is signed in, as the Auth server describes them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// A user. Fields that this crate does not name are kept in [`other`](Self::other), so that a stored session loses
/// nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// `auth.users.id`, the `sub` of every token.
    pub id: Uuid,
    /// The address; `None` for an anonymous user (the server says so with an empty text).
    #[serde(default, deserialize_with = "none_if_empty", skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A user without any identity yet.
    #[serde(default)]
    pub is_anonymous: bool,
    /// What the user may change themselves, for example `full_name`.
    #[serde(default)]
    pub user_metadata: Map<String, Value>,
    /// Everything else, as it came.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A way in that a user has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Identity {
    /// Names it, for [`Client::unlink_identity`](crate::Client::unlink_identity).
    pub identity_id: Uuid,
    /// For example `email` or `github`.
    pub provider: String,
    /// The address that the provider gave.
    #[serde(default, deserialize_with = "none_if_empty")]
    pub email: Option<String>,
}

/// A second factor that a user has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Factor {
    /// Names it.
    pub id: Uuid,
    /// What the user calls it.
    #[serde(default, deserialize_with = "none_if_empty")]
    pub friendly_name: Option<String>,
    /// For example `totp`.
    pub factor_type: String,
    /// Whether it counts.
    pub status: FactorStatus,
}

/// Whether a factor counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorStatus {
    /// It was shown at least once: from now on it is asked for.
    Verified,
    /// It was begun and never shown. Also what this version does not know.
    #[serde(other)]
    Unverified,
}

impl User {
    /// The second factors that the user has, as the server said when it last described them in full
    /// ([`Client::get_user`](crate::Client::get_user)).
    #[must_use]
    pub fn factors(&self) -> Vec<Factor> {
        self.listed("factors")
    }

    /// The ways in that the user has, as the server said when it last described them in full
    /// ([`Client::get_user`](crate::Client::get_user)).
    #[must_use]
    pub fn identities(&self) -> Vec<Identity> {
        self.listed("identities")
    }

    /// The entries of a list that are of the form that this crate knows.
    fn listed<T: serde::de::DeserializeOwned>(&self, key: &str) -> Vec<T> {
        let entries = self.other.get(key).and_then(Value::as_array).into_iter().flatten();
        entries.filter_map(|entry| T::deserialize(entry).ok()).collect()
    }
}

/// What [`Client::update_user`](crate::Client::update_user) changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct UserUpdate {
    /// Merged into `user_metadata`; a `null` removes a key.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub data: Map<String, Value>,
}

fn none_if_empty<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty()))
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
}
