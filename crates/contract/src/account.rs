//! The account form.

use serde::{Deserialize, Serialize};

use crate::command;
use crate::view::ProfileView;

/// Asks the server for the account once more. The answer arrives as a [`Message`](crate::Message).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoadAccount {}
command!(LoadAccount => "load_account", ());

/// Saves the account form. Offline it is kept and sent when the server can be reached again
/// ([`AccountView::queued`](crate::view::AccountView::queued)); where the server's row is newer it fails with
/// [`Conflict`](crate::ErrorCode::Conflict) and is kept too
/// ([`AccountView::conflict`](crate::view::AccountView::conflict)).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SaveProfile {
    /// What the form holds now.
    pub profile: ProfileView,
}
command!(SaveProfile => "save_profile", ());

/// Decides a conflict, or what becomes of an edit that waits to be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResolveEdit {
    /// Which one stays.
    pub keep: Version,
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
