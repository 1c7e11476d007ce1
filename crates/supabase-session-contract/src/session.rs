//! Signing in and out. The names are those of supabase-js.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::command;
pub use crate::secret_text::{OneTimeCode, Password};

/// Opens an account. Where the address has to be confirmed, a [`WaitingView`](crate::view::WaitingView) appears.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignUp {
    /// The address.
    pub email: String,
    /// 6 to 72 bytes, or as the project asks.
    pub password: Password,
    /// Kept in the user's metadata, for example `full_name`.
    #[serde(default)]
    pub data: Map<String, Value>,
}
command!(SignUp => "sign_up", ());

/// Signs in with a password.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInWithPassword {
    /// The address.
    pub email: String,
    /// The password.
    pub password: Password,
}
command!(SignInWithPassword => "sign_in_with_password", ());

/// Sends a link (and a code) that signs in without a password; opens an account where there is none and the project
/// allows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInWithOtp {
    /// The address.
    pub email: String,
    /// Whether an account may be opened. Without it: if the project takes new people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub should_create_user: Option<bool>,
}
command!(SignInWithOtp => "sign_in_with_otp", ());

/// Begins a sign-in through a provider, in the system's browser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInWithOAuth {
    /// For example `github` ([`SignInMethods::providers`](crate::view::SignInMethods::providers)).
    pub provider: String,
}
command!(SignInWithOAuth => "sign_in_with_oauth", ());

/// Signs in without an address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInAnonymously {}
command!(SignInAnonymously => "sign_in_anonymously", ());

/// Sends a link that signs in to choose a new password. Looks the same for an address without an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResetPasswordForEmail {
    /// The address.
    pub email: String,
}
command!(ResetPasswordForEmail => "reset_password_for_email", ());

/// Sends the mail that confirms the address of a new account once more. Looks the same for an address without an account
/// and for one that is confirmed already, and sends nothing to either.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Resend {
    /// The address.
    pub email: String,
}
command!(Resend => "resend", ());

/// Signs in with a code from a mail. Without a [`kind`](Self::kind) the mail is one that nobody here asked for (an
/// invitation), and what its code is for is found out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VerifyOtp {
    /// The address that the mail came to.
    pub email: String,
    /// 6 to 10 digits; spaces and dashes are left out.
    pub code: OneTimeCode,
    /// What the mail is for. It finishes the newest flow of this kind that waits for this address.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<OtpKind>,
}
command!(VerifyOtp => "verify_otp", ());

/// What the code of a mail is for, with the names of the Auth server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtpKind {
    /// A sign-in or a sign-up.
    Email,
    /// A sign-up.
    Signup,
    /// A sign-in.
    Magiclink,
    /// A new password.
    Recovery,
    /// An invitation.
    Invite,
    /// A new address.
    EmailChange,
}

/// Signs out. On this device that always succeeds; the server is told as well as it can be reached.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SignOut {
    /// Where.
    #[serde(default)]
    pub scope: SignOutScope,
}
command!(SignOut => "sign_out", ());

/// Which sessions a sign-out ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOutScope {
    /// The one on this device.
    #[default]
    Local,
    /// Those on all devices, this one included.
    Global,
    /// Those on all other devices. Fails where the server cannot be reached.
    Others,
}

/// Asks the server for the user who is signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GetUser {}
// The user as the server describes them, with every field that it names.
command!(GetUser => "get_user", Value);

/// The user who is signed in, as last described. Nothing is sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GetSession {}
// The user in the same form as for [`GetUser`]; `None` while nobody is signed in.
command!(GetSession => "get_session", Option<Value>);

/// The claims of the access token, verified. The token itself does not cross.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GetClaims {}
command!(GetClaims => "get_claims", Value);

/// The window came to the front, or the network is back: looks at the session now instead of in half a minute.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Wake {}
command!(Wake => "wake", ());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_in_secret_does_not_show_in_debug_output() {
        let password = Password("canary".into());
        let request = SignInWithPassword { email: "ada@example.com".into(), password };
        let code =
            VerifyOtp { email: "ada@example.com".into(), code: OneTimeCode("canary".into()), kind: None };

        assert!(!format!("{request:?}{code:?}").contains("canary"));
    }
}
