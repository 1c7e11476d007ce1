//! The layout of `config.toml`, with the key names of the Supabase CLI. Keys that this server does not use are ignored,
//! because the CLI reads the same file.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::settings::{Config, ConfigError, Provider};
use super::units::{duration_s, size_bytes};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct File {
    api: Api,
    auth: Auth,
    storage: Storage,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Api {
    max_rows: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(default)]
struct Auth {
    site_url: Option<String>,
    additional_redirect_urls: Vec<String>,
    jwt_expiry: Option<i64>,
    jwt_issuer: Option<String>,
    signing_keys_path: Option<String>,
    enable_signup: bool,
    enable_anonymous_sign_ins: bool,
    enable_manual_linking: bool,
    enable_refresh_token_rotation: bool,
    refresh_token_reuse_interval: Option<i64>,
    minimum_password_length: Option<usize>,
    password_requirements: String,
    email: Email,
    captcha: Captcha,
    sessions: Sessions,
    external: BTreeMap<String, External>,
}

impl Default for Auth {
    fn default() -> Self {
        Self {
            site_url: None,
            additional_redirect_urls: Vec::new(),
            jwt_expiry: None,
            jwt_issuer: None,
            signing_keys_path: None,
            enable_signup: true,
            enable_anonymous_sign_ins: false,
            enable_manual_linking: false,
            enable_refresh_token_rotation: true,
            refresh_token_reuse_interval: None,
            minimum_password_length: None,
            password_requirements: String::new(),
            email: Email::default(),
            captcha: Captcha::default(),
            sessions: Sessions::default(),
            external: BTreeMap::new(),
        }
    }
}

impl Auth {
    fn providers(&self) -> BTreeMap<String, Provider> {
        let provider = |external: &External| Provider {
            enabled: external.enabled,
            client_id: external.client_id.clone(),
        };
        self.external.iter().map(|(name, external)| (name.clone(), provider(external))).collect()
    }
}

#[derive(Debug, Deserialize)]
#[serde(default)]
struct Email {
    enable_signup: bool,
    double_confirm_changes: bool,
    enable_confirmations: bool,
    secure_password_change: bool,
    require_current_password: bool,
    max_frequency: Option<String>,
    otp_length: Option<usize>,
    otp_expiry: Option<i64>,
    template: BTreeMap<String, Template>,
}

impl Default for Email {
    fn default() -> Self {
        Self {
            enable_signup: true,
            double_confirm_changes: true,
            enable_confirmations: false,
            secure_password_change: false,
            require_current_password: false,
            max_frequency: None,
            otp_length: None,
            otp_expiry: None,
            template: BTreeMap::new(),
        }
    }
}

/// The subject of a mail and the path of its HTML.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Template {
    pub(super) subject: Option<String>,
    pub(super) content_path: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Captcha {
    enabled: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sessions {
    timebox: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct External {
    enabled: bool,
    client_id: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Storage {
    file_size_limit: Option<String>,
}

impl File {
    /// Reads the text of a `config.toml`. `origin` names the file in errors.
    pub(super) fn parse(text: &str, origin: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| ConfigError::Malformed {
            origin: origin.to_owned(),
            message: error.to_string().trim_end().to_owned(),
        })
    }

    /// The mail templates that the file names.
    pub(super) fn templates(&self) -> &BTreeMap<String, Template> {
        &self.auth.email.template
    }

    /// The path of the project's signing keys, relative to `supabase/`.
    pub(super) fn signing_keys_path(&self) -> Option<&str> {
        self.auth.signing_keys_path.as_deref()
    }

    /// The settings of the file. Templates, migrations and the signing key are other files, so they are empty here.
    pub(super) fn settings(&self, origin: &str) -> Result<Config, ConfigError> {
        let (auth, defaults) = (&self.auth, Config::default());
        let malformed = |message| ConfigError::Malformed { origin: origin.to_owned(), message };
        let seconds = |text: &Option<String>| text.as_deref().map(duration_s).transpose();
        Ok(Config {
            site_url: auth.site_url.clone().unwrap_or(defaults.site_url),
            redirect_allow_list: auth.additional_redirect_urls.clone(),
            jwt_expiry_s: auth.jwt_expiry.unwrap_or(defaults.jwt_expiry_s),
            jwt_issuer: auth.jwt_issuer.clone().filter(|issuer| !issuer.is_empty()),
            signup_enabled: auth.enable_signup,
            anonymous_enabled: auth.enable_anonymous_sign_ins,
            manual_linking: auth.enable_manual_linking,
            captcha_enabled: auth.captcha.enabled,
            email_enabled: auth.email.enable_signup,
            autoconfirm: !auth.email.enable_confirmations,
            secure_email_change: auth.email.double_confirm_changes,
            password_change_needs_current: auth.email.require_current_password,
            password_change_needs_reauthentication: auth.email.secure_password_change,
            providers: auth.providers(),
            password_min_length: auth.minimum_password_length.unwrap_or(defaults.password_min_length),
            password_required_characters: required_characters(&auth.password_requirements)
                .map_err(malformed)?,
            mail_max_frequency_s: seconds(&auth.email.max_frequency)
                .map_err(malformed)?
                .unwrap_or(defaults.mail_max_frequency_s),
            otp_length: auth.email.otp_length.unwrap_or(defaults.otp_length),
            otp_expiry_s: auth.email.otp_expiry.unwrap_or(defaults.otp_expiry_s),
            refresh_token_rotation: auth.enable_refresh_token_rotation,
            refresh_token_reuse_interval_s: auth
                .refresh_token_reuse_interval
                .unwrap_or(defaults.refresh_token_reuse_interval_s),
            sessions_timebox_s: seconds(&auth.sessions.timebox)
                .map_err(malformed)?
                .filter(|limit| *limit > 0),
            max_rows: self.api.max_rows.unwrap_or(defaults.max_rows),
            file_size_limit: self
                .storage
                .file_size_limit
                .as_deref()
                .map(size_bytes)
                .transpose()
                .map_err(malformed)?
                .unwrap_or(defaults.file_size_limit),
            ..defaults
        })
    }
}

/// The character sets behind the CLI's `password_requirements`.
fn required_characters(requirements: &str) -> Result<Vec<String>, String> {
    const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
    const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const DIGITS: &str = "0123456789";
    const SYMBOLS: &str = "!@#$%^&*()_+-=[]{};'\\:\"|<>?,./`~";
    match requirements {
        "" => Ok(Vec::new()),
        "letters_digits" => Ok(vec![format!("{LOWER}{UPPER}"), DIGITS.into()]),
        "lower_upper_letters_digits" => Ok(vec![LOWER.into(), UPPER.into(), DIGITS.into()]),
        "lower_upper_letters_digits_symbols" => {
            Ok(vec![LOWER.into(), UPPER.into(), DIGITS.into(), SYMBOLS.into()])
        }
        other => Err(format!("auth.password_requirements \"{other}\" is not known")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_says_nothing_is_supabases_default() {
        let config = File::parse("", "test").unwrap().settings("test").unwrap();

        assert!(config.autoconfirm && config.signup_enabled && !config.anonymous_enabled);
        assert_eq!(config.password_min_length, 6);
    }

    #[test]
    fn a_wrong_value_names_the_file() {
        let error = File::parse("[auth]\nenable_signup = 3", "supabase/config.toml").unwrap_err();

        assert!(error.to_string().starts_with("supabase/config.toml is not a valid config.toml"));
    }
}
