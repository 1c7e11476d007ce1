//! The one form in which a failure crosses the line.

use serde::{Deserialize, Serialize};
pub use supabase_session_contract::error::WeakPasswordReason;

/// Why a command failed. The window decides by [`code`](Self::code) and shows its own sentence;
/// [`message`](Self::message) is for logs and drivers. Neither carries a secret, a path or a server's text; only
/// [`quoted`](Self::quoted) is somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandError {
    /// What the window decides by.
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
    /// The bytes that a limit speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// The column, constraint or function of the project's that it is about, where the server named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Words of the project's owner ([`ErrorCode::ProjectSays`]): short plain text, to be shown as theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted: Option<String>,
    /// So many characters are taken at most, where the server said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// What the project's owner runs to add what is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sql: Option<String>,
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
    FullName,
    Username,
    Website,
    Avatar,
    Code,
    Link,
    CurrentPassword,
    Nonce,
    Confirmation,
}

/// Why a command failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// No project is configured.
    NotConfigured,
    /// The project comes from the environment and cannot be changed in the window.
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
    /// The certificate of whatever answers is not trusted.
    CertificateUntrusted,
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
    /// The project asks for a captcha, which this app cannot show.
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
    /// What was typed is not what was asked for.
    ConfirmationWrong,

    /// The username belongs to somebody else (23505).
    UsernameTaken,
    /// Under 3 characters (23514).
    UsernameTooShort,
    /// Not a web address.
    WebsiteInvalid,
    /// A field holds more than it may.
    TextTooLong,
    /// A field holds characters that nobody can see ([`names`](crate::names)).
    UnseenCharacters,
    /// Somebody else has this value, and the project wants each only once (23505, another column than the username).
    ValueTaken,
    /// The value breaks a rule of the project's own (23514 and PostgreSQL's class 22).
    ValueRefused,
    /// The project wants this field filled in (23502).
    ValueRequired,
    /// The project's owner says why not, in words of their own ([`quoted`](CommandError::quoted); P0001).
    ProjectSays,
    /// The project's table wants a value in a column that Foyer does not know (23502).
    ColumnUnfilled,
    /// The project's table lacks a column (42703, PGRST204).
    ColumnMissing,
    /// The project lacks a function (PGRST202).
    FunctionMissing,
    /// Pictures of the account would stay behind, as the project does not let them be removed.
    PicturesStay,
    /// The row on the server is newer than the one that was edited.
    Conflict,
    /// A policy of the project refused it.
    Forbidden,
    /// The project has no `profiles` table or no `avatars` bucket as Foyer needs them.
    ProjectNotPrepared,

    /// The file cannot be read.
    FileUnreadable,
    /// Over 10 MiB.
    FileTooLarge,
    /// Not PNG, JPEG or WebP.
    ImageUnsupported,
    /// It says PNG, JPEG or WebP but cannot be decoded.
    ImageBroken,
    /// Over 8192 px a side.
    ImageTooLarge,
    /// It would take more than 256 MiB, or too long.
    ImageTooHeavy,
    /// The project takes none of the formats that the picture can be written in.
    BucketFormats,
    /// The project takes pictures of so many [`bytes`](CommandError::bytes) at most, and it cannot be made so small.
    BucketLimit,
    /// The project does not even take so many [`bytes`](CommandError::bytes), the smallest that it can be made; it
    /// does not tell its limit.
    BucketTooSmall,
    /// Another picture is being chosen or uploaded.
    PictureBusy,
    /// The preview is gone; choose the picture again.
    PreviewUnknown,
    /// The person stopped it.
    Cancelled,

    /// The data folder cannot be written.
    StoreUnwritable,
    /// A fault of ours.
    Internal,
}

impl CommandError {
    /// A failure that belongs to no field.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: None,
            retry_after_s: None,
            weak_password: Vec::new(),
            bytes: None,
            name: None,
            quoted: None,
            limit: None,
            sql: None,
        }
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
