//! What guards the account: password, address, second factor, providers, other devices, its end.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::command;
use crate::session::{OneTimeCode, Password};

/// Sets a new password, also the first one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChangePassword {
    /// The new one.
    pub password: Password,
    /// The one of now, where the project asks for it
    /// ([`CurrentPasswordNeeded`](crate::ErrorCode::CurrentPasswordNeeded)).
    pub current: Option<Password>,
    /// The code from the mail, where the project asks for it ([`NonceNeeded`](crate::ErrorCode::NonceNeeded): the mail
    /// is on its way then).
    pub nonce: Option<OneTimeCode>,
}
command!(ChangePassword => "change_password", ());

/// Leaves the page that asks for a new password (after a recovery or an invitation) without one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SkipNewPassword {}
command!(SkipNewPassword => "skip_new_password", ());

/// Begins a change of the address; for an anonymous person this is the way to an account of their own. Where the
/// project asks for confirmation, a [`WaitingView`](crate::view::WaitingView) appears.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChangeEmail {
    /// The new address.
    pub email: String,
}
command!(ChangeEmail => "change_email", ());

/// Begins a second factor. It counts once a code of it was shown ([`ConfirmFactor`]).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrollFactor {}
command!(EnrollFactor => "enroll_factor", FactorEnrollment);

/// A second factor that was begun. The one secret that has to be seen: the person carries it into an authenticator.
/// It is answered once and kept nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorEnrollment {
    /// Names it in commands.
    pub id: String,
    /// For typing into an authenticator, in base32.
    pub secret: String,
    /// The same as a QR code.
    pub qr: QrView,
}

impl fmt::Debug for FactorEnrollment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FactorEnrollment({})", self.id)
    }
}

/// A QR code, drawn on this machine.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrView {
    /// Modules a side, without the quiet zone (4 modules on each side are to be left free).
    pub size: u32,
    /// The dark modules as an SVG path in units of one module, from 0 to `size`.
    pub path: String,
}

/// Shows the first code of a second factor that was begun.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConfirmFactor {
    /// From [`FactorEnrollment::id`].
    pub factor: String,
    /// 6 digits.
    pub code: OneTimeCode,
}
command!(ConfirmFactor => "confirm_factor", ());

/// Removes a second factor, or one that was begun.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemoveFactor {
    /// From [`FactorView::id`](crate::view::FactorView::id).
    pub factor: String,
}
command!(RemoveFactor => "remove_factor", ());

/// Begins to link a provider, in the system's browser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkProvider {
    /// From [`Offers::providers`](crate::view::Offers::providers).
    pub provider: String,
}
command!(LinkProvider => "link_provider", ());

/// Takes one way in away.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UnlinkIdentity {
    /// From [`IdentityView::id`](crate::view::IdentityView::id), where it has one.
    pub id: String,
}
command!(UnlinkIdentity => "unlink_identity", ());

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_a_second_factor_does_not_show_in_debug_output() {
        let qr = QrView { size: 21, path: "canary".into() };
        let enrollment = FactorEnrollment { id: "1".into(), secret: "canary".into(), qr };

        assert!(!format!("{enrollment:?}").contains("canary"));
    }
}
