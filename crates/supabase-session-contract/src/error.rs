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

named! {
    /// A field of a form.
    #[allow(missing_docs)]
    pub enum Field {
        Url => "url",
        Key => "key",
        Email => "email",
        Password => "password",
        Code => "code",
        CurrentPassword => "current_password",
        Nonce => "nonce",
    }
}

named! {
    /// What a weak password lacks.
    pub enum WeakPasswordReason {
        /// The password is too short for the project.
        Length => "length",
        /// It lacks character classes that the project asks for.
        Characters => "characters",
        /// The password is known from leaks.
        Pwned => "pwned",
        /// A reason this version does not know.
        Other => "other",
    }
}

named! {
    /// Why a command failed.
    #[derive(Hash)]
    pub enum ErrorCode {
        /// No project is configured.
        NotConfigured => "not_configured",
        /// The app or its environment names the project: it cannot be changed in the window.
        ConfiguredByEnvironment => "configured_by_environment",
        /// The text is not a URL.
        UrlInvalid => "url_invalid",
        /// The URL is not https (allowed only for this machine).
        UrlInsecure => "url_insecure",
        /// Something answers at the URL, but it is not Supabase.
        NotSupabase => "not_supabase",
        /// A web page answers at the URL: a network's sign-in page, or the URL is that of a site.
        WebPageAnswers => "web_page_answers",
        /// The key is empty, mangled or not this project's.
        KeyInvalid => "key_invalid",
        /// A secret or service-role key was given: it must never be in an app.
        KeySecret => "key_secret",
        /// No local Supabase answers.
        LocalNotFound => "local_not_found",

        /// The server cannot be reached.
        Offline => "offline",
        /// The server answered with a fault of its own.
        ServerTrouble => "server_trouble",
        /// The server failed at this, and nothing says that it passes: it may fail again, however often it is tried.
        ServerFailed => "server_failed",
        /// Too many attempts; wait.
        RateLimited => "rate_limited",
        /// Something else answers in the project's place: a network's sign-in page, a filter.
        Intercepted => "intercepted",
        /// The gateway before the project does not reach it.
        ProjectUnreachable => "project_unreachable",
        /// The clocks of the project's servers differ: a token just issued is too young for one of them.
        ClocksDiffer => "clocks_differ",
        /// Nobody whom this machine trusts has signed the certificate of whatever answers.
        CertificateUntrusted => "certificate_untrusted",
        /// The certificate of whatever answers has expired or is not valid yet, by this machine's clock.
        CertificateOutOfDate => "certificate_out_of_date",
        /// The certificate of whatever answers is another host's.
        CertificateOtherHost => "certificate_other_host",
        /// The project is paused; its owner can resume it.
        ProjectPaused => "project_paused",
        /// The project is restricted, or its database takes no more; its owner has to see to it.
        ProjectRestricted => "project_restricted",
        /// Something of the project's own (a trigger, a function, a hook) fails; its owner has to look.
        ProjectBroken => "project_broken",
        /// The project cannot send its mail; its owner has to look.
        MailUnsent => "mail_unsent",
        /// One of the project's servers does not take the tokens that its Auth server issues; its owner has to look.
        TokensRefused => "tokens_refused",
        /// The server refused it with a code that this version does not know.
        Refused => "refused",

        /// Nobody is signed in (any more).
        SignedOut => "signed_out",
        /// Sign out first.
        SignedIn => "signed_in",
        /// Wrong address or password.
        InvalidCredentials => "invalid_credentials",
        /// The address was never confirmed.
        EmailNotConfirmed => "email_not_confirmed",
        /// Not an e-mail address.
        EmailInvalid => "email_invalid",
        /// The password is empty.
        PasswordMissing => "password_missing",
        /// Over 72 bytes, which the server would refuse.
        PasswordTooLong => "password_too_long",
        /// The project asks for a stronger one.
        WeakPassword => "weak_password",
        /// The address has an account already (only where the project confirms addresses by itself; elsewhere it does
        /// not tell).
        AlreadyRegistered => "already_registered",
        /// The project takes no new accounts.
        SignUpDisabled => "sign_up_disabled",
        /// The project takes no sign-in by e-mail.
        EmailDisabled => "email_disabled",
        /// The project asks for a captcha, and the app does not know which.
        CaptchaRequired => "captcha_required",
        /// The account is banned.
        Banned => "banned",
        /// The flow is over: sent back, cancelled or expired.
        FlowUnknown => "flow_unknown",
        /// The project does not let people in without an address.
        AnonymousDisabled => "anonymous_disabled",
        /// The project does not know the provider or has it switched off.
        ProviderUnavailable => "provider_unavailable",
        /// The browser could not be opened; the address can be copied.
        BrowserUnavailable => "browser_unavailable",
        /// The clipboard could not be written.
        ClipboardUnavailable => "clipboard_unavailable",
        /// No port of this machine could be opened for what comes back.
        LoopbackUnavailable => "loopback_unavailable",
        /// What was typed is no code.
        CodeInvalid => "code_invalid",
        /// The code is wrong, used or too old.
        CodeWrong => "code_wrong",
        /// The link that nobody here asked for is no longer good.
        LinkOver => "link_over",
        /// The server is still asked whom the link signs in.
        StillChecking => "still_checking",
        /// What a page has kept is no session of this project.
        SessionInvalid => "session_invalid",
        /// The session that a page has kept has ended.
        SessionOver => "session_over",

        /// The account has a second factor, which has to be shown first.
        SecondFactorNeeded => "second_factor_needed",
        /// The second factor is not there (any more).
        FactorUnknown => "factor_unknown",
        /// No more second factors may be added.
        TooManyFactors => "too_many_factors",
        /// The project takes no second factors.
        FactorsDisabled => "factors_disabled",
        /// The project asks for the password of now as well.
        CurrentPasswordNeeded => "current_password_needed",
        /// The password of now is wrong.
        CurrentPasswordWrong => "current_password_wrong",
        /// The project asks for a code by e-mail as well, which is on its way.
        NonceNeeded => "nonce_needed",
        /// That code is wrong or too old.
        NonceWrong => "nonce_wrong",
        /// The new password is the one of now.
        SamePassword => "same_password",
        /// The address belongs to another account.
        EmailTaken => "email_taken",
        /// The last way in cannot be taken away.
        LastIdentity => "last_identity",
        /// The project does not let providers be linked.
        LinkingDisabled => "linking_disabled",

        /// A policy of the project refused it, or there is nothing to do it to.
        Forbidden => "forbidden",
        /// The person stopped it.
        Cancelled => "cancelled",
        /// The data folder cannot be written.
        StoreUnwritable => "store_unwritable",
        /// The system's keychain is locked: the person has to unlock it.
        KeychainLocked => "keychain_locked",
        /// This machine has no keychain, or it does not answer or takes no keys.
        KeychainUnavailable => "keychain_unavailable",
        /// Nothing was to be kept on this machine any more, and files of other people would be lost.
        FilesOfOthers => "files_of_others",
        /// A fault of the app or the plugin.
        Internal => "internal",
    }
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
