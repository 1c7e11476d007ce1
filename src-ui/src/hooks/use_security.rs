//! The forms and buttons that guard the account.

use foyer_contract::Field;
use foyer_contract::security::{
    DeleteAccount, LinkIdentity, MfaUnenroll, MfaVerify, SignOutOthers, SkipNewPassword, UnlinkIdentity,
    UpdateUserEmail, UpdateUserPassword,
};
use foyer_contract::session::{OneTimeCode, Password};
use yew::prelude::*;

use super::use_enrollment::{EnrollmentHandle, use_enrollment};
use super::use_form::{SmallFormHandle, use_small_form};
use super::use_task::{PressHandle, use_press};
use crate::ipc;
use crate::model::form::small::SmallForm;

/// What is typed and begun on the security page.
#[derive(Clone, PartialEq)]
pub(crate) struct SecurityHandle {
    /// A new password.
    pub(crate) password: SmallFormHandle,
    /// A new address.
    pub(crate) email: SmallFormHandle,
    /// A second factor that is being added.
    pub(crate) enrollment: EnrollmentHandle,
}

/// What is typed and begun on the security page. The frame around the pages uses this hook, so that nothing typed is
/// lost when the person looks at another page.
#[hook]
pub(crate) fn use_security() -> SecurityHandle {
    SecurityHandle {
        password: use_new_password_form(),
        email: use_new_email_form(),
        enrollment: use_enrollment(),
    }
}

/// A new password, with whatever the project asks for in addition.
#[hook]
pub(crate) fn use_new_password_form() -> SmallFormHandle {
    use_small_form(SmallForm::NewPassword, |filled| {
        ipc::call(UpdateUserPassword {
            password: Password(filled.text(Field::PASSWORD)),
            current: filled.get(Field::CURRENT_PASSWORD).map(Password),
            nonce: filled.get(Field::NONCE).map(OneTimeCode),
        })
    })
}

/// A new address.
#[hook]
fn use_new_email_form() -> SmallFormHandle {
    use_small_form(SmallForm::NewEmail, |filled| {
        ipc::call(UpdateUserEmail { email: filled.text(Field::EMAIL) })
    })
}

/// A code of this second factor, at sign-in.
#[hook]
pub(crate) fn use_second_factor_form(factor: String) -> SmallFormHandle {
    use_small_form(SmallForm::FactorCode, move |filled| {
        let code = OneTimeCode(filled.text(Field::CODE));
        ipc::call(MfaVerify { factor: factor.clone(), code })
    })
}

/// Deleting the account, once `expected` was typed.
#[hook]
pub(crate) fn use_deletion_form(expected: String) -> SmallFormHandle {
    use_small_form(SmallForm::Deletion(expected), |filled| {
        ipc::call(DeleteAccount { confirmation: filled.text(Field::Confirmation) })
    })
}

/// Leaves the page for a new password without setting one.
#[hook]
pub(crate) fn use_skip_new_password() -> PressHandle {
    use_press(|| SkipNewPassword {})
}

/// Removes this second factor.
#[hook]
pub(crate) fn use_remove_factor(factor: String) -> PressHandle {
    use_press(move || MfaUnenroll { factor: factor.clone() })
}

/// Begins to link this provider.
#[hook]
pub(crate) fn use_link_provider(provider: String) -> PressHandle {
    use_press(move || LinkIdentity { provider: provider.clone() })
}

/// Unlinks this identity.
#[hook]
pub(crate) fn use_unlink_identity(id: String) -> PressHandle {
    use_press(move || UnlinkIdentity { id: id.clone() })
}

/// Signs out on all other devices.
#[hook]
pub(crate) fn use_sign_out_others() -> PressHandle {
    use_press(|| SignOutOthers {})
}
