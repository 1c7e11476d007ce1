//! The form of the sign-in page, sent through the backend.

use foyer_contract::{CommandError, Field};
use yew::prelude::*;

use super::use_app::use_app;
use super::use_form::{FormHandle, use_form};
use crate::model::form::sign_in::{Event, Mode, Request, SignInForm, SignInRules};
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

/// The form, with the address that was typed last.
#[hook]
pub(crate) fn use_sign_in() -> SignInHandle {
    let app = use_app();
    let email = app.state().last_email.clone();
    use_form(
        move || SignInForm::new(SignInRules::default()).with(Field::EMAIL, &email),
        move |filled| {
            if filled.intent.uses_email() {
                app.dispatch(app_state::Action::EmailUsed(filled.text(Field::EMAIL)));
            }
            send(filled.request())
        },
    )
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
