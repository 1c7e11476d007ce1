//! What the backend wants the person to know.

use foyer_contract::view::{NoticeCode, SessionNoticeCode};

use crate::text::t;

/// What the backend wants the person to know.
pub(crate) fn notice(code: NoticeCode) -> String {
    t(notice_key(code))
}

/// True where a notice is good news.
pub(crate) fn is_good_news(code: NoticeCode) -> bool {
    match code {
        NoticeCode::Session(SessionNoticeCode::SignedInByLink)
        | NoticeCode::Session(SessionNoticeCode::SignedInByProvider)
        | NoticeCode::Session(SessionNoticeCode::ConfirmedTooLate)
        | NoticeCode::Session(SessionNoticeCode::EmailChangeHalf)
        | NoticeCode::Session(SessionNoticeCode::EmailChanged)
        | NoticeCode::Session(SessionNoticeCode::IdentityLinked)
        | NoticeCode::Session(SessionNoticeCode::PasswordChanged)
        | NoticeCode::Session(SessionNoticeCode::OthersSignedOut)
        | NoticeCode::Session(SessionNoticeCode::FactorAdded)
        | NoticeCode::Session(SessionNoticeCode::FactorRemoved)
        | NoticeCode::EditSent
        | NoticeCode::AccountDeleted => true,
        NoticeCode::Session(SessionNoticeCode::LinkMalformed)
        | NoticeCode::Session(SessionNoticeCode::LinkIncomplete)
        | NoticeCode::Session(SessionNoticeCode::LinkSealed)
        | NoticeCode::Session(SessionNoticeCode::TookTooLong)
        | NoticeCode::Session(SessionNoticeCode::LinkUnknown)
        | NoticeCode::Session(SessionNoticeCode::LinkSpent)
        | NoticeCode::Session(SessionNoticeCode::LinkRefused)
        | NoticeCode::Session(SessionNoticeCode::LinkNotFinished)
        | NoticeCode::Session(SessionNoticeCode::LinkWhileSignedIn)
        | NoticeCode::Session(SessionNoticeCode::LinkOfOtherAccount)
        | NoticeCode::Session(SessionNoticeCode::OtherAddressToConfirm)
        | NoticeCode::Session(SessionNoticeCode::ProviderAddressUnconfirmed)
        | NoticeCode::Session(SessionNoticeCode::IdentityTaken)
        | NoticeCode::AccountDeletedPicturesStay
        | NoticeCode::Session(SessionNoticeCode::ProjectFailed)
        | NoticeCode::Session(SessionNoticeCode::BrowserNotOpened) => false,
    }
}

keys! { notice_key, NOTICE_KEYS, NoticeCode { Session => session_notice_key },
    EditSent => "notice-edit-sent",
    AccountDeleted => "notice-account-deleted",
    AccountDeletedPicturesStay => "notice-account-deleted-pictures-stay",
}

keys! { session_notice_key, SESSION_NOTICE_KEYS, SessionNoticeCode,
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
    ProjectFailed => "notice-project-failed",
    BrowserNotOpened => "notice-browser-not-opened",
}
