//! What the backend wants the person to know.

use foyer_contract::view::NoticeCode;

use crate::text::t;

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
