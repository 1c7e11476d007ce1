//! The forms and buttons that guard the account.

use foyer_contract::Field;
use foyer_contract::security::{
    DeleteAccount, LinkIdentity, MfaUnenroll, MfaVerify, SignOutOthers, SkipNewPassword, UnlinkIdentity,
    UpdateUserEmail, UpdateUserPassword,
};
use foyer_contract::session::{OneTimeCode, Password};
use yew::prelude::*;

use super::use_app::use_app;
use super::use_change::use_change;
use super::use_enrollment::{EnrollmentHandle, use_enrollment};
use super::use_form::{SmallFormHandle, use_small_form};
use super::use_security_rows::{RowsHandle, use_row_form, use_security_rows};
use super::use_task::{PressHandle, use_press, use_task};
use crate::ipc;
use crate::model::form::small::{Event, SmallForm};
use crate::model::security_rows::Row;

/// What is open, typed and begun on the security page.
#[derive(Clone, PartialEq)]
pub(crate) struct SecurityHandle {
    /// Which row is open.
    pub(crate) rows: RowsHandle,
    /// A new password.
    pub(crate) password: SmallFormHandle,
    /// A new address.
    pub(crate) email: SmallFormHandle,
    /// A second factor that is being added.
    pub(crate) enrollment: EnrollmentHandle,
    /// Signs out on all other devices.
    pub(crate) others: PressHandle,
}

impl SecurityHandle {
    /// Opens the row, or closes it. What was typed in a row that the person closes goes; what was typed in one that
    /// closes because another one opens stays.
    pub(crate) fn toggle(&self, row: Row) -> Callback<MouseEvent> {
        if self.rows.is_open(row) { self.close(row) } else { self.rows.open(row) }
    }

    /// Opens the row of the second factors and begins to add one.
    pub(crate) fn enroll<E: 'static>(&self) -> Callback<E> {
        let (open, begin) = (self.rows.open(Row::TwoFactor), self.enrollment.begin());
        Callback::from(move |_| {
            open.emit(());
            begin.emit(());
        })
    }

    /// Closes the open row.
    pub(crate) fn close_opened(&self) -> Callback<()> {
        self.rows.opened().map_or_else(Callback::noop, |row| self.close(row))
    }

    /// Whether something is typed or begun in the row and not finished.
    pub(crate) fn is_unfinished(&self, row: Row) -> bool {
        match row {
            Row::Password => !self.password.is_blank(),
            Row::Email => !self.email.is_blank(),
            Row::TwoFactor => self.enrollment.shown().is_some(),
            Row::SignInMethods | Row::Sessions => false,
        }
    }

    /// Closes the row and drops what is typed in it. A row whose request is under way stays until it is answered.
    fn close<E: 'static>(&self, row: Row) -> Callback<E> {
        let drop_text = match row {
            Row::Password | Row::Email if self.is_busy(row) => return Callback::noop(),
            Row::Password => self.password.close(),
            Row::Email => self.email.close(),
            Row::TwoFactor | Row::SignInMethods | Row::Sessions => Callback::noop(),
        };
        let close = self.rows.close(row);
        Callback::from(move |_| {
            drop_text.emit(());
            close.emit(());
        })
    }

    /// A request of the row's form is under way.
    pub(crate) fn is_busy(&self, row: Row) -> bool {
        match row {
            Row::Password => self.password.is_busy(),
            Row::Email => self.email.is_busy(),
            Row::TwoFactor | Row::SignInMethods | Row::Sessions => false,
        }
    }
}

/// What is open, typed and begun on the security page. The frame around the pages uses this hook, so that nothing
/// typed is lost when the person looks at another page.
#[hook]
pub(crate) fn use_security() -> SecurityHandle {
    let rows = use_security_rows();
    let password = use_new_password_form();
    use_row_form(&rows, Row::Password, &password);
    let email = use_new_email_form();
    use_row_form(&rows, Row::Email, &email);
    let enrollment = use_enrollment();
    use_close_after(&rows, enrollment.shown().is_some());
    let app = use_app();
    use_close_after(&rows, app.security().is_some_and(|view| !view.factors.is_empty()));
    let others = use_sign_out_others(rows.close(Row::Sessions));
    SecurityHandle { rows, password, email, enrollment, others }
}

/// Closes the row of the second factors once what it was open for is over: a factor was being added, or there were
/// some.
#[hook]
fn use_close_after(rows: &RowsHandle, is_needed: bool) {
    let close = rows.close(Row::TwoFactor);
    use_change(is_needed, move || {
        if !is_needed {
            close.emit(());
        }
    });
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
    let form = {
        let factor = factor.clone();
        use_small_form(SmallForm::FactorCode, move |filled| {
            let code = OneTimeCode(filled.text(Field::CODE));
            ipc::call(MfaVerify { factor: factor.clone(), code })
        })
    };
    let tell = form.tell(|| Event::FactorChanged);
    use_change(factor, move || tell.emit(()));
    form
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

/// Signs out on all other devices, then calls `then`.
#[hook]
fn use_sign_out_others(then: Callback<()>) -> PressHandle {
    let task = use_task();
    PressHandle { press: task.run_then(|| SignOutOthers {}, then), task }
}
