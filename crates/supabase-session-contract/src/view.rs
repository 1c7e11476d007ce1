//! What a page shows. Everything here may be seen by the page: nothing secret, no path.

use serde::{Deserialize, Serialize};

use crate::command;
pub use crate::protection::{KeychainState, Protection, ProtectionView};

/// Asks for the whole view, and from then on for every change of it.
///
/// The invocation carries, beside `request`, an argument `channel`: the string `__CHANNEL__:<id>`, where the id is
/// what `__TAURI_INTERNALS__.transformCallback` answered (in JavaScript: a `Channel` of `@tauri-apps/api/core`). The
/// callback gets `{ message, index }` for each view and `{ end: true, index }` when the channel is closed.
///
/// There are no Tauri events in between: a page that may listen to events hears those of other plugins too, the deep
/// link with its auth code among them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Watch {}
command!(Watch => "watch", SupabaseView);

/// The person has read the notice with this id.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DismissNotice {
    /// From [`Notice::id`].
    pub id: u64,
}
command!(DismissNotice => "dismiss_notice", ());

/// Everything that a page needs to know of the session.
///
/// It is sent whole with every change; a page keeps the one with the highest [`revision`](Self::revision).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupabaseView {
    /// Rises with every change.
    pub revision: u64,
    /// `None`: no project is connected.
    pub project: Option<ProjectView>,
    /// Who is signed in.
    pub session: SessionView,
    /// What was begun and continues elsewhere (a mail, the browser), the newest last. Also while somebody is signed
    /// in: a new address, one more provider.
    pub waiting: Vec<WaitingView>,
    /// Captchas that the project asks for and that are solved in the browser, the oldest first. What asked for one goes
    /// on by itself once that one is solved. The commands about it are those of a waiting flow, with the captcha's id.
    pub captchas: Vec<WaitingView>,
    /// A link that nobody here asked for wants to sign somebody in: asks whether that is wanted.
    pub consent: Option<ConsentView>,
    /// The person came in to choose a new password (recovery, invitation).
    pub new_password: bool,
    /// What guards the account; `None` while signed out.
    pub security: Option<SecurityView>,
    /// One sentence for the person, until dismissed or replaced.
    pub notice: Option<Notice>,
    /// Something about the session's store that stays true until it is mended.
    pub store_warning: Option<StoreWarning>,
    /// How the session is protected on this machine. Signed out it says how the next one will be.
    pub protection: ProtectionView,
}

/// The Supabase project that the app talks to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectView {
    /// The project's URL, for example `https://abcd.supabase.co`.
    pub url: String,
    /// The URL's host (and port, where it is not the scheme's own), for people.
    pub host: String,
    /// True for a project on this machine: its mails are in the local inbox, not at a mail provider.
    pub is_local: bool,
    /// The app or its environment names it: it cannot be changed in the window.
    pub is_fixed: bool,
    /// What the project offers, from `/auth/v1/settings`; `None` until the server has answered once.
    pub sign_in_methods: Option<SignInMethods>,
    /// How links come back from this project; `None` until the server has answered once.
    pub redirect_mode: Option<RedirectMode>,
}

named! {
    /// How links come back to the app. Found out once for each project, and remembered.
    pub enum RedirectMode {
        /// The app's own links, each saying what it belongs to. The best there is.
        DeepLink => "deep_link",
        /// The app's own links, bare: one sign-in can wait at a time.
        BareDeepLink => "bare_deep_link",
        /// A small web server on this machine (`http://127.0.0.1:<port>/auth/callback`), which every project lets through:
        /// works while the app runs, in a browser on the same machine.
        Loopback => "loopback",
    }
}

/// What the project's owner switched on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInMethods {
    /// E-mail and password.
    pub email: bool,
    /// New people may sign up.
    pub sign_up: bool,
    /// Sign-in without an address.
    pub anonymous: bool,
    /// Names of the OAuth providers, for example `github`.
    pub providers: Vec<String>,
}

/// Who is signed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum SessionView {
    /// The store is being read; nothing is known yet.
    #[default]
    Restoring,
    /// Nobody. With the reason, if a session ended.
    SignedOut {
        /// `None` at a first start.
        cause: Option<SignOutCause>,
    },
    /// Somebody.
    SignedIn {
        /// What may be said of them.
        user: UserView,
    },
}

/// The signed-in person, as far as the Auth server keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserView {
    /// Their id: a page that was filled by one person is not shown to the next.
    pub id: String,
    /// Their address; `None` for an anonymous user.
    pub email: Option<String>,
    /// Somebody without any way to come back yet: what they do is lost when they sign out.
    pub is_anonymous: bool,
    /// The account has a second factor that this session has not shown: shows the code's page, and nothing private.
    pub second_factor_needed: bool,
    /// False while this comes from the local store only and no server has confirmed it yet.
    pub verified: bool,
}

named! {
    /// Why a session ended. The sign-in page says each in plain words.
    pub enum SignOutCause {
        /// The person asked for it, here.
        Asked => "asked",
        /// The session was ended from another device or by the project's owner.
        Elsewhere => "elsewhere",
        /// The project limits how long a session may live, or how many a person may have.
        Expired => "expired",
        /// The account was banned.
        Banned => "banned",
        /// The account no longer exists.
        Deleted => "deleted",
        /// The stored session could not be read.
        StoreLost => "store_lost",
    }
}

/// A flow that was begun and continues in a mail or a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// Names the flow in commands. Not the nonce of its link.
    pub id: String,
    /// What was begun.
    pub kind: WaitingKind,
    /// Where the mail went; `None` where it continues in the browser.
    pub email: Option<String>,
    /// The provider that it continues with, for example `github`, as long as it is known.
    pub provider: Option<String>,
    /// Its page can be opened in the browser again, or its address copied.
    pub can_open: bool,
    /// A code from the mail may be typed instead of opening the link.
    pub takes_code: bool,
    /// The first of two confirmations of a new address is done; the mail at the other address is still to be opened.
    pub is_halfway: bool,
    /// Seconds until a new link may be asked for, counted from the moment of this view; 0 = now.
    pub resend_in_s: u32,
    /// The link is back and its code is being exchanged.
    pub exchanging: bool,
    /// Its link leads back through a port of this machine: in a browser on this machine, while the app runs.
    pub by_port: bool,
    /// Address of the local project's inbox page, only for a project on this machine and once something has answered
    /// there.
    pub local_inbox: Option<String>,
}

named! {
    /// What was begun.
    pub enum WaitingKind {
        /// A new account, whose address has to be confirmed.
        SignUp => "sign_up",
        /// A link that signs in without a password.
        MagicLink => "magic_link",
        /// A link that signs in to choose a new password.
        Recovery => "recovery",
        /// A new address for the signed-in person.
        EmailChange => "email_change",
        /// A sign-in through a provider, in the browser.
        Provider => "provider",
        /// One more provider for the signed-in person, in the browser.
        LinkProvider => "link_provider",
        /// A captcha that the project asks for, in the browser ([`SupabaseView::captchas`]).
        Captcha => "captcha",
    }
}

/// A link that nobody here asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentView {
    /// Names the question in [`AcceptLink`](crate::links::AcceptLink) and
    /// [`DeclineLink`](crate::links::DeclineLink): another link may take its place between a look and a click.
    pub id: String,
    /// Whom it signs in, as the server says; `None` while that is being asked, or where the link does not tell.
    pub email: Option<String>,
    /// The server is being asked.
    pub is_checking: bool,
    /// It is an invitation: a password will be chosen next.
    pub is_invitation: bool,
}

/// The security page's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityView {
    /// What the person can sign in with.
    pub identities: Vec<IdentityView>,
    /// Their second factors, those that were begun and never shown among them.
    pub factors: Vec<FactorView>,
    /// The address that they want to change to, as long as that is not confirmed: begun here or anywhere.
    pub new_email: Option<String>,
    /// When somebody last signed in as them, on any device: seconds since 1970 by the server's clock. `None` where the
    /// server does not tell.
    pub last_sign_in_at: Option<u64>,
}

/// One thing that the person can sign in with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityView {
    /// Names it in [`UnlinkIdentity`](crate::security::UnlinkIdentity); `None` where the server does not tell (older
    /// ones), so that it cannot be taken away from here.
    pub id: Option<String>,
    /// For example `email`, `github`, `custom:acme` or `sso:<id>`; empty where the server does not tell.
    pub provider: String,
    /// The address that the provider gave.
    pub email: Option<String>,
    /// The server would let it go: another one remains.
    pub removable: bool,
}

/// A second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorView {
    /// Names it in commands.
    pub id: String,
    /// What the person calls it.
    pub name: Option<String>,
    /// What it is.
    pub kind: FactorKind,
    /// It was shown at least once: from now on it is asked for.
    pub verified: bool,
    /// When it was begun: seconds since 1970 by the server's clock. `None` where the server does not tell.
    pub added_at: Option<u64>,
}

named! {
    /// What a second factor is. Codes can be shown of authenticators only.
    pub enum FactorKind {
        /// An app that makes codes.
        Authenticator => "authenticator",
        /// A phone that a code is sent to.
        Phone => "phone",
        /// A passkey or a security key.
        Passkey => "passkey",
        /// A kind that this version does not know.
        Other => "other",
    }
}

named! {
    /// Something about the session's store that the person should know.
    pub enum StoreWarning {
        /// The session could not be written: it lives until the app is closed. It is tried again.
        NotSaved => "not_saved",
        /// Nobody is signed in, and what the store should have forgotten may still be there. It is tried again.
        NotRemoved => "not_removed",
    }
}

/// One sentence for the person. An app that has sentences of its own beside these puts its own code into the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice<Code = NoticeCode> {
    /// For [`DismissNotice`].
    pub id: u64,
    /// Which sentence.
    pub code: Code,
}

named! {
    /// The sentences that the backend can ask a page to show, in the page's own words.
    pub enum NoticeCode {
        /// A link brought the person in.
        SignedInByLink => "signed_in_by_link",
        /// A provider brought the person in.
        SignedInByProvider => "signed_in_by_provider",
        /// The link is not one that this app understands, or there is none in what was pasted.
        LinkMalformed => "link_malformed",
        /// The pasted link lacks its type.
        LinkIncomplete => "link_incomplete",
        /// What was pasted is the link of a mail gateway, which alone knows the link behind it.
        LinkSealed => "link_sealed",
        /// The link belongs to no sign-in that this app began (or that one is over).
        LinkUnknown => "link_unknown",
        /// The link was used before, opened by a mail scanner, or is too old.
        LinkSpent => "link_spent",
        /// The address is confirmed but the link came too late to sign in with it.
        ConfirmedTooLate => "confirmed_too_late",
        /// What continued in the browser took longer than the server waits.
        TookTooLong => "took_too_long",
        /// The sign-in was refused where it continued.
        LinkRefused => "link_refused",
        /// The server could not be reached to finish the sign-in; open the link again.
        LinkNotFinished => "link_not_finished",
        /// The sign-in that this link wanted to finish belongs to another account than the one signed in.
        LinkWhileSignedIn => "link_while_signed_in",
        /// The link changes an account that is not the one signed in here (or nobody is).
        LinkOfOtherAccount => "link_of_other_account",
        /// A link says, without a proof, that one of two addresses is confirmed: the other one has to be, too.
        OtherAddressToConfirm => "other_address_to_confirm",
        /// The provider has not confirmed the person's address: a mail is on its way.
        ProviderAddressUnconfirmed => "provider_address_unconfirmed",
        /// The provider's account belongs to somebody already.
        IdentityTaken => "identity_taken",
        /// The first of two confirmations of a new address is done.
        EmailChangeHalf => "email_change_half",
        /// The new address stands.
        EmailChanged => "email_changed",
        /// The provider is linked.
        IdentityLinked => "identity_linked",
        /// The new password stands.
        PasswordChanged => "password_changed",
        /// All other devices are signed out.
        OthersSignedOut => "others_signed_out",
        /// A second factor was added.
        FactorAdded => "factor_added",
        /// A second factor was removed.
        FactorRemoved => "factor_removed",
        /// Something of the project's own failed where a sign-in continued; its owner has to look.
        ProjectFailed => "project_failed",
        /// The browser could not be opened; the address can be copied.
        BrowserNotOpened => "browser_not_opened",
    }
}
