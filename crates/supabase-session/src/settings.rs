//! What a project offers, from `GET /auth/v1/settings`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// What the project's owner switched on. A captcha does not show here: the server does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// E-mail and password (and links by e-mail).
    pub email: bool,
    /// Sign-in by telephone.
    pub phone: bool,
    /// Sign-in without an address.
    pub anonymous: bool,
    /// New people may sign up.
    pub sign_up: bool,
    /// Addresses count as confirmed without a mail.
    pub autoconfirm: bool,
    /// Names of the OAuth providers that are on, sorted, for example `github`.
    pub providers: Vec<String>,
}

/// The answer's body. What is `null` there is as good as absent.
#[derive(Deserialize)]
struct Wire {
    external: BTreeMap<String, Value>,
    disable_signup: Option<bool>,
    mailer_autoconfirm: Option<bool>,
}

impl Settings {
    /// `None` when the body is not what the Auth server answers.
    pub(crate) fn parse(body: &[u8]) -> Option<Self> {
        let wire: Wire = serde_json::from_slice(body).ok()?;
        let on = |name: &str| wire.external.get(name).and_then(Value::as_bool).unwrap_or(false);
        let providers =
            wire.external.keys().filter(|name| !is_no_provider(name) && on(name)).cloned().collect();
        Some(Self {
            email: on("email"),
            phone: on("phone"),
            anonymous: on("anonymous_users"),
            sign_up: !wire.disable_signup.unwrap_or(false),
            autoconfirm: wire.mailer_autoconfirm.unwrap_or(false),
            providers,
        })
    }
}

fn is_no_provider(name: &str) -> bool {
    matches!(name, "email" | "phone" | "anonymous_users" | "web3_solana" | "web3_ethereum")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_is_null_is_read_as_one_that_is_absent() {
        let settings = |rest: &str| {
            Settings::parse(format!(r#"{{"external":{{"email":true,"github":null}}{rest}}}"#).as_bytes())
        };
        let absent = settings("");

        assert!(absent.as_ref().is_some_and(|absent| absent.sign_up && !absent.autoconfirm));
        for name in ["disable_signup", "mailer_autoconfirm"] {
            assert_eq!(settings(&format!(r#","{name}":null"#)), absent, "{name}");
            assert_ne!(settings(&format!(r#","{name}":true"#)), absent, "{name}");
        }
    }
}
