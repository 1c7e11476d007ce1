//! The account form.

use serde::{Deserialize, Serialize};

use crate::command;
use crate::view::ProfileView;

/// Asks the server for the account once more. The answer arrives as a [`Message`](crate::Message).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoadAccount {}
command!(LoadAccount => "load_account", ());

/// Saves the account form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SaveProfile {
    /// What the form holds now.
    pub profile: ProfileView,
}
command!(SaveProfile => "save_profile", ());
