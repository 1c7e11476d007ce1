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
    /// Sign-ins that continue elsewhere (a mail, the browser), the newest last.
    pub waiting: Vec<WaitingView>,
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
    /// Their address; `None` for an anonymous user.
    pub email: Option<String>,
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

/// A sign-in that continues elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// Names the flow in commands. Not the nonce of its link.
    pub id: String,
    /// What was begun.
    pub kind: WaitingKind,
    /// Where the mail went.
    pub email: String,
    /// Seconds until a new link may be asked for, counted from the moment of this view; 0 = now.
    pub resend_in_s: u32,
    /// The link is back and its code is being exchanged.
    pub exchanging: bool,
    /// Address of the local project's inbox page, only for a project on this machine.
    pub local_inbox: Option<String>,
}

/// What was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingKind {
    /// A new account, whose address has to be confirmed.
    SignUp,
}

/// The account page's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// The address the account signs in with.
    pub email: Option<String>,
    /// The row in `profiles`.
    pub profile: ProfileView,
    /// Address of the picture under the app's own scheme, changed whenever the picture changes; `None` = initials.
    pub avatar_url: Option<String>,
    /// Where this content comes from.
    pub freshness: Freshness,
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
    /// The link is not one that this app understands.
    LinkMalformed,
    /// The link belongs to no sign-in that this app began (or that one is over).
    LinkUnknown,
    /// The link was used before, opened by a mail scanner, or is too old.
    LinkSpent,
    /// The address is confirmed but the link came too late to sign in with it.
    ConfirmedTooLate,
    /// The sign-in was refused where it continued.
    LinkRefused,
    /// The server could not be reached to finish the sign-in; open the link again.
    LinkNotFinished,
    /// The sign-in that this link wanted to finish belongs to another account than the one signed in.
    LinkWhileSignedIn,
}

/// Something about the session's store that the person should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreWarning {
    /// The session could not be written: it lives until the app is closed. It is tried again.
    NotSaved,
}
