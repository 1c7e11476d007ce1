//! What guards the account: password, address, second factor, providers, other devices, its end.

use serde::{Deserialize, Serialize};
pub use supabase_session_contract::security::*;

use crate::command;

/// Signs out on all other devices.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignOutOthers {}
command!(SignOutOthers => "sign_out_others", ());

/// Signs out on all devices, this one included. Here it always succeeds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignOutEverywhere {}
command!(SignOutEverywhere => "sign_out_everywhere", ());

/// Deletes the account with everything in it: the pictures first, then the account. Interrupted halfway it can be
/// called again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeleteAccount {
    /// The account's address, typed; for an anonymous person the word `delete`.
    pub confirmation: String,
}
command!(DeleteAccount => "delete_account", ());
