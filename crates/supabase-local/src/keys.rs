//! The project's keys: the ones the Supabase CLI gives every local project. Well known, so no secrets.

use crate::jwt;

/// The short keys that newer clients use instead of the two tokens; the Supabase CLI's local ones.
const PUBLISHABLE: &str = "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH";
const SECRET: &str = "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz";

/// When the Supabase CLI's local keys end: 2032-11-11.
const KEYS_EXPIRE_AT: i64 = 1_983_812_996;

/// The keys that requests carry.
#[derive(Clone)]
pub struct Keys {
    /// What an app carries, in the short form that newer clients know. Means the same as [`Self::anon`].
    pub publishable: &'static str,
    /// What an app carries: the role `anon`.
    pub anon: String,
    /// What an administrator's tool carries: the role `service_role`, which passes row level security.
    pub service_role: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

impl Keys {
    /// The keys that belong to `secret`.
    pub(crate) fn new(secret: &str) -> Self {
        let key = |role: &str| {
            // Text, as the order of the fields is part of the well-known keys.
            let issuer = "supabase-demo";
            let claims = format!(r#"{{"iss":"{issuer}","role":"{role}","exp":{KEYS_EXPIRE_AT}}}"#);
            jwt::sign_text(secret, &claims)
        };
        Self { publishable: PUBLISHABLE, anon: key("anon"), service_role: key("service_role") }
    }

    /// The token that stands behind a key in its short form; any other text comes back as it is.
    pub(crate) fn resolve<'a>(&'a self, key: &'a str) -> &'a str {
        match key {
            PUBLISHABLE => &self.anon,
            SECRET => &self.service_role,
            other => other,
        }
    }

    /// Whether `key` is one of this project's.
    pub(crate) fn know(&self, key: &str) -> bool {
        let token = self.resolve(key);
        token == self.anon || token == self.service_role
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_those_that_the_supabase_cli_prints() {
        let keys = Keys::new("super-secret-jwt-token-with-at-least-32-characters-long");

        assert!(keys.anon.ends_with(".CRXP1A7WOeoJeXxjNni43kdQwgnWNReilDMblYTn_I0"));
    }

    #[test]
    fn the_short_key_means_the_anon_token() {
        let keys = Keys::new("super-secret-jwt-token-with-at-least-32-characters-long");

        assert_eq!(keys.resolve(PUBLISHABLE), keys.anon);
        assert!(keys.know(PUBLISHABLE));
        assert!(!keys.know("sb_publishable_another"));
    }
}
