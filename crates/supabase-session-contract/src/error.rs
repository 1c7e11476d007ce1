//! The one form in which a failure crosses the line.

use serde::{Deserialize, Serialize};

/// Why a command failed. A page decides by [`code`](Self::code) and shows its own sentence;
/// [`message`](Self::message) is for logs and drivers. Neither carries a secret, a path or a server's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandError {
    /// What a page decides by.
    pub code: ErrorCode,
    /// One English sentence.
    pub message: String,
    /// The form field that the failure belongs to, if it belongs to one.
    pub field: Option<Field>,
    /// Seconds after which it is worth trying again, where the server said so.
    pub retry_after_s: Option<u32>,
    /// What a weak password lacks, where the server said so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weak_password: Vec<WeakPasswordReason>,
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Field {
    Url,
    Key,
    Email,
    Password,
    Code,
    CurrentPassword,
    Nonce,
}

/// What a weak password lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeakPasswordReason {
    /// The password is too short for the project.
    Length,
    /// It lacks character classes that the project asks for.
    Characters,
    /// The password is known from leaks.
    Pwned,
    /// A reason this version does not know.
    Other,
}

/// Why a command failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// No project is configured.
    NotConfigured,
    /// The app or its environment names the project: it cannot be changed in the window.
    ConfiguredByEnvironment,
    /// The text is not a URL.
    UrlInvalid,
    /// The URL is not https (allowed only for this machine).
    UrlInsecure,
    /// Something answers at the URL, but it is not Supabase.
    NotSupabase,
    /// A web page answers at the URL: a network's sign-in page, or the URL is that of a site.
    WebPageAnswers,
    /// The key is empty, mangled or not this project's.
    KeyInvalid,
    /// A secret or service-role key was given: it must never be in an app.
    KeySecret,
    /// No local Supabase answers.
    LocalNotFound,

    /// The server cannot be reached.
    Offline,
    /// The server answered with a fault of its own.
    ServerTrouble,
    /// The server failed at this, and nothing says that it passes: it may fail again, however often it is tried.
    ServerFailed,
    /// Too many attempts; wait.
    RateLimited,
    /// Something else answers in the project's place: a network's sign-in page, a filter.
    Intercepted,
    /// The gateway before the project does not reach it.
    ProjectUnreachable,
    /// The clocks of the project's servers differ: a token just issued is too young for one of them.
    ClocksDiffer,
    /// Nobody whom this machine trusts has signed the certificate of whatever answers.
    CertificateUntrusted,
    /// The certificate of whatever answers has expired or is not valid yet, by this machine's clock.
    CertificateOutOfDate,
    /// The certificate of whatever answers is another host's.
    CertificateOtherHost,
    /// The project is paused; its owner can resume it.
    ProjectPaused,
    /// The project is restricted, or its database takes no more; its owner has to see to it.
    ProjectRestricted,
    /// Something of the project's own (a trigger, a function, a hook) fails; its owner has to look.
    ProjectBroken,
    /// The project cannot send its mail; its owner has to look.
    MailUnsent,
    /// One of the project's servers does not take the tokens that its Auth server issues; its owner has to look.
    TokensRefused,
    /// The server refused it with a code that this version does not know.
    Refused,

    /// Nobody is signed in (any more).
    SignedOut,
    /// Sign out first.
    SignedIn,
    /// Wrong address or password.
    InvalidCredentials,
    /// The address was never confirmed.
    EmailNotConfirmed,
    /// Not an e-mail address.
    EmailInvalid,
    /// The password is empty.
    PasswordMissing,
    /// Over 72 bytes, which the server would refuse.
    PasswordTooLong,
    /// The project asks for a stronger one.
    WeakPassword,
    /// The address has an account already (only where the project confirms addresses by itself; elsewhere it does
    /// not tell).
    AlreadyRegistered,
    /// The project takes no new accounts.
    SignUpDisabled,
    /// The project takes no sign-in by e-mail.
    EmailDisabled,
    /// The project asks for a captcha, and the app does not know which.
    CaptchaRequired,
    /// The account is banned.
    Banned,
    /// The flow is over: sent back, cancelled or expired.
    FlowUnknown,
    /// The project does not let people in without an address.
    AnonymousDisabled,
    /// The project does not know the provider or has it switched off.
    ProviderUnavailable,
    /// The browser could not be opened; the address can be copied.
    BrowserUnavailable,
    /// The clipboard could not be written.
    ClipboardUnavailable,
    /// No port of this machine could be opened for what comes back.
    LoopbackUnavailable,
    /// What was typed is no code.
    CodeInvalid,
    /// The code is wrong, used or too old.
    CodeWrong,
    /// The link that nobody here asked for is no longer good.
    LinkOver,
    /// The server is still asked whom the link signs in.
    StillChecking,
    /// What a page has kept is no session of this project.
    SessionInvalid,
    /// The session that a page has kept has ended.
    SessionOver,

    /// The account has a second factor, which has to be shown first.
    SecondFactorNeeded,
    /// The second factor is not there (any more).
    FactorUnknown,
    /// No more second factors may be added.
    TooManyFactors,
    /// The project takes no second factors.
    FactorsDisabled,
    /// The project asks for the password of now as well.
    CurrentPasswordNeeded,
    /// The password of now is wrong.
    CurrentPasswordWrong,
    /// The project asks for a code by e-mail as well, which is on its way.
    NonceNeeded,
    /// That code is wrong or too old.
    NonceWrong,
    /// The new password is the one of now.
    SamePassword,
    /// The address belongs to another account.
    EmailTaken,
    /// The last way in cannot be taken away.
    LastIdentity,
    /// The project does not let providers be linked.
    LinkingDisabled,

    /// A policy of the project refused it, or there is nothing to do it to.
    Forbidden,
    /// The person stopped it.
    Cancelled,
    /// The data folder cannot be written.
    StoreUnwritable,
    /// The system's keychain is locked: the person has to unlock it.
    KeychainLocked,
    /// This machine has no keychain, or it does not answer or takes no keys.
    KeychainUnavailable,
    /// A fault of the app or the plugin.
    Internal,
}

impl CommandError {
    /// A failure that belongs to no field.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, retry_after_s: None, weak_password: Vec::new() }
    }

    /// The same failure, on a field.
    #[must_use]
    pub fn on(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }
}

impl std::fmt::Display for CommandError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CommandError {}
