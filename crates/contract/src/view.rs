//! What the window shows. Everything here may be seen by the page: nothing secret, no path.

use serde::{Deserialize, Serialize};
use supabase_session_contract::named;
pub use supabase_session_contract::view::{
    ConsentView, FactorKind, FactorView, IdentityView, KeychainState, NoticeCode as SessionNoticeCode,
    ProjectView, Protection, ProtectionView, RedirectMode, SecurityView, SessionView, SignInMethods,
    SignOutCause, StoreWarning, SupabaseView, UserView, WaitingKind, WaitingView,
};

use crate::account::Draft;
use crate::preferences::{PreferencesView, Spoken};
use crate::updates::UpdatesView;
use crate::{CommandError, command};

/// Asks for the whole state, and from then on for every change of it, as a [`Message`](crate::Message) each.
///
/// The invocation carries, beside `request`, an argument `channel`: the string `__CHANNEL__:<id>`, where the id is
/// what `__TAURI_INTERNALS__.transformCallback` answered. The callback gets `{ message, index }` for each message
/// and `{ end: true, index }` when the channel is closed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WatchApp {}
command!(WatchApp => "watch_app", AppView);

/// What a page begins with: its first frame is rendered with it, and it stands in the document beside the frame.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Start {
    /// What the window shows.
    pub view: AppView,
    /// The language that it speaks.
    pub spoken: Spoken,
}

/// Opens one more window on the same session. There are as many as eight at once; then it fails with
/// [`TooManyWindows`](crate::ErrorCode::TooManyWindows).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenWindow {}
command!(OpenWindow => "open_window", ());

/// What the person answers to the question whether this window may close ([`CloseAsked`](crate::Message::CloseAsked)).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnswerClose {
    /// The window closes. Else it stays, and the next wish to close it is asked about again.
    pub close: bool,
}
command!(AnswerClose => "answer_close", ());

/// An item of the menu bar that macOS shows, as far as the page does what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MenuBarItem {
    /// Leads to the settings.
    Settings,
    /// Shows the shortcuts.
    Shortcuts,
}

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
    /// What the session's plugin shows: project, session, what waits, what guards the account. Its notice is always
    /// `None`: [`notice`](Self::notice) has the newest sentence of both.
    pub supabase: SupabaseView,
    /// The account page's content; `None` while signed out or not loaded and not cached.
    pub account: Option<AccountView>,
    /// Why the account could not be loaded, until it can be.
    pub account_error: Option<CommandError>,
    /// One sentence for the person, until dismissed or replaced.
    pub notice: Option<Notice>,
    /// What the person prefers on this computer.
    #[serde(default)]
    pub preferences: PreferencesView,
    /// How the updates of the app stand; `None` where its owner has switched none on.
    #[serde(default)]
    pub updates: Option<UpdatesView>,
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
    /// Whether that picture is on its way: until it has come, or is known not to come, nothing stands in its place.
    #[serde(default)]
    pub is_picture_coming: bool,
    /// Whether a picture was removed just now and can be brought back.
    #[serde(default)]
    pub can_restore_picture: bool,
    /// The most bytes that the project takes of a picture, where it tells them and they are so few that a picture may
    /// have to be made smaller than elsewhere.
    #[serde(default)]
    pub picture_limit: Option<u64>,
    /// Where this content comes from.
    pub freshness: Freshness,
    /// An edit that was made offline and waits to be sent. [`profile`](Self::profile) is still the server's.
    pub queued: Option<ProfileView>,
    /// An edit that met a newer row on the server: the person decides. [`profile`](Self::profile) is the newer row.
    pub conflict: Option<ProfileView>,
    /// What the project's database lacks of what this page keeps there.
    #[serde(default)]
    pub missing_schema: Option<MissingSchema>,
    /// An edit that had waited and that the server refuses for good: it belongs back into the form.
    pub refused: Option<RefusedEdit>,
    /// What was typed and not saved before the app ended, until a window has taken it
    /// ([`KeepDraft`](crate::account::KeepDraft)).
    #[serde(default)]
    pub draft: Option<Draft>,
}

/// What a project's database lacks of what the account page keeps there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingSchema {
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

named! {
    /// Where the account page's content comes from.
    pub enum Freshness {
        /// From this machine's cache; the server is being asked.
        Cached => "cached",
        /// The server just said so.
        Fresh => "fresh",
        /// From the cache, and the server cannot be reached.
        Offline => "offline",
    }
}

/// One sentence for the person, out of those of the app and of the session's plugin.
pub type Notice = supabase_session_contract::view::Notice<NoticeCode>;

named! {
    /// The sentences that the backend can ask the window to show, in the window's own words.
    pub enum NoticeCode {
        /// An edit that was made offline has reached the server.
        EditSent => "edit_sent",
        /// The account and everything in it is deleted.
        AccountDeleted => "account_deleted",
        /// The account is deleted; a picture that the project does not let be removed may have stayed.
        AccountDeletedPicturesStay => "account_deleted_pictures_stay",
        ..
        /// What the session's plugin says. It crosses by its name alone, as the others do.
        Session(SessionNoticeCode),
    }
}

impl From<SessionNoticeCode> for NoticeCode {
    fn from(code: SessionNoticeCode) -> Self {
        Self::Session(code)
    }
}
