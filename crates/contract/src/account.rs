//! The account form.

use serde::{Deserialize, Serialize};

use supabase_session_contract::named;

use crate::command;
use crate::view::ProfileView;

/// Asks the server for the account once more. The answer arrives as a [`Message`](crate::Message).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoadAccount {}
command!(LoadAccount => "load_account", ());

/// Saves what was changed in the account form; the other fields stay as the server has them. Offline it is kept and sent when the server can be reached again
/// ([`AccountView::queued`](crate::view::AccountView::queued)); where the server's row is newer it fails with
/// [`Conflict`](crate::ErrorCode::Conflict) and is kept too
/// ([`AccountView::conflict`](crate::view::AccountView::conflict)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveProfile {
    /// What the form holds now.
    pub profile: ProfileView,
    /// What the form was filled from. Without it, that is the row as the backend knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<ProfileBase>,
}
command!(SaveProfile => "save_profile", ());

/// What a form was filled from: fields that still say the same were not touched and are not written, and a row that is
/// newer than this version is not overwritten.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileBase {
    /// The fields as they were.
    pub profile: ProfileView,
    /// [`AccountView::version`](crate::view::AccountView::version) of that time.
    pub version: String,
}

/// What is typed in the account form and not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What the form holds.
    pub profile: ProfileView,
    /// What the form was filled from.
    pub base: ProfileBase,
}

/// Keeps what is typed in this window's account form until it is saved, so that a crash loses nothing. On disk it is
/// sealed as the session is; where nothing is to be written, it lives as long as the app. A window with a draft asks
/// before it closes ([`CloseAsked`](crate::Message::CloseAsked)).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeepDraft {
    /// `None`: nothing is unsaved (any more).
    pub draft: Option<Draft>,
}
command!(KeepDraft => "keep_draft", ());

/// What is kept of this window's account form, if anything is: the page, or the form on it, may have begun anew since.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FindDraft {}
command!(FindDraft => "find_draft", Option<Draft>);

/// Asks whether somebody else has this username, as far as whoever is signed in may see. A newer question takes the place
/// of an older one, which is answered with [`Unknown`](UsernameState::Unknown).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckUsername {
    /// What was typed.
    pub username: String,
}
command!(CheckUsername => "check_username", UsernameState);

named! {
    /// Whether a username can be had. Only saving it tells for sure.
    pub enum UsernameState {
        /// Nobody else has it.
        Free => "free",
        /// Somebody else has it.
        Taken => "taken",
        /// It cannot be known: no connection, no right to see others, or no username at all.
        Unknown => "unknown",
    }
}

/// Decides a conflict, or what becomes of an edit that waits to be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResolveEdit {
    /// Which one stays.
    pub keep: Version,
    /// [`AccountView::version`](crate::view::AccountView::version) of the server's row that the person saw. A newer one
    /// is not overwritten: it fails with [`Conflict`](crate::ErrorCode::Conflict). Without it, any row is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
}
command!(ResolveEdit => "resolve_edit", ());

/// One of two versions of the same row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Version {
    /// What was typed here: it is written over the server's row.
    Mine,
    /// The server's row: what was typed here is dropped.
    Theirs,
}

/// Looks up what anyone may read of somebody. Needs nobody to be signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FindPublicProfile {
    /// Their username.
    pub username: String,
}
command!(FindPublicProfile => "find_public_profile", Option<ProfileView>);

/// Looks up what anyone may see of whoever is signed in. Asked for with the project's key alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ViewPublicProfile {}
command!(ViewPublicProfile => "view_public_profile", PublicProfile);

/// What anyone may see of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicProfile {
    /// The row as others see it; `None` where they see nothing of it.
    pub profile: Option<ProfileView>,
    /// Whether they see the picture too.
    pub has_picture: bool,
}

/// Puts SQL that the project's owner can run on the clipboard.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CopySql {
    /// What the SQL adds.
    pub adds: OwnerSql,
}
command!(CopySql => "copy_sql", ());

/// What SQL of ours adds to a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerSql {
    /// What the account page lacks ([`Lacks::sql`](crate::view::Lacks::sql)).
    Profile,
    /// The function that deletes the account of whoever calls it ([`CommandError::sql`](crate::CommandError::sql)).
    Deletion,
}
