//! The backend's view, kept up to date, for every component that asks.

use std::rc::Rc;

use foyer_contract::account::LoadAccount;
use foyer_contract::avatar::CancelAvatar;
use foyer_contract::doctor::CancelCheck;
use foyer_contract::preferences::{Language, LoadSentences, PreferencesView};
use foyer_contract::project::DisconnectProject;
use foyer_contract::session::ResendFlow;
use foyer_contract::session_contract::names::Named;
use foyer_contract::view::{
    AccountView, AppView, DismissNotice, ProjectView, ProtectionView, SecurityView, SessionView,
    SignOutCause, SupabaseView, UserView, WaitingView,
};
use foyer_contract::{Command, Message};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_menu_items::chosen_in_menu_bar;
use crate::app_state::{Action, AppState};
use crate::model::problem::Problem;
use crate::{browser, ipc, text};

/// What is known of the backend, and what any component may ask of it.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct AppHandle {
    state: Rc<AppState>,
    dispatch: Callback<Action>,
}

impl AppHandle {
    /// Everything that is known.
    pub(crate) fn state(&self) -> &AppState {
        &self.state
    }

    /// The newest view.
    pub(crate) fn view(&self) -> Option<&AppView> {
        self.state.view.as_ref()
    }

    /// What the session's plugin shows.
    pub(crate) fn supabase(&self) -> Option<&SupabaseView> {
        self.view().map(|view| &view.supabase)
    }

    /// The project the app talks to.
    pub(crate) fn project(&self) -> Option<&ProjectView> {
        self.supabase()?.project.as_ref()
    }

    /// The signed-in person.
    pub(crate) fn user(&self) -> Option<&UserView> {
        match &self.supabase()?.session {
            SessionView::SignedIn { user } => Some(user),
            _ => None,
        }
    }

    /// The security page's content.
    pub(crate) fn security(&self) -> Option<&SecurityView> {
        self.supabase()?.security.as_ref()
    }

    /// How the session is protected on this machine.
    pub(crate) fn protection(&self) -> ProtectionView {
        self.supabase().map(|view| view.protection).unwrap_or_default()
    }

    /// What the person prefers on this computer.
    pub(crate) fn preferences(&self) -> PreferencesView {
        self.view().map(|view| view.preferences).unwrap_or_default()
    }

    /// The account page's content.
    pub(crate) fn account(&self) -> Option<&AccountView> {
        self.view()?.account.as_ref()
    }

    /// Why the account could not be loaded.
    pub(crate) fn account_problem(&self) -> Option<Problem> {
        self.view()?.account_error.clone().map(Problem::from)
    }

    /// The flow that was begun last and waits for the person.
    pub(crate) fn waiting(&self) -> Option<&WaitingView> {
        self.supabase()?.waiting.last()
    }

    /// Why the last session ended.
    pub(crate) fn sign_out_cause(&self) -> Option<SignOutCause> {
        match self.supabase()?.session {
            SessionView::SignedOut { cause } => cause,
            _ => None,
        }
    }

    /// Changes the state.
    pub(crate) fn dispatch(&self, action: Action) {
        self.dispatch.emit(action);
    }

    /// Asks for the view again after the backend did not answer.
    pub(crate) fn retry(&self) -> Callback<MouseEvent> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |_| {
            dispatch.emit(Action::Retried);
            spawn_local(begin(dispatch.clone()));
        })
    }

    /// Takes the notice away.
    pub(crate) fn dismiss_notice(&self, id: u64) -> Callback<MouseEvent> {
        self.ask(move || DismissNotice { id })
    }

    /// Asks the server for the account again; the answer comes as a new view.
    pub(crate) fn reload(&self) -> Callback<MouseEvent> {
        self.ask(|| LoadAccount {})
    }

    /// Forgets the project; the connect page follows as a new view.
    pub(crate) fn disconnect(&self) -> Callback<MouseEvent> {
        self.ask(|| DisconnectProject {})
    }

    /// Stops what is under way with the picture; the old picture stays.
    pub(crate) fn cancel_avatar(&self) -> Callback<()> {
        self.ask(|| CancelAvatar {})
    }

    /// Gives up the check of the connection that is under way.
    pub(crate) fn cancel_check(&self) -> Callback<MouseEvent> {
        self.ask(|| CancelCheck {})
    }

    /// Sends the link of this flow once more, in answer to the notice with this id.
    pub(crate) fn resend(&self, flow: String, notice: u64) -> Callback<MouseEvent> {
        let (resend, dismiss) =
            (self.ask(move || ResendFlow { id: flow.clone() }), self.dismiss_notice(notice));
        Callback::from(move |event: MouseEvent| {
            resend.emit(event.clone());
            dismiss.emit(event);
        })
    }

    /// Shows the form that sends a link, in answer to the notice with this id.
    pub(crate) fn want_link(&self, notice: u64) -> Callback<MouseEvent> {
        let (dispatch, dismiss) = (self.dispatch.clone(), self.dismiss_notice(notice));
        Callback::from(move |event| {
            dispatch.emit(Action::LinkWanted);
            dismiss.emit(event);
        })
    }

    /// A callback for a request whose success shows as a new view and whose failure is shown above the page.
    fn ask<E, C: Command<Answer = ()> + 'static>(&self, request: impl Fn() -> C + 'static) -> Callback<E> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |_| {
            dispatch.emit(Action::Asked);
            let (dispatch, request) = (dispatch.clone(), request());
            spawn_local(async move {
                if let Err(error) = ipc::call(request).await {
                    dispatch.emit(Action::Refused(error));
                }
            });
        })
    }
}

/// The handle that the app provides to every component below it.
#[hook]
pub(crate) fn use_app() -> AppHandle {
    use_context::<AppHandle>().unwrap_or_default()
}

/// Makes the handle, with what the backend laid down at the start, and begins to listen to the backend. Only the app
/// itself uses this hook, once.
#[hook]
pub(crate) fn use_app_state(view: Option<&AppView>) -> AppHandle {
    let state = use_reducer_eq(|| AppState::at_start(view.cloned(), text::language(), browser::now_ms()));
    let dispatch = Callback::from(state.dispatcher());
    {
        let dispatch = dispatch.clone();
        use_effect_with((), move |()| spawn_local(begin(dispatch)));
    }
    let handle = AppHandle { state: Rc::new((*state).clone()), dispatch };
    use_effect_with(handle.preferences().theme, |theme| browser::set_theme(theme.name()));
    use_spoken_language(&handle);
    handle
}

/// Speaks the language that the newest view asks for. What another page chose meanwhile is spoken as well.
#[hook]
fn use_spoken_language(app: &AppHandle) {
    let wanted = use_mut_ref(Language::default);
    let asked = app.view().map_or(app.state.language, |view| view.preferences.spoken);
    let (dispatch, now) = (app.dispatch.clone(), app.state.language);
    use_effect_with(asked, move |asked| {
        let asked = *asked;
        wanted.replace(asked);
        if asked == now {
            return;
        }
        spawn_local(async move {
            match ipc::call(LoadSentences { language: asked }).await {
                // Another one is wanted by now, and on its way.
                Ok(spoken) if spoken.language != *wanted.borrow() => {}
                Ok(spoken) => {
                    text::speak(spoken);
                    dispatch.emit(Action::Spoke(asked));
                }
                Err(error) => browser::report(&error.message),
            }
        });
    });
}

/// Moves the focus to the element with this id when the component appears, unless somebody is typing: they would be torn
/// away.
#[hook]
pub(crate) fn use_focus_unless_typing(id: &'static str) {
    use_effect_with((), move |()| {
        if !browser::is_typing() {
            browser::focus(id);
        }
    });
}

/// Asks for the view and for every change of it.
async fn begin(dispatch: Callback<Action>) {
    let heard = dispatch.clone();
    let answer = ipc::watch(move |message| {
        heard.emit(match message {
            Message::App(view) => Action::Received(view, browser::now_ms()),
            Message::AvatarProgress(progress) => Action::Progressed(progress),
            Message::Check(line) => Action::Checked(line),
            Message::CloseAsked => Action::CloseAsked,
            Message::MenuBar(item) => return chosen_in_menu_bar(item),
            Message::Drag(drag) => Action::Dragged(drag),
        });
    })
    .await;
    dispatch.emit(match answer {
        Ok(view) => Action::Received(Box::new(view), browser::now_ms()),
        Err(error) => Action::Unreachable(error),
    });
}
