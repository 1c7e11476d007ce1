//! What the window shows. Everything here may be seen by the page: nothing secret, no path.

use serde::{Deserialize, Serialize};

use crate::{CommandError, command};

/// Asks for the whole state, and from then on for every change of it, as a [`Message`](crate::Message) each.
///
/// The invocation carries, beside `request`, an argument `channel`: the string `__CHANNEL__:<id>`, where the id is
/// what `__TAURI_INTERNALS__.transformCallback` answered. The callback gets `{ message, index }` for each message
/// and `{ end: true, index }` when the channel is closed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WatchApp {}
command!(WatchApp => "watch_app", AppView);

/// The page has painted its first frame: the window may be shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WindowReady {}
command!(WindowReady => "window_ready", ());

/// The person has read the notice with this id.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DismissNotice {
    /// From [`Notice::id`].
    pub id: u64,
}
command!(DismissNotice => "dismiss_notice", ());

/// Everything the window needs to decide which page it shows.
///
/// The backend sends it whole with every change ([`Message::App`](crate::Message::App)); the window keeps the one with the highest
/// [`revision`](Self::revision).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppView {
    /// Rises with every change.
    pub revision: u64,
    /// Foyer's version, for example `0.1.0`.
    pub version: String,
    /// `None`: no project is configured, show the connect page.
    pub project: Option<ProjectView>,
    /// Who is signed in.
    pub session: SessionView,
    /// What was begun and continues elsewhere (a mail, the browser), the newest last. Also while somebody is signed
    /// in: a new address, one more provider.
    pub waiting: Vec<WaitingView>,
    /// Captchas that the project asks for and that are solved in the browser, the oldest first: shown above whatever
    /// page there is. What asked for one goes on by itself once that one is solved. The commands about it are those of
    /// a waiting flow, with the captcha's id.
    pub captchas: Vec<WaitingView>,
    /// A link that nobody here asked for wants to sign somebody in: asks whether that is wanted.
    pub consent: Option<ConsentView>,
    /// The person came in to choose a new password (recovery, invitation): shows that page before any other.
    pub new_password: bool,
    /// The security page's content; `None` while signed out.
    pub security: Option<SecurityView>,
    /// The account page's content; `None` while signed out or not loaded and not cached.
    pub account: Option<AccountView>,
    /// Why the account could not be loaded, until it can be.
    pub account_error: Option<CommandError>,
    /// One sentence for the person, until dismissed or replaced.
    pub notice: Option<Notice>,
    /// Something about the session's store that stays true until it is mended.
    pub store_warning: Option<StoreWarning>,
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
    /// The environment variables name it: it cannot be changed in the window.
    pub from_environment: bool,
    /// What the project offers, from `/auth/v1/settings`; `None` until the server has answered once.
    pub offers: Option<Offers>,
    /// How links come back from this project; `None` until the server has answered once.
    pub way_back: Option<WayBack>,
}

/// How what continues elsewhere comes back. Found out once for each project, and remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayBack {
    /// The app's own links, each saying what it belongs to. The best there is.
    DeepLink,
    /// The app's own links, bare: one sign-in can wait at a time.
    BareDeepLink,
    /// A small web server on this machine (`http://127.0.0.1:<port>/auth/callback`), which every project lets through:
    /// works while the app runs, in a browser on the same machine.
    Loopback,
}

/// What the project's owner switched on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offers {
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum SessionView {
    /// The store is being read; nothing is known yet.
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
    /// False while this comes from the local store only and no server has vouched for it yet.
    pub verified: bool,
}

/// Why a session ended. The sign-in page says each in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOutCause {
    /// The person asked for it, here.
    Asked,
    /// The session was ended from another device or by the project's owner.
    Elsewhere,
    /// The project limits how long a session may live, or how many a person may have.
    Expired,
    /// The account was banned.
    Banned,
    /// The account no longer exists.
    Deleted,
    /// The stored session could not be read.
    StoreLost,
}

/// What was begun and continues elsewhere.
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

/// What was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingKind {
    /// A new account, whose address has to be confirmed.
    SignUp,
    /// A link that signs in without a password.
    MagicLink,
    /// A link that signs in to choose a new password.
    Recovery,
    /// A new address for the signed-in person.
    EmailChange,
    /// A sign-in through a provider, in the browser.
    Provider,
    /// One more provider for the signed-in person, in the browser.
    LinkProvider,
    /// A captcha that the project asks for, in the browser ([`AppView::captchas`]).
    Captcha,
}

/// A link that nobody here asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentView {
    /// Names the question in [`AcceptLink`](crate::session::AcceptLink) and
    /// [`DeclineLink`](crate::session::DeclineLink): another link may take its place between a look and a click.
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
    /// Where and how the session is kept on this machine.
    pub protection: Protection,
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
}

/// What a second factor is. Foyer asks for the codes of authenticators only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorKind {
    /// An app that makes codes.
    Authenticator,
    /// A phone that a code is sent to.
    Phone,
    /// A passkey or a security key.
    Passkey,
    /// A kind that this version does not know.
    Other,
}

/// How the session is kept on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// In a file that only the person's own user account may read. Not encrypted.
    FilePermissions,
}

/// The account page's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// The address the account signs in with.
    pub email: Option<String>,
    /// The row in `profiles`.
    pub profile: ProfileView,
    /// Names this state of the row, for [`SaveProfile`](crate::account::SaveProfile). Opaque.
    pub version: String,
    /// Address of the picture under the app's own scheme, changed whenever the picture changes; `None` = initials.
    pub avatar_url: Option<String>,
    /// Whether the row names a picture, one that cannot be shown included: it can be removed.
    #[serde(default)]
    pub has_picture: bool,
    /// Where this content comes from.
    pub freshness: Freshness,
    /// An edit that was made offline and waits to be sent. [`profile`](Self::profile) is still the server's.
    pub queued: Option<ProfileView>,
    /// An edit that met a newer row on the server: the person decides. [`profile`](Self::profile) is the newer row.
    pub conflict: Option<ProfileView>,
    /// What the project's database lacks of what this page keeps there.
    #[serde(default)]
    pub lacks: Option<Lacks>,
    /// An edit that had waited and that the server refuses for good: it belongs back into the form.
    pub refused: Option<RefusedEdit>,
}

/// What a project's database lacks of what the account page keeps there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacks {
    /// There is no table `profiles`: the page shows what Auth keeps, which is the name alone.
    pub table: bool,
    /// The columns of `profiles` that are not there.
    pub columns: Vec<String>,
    /// What the project's owner runs to add it.
    pub sql: String,
}

/// What was typed and is not accepted, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedEdit {
    /// What was typed.
    pub profile: ProfileView,
    /// Why the server does not take it.
    pub error: CommandError,
}

/// The editable fields. An empty string is an empty field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    /// `profiles.full_name`.
    pub full_name: String,
    /// `profiles.username`, at least 3 characters, unique.
    pub username: String,
    /// `profiles.website`.
    pub website: String,
}

/// Where the account page's content comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    /// From this machine's cache; the server is being asked.
    Cached,
    /// The server just said so.
    Fresh,
    /// From the cache, and the server cannot be reached.
    Offline,
}

/// One sentence for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// For [`DismissNotice`].
    pub id: u64,
    /// Which sentence.
    pub code: NoticeCode,
}

/// The sentences that the backend can ask the window to show, in the window's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeCode {
    /// A link brought the person in.
    SignedInByLink,
    /// A provider brought the person in.
    SignedInByProvider,
    /// The link is not one that this app understands, or there is none in what was pasted.
    LinkMalformed,
    /// The pasted link lacks its type.
    LinkIncomplete,
    /// What was pasted is the link of a mail gateway, which alone knows the link behind it.
    LinkSealed,
    /// The link belongs to no sign-in that this app began (or that one is over).
    LinkUnknown,
    /// The link was used before, opened by a mail scanner, or is too old.
    LinkSpent,
    /// The address is confirmed but the link came too late to sign in with it.
    ConfirmedTooLate,
    /// What continued in the browser took longer than the server waits.
    TookTooLong,
    /// The sign-in was refused where it continued.
    LinkRefused,
    /// The server could not be reached to finish the sign-in; open the link again.
    LinkNotFinished,
    /// The sign-in that this link wanted to finish belongs to another account than the one signed in.
    LinkWhileSignedIn,
    /// The link changes an account that is not the one signed in here (or nobody is).
    LinkOfOtherAccount,
    /// A link says, without a proof, that one of two addresses is confirmed: the other one has to be, too.
    OtherAddressToConfirm,
    /// The provider has not confirmed the person's address: a mail is on its way.
    ProviderAddressUnconfirmed,
    /// The provider's account belongs to somebody already.
    IdentityTaken,
    /// The first of two confirmations of a new address is done.
    EmailChangeHalf,
    /// The new address stands.
    EmailChanged,
    /// The provider is linked.
    IdentityLinked,
    /// The new password stands.
    PasswordChanged,
    /// All other devices are signed out.
    OthersSignedOut,
    /// A second factor was added.
    FactorAdded,
    /// A second factor was removed.
    FactorRemoved,
    /// An edit that was made offline has reached the server.
    EditSent,
    /// The account and everything in it is deleted.
    AccountDeleted,
    /// The account is deleted; a picture that the project does not let be removed may have stayed.
    AccountDeletedPicturesStay,
    /// Something of the project's own failed where a sign-in continued; its owner has to look.
    ProjectFailed,
    /// The browser could not be opened; the address can be copied.
    BrowserNotOpened,
}

/// Something about the session's store that the person should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreWarning {
    /// The session could not be written: it lives until the app is closed. It is tried again.
    NotSaved,
    /// Nobody is signed in, and what the store should have forgotten may still be there. It is tried again.
    NotRemoved,
}
