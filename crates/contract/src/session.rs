//! Signing in and out. What the app adds to the session's own commands stands here, the rest is theirs.

use serde::{Deserialize, Serialize};
pub use supabase_session_contract::flows::*;
pub use supabase_session_contract::links::*;
pub use supabase_session_contract::session::{
    OneTimeCode, Password, Resend, ResetPasswordForEmail, SignInAnonymously, SignInWithOAuth, SignInWithOtp,
    SignInWithPassword, VerifyOtp,
};

use crate::command;

/// Opens an account. Where the address has to be confirmed, a [`WaitingView`](crate::view::WaitingView) appears.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignUp {
    /// The address.
    pub email: String,
    /// 6 to 72 bytes, or as the project asks.
    pub password: Password,
    /// Kept in the user's metadata; the sign-up trigger copies it into the profile.
    pub full_name: String,
}
command!(SignUp => "sign_up", ());

/// The window came to the front, or the network is back: looks at the session, and at an account that is behind, now
/// instead of later.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Wake {}
command!(Wake => "wake", ());

/// Signs out on this device, and drops what was edited offline. Always succeeds here; the server is told as well as it
/// can be reached.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignOut {}
command!(SignOut => "sign_out", ());
