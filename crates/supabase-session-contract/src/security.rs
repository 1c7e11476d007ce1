//! What guards the account: password, address, second factor, identities. The names are those of supabase-js.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::command;
use crate::secret_text::{OneTimeCode, Password};

/// Sets a new password, also the first one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UpdateUserPassword {
    /// The new one.
    pub password: Password,
    /// The one of now, where the project asks for it
    /// ([`CurrentPasswordNeeded`](crate::ErrorCode::CurrentPasswordNeeded)).
    #[serde(default)]
    pub current: Option<Password>,
    /// The code from the mail, where the project asks for it ([`NonceNeeded`](crate::ErrorCode::NonceNeeded): the mail
    /// is on its way then).
    #[serde(default)]
    pub nonce: Option<OneTimeCode>,
}
command!(UpdateUserPassword => "update_user_password", ());

/// Leaves the page that asks for a new password (after a recovery or an invitation) without one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SkipNewPassword {}
command!(SkipNewPassword => "skip_new_password", ());

/// Begins a change of the address; for an anonymous person this is the way to an account of their own. Where the
/// project asks for confirmation, a [`WaitingView`](crate::view::WaitingView) appears.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UpdateUserEmail {
    /// The new address.
    pub email: String,
}
command!(UpdateUserEmail => "update_user_email", ());

/// Changes the user's metadata. Keys that are not named stay as they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UpdateUserData {
    /// New values by key.
    pub data: Map<String, Value>,
}
command!(UpdateUserData => "update_user_data", ());

/// Begins a second factor (TOTP). It counts once a code of it was shown ([`MfaVerify`]).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MfaEnroll {}
command!(MfaEnroll => "mfa_enroll", FactorEnrollment);

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

/// Shows a code of a second factor: the first one of a factor that was begun, or the one that this session still has to
/// show.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MfaVerify {
    /// From [`FactorEnrollment::id`] or [`FactorView::id`](crate::view::FactorView::id).
    pub factor: String,
    /// 6 digits.
    pub code: OneTimeCode,
}
command!(MfaVerify => "mfa_verify", ());

/// Removes a second factor, or one that was begun.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MfaUnenroll {
    /// From [`FactorView::id`](crate::view::FactorView::id).
    pub factor: String,
}
command!(MfaUnenroll => "mfa_unenroll", ());

/// Begins to link a provider to the account, in the system's browser.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkIdentity {
    /// From [`SignInMethods::providers`](crate::view::SignInMethods::providers).
    pub provider: String,
}
command!(LinkIdentity => "link_identity", ());

/// Takes one identity away from the account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UnlinkIdentity {
    /// From [`IdentityView::id`](crate::view::IdentityView::id), where it has one.
    pub id: String,
}
command!(UnlinkIdentity => "unlink_identity", ());

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
