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

/// A code from a mail or an authenticator, on its way from the form to the backend. `Debug` does not show it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OneTimeCode(pub String);

impl fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeCode(..)")
    }
}

/// A link that somebody pasted, on its way from the form to the backend. `Debug` does not show it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PastedText(pub String);

impl fmt::Debug for PastedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PastedText(..)")
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

/// Sends a link that signs in without a password; opens an account where there is none and the project allows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SendMagicLink {
    /// The address.
    pub email: String,
}
command!(SendMagicLink => "send_magic_link", ());

/// Sends the mail that confirms the address of a new account once more. Looks the same for an address without an account
/// and for one that is confirmed already, and sends nothing to either.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SendConfirmation {
    /// The address.
    pub email: String,
}
command!(SendConfirmation => "send_confirmation", ());

/// Sends a link that signs in to choose a new password. Looks the same for an address without an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SendRecovery {
    /// The address.
    pub email: String,
}
command!(SendRecovery => "send_recovery", ());

/// Signs in without an address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInAnonymously {}
command!(SignInAnonymously => "sign_in_anonymously", ());

/// Begins a sign-in through a provider, in the system's browser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInWithProvider {
    /// From [`Offers::providers`](crate::view::Offers::providers).
    pub provider: String,
}
command!(SignInWithProvider => "sign_in_with_provider", ());

/// Opens the browser again where a waiting flow continues.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenAgain {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
}
command!(OpenAgain => "open_again", ());

/// Puts the address where a waiting flow continues on the clipboard, for another browser. The page never sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CopyAddress {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
}
command!(CopyAddress => "copy_address", ());

/// Opens the inbox of [`WaitingView::local_inbox`](crate::view::WaitingView::local_inbox) in the browser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenLocalInbox {}
command!(OpenLocalInbox => "open_local_inbox", ());

/// Lets a waiting flow come back through a port of this machine instead of the app's own links, which do not come back
/// from every browser: sends a new mail, or opens the browser anew. The flow that was waiting is over then.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ComeBackByPort {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
}
command!(ComeBackByPort => "come_back_by_port", ());

/// Finishes a waiting flow with the code from its mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TypeCode {
    /// From [`WaitingView::id`](crate::view::WaitingView::id).
    pub id: String,
    /// 6 to 10 digits; spaces and dashes are left out.
    pub code: OneTimeCode,
}
command!(TypeCode => "type_code", ());

/// Signs in with a code from a mail that nobody here asked for, an invitation for example.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TypeForeignCode {
    /// The address that the mail came to.
    pub email: String,
    /// As in [`TypeCode::code`].
    pub code: OneTimeCode,
}
command!(TypeForeignCode => "type_foreign_code", ());

/// Takes a link that was copied from a mail or a browser, as if it had been opened. It may be wrapped by a mail gateway,
/// broken over lines, or stand in a text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PasteLink {
    /// The mail's link, or the one that it led to.
    pub link: PastedText,
}
command!(PasteLink => "paste_link", ());

/// Says yes to the link that nobody here asked for ([`ConsentView`](crate::view::ConsentView)). Refused while the server
/// is still asked whom it signs in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AcceptLink {
    /// From [`ConsentView::id`](crate::view::ConsentView::id).
    pub id: String,
}
command!(AcceptLink => "accept_link", ());

/// Says no to it: it is forgotten.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeclineLink {
    /// From [`ConsentView::id`](crate::view::ConsentView::id).
    pub id: String,
}
command!(DeclineLink => "decline_link", ());

/// Sends the link of a waiting flow once more. A sign-up whose link was used before gets one that signs in.
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

/// Shows a second factor that this session has not shown yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShowSecondFactor {
    /// From [`FactorView::id`](crate::view::FactorView::id).
    pub factor: String,
    /// 6 digits.
    pub code: OneTimeCode,
}
command!(ShowSecondFactor => "show_second_factor", ());

/// The window came to the front, or the network is back: looks at the session now instead of in half a minute.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Wake {}
command!(Wake => "wake", ());

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

    #[test]
    fn a_code_and_a_link_do_not_show_in_debug_output() {
        let code = TypeCode { id: "1".into(), code: OneTimeCode("canary".into()) };
        let link = PasteLink { link: PastedText("canary".into()) };

        assert!(!format!("{code:?}{link:?}").contains("canary"));
    }
}
