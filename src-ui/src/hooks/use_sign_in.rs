//! The form of the sign-in page, sent through the backend.

use std::rc::Rc;

use foyer_contract::{CommandError, Field};
use yew::prelude::*;

use super::use_app::{AppHandle, use_app};
use super::use_form::{FormHandle, use_form};
use crate::model::form::sign_in::{Event, Kept, Mode, Request, SignInForm, SignInRules};
use crate::{app_state, ipc};

/// The form of the sign-in page as a component sees it.
pub(crate) type SignInHandle = FormHandle<SignInRules>;

impl SignInHandle {
    /// Which of the three forms is shown.
    pub(crate) fn mode(&self) -> Mode {
        self.form().rules().mode
    }

    /// The mail that confirms the address can be sent again.
    pub(crate) fn can_confirm(&self) -> bool {
        self.form().can_confirm()
    }

    /// Shows another of the three forms.
    pub(crate) fn choose(&self, mode: Mode) -> Callback<()> {
        self.tell(move || Event::Chose(mode))
    }
}

/// The form, with what was typed in it before another page took its place, else with the address that was typed last. For
/// a component that lives as long as one project is connected (its key has the project's address).
#[hook]
pub(crate) fn use_sign_in() -> SignInHandle {
    let app = use_app();
    let project = app.project().map(|project| project.url.clone()).unwrap_or_default();
    // Where another project takes its place, the form is still this one's until the form goes.
    let project = use_memo((), move |()| project);
    let form = {
        let (of, app, sending) = (Rc::clone(&project), app.clone(), app.clone());
        use_form(
            move || SignInForm::begun(app.state().kept_sign_in.as_ref(), &of, &app.state().last_email),
            move |filled| {
                if filled.intent.uses_email() {
                    sending.dispatch(app_state::Action::EmailUsed(filled.text(Field::EMAIL)));
                }
                send(filled.request())
            },
        )
    };
    use_kept(app, form.form().kept(&project));
    form
}

/// Keeps what stood in the form when the form was drawn last, once another page takes the form's place.
#[hook]
fn use_kept(app: AppHandle, kept: Kept) {
    let last = use_mut_ref(Kept::default);
    *last.borrow_mut() = kept;
    use_effect_with((), move |()| move || app.dispatch(app_state::Action::SignInLeft(last.take())));
}

async fn send(request: Request) -> Result<(), CommandError> {
    match request {
        Request::SignIn(request) => ipc::call(request).await,
        Request::SignUp(request) => ipc::call(request).await,
        Request::MagicLink(request) => ipc::call(request).await,
        Request::Recovery(request) => ipc::call(request).await,
        Request::Confirmation(request) => ipc::call(request).await,
        Request::Anonymous(request) => ipc::call(request).await,
        Request::Provider(request) => ipc::call(request).await,
    }
}
