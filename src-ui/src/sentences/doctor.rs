//! What a check of the connection has found, and what to do about it.

use foyer_contract::doctor::{CheckName, CheckState, Finding};

use crate::text::t;

/// What was looked at.
pub(crate) fn check_title(check: CheckName) -> String {
    t(check_key(check))
}

/// What the finding means, and what to do.
pub(crate) fn finding(finding: Finding) -> String {
    t(finding_key(finding))
}

/// Whose turn it is, in a word.
pub(crate) fn check_state(state: CheckState) -> String {
    t(state_key(state))
}

keys! { state_key, CHECK_STATE_KEYS, CheckState,
    Ok => "doctor-state-ok",
    Hint => "doctor-state-hint",
    Problem => "doctor-state-problem",
    Unknown => "doctor-state-unknown",
}

keys! { check_key, CHECK_KEYS, CheckName,
    Key => "check-key",
    Server => "check-server",
    Certificate => "check-certificate",
    SignUp => "check-sign-up",
    SignInMethods => "check-sign-in-methods",
    Confirmation => "check-confirmation",
    Mail => "check-mail",
    Captcha => "check-captcha",
    Redirect => "check-redirect",
    SigningKeys => "check-signing-keys",
    Profiles => "check-profiles",
    ProfileRow => "check-profile-row",
    ProfilePolicies => "check-profile-policies",
    Bucket => "check-bucket",
    BucketWriters => "check-bucket-writers",
    BucketReaders => "check-bucket-readers",
    BucketLimits => "check-bucket-limits",
    DeleteAccount => "check-delete-account",
    Clock => "check-clock",
    Links => "check-links",
    Keychain => "check-keychain",
    Webview => "check-webview",
    SessionBus => "check-session-bus",
}

keys! { finding_key, FINDING_KEYS, Finding,
    Good => "finding-good",
    NotNeeded => "finding-not-needed",
    NotAsked => "finding-not-asked",
    NoAnswer => "finding-no-answer",
    NotTold => "finding-not-told",
    SignInNeeded => "finding-sign-in-needed",
    AddressInvalid => "finding-address-invalid",
    AddressInsecure => "finding-address-insecure",
    KeyInvalid => "finding-key-invalid",
    KeySecret => "finding-key-secret",
    KeyRefused => "finding-key-refused",
    NameUnresolved => "finding-name-unresolved",
    Unreachable => "finding-unreachable",
    TimedOut => "finding-timed-out",
    CertificateUntrusted => "finding-certificate-untrusted",
    CertificateOutOfDate => "finding-certificate-out-of-date",
    CertificateOtherHost => "finding-certificate-other-host",
    WebPage => "finding-web-page",
    NotSupabase => "finding-not-supabase",
    Paused => "finding-paused",
    Restricted => "finding-restricted",
    ServerFails => "finding-server-fails",
    RateLimited => "finding-rate-limited",
    CertificateEnds => "finding-certificate-ends",
    ClockOff => "finding-clock-off",
    ClockWrong => "finding-clock-wrong",
    SignUpClosed => "finding-sign-up-closed",
    NoSignInMethod => "finding-no-sign-in-method",
    EmailOff => "finding-email-off",
    ConfirmationOff => "finding-confirmation-off",
    MailerNotTold => "finding-mailer-not-told",
    CaptchaAsked => "finding-captcha-asked",
    RedirectBare => "finding-redirect-bare",
    RedirectLoopback => "finding-redirect-loopback",
    RedirectNowhere => "finding-redirect-nowhere",
    SharedSecret => "finding-shared-secret",
    KeysUnknown => "finding-keys-unknown",
    RestClosed => "finding-rest-closed",
    TableMissing => "finding-table-missing",
    ColumnsMissing => "finding-columns-missing",
    TableClosed => "finding-table-closed",
    RowMissing => "finding-row-missing",
    PoliciesNotTold => "finding-policies-not-told",
    BucketMissing => "finding-bucket-missing",
    AnybodyWrites => "finding-anybody-writes",
    OthersWrite => "finding-others-write",
    OwnerCannotWrite => "finding-owner-cannot-write",
    BucketPublic => "finding-bucket-public",
    BucketTooSmall => "finding-bucket-too-small",
    BucketTypes => "finding-bucket-types",
    BucketUnlimited => "finding-bucket-unlimited",
    FunctionMissing => "finding-function-missing",
    FunctionOpen => "finding-function-open",
    LinksElsewhere => "finding-links-elsewhere",
    LinksNowhere => "finding-links-nowhere",
    KeychainAbsent => "finding-keychain-absent",
    KeychainLocked => "finding-keychain-locked",
    KeychainSilent => "finding-keychain-silent",
    WebviewOld => "finding-webview-old",
    BusAbsent => "finding-bus-absent",
    BusSilent => "finding-bus-silent",
}
