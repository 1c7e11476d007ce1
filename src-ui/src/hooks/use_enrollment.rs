//! Adding a second factor.

use foyer_contract::Field;
use foyer_contract::security::{FactorEnrollment, MfaEnroll, MfaUnenroll, MfaVerify};
use foyer_contract::session::OneTimeCode;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_app::{AppHandle, use_app};
use super::use_change::use_change;
use super::use_form::{SmallFormHandle, use_small_form};
use crate::model::factors::{Action, Enrollment};
use crate::model::form::small::SmallForm;
use crate::{app_state, ipc};

/// The second factor that is being added, as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct EnrollmentHandle {
    app: AppHandle,
    enrollment: UseReducerHandle<Enrollment>,
    /// The form for the factor's first code.
    pub(crate) form: SmallFormHandle,
}

impl EnrollmentHandle {
    /// How far the factor is.
    pub(crate) fn step(&self) -> &Enrollment {
        &self.enrollment
    }

    /// The factor whose secret is shown.
    pub(crate) fn shown(&self) -> Option<&FactorEnrollment> {
        self.enrollment.shown()
    }

    /// Asks the server for a factor.
    pub(crate) fn begin<E: 'static>(&self) -> Callback<E> {
        let enrollment = self.enrollment.clone();
        Callback::from(move |_| {
            if *enrollment == Enrollment::Beginning {
                return;
            }
            enrollment.dispatch(Action::Asked);
            let enrollment = enrollment.clone();
            spawn_local(async move {
                enrollment.dispatch(match ipc::call(MfaEnroll {}).await {
                    Ok(factor) => Action::Begun(factor),
                    Err(error) => Action::Refused(error),
                });
            });
        })
    }

    /// Removes the factor again, so that no unfinished factor stays on the server.
    pub(crate) fn cancel(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| {
            let Enrollment::Shown(factor) = &*this.enrollment else { return };
            let request = MfaUnenroll { factor: factor.id.clone() };
            this.enrollment.dispatch(Action::Dropped);
            this.app.dispatch(app_state::Action::Asked);
            let this = this.clone();
            spawn_local(async move {
                match ipc::call(request).await {
                    Ok(()) => this.enrollment.dispatch(Action::Ended),
                    Err(error) => {
                        this.enrollment.dispatch(Action::NotDropped);
                        this.app.dispatch(app_state::Action::Refused(error));
                    }
                }
            });
        })
    }
}

/// The second factor that is being added; none until one is begun.
#[hook]
pub(crate) fn use_enrollment() -> EnrollmentHandle {
    let app = use_app();
    let enrollment = use_reducer_eq(Enrollment::default);
    let form = {
        let enrollment = enrollment.clone();
        use_small_form(SmallForm::FactorCode, move |filled| {
            let factor = enrollment.shown().map(|factor| factor.id.clone()).unwrap_or_default();
            let enrollment = enrollment.clone();
            async move {
                ipc::call(MfaVerify { factor, code: OneTimeCode(filled.text(Field::CODE)) }).await?;
                enrollment.dispatch(Action::Ended);
                Ok(())
            }
        })
    };
    // What was typed for a factor, and what was said of that, goes with the factor.
    let close = form.close();
    use_change(enrollment.shown().map(|factor| factor.id.clone()), move || close.emit(()));
    EnrollmentHandle { app, enrollment, form }
}
