//! The settings of a project, as the server reads them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::signing_key::SigningKey;

/// The secret that the Supabase CLI gives every local project. Well known, so no secret.
const LOCAL_JWT_SECRET: &str = "super-secret-jwt-token-with-at-least-32-characters-long";

/// One file of `supabase/migrations`.
#[derive(Debug, Clone)]
pub struct Migration {
    /// The file's name, `<timestamp>_<what>.sql`.
    pub name: String,
    /// Its statements.
    pub sql: String,
}

impl Migration {
    /// What the migration is recorded under: the timestamp before the first `_`.
    pub(crate) fn version(&self) -> &str {
        self.name.split(['_', '.']).next().unwrap_or(&self.name)
    }
}

/// A mail's subject and HTML, with Go template fields such as `{{ .ConfirmationURL }}`.
#[derive(Debug, Clone)]
pub struct MailTemplate {
    /// The subject line.
    pub subject: String,
    /// The body.
    pub html: String,
}

/// The mail templates by the name that `config.toml` gives them (`confirmation`, `recovery`, ...).
pub type Templates = BTreeMap<String, MailTemplate>;

/// An OAuth provider of `[auth.external]`. Whichever it is, the stand-in plays it.
#[derive(Debug, Clone, Default)]
pub struct Provider {
    /// Whether people may sign in with it.
    pub enabled: bool,
    /// What the provider calls the project.
    pub client_id: String,
}

/// How the project is set.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where people are sent when a redirect is not allowed.
    pub site_url: String,
    /// Globs of the redirects that are allowed besides the Site URL.
    pub redirect_allow_list: Vec<String>,
    /// The HS256 secret, with which at least the project's well-known keys are signed.
    pub jwt_secret: String,
    /// The project's own key; without one access tokens are signed with the secret.
    pub signing_key: Option<SigningKey>,
    /// How many seconds an access token lives.
    pub jwt_expiry_s: i64,
    /// What access tokens name as their issuer (`iss`); without it they name none, as on a server that is not told its
    /// own (`GOTRUE_JWT_ISSUER`). Hosted projects name `https://<ref>.supabase.co/auth/v1`.
    pub jwt_issuer: Option<String>,
    /// Whether new people may sign up.
    pub signup_enabled: bool,
    /// Whether people may sign in without any address.
    pub anonymous_enabled: bool,
    /// Whether people may sign in and up with an e-mail address.
    pub email_enabled: bool,
    /// Whether an address counts as confirmed without a mail.
    pub autoconfirm: bool,
    /// Whether a new address needs a click in both mailboxes.
    pub secure_email_change: bool,
    /// Whether people may link further providers to their account.
    pub manual_linking: bool,
    /// Whether sign-in asks for a captcha.
    pub captcha_enabled: bool,
    /// The providers by name.
    pub providers: BTreeMap<String, Provider>,
    /// The address under which the stand-in provider presents itself, when not this server's own.
    pub provider_url: Option<String>,
    /// The shortest password allowed.
    pub password_min_length: usize,
    /// Sets of characters of each of which a password needs one.
    pub password_required_characters: Vec<String>,
    /// Whether a password is changed only with the present one.
    pub password_change_needs_current: bool,
    /// Whether a password is changed only with a mailed nonce, in a session older than a day.
    pub password_change_needs_reauthentication: bool,
    /// Seconds between two mails of one kind to one person.
    pub mail_max_frequency_s: i64,
    /// Digits of a typed code.
    pub otp_length: usize,
    /// Seconds that a link or a code from a mail lives.
    pub otp_expiry_s: i64,
    /// Seconds in which a spent refresh token may be used again.
    pub refresh_token_reuse_interval_s: i64,
    /// Which form of refresh tokens new sessions get: 1, a row each, or 2, a signed counter.
    pub refresh_token_algorithm_version: u8,
    /// Whether a spent refresh token that comes back ends its family.
    pub refresh_token_rotation: bool,
    /// Seconds after which a session ends, whatever happens in it.
    pub sessions_timebox_s: Option<i64>,
    /// Whether a sign-in ends the person's other sessions.
    pub sessions_single_per_user: bool,
    /// The largest object in bytes, where a bucket sets no limit of its own.
    pub file_size_limit: u64,
    /// The most rows that REST answers at once.
    pub max_rows: u64,
    /// The mail templates.
    pub templates: Templates,
    /// The migrations, in order.
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
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file is no TOML of the expected layout.
    #[error("{origin} is not a valid config.toml: {message}")]
    Malformed {
        /// The file, or the name of the built-in one.
        origin: String,
        /// Where and what.
        message: String,
    },
}

impl Default for Config {
    /// What Supabase does when `config.toml` says nothing.
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
