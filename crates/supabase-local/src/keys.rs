//! The project's API keys. With the default secret they are those that the Supabase CLI gives every local project, which
//! are well known and so no secrets.

use crate::jwt;

/// The short form of the anon key, as the Supabase CLI gives it to every local project.
const PUBLISHABLE: &str = "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH";

/// The short form of the service key, as the Supabase CLI gives it to every local project.
const SECRET: &str = "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz";

/// When the keys expire, in seconds since 1970: on 2032-11-11, as the Supabase CLI's local ones.
const KEYS_EXPIRE_AT: i64 = 1_983_812_996;

/// The project's API keys. A request to Auth or REST has one of them in the header `apikey`. `Debug` does not show them.
#[derive(Clone)]
pub struct Keys {
    /// The key of an app in its short form, `sb_publishable_...`. It has the same rights as [`Self::anon`].
    pub publishable: &'static str,
    /// The key of an app: a JWT with the role `anon`.
    pub anon: String,
    /// The service key, for administrators: a JWT with the role `service_role`, to which no policy applies.
    pub service_role: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

impl Keys {
    /// The keys of the project with the JWT secret `secret`.
    pub(crate) fn new(secret: &str) -> Self {
        let key = |role: &str| {
            // Text instead of JSON values, as the well-known keys have the fields in this order.
            let issuer = "supabase-demo";
            let claims = format!(r#"{{"iss":"{issuer}","role":"{role}","exp":{KEYS_EXPIRE_AT}}}"#);
            jwt::sign_text(secret, &claims)
        };
        Self { publishable: PUBLISHABLE, anon: key("anon"), service_role: key("service_role") }
    }

    /// The JWT of a key in its short form; any other text as it is.
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
