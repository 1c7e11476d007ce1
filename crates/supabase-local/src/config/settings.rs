//! The settings of a project, as the server reads them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::signing_key::SigningKey;

/// The JWT secret that the Supabase CLI gives every local project. It is well known, so it protects nothing.
const LOCAL_JWT_SECRET: &str = "super-secret-jwt-token-with-at-least-32-characters-long";

/// One file of `supabase/migrations`.
#[derive(Debug, Clone)]
pub struct Migration {
    /// The file's name, `<timestamp>_<what>.sql`.
    pub name: String,
    /// The SQL statements.
    pub sql: String,
}

impl Migration {
    /// The version under which the database notes the migration: the timestamp before the first `_`.
    pub(crate) fn version(&self) -> &str {
        self.name.split(['_', '.']).next().unwrap_or(&self.name)
    }
}

/// The subject and the HTML of a mail, with fields of Go templates such as `{{ .ConfirmationURL }}`.
#[derive(Debug, Clone)]
pub struct MailTemplate {
    /// The subject line.
    pub subject: String,
    /// The HTML.
    pub html: String,
}

/// The mail templates by their name in `config.toml`: `confirmation`, `invite`, `magic_link`, `recovery`, `email_change`,
/// `reauthentication`.
pub type Templates = BTreeMap<String, MailTemplate>;

/// An OAuth provider of `[auth.external]`. The stand-in provider takes the place of every one.
#[derive(Debug, Clone, Default)]
pub struct Provider {
    /// Whether people may sign in with it.
    pub enabled: bool,
    /// The client id of the project at the provider.
    pub client_id: String,
}

/// The settings of a project.
///
/// [`Config::default`] is what Supabase does when `config.toml` says nothing; [`Config::from_file`] and
/// [`Config::built_in`] read a project. Durations are in whole seconds and end in `_s`.
#[derive(Debug, Clone)]
pub struct Config {
    /// The Site URL: where a redirect leads whose own address is not allowed.
    pub site_url: String,
    /// Globs of the redirect addresses that are allowed besides the Site URL and loopback IP addresses.
    pub redirect_allow_list: Vec<String>,
    /// The HS256 secret. It signs the project's API keys, and the access tokens where there is no signing key.
    pub jwt_secret: String,
    /// The project's own key, which signs the access tokens.
    pub signing_key: Option<SigningKey>,
    /// The life of an access token in seconds.
    pub jwt_expiry_s: i64,
    /// The issuer (`iss`) that access tokens name; on hosted projects `https://<ref>.supabase.co/auth/v1`. `None`: they name
    /// none, as on a self-hosted server without `GOTRUE_JWT_ISSUER`.
    pub jwt_issuer: Option<String>,
    /// Whether new people may sign up.
    pub signup_enabled: bool,
    /// Whether people may sign in anonymously.
    pub anonymous_enabled: bool,
    /// Whether people may sign in and up with an e-mail address.
    pub email_enabled: bool,
    /// Whether an address counts as confirmed without a mail.
    pub autoconfirm: bool,
    /// Whether a change of address is confirmed from both mailboxes, the old one and the new one.
    pub secure_email_change: bool,
    /// Whether people may link further providers to their account.
    pub manual_linking: bool,
    /// Whether sign-up, sign-in and requests for mails need a captcha token.
    pub captcha_enabled: bool,
    /// The OAuth providers by their name in `config.toml`, such as `github`.
    pub providers: BTreeMap<String, Provider>,
    /// The address of the stand-in provider, without a slash at its end. `None`: the address of this server.
    pub provider_url: Option<String>,
    /// The length of the shortest password, in characters.
    pub password_min_length: usize,
    /// Sets of characters. A password needs at least one character of each set.
    pub password_required_characters: Vec<String>,
    /// Whether changing the password needs the present one.
    pub password_change_needs_current: bool,
    /// Whether changing the password needs a mailed nonce when the session is older than a day.
    pub password_change_needs_reauthentication: bool,
    /// The least number of seconds between two mails of one kind to one person.
    pub mail_max_frequency_s: i64,
    /// The number of digits of a code in a mail.
    pub otp_length: usize,
    /// The life of a link or a code in a mail, in seconds.
    pub otp_expiry_s: i64,
    /// For how many seconds a refresh token that was replaced can be used again.
    pub refresh_token_reuse_interval_s: i64,
    /// The version of the refresh tokens of new sessions: 1 is a row in the database, 2 a signed counter.
    pub refresh_token_algorithm_version: u8,
    /// Whether the session ends when a refresh token is used again too late.
    pub refresh_token_rotation: bool,
    /// The longest life of a session in seconds, however often it is refreshed. `None`: without an end.
    pub sessions_timebox_s: Option<i64>,
    /// Whether a person has one session: a sign-in ends the others.
    pub sessions_single_per_user: bool,
    /// The largest object in bytes. A bucket's own limit can only be smaller.
    pub file_size_limit: u64,
    /// The largest number of rows in an answer of REST.
    pub max_rows: u64,
    /// The mail templates. A mail without a template gets a plain one of the server.
    pub templates: Templates,
    /// The migrations, in the order in which they are applied.
    pub migrations: Vec<Migration>,
}

/// Why a project folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file is missing or cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The operating system's error.
        source: std::io::Error,
    },
    /// The file does not have the layout of the Supabase CLI.
    #[error("{origin} is not a valid config.toml: {message}")]
    Malformed {
        /// The file, or the name of the built-in one.
        origin: String,
        /// The place in the file, and what is wrong there.
        message: String,
    },
}

impl Default for Config {
    /// The settings of Supabase when `config.toml` says nothing: no migrations and no mail templates.
    fn default() -> Self {
        Self {
            site_url: "http://127.0.0.1:3000".into(),
            redirect_allow_list: Vec::new(),
            jwt_secret: LOCAL_JWT_SECRET.into(),
            signing_key: None,
            jwt_expiry_s: 3600,
            jwt_issuer: None,
            signup_enabled: true,
            anonymous_enabled: false,
            email_enabled: true,
            autoconfirm: true,
            secure_email_change: true,
            manual_linking: false,
            captcha_enabled: false,
            providers: BTreeMap::new(),
            provider_url: None,
            password_min_length: 6,
            password_required_characters: Vec::new(),
            password_change_needs_current: false,
            password_change_needs_reauthentication: false,
            mail_max_frequency_s: 1,
            otp_length: 6,
            otp_expiry_s: 3600,
            refresh_token_reuse_interval_s: 10,
            refresh_token_algorithm_version: 1,
            refresh_token_rotation: true,
            sessions_timebox_s: None,
            sessions_single_per_user: false,
            file_size_limit: 50 << 20,
            max_rows: 1000,
            templates: Templates::new(),
            migrations: Vec::new(),
        }
    }
}
