//! What went wrong, and what to do.

use foyer_contract::error::WeakPasswordReason;
use foyer_contract::{ErrorCode, SessionErrorCode, names};

use crate::model::avatar::{Size, Unit};
use crate::model::problem::Problem;
use crate::text::{t, t_with};

/// What went wrong and what to do, for the person.
pub(crate) fn problem(problem: &Problem) -> String {
    if let Some(seconds) =
        problem.retry_after_s.filter(|_| problem.code == ErrorCode::Session(SessionErrorCode::RateLimited))
    {
        return pause(seconds);
    }
    if problem.code == ErrorCode::Session(SessionErrorCode::WeakPassword) && !problem.weak_password.is_empty()
    {
        let reasons: Vec<String> =
            problem.weak_password.iter().map(|reason| t(weak_password_key(*reason))).collect();
        return reasons.join(" ");
    }
    if let Some(bytes) = problem.bytes {
        return t_with(error_key(problem.code), [("size", size(bytes))]);
    }
    if let Some(limit) = problem.limit.filter(|_| problem.code == ErrorCode::TextTooLong) {
        return t_with("error-text-too-long-for", [("limit", limit)]);
    }
    // The sentences have words of their own where nothing is named.
    let or_none = |text: &Option<String>| {
        text.as_deref().map_or_else(|| "none".to_owned(), |text| names::shown(text).into_owned())
    };
    let values = [("name", or_none(&problem.name)), ("words", or_none(&problem.quoted))];
    t_with(error_key(problem.code), values)
}

/// A size in the unit that people count it in.
pub(crate) fn size(bytes: u64) -> String {
    let Size { number, unit } = Size::of(bytes);
    t_with(unit_key(unit), [("number", number)])
}

keys! { unit_key, UNIT_KEYS, Unit,
    Bytes => "size-bytes",
    Kilobytes => "size-kilobytes",
    Megabytes => "size-megabytes",
}

/// How long to wait, in the unit that people count such a time in.
fn pause(seconds: u32) -> String {
    match seconds {
        0..=90 => t_with("error-rate-limited-for", [("seconds", seconds)]),
        91..=5400 => t_with("error-rate-limited-minutes", [("minutes", seconds.div_ceil(60))]),
        _ => t_with("error-rate-limited-hours", [("hours", seconds.div_ceil(3600))]),
    }
}

keys! { error_key, ERROR_KEYS, ErrorCode { Session => session_error_key },
    ConfirmationWrong => "error-confirmation-wrong",
    UsernameTaken => "error-username-taken",
    UsernameTooShort => "error-username-too-short",
    WebsiteInvalid => "error-website-invalid",
    TextTooLong => "error-text-too-long",
    UnseenCharacters => "error-unseen-characters",
    ValueTaken => "error-value-taken",
    ValueRefused => "error-value-refused",
    ValueRequired => "error-value-required",
    ProjectSays => "error-project-says",
    ColumnUnfilled => "error-column-unfilled",
    ColumnMissing => "error-column-missing",
    FunctionMissing => "error-function-missing",
    PicturesStay => "error-pictures-stay",
    Conflict => "error-conflict",
    ProjectNotPrepared => "error-project-not-prepared",
    FileUnreadable => "error-file-unreadable",
    NotOneFile => "error-not-one-file",
    NoPictureCopied => "error-no-picture-copied",
    FileTooLarge => "error-file-too-large",
    ImageUnsupported => "error-image-unsupported",
    ImageBroken => "error-image-broken",
    ImageTooLarge => "error-image-too-large",
    ImageTooHeavy => "error-image-too-heavy",
    BucketFormats => "error-bucket-formats",
    BucketLimit => "error-bucket-limit",
    BucketTooSmall => "error-bucket-too-small",
    PictureBusy => "error-picture-busy",
    PreviewUnknown => "error-preview-unknown",
    TooManyWindows => "error-too-many-windows",
    FolderNotOpened => "error-folder-not-opened",
}

keys! { session_error_key, SESSION_ERROR_KEYS, SessionErrorCode,
    NotConfigured => "error-not-configured",
    ConfiguredByEnvironment => "error-configured-by-environment",
    UrlInvalid => "error-url-invalid",
    UrlInsecure => "error-url-insecure",
    NotSupabase => "error-not-supabase",
    WebPageAnswers => "error-web-page-answers",
    KeyInvalid => "error-key-invalid",
    KeySecret => "error-key-secret",
    LocalNotFound => "error-local-not-found",
    Offline => "error-offline",
    ServerTrouble => "error-server-trouble",
    ServerFailed => "error-server-failed",
    RateLimited => "error-rate-limited",
    Intercepted => "error-intercepted",
    ProjectUnreachable => "error-project-unreachable",
    ClocksDiffer => "error-clocks-differ",
    CertificateUntrusted => "error-certificate-untrusted",
    CertificateOutOfDate => "error-certificate-out-of-date",
    CertificateOtherHost => "error-certificate-other-host",
    ProjectPaused => "error-project-paused",
    ProjectRestricted => "error-project-restricted",
    ProjectBroken => "error-project-broken",
    MailUnsent => "error-mail-unsent",
    TokensRefused => "error-tokens-refused",
    Refused => "error-refused",
    SignedOut => "error-signed-out",
    SignedIn => "error-signed-in",
    InvalidCredentials => "error-invalid-credentials",
    EmailNotConfirmed => "error-email-not-confirmed",
    EmailInvalid => "error-email-invalid",
    PasswordMissing => "error-password-missing",
    PasswordTooLong => "error-password-too-long",
    WeakPassword => "error-weak-password",
    AlreadyRegistered => "error-already-registered",
    SignUpDisabled => "error-sign-up-disabled",
    EmailDisabled => "error-email-disabled",
    CaptchaRequired => "error-captcha-required",
    Banned => "error-banned",
    FlowUnknown => "error-flow-unknown",
    AnonymousDisabled => "error-anonymous-disabled",
    ProviderUnavailable => "error-provider-unavailable",
    BrowserUnavailable => "error-browser-unavailable",
    ClipboardUnavailable => "error-clipboard-unavailable",
    LoopbackUnavailable => "error-loopback-unavailable",
    CodeInvalid => "error-code-invalid",
    CodeWrong => "error-code-wrong",
    LinkOver => "error-link-over",
    StillChecking => "error-still-checking",
    SessionInvalid => "error-session-invalid",
    SessionOver => "error-session-over",
    SecondFactorNeeded => "error-second-factor-needed",
    FactorUnknown => "error-factor-unknown",
    TooManyFactors => "error-too-many-factors",
    FactorsDisabled => "error-factors-disabled",
    CurrentPasswordNeeded => "error-current-password-needed",
    CurrentPasswordWrong => "error-current-password-wrong",
    NonceNeeded => "error-nonce-needed",
    NonceWrong => "error-nonce-wrong",
    SamePassword => "error-same-password",
    EmailTaken => "error-email-taken",
    LastIdentity => "error-last-identity",
    LinkingDisabled => "error-linking-disabled",
    Forbidden => "error-forbidden",
    Cancelled => "error-cancelled",
    StoreUnwritable => "error-store-unwritable",
    KeychainLocked => "error-keychain-locked",
    KeychainUnavailable => "error-keychain-unavailable",
    FilesOfOthers => "error-files-of-others",
    Internal => "error-internal",
}

keys! { weak_password_key, WEAK_PASSWORD_KEYS, WeakPasswordReason,
    Length => "weak-password-length",
    Characters => "weak-password-characters",
    Pwned => "weak-password-pwned",
    Other => "error-weak-password",
}

#[cfg(test)]
mod tests {
    use foyer_contract::CommandError;

    use super::*;

    fn failure(code: ErrorCode) -> CommandError {
        CommandError::new(code, "")
    }

    fn said(error: CommandError) -> String {
        problem(&error.into())
    }

    #[test]
    fn a_rate_limit_with_seconds_says_them() {
        let limited = CommandError {
            retry_after_s: Some(42),
            ..failure(ErrorCode::Session(SessionErrorCode::RateLimited))
        };

        assert!(said(limited).contains("42"));
    }

    #[test]
    fn a_limit_is_said_in_its_own_size() {
        for code in [ErrorCode::BucketLimit, ErrorCode::BucketTooSmall] {
            let limited = |bytes| said(CommandError { bytes: Some(bytes), ..failure(code) });

            assert!(limited(5 * 1024).contains("5 KB"), "{}", limited(5 * 1024));
            assert!(limited(2_000_000).contains("2 MB") && limited(700).contains("700 "), "{}", limited(700));
        }
    }

    #[test]
    fn a_long_pause_is_said_in_minutes_or_hours() {
        let limited = |seconds| {
            said(CommandError {
                retry_after_s: Some(seconds),
                ..failure(ErrorCode::Session(SessionErrorCode::RateLimited))
            })
        };

        assert!(limited(600).contains("10 minutes"), "{}", limited(600));
        assert!(limited(86_400).contains("24 hours"), "{}", limited(86_400));
    }

    #[test]
    fn an_owners_words_and_names_stand_in_the_sentence_as_theirs() {
        let quoted = Some("Only <b>members".into());
        let words = said(CommandError { quoted, ..failure(ErrorCode::ProjectSays) });
        assert!(words.contains("“Only <b>members”"), "{words}");

        for code in [
            ErrorCode::ValueTaken,
            ErrorCode::ValueRefused,
            ErrorCode::ColumnUnfilled,
            ErrorCode::ColumnMissing,
            ErrorCode::FunctionMissing,
        ] {
            let named = said(CommandError { name: Some("team_key".into()), ..failure(code) });
            let nameless = said(failure(code));
            assert!(named.contains("team_key"), "{named}");
            assert!(!nameless.contains("none") && !nameless.contains('{'), "{nameless}");
        }
        let long = CommandError { limit: Some(10), ..failure(ErrorCode::TextTooLong) };
        assert!(said(long).contains("10"));
    }

    #[test]
    fn words_of_the_projects_owner_turn_nothing_around() {
        let turned = CommandError {
            quoted: Some("\u{202E}moc.elpmaxe@ada".into()),
            ..failure(ErrorCode::ProjectSays)
        };

        assert!(!said(turned).contains('\u{202E}'));
    }

    #[test]
    fn a_weak_password_says_what_it_lacks() {
        let weak = CommandError {
            weak_password: vec![WeakPasswordReason::Length, WeakPasswordReason::Pwned],
            ..failure(ErrorCode::Session(SessionErrorCode::WeakPassword))
        };

        assert_eq!(said(weak), format!("{} {}", t("weak-password-length"), t("weak-password-pwned")));
    }
}
