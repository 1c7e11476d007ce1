//! Ways in and out.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::command;

/// A password on its way from the form to the backend. `Debug` does not show it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

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

/// Signs in with a password.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// The address.
    pub email: String,
    /// The password.
    pub password: Password,
}
command!(SignIn => "sign_in", ());

/// Sends the link of a waiting flow once more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResendLink {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
}
command!(ResendLink => "resend_link", ());

/// Gives a waiting flow up: a link that still comes for it does nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CancelFlow {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
}
command!(CancelFlow => "cancel_flow", ());

/// Signs out on this device. Always succeeds here; the server is told as well as it can be reached.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignOut {}
command!(SignOut => "sign_out", ());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_does_not_show_in_debug_output() {
        let request = SignIn { email: "ada@example.com".into(), password: Password("hunter2-canary".into()) };

        assert!(!format!("{request:?}").contains("canary"));
    }
}
