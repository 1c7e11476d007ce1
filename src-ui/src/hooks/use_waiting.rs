//! A flow that waits: finished by a code or a link, sent again, opened again, or cancelled.

use foyer_contract::session::{
    CancelFlow, CopyFlowAddress, OneTimeCode, OpenFlow, OpenLocalInbox, PasteLink, PastedText, ResendFlow,
    RestartFlowByLoopback, VerifyFlowCode, VerifyOtp,
};
use foyer_contract::view::WaitingView;
use foyer_contract::{Command, Field};
use yew::prelude::*;

use super::use_app::{AppHandle, use_app};
use super::use_countdown::use_countdown;
use super::use_form::{SmallFormHandle, use_form, use_small_form};
use super::use_task::{TaskHandle, use_task};
use crate::model::form::Form;
use crate::model::form::small::SmallForm;
use crate::model::problem::Problem;
use crate::{app_state, ipc};

/// A flow that waits, as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct WaitingHandle {
    app: AppHandle,
    id: String,
    email: Option<String>,
    resend_in_s: u32,
    resending: TaskHandle,
    opening: TaskHandle,
    copying: TaskHandle,
    opening_inbox: TaskHandle,
    changing_way: TaskHandle,
    cancelling: TaskHandle,
    /// The code from the mail.
    pub(crate) code: SmallFormHandle,
}

impl WaitingHandle {
    /// Seconds until a new link may be asked for.
    pub(crate) fn resend_in_s(&self) -> u32 {
        self.resend_in_s
    }

    /// A new link is being asked for.
    pub(crate) fn is_resending(&self) -> bool {
        self.resending.is_running()
    }

    /// A new link was sent.
    pub(crate) fn was_resent(&self) -> bool {
        self.resending.state().is_done()
    }

    /// The address is on the clipboard.
    pub(crate) fn was_copied(&self) -> bool {
        self.copying.state().is_done()
    }

    /// What went wrong last with one of the buttons.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.tasks().into_iter().find_map(|task| task.state().problem())
    }

    fn tasks(&self) -> [&TaskHandle; 6] {
        let Self { resending, opening, copying, opening_inbox, changing_way, cancelling, .. } = self;
        [resending, opening, copying, opening_inbox, changing_way, cancelling]
    }

    /// Sends `request` through `task`; what came of the other buttons is forgotten then. No button waits for another:
    /// the person can cancel while a request hangs.
    fn press<C: Command<Answer = ()> + 'static>(
        &self,
        task: &TaskHandle,
        request: impl Fn() -> C + 'static,
    ) -> Callback<MouseEvent> {
        let (all, run) = (self.tasks().map(TaskHandle::clone), task.run(request));
        Callback::from(move |event| {
            all.iter().for_each(TaskHandle::forget);
            run.emit(event);
        })
    }

    /// Asks for a new link.
    pub(crate) fn resend(&self) -> Callback<MouseEvent> {
        let id = self.id.clone();
        self.press(&self.resending, move || ResendFlow { id: id.clone() })
    }

    /// Opens the browser again where the flow continues.
    pub(crate) fn open_again(&self) -> Callback<MouseEvent> {
        let id = self.id.clone();
        self.press(&self.opening, move || OpenFlow { id: id.clone() })
    }

    /// Copies the address where the flow continues.
    pub(crate) fn copy_address(&self) -> Callback<MouseEvent> {
        let id = self.id.clone();
        self.press(&self.copying, move || CopyFlowAddress { id: id.clone() })
    }

    /// Opens the local project's inbox.
    pub(crate) fn open_inbox(&self) -> Callback<MouseEvent> {
        self.press(&self.opening_inbox, || OpenLocalInbox {})
    }

    /// The flow is being begun anew, with a loopback redirect.
    pub(crate) fn is_changing_way(&self) -> bool {
        self.changing_way.is_running()
    }

    /// Begins the flow anew, with a loopback redirect; the new flow follows as a new view.
    pub(crate) fn come_back_by_port(&self) -> Callback<MouseEvent> {
        let id = self.id.clone();
        self.press(&self.changing_way, move || RestartFlowByLoopback { id: id.clone() })
    }

    /// The address was confirmed elsewhere: the sign-in page follows as a new view, with the address in it.
    pub(crate) fn sign_in_instead(&self) -> Callback<MouseEvent> {
        let (app, email, cancel) = (self.app.clone(), self.email.clone(), self.cancel());
        Callback::from(move |event| {
            app.dispatch(app_state::Action::SignInWanted(email.clone().unwrap_or_default()));
            cancel.emit(event);
        })
    }

    /// Cancels the flow; another page follows as a new view.
    pub(crate) fn cancel(&self) -> Callback<MouseEvent> {
        let id = self.id.clone();
        self.press(&self.cancelling, move || CancelFlow { id: id.clone() })
    }
}

/// A flow that waits. For a component that lives as long as one flow does (its key is the flow's id).
#[hook]
pub(crate) fn use_waiting(waiting: &WaitingView) -> WaitingHandle {
    let app = use_app();
    let id = waiting.id.clone();
    let code = {
        let id = id.clone();
        use_small_form(SmallForm::FlowCode, move |filled| {
            ipc::call(VerifyFlowCode { id: id.clone(), code: OneTimeCode(filled.text(Field::CODE)) })
        })
    };
    let resend_in_s = use_countdown(waiting.resend_in_s, app.state().received_at_ms);
    WaitingHandle {
        app,
        id,
        email: waiting.email.clone(),
        resend_in_s,
        resending: use_task(),
        opening: use_task(),
        copying: use_task(),
        opening_inbox: use_task(),
        changing_way: use_task(),
        cancelling: use_task(),
        code,
    }
}

/// A link from a mail or a browser, pasted.
#[hook]
pub(crate) fn use_link_form() -> SmallFormHandle {
    use_small_form(SmallForm::Link, |filled| {
        ipc::call(PasteLink { link: PastedText(filled.text(Field::Link)) })
    })
}

/// A code from a mail that nobody here asked for.
#[hook]
pub(crate) fn use_foreign_code_form() -> SmallFormHandle {
    let app = use_app();
    let email = app.state().last_email.clone();
    use_form(
        move || Form::new(SmallForm::ForeignCode).with(Field::EMAIL, &email),
        |filled| {
            let code = OneTimeCode(filled.text(Field::CODE));
            ipc::call(VerifyOtp { email: filled.text(Field::EMAIL), code, kind: None })
        },
    )
}
