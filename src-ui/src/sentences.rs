//! Which sentence belongs to which code of the contract. The server's and the backend's own words are never shown.

use foyer_contract::ErrorCode;
use foyer_contract::error::WeakPasswordReason;
use foyer_contract::view::{
    FactorKind, NoticeCode, Protection, SignOutCause, StoreWarning, WaitingKind, WaitingView,
};

use crate::model::avatar::Size;
use crate::model::problem::Problem;
use crate::model::provider::provider_name;
use crate::text::{t, t_with};

/// One key for each variant: an exhaustive function for the window and a list for the test that looks for gaps.
macro_rules! keys {
    ($function:ident, $list:ident, $code:ty, $($variant:ident => $key:literal,)*) => {
        fn $function(code: $code) -> &'static str {
            match code { $(<$code>::$variant => $key,)* }
        }
        #[cfg(test)]
        const $list: &[&str] = &[$($key,)*];
    };
}

keys! { error_key, ERROR_KEYS, ErrorCode,
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
    Forbidden => "error-forbidden",
    ProjectNotPrepared => "error-project-not-prepared",
    FileUnreadable => "error-file-unreadable",
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
    Cancelled => "error-cancelled",
    StoreUnwritable => "error-store-unwritable",
    Internal => "error-internal",
}

keys! { weak_password_key, WEAK_PASSWORD_KEYS, WeakPasswordReason,
    Length => "weak-password-length",
    Characters => "weak-password-characters",
    Pwned => "weak-password-pwned",
    Other => "error-weak-password",
}

keys! { notice_key, NOTICE_KEYS, NoticeCode,
    SignedInByLink => "notice-signed-in-by-link",
    SignedInByProvider => "notice-signed-in-by-provider",
    LinkMalformed => "notice-link-malformed",
    LinkIncomplete => "notice-link-incomplete",
    LinkSealed => "notice-link-sealed",
    TookTooLong => "notice-took-too-long",
    LinkUnknown => "notice-link-unknown",
    LinkSpent => "notice-link-spent",
    ConfirmedTooLate => "notice-confirmed-too-late",
    LinkRefused => "notice-link-refused",
    LinkNotFinished => "notice-link-not-finished",
    LinkWhileSignedIn => "notice-link-while-signed-in",
    LinkOfOtherAccount => "notice-link-of-other-account",
    OtherAddressToConfirm => "notice-other-address-to-confirm",
    ProviderAddressUnconfirmed => "notice-provider-address-unconfirmed",
    IdentityTaken => "notice-identity-taken",
    EmailChangeHalf => "notice-email-change-half",
    EmailChanged => "notice-email-changed",
    IdentityLinked => "notice-identity-linked",
    PasswordChanged => "notice-password-changed",
    OthersSignedOut => "notice-others-signed-out",
    FactorAdded => "notice-factor-added",
    FactorRemoved => "notice-factor-removed",
    EditSent => "notice-edit-sent",
    AccountDeleted => "notice-account-deleted",
    AccountDeletedPicturesStay => "notice-account-deleted-pictures-stay",
    ProjectFailed => "notice-project-failed",
    BrowserNotOpened => "notice-browser-not-opened",
}

keys! { sign_out_key, SIGN_OUT_KEYS, SignOutCause,
    Asked => "signed-out-asked",
    Elsewhere => "signed-out-elsewhere",
    Expired => "signed-out-expired",
    Banned => "signed-out-banned",
    Deleted => "signed-out-deleted",
    StoreLost => "signed-out-store-lost",
}

keys! { store_warning_key, STORE_WARNING_KEYS, StoreWarning,
    NotSaved => "store-warning-not-saved",
    NotRemoved => "store-warning-not-removed",
}

keys! { protection_key, PROTECTION_KEYS, Protection,
    FilePermissions => "protection-file-permissions",
}

keys! { waiting_title_key, WAITING_TITLE_KEYS, WaitingKind,
    SignUp => "waiting-title-mail",
    MagicLink => "waiting-title-mail",
    Recovery => "waiting-title-mail",
    EmailChange => "waiting-title-email-change",
    Provider => "waiting-title-provider",
    LinkProvider => "waiting-title-link-provider",
    Captcha => "waiting-title-captcha",
}

keys! { waiting_lead_key, WAITING_LEAD_KEYS, WaitingKind,
    SignUp => "waiting-lead-sign-up",
    MagicLink => "waiting-lead-magic-link",
    Recovery => "waiting-lead-recovery",
    EmailChange => "waiting-lead-email-change",
    Provider => "waiting-lead-provider",
    LinkProvider => "waiting-lead-link-provider",
    Captcha => "waiting-lead-captcha",
}

keys! { waiting_end_key, WAITING_END_KEYS, WaitingKind,
    SignUp => "waiting-end-signed-in",
    MagicLink => "waiting-end-signed-in",
    Recovery => "waiting-end-recovery",
    EmailChange => "waiting-end-email-change",
    Provider => "waiting-end-signed-in",
    LinkProvider => "waiting-end-link-provider",
    Captcha => "waiting-end-captcha",
}

keys! { factor_name_key, FACTOR_NAME_KEYS, FactorKind,
    Authenticator => "mfa-name",
    Phone => "mfa-name-phone",
    Passkey => "mfa-name-passkey",
    Other => "mfa-name-other",
}

keys! { factor_kind_key, FACTOR_KIND_KEYS, FactorKind,
    Authenticator => "mfa-kind-authenticator",
    Phone => "mfa-kind-phone",
    Passkey => "mfa-kind-passkey",
    Other => "mfa-kind-other",
}

keys! { elsewhere_key, ELSEWHERE_KEYS, FactorKind,
    Authenticator => "mfa-elsewhere-other",
    Phone => "mfa-elsewhere-phone",
    Passkey => "mfa-elsewhere-passkey",
    Other => "mfa-elsewhere-other",
}

/// A second factor without a name of its own.
pub(crate) fn factor_name(kind: FactorKind, number: usize) -> String {
    t_with(factor_name_key(kind), [("number", number)])
}

/// What a second factor is.
pub(crate) fn factor_kind(kind: FactorKind) -> String {
    t(factor_kind_key(kind))
}

/// What is asked for that cannot be shown here, and what to do.
pub(crate) fn second_factor_elsewhere(kind: FactorKind) -> String {
    t(elsewhere_key(kind))
}

/// What is being waited for.
pub(crate) fn waiting_title(waiting: &WaitingView) -> String {
    t_with(waiting_title_key(waiting.kind), [("provider", provider_of(waiting))])
}

/// What was begun and where it continues.
pub(crate) fn waiting_lead(waiting: &WaitingView) -> String {
    t_with(waiting_lead_key(waiting.kind), [("provider", provider_of(waiting))])
}

/// The provider as people know it; `none`, which the sentences have words of their own for, where it is not known.
fn provider_of(waiting: &WaitingView) -> String {
    waiting.provider.as_deref().map_or_else(|| "none".to_owned(), provider_name)
}

/// How it ends, as the last of the steps.
pub(crate) fn waiting_end(kind: WaitingKind) -> String {
    t(waiting_end_key(kind))
}

/// How the session is kept on this machine.
pub(crate) fn protection(protection: Protection) -> String {
    t(protection_key(protection))
}

/// What went wrong and what to do, for the person.
pub(crate) fn problem(problem: &Problem) -> String {
    if let Some(seconds) = problem.retry_after_s.filter(|_| problem.code == ErrorCode::RateLimited) {
        return pause(seconds);
    }
    if problem.code == ErrorCode::WeakPassword && !problem.weak_password.is_empty() {
        let reasons: Vec<String> =
            problem.weak_password.iter().map(|reason| t(weak_password_key(*reason))).collect();
        return reasons.join(" ");
    }
    if let Some(bytes) = problem.bytes {
        let Size { number, unit } = Size::of(bytes);
        return t_with(error_key(problem.code), [("size", number), ("unit", unit.to_owned())]);
    }
    if let Some(limit) = problem.limit.filter(|_| problem.code == ErrorCode::TextTooLong) {
        return t_with("error-text-too-long-for", [("limit", limit)]);
    }
    // The sentences have words of their own where nothing is named.
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let values = [("name", or_none(&problem.name)), ("words", or_none(&problem.quoted))];
    t_with(error_key(problem.code), values)
}

/// How long to wait, in the unit that people count such a time in.
fn pause(seconds: u32) -> String {
    match seconds {
        0..=90 => t_with("error-rate-limited-for", [("seconds", seconds)]),
        91..=5400 => t_with("error-rate-limited-minutes", [("minutes", seconds.div_ceil(60))]),
        _ => t_with("error-rate-limited-hours", [("hours", seconds.div_ceil(3600))]),
    }
}

/// What the backend wants the person to know.
pub(crate) fn notice(code: NoticeCode) -> String {
    t(notice_key(code))
}

/// True where a notice is good news.
pub(crate) fn is_good_news(code: NoticeCode) -> bool {
    match code {
        NoticeCode::SignedInByLink
        | NoticeCode::SignedInByProvider
        | NoticeCode::ConfirmedTooLate
        | NoticeCode::EmailChangeHalf
        | NoticeCode::EmailChanged
        | NoticeCode::IdentityLinked
        | NoticeCode::PasswordChanged
        | NoticeCode::OthersSignedOut
        | NoticeCode::FactorAdded
        | NoticeCode::FactorRemoved
        | NoticeCode::EditSent
        | NoticeCode::AccountDeleted => true,
        NoticeCode::LinkMalformed
        | NoticeCode::LinkIncomplete
        | NoticeCode::LinkSealed
        | NoticeCode::TookTooLong
        | NoticeCode::LinkUnknown
        | NoticeCode::LinkSpent
        | NoticeCode::LinkRefused
        | NoticeCode::LinkNotFinished
        | NoticeCode::LinkWhileSignedIn
        | NoticeCode::LinkOfOtherAccount
        | NoticeCode::OtherAddressToConfirm
        | NoticeCode::ProviderAddressUnconfirmed
        | NoticeCode::IdentityTaken
        | NoticeCode::AccountDeletedPicturesStay
        | NoticeCode::ProjectFailed
        | NoticeCode::BrowserNotOpened => false,
    }
}

/// Why the person is on the sign-in page.
pub(crate) fn signed_out(cause: SignOutCause) -> String {
    t(sign_out_key(cause))
}

/// What is wrong with the store.
pub(crate) fn store_warning(warning: StoreWarning) -> String {
    t(store_warning_key(warning))
}

/// Every key of the tables above.
#[cfg(test)]
pub(crate) fn all_keys() -> impl Iterator<Item = &'static str> {
    let lists = [
        ERROR_KEYS,
        WEAK_PASSWORD_KEYS,
        NOTICE_KEYS,
        SIGN_OUT_KEYS,
        STORE_WARNING_KEYS,
        PROTECTION_KEYS,
        WAITING_TITLE_KEYS,
        WAITING_LEAD_KEYS,
        WAITING_END_KEYS,
        FACTOR_NAME_KEYS,
        FACTOR_KIND_KEYS,
        ELSEWHERE_KEYS,
    ];
    lists.into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::waiting;

    #[test]
    fn a_rate_limit_with_seconds_says_them() {
        let limited = Problem { retry_after_s: Some(42), ..Problem::from(ErrorCode::RateLimited) };

        assert!(problem(&limited).contains("42"));
    }

    #[test]
    fn a_limit_is_said_in_its_own_size() {
        for code in [ErrorCode::BucketLimit, ErrorCode::BucketTooSmall] {
            let limited = |bytes| problem(&Problem { bytes: Some(bytes), ..Problem::from(code) });

            assert!(limited(5 * 1024).contains("5 KB"), "{}", limited(5 * 1024));
            assert!(limited(2_000_000).contains("2 MB") && limited(700).contains("700 "), "{}", limited(700));
        }
    }

    #[test]
    fn a_long_pause_is_said_in_minutes_or_hours() {
        let limited = |seconds| {
            problem(&Problem { retry_after_s: Some(seconds), ..Problem::from(ErrorCode::RateLimited) })
        };

        assert!(limited(600).contains("10 minutes"), "{}", limited(600));
        assert!(limited(86_400).contains("24 hours"), "{}", limited(86_400));
    }

    #[test]
    fn an_owners_words_and_names_stand_in_the_sentence_as_theirs() {
        let said = Problem { quoted: Some("Only <b>members".into()), ..ErrorCode::ProjectSays.into() };
        assert!(problem(&said).contains("“Only <b>members”"), "{}", problem(&said));

        for code in [
            ErrorCode::ValueTaken,
            ErrorCode::ValueRefused,
            ErrorCode::ColumnUnfilled,
            ErrorCode::ColumnMissing,
            ErrorCode::FunctionMissing,
        ] {
            let named = problem(&Problem { name: Some("team_key".into()), ..code.into() });
            let nameless = problem(&code.into());
            assert!(named.contains("team_key"), "{named}");
            assert!(!nameless.contains("none") && !nameless.contains('{'), "{nameless}");
        }
        let long = Problem { limit: Some(10), ..ErrorCode::TextTooLong.into() };
        assert!(problem(&long).contains("10"));
    }

    #[test]
    fn a_flow_in_the_browser_names_its_provider_where_it_is_known_and_reads_well_where_it_is_not() {
        let mut flow = waiting(WaitingKind::LinkProvider);
        flow.provider = Some("github".into());
        assert!(waiting_title(&flow).contains("GitHub") && waiting_lead(&flow).contains("GitHub"));

        flow.provider = None;
        for words in [waiting_title(&flow), waiting_lead(&flow)] {
            assert!(!words.contains("none") && !words.contains("  ") && !words.contains('{'), "{words}");
        }
    }

    #[test]
    fn a_weak_password_says_what_it_lacks() {
        let weak = Problem {
            weak_password: vec![WeakPasswordReason::Length, WeakPasswordReason::Pwned],
            ..Problem::from(ErrorCode::WeakPassword)
        };

        assert_eq!(problem(&weak), format!("{} {}", t("weak-password-length"), t("weak-password-pwned")));
    }
}
