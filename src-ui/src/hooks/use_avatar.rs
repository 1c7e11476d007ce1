//! The picture, chosen, uploaded and removed through the backend. The original never comes into the page.

use foyer_contract::avatar::{
    AvatarProgress, ChooseAvatar, ChosenPicture, Crop, CropAvatar, Drag, PasteAvatar, RemoveAvatar,
    RestoreAvatar, TakeDroppedAvatar, UploadAvatar,
};
use foyer_contract::{Command, CommandError};
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::use_app::{AppHandle, use_app};
use super::use_change::use_change;
use super::use_menu::press;
use crate::model::avatar::{Action, AvatarStep};
use crate::model::shortcut;
use crate::{app_state, browser, ipc};

/// The picture as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct AvatarHandle {
    app: AppHandle,
    step: UseReducerHandle<AvatarStep>,
}

impl AvatarHandle {
    /// How far the picture is.
    pub(crate) fn step(&self) -> &AvatarStep {
        &self.step
    }

    /// The address of the picture to show.
    pub(crate) fn shown(&self) -> Option<String> {
        self.step.shown(self.current()).map(str::to_owned)
    }

    /// True where the account has a picture, even one that cannot be shown.
    pub(crate) fn has_picture(&self) -> bool {
        self.app.account().is_some_and(|account| account.has_picture)
    }

    /// True where a picture was removed just now and can be brought back.
    pub(crate) fn can_restore(&self) -> bool {
        self.app.account().is_some_and(|account| account.can_restore_picture)
    }

    /// True where files are held over the window that would be taken.
    pub(crate) fn is_dragged_over(&self) -> bool {
        self.app.state().is_dragged_over && !self.step.is_busy()
    }

    /// A pointer that moves in the page drags nothing. Files that cross the window fast may be told of after they have
    /// left it, and nothing tells then that they have left.
    pub(crate) fn end_drag(&self) -> Callback<MouseEvent> {
        let app = self.app.clone();
        Callback::from(move |event: MouseEvent| {
            // Where the page is laid out anew below a pointer that rests, that is told as a move by nothing.
            if event.movement_x() != 0 || event.movement_y() != 0 {
                app.dispatch(app_state::Action::Dragged(Drag::Away));
            }
        })
    }

    /// The bytes that have left; `None` before the first of them and while nothing is uploaded.
    pub(crate) fn progress(&self) -> Option<AvatarProgress> {
        self.app.state().upload.filter(|_| self.step.uploading().is_some())
    }

    /// Opens the file dialog.
    pub(crate) fn choose(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.ask_for(ChooseAvatar {}))
    }

    /// Keeps this part of the chosen picture and uploads it.
    pub(crate) fn keep(&self) -> Callback<Crop> {
        let this = self.clone();
        Callback::from(move |crop| {
            let Some(id) = this.step.cropping().map(|picture| picture.id.clone()) else { return };
            this.step.dispatch(Action::CropAsked);
            let this = this.clone();
            spawn_local(async move {
                match ipc::call(CropAvatar { id, crop }).await {
                    Ok(preview) => {
                        let before = this.current().map(str::to_owned);
                        this.step.dispatch(Action::Cropped(preview, before));
                        this.upload().await;
                    }
                    Err(error) => this.step.dispatch(Action::Refused(error)),
                }
            });
        })
    }

    /// Uploads the same part once more.
    pub(crate) fn retry(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| {
            this.step.dispatch(Action::RetryAsked);
            let this = this.clone();
            spawn_local(async move { this.upload().await });
        })
    }

    /// Cancels what is under way; the old picture stays.
    pub(crate) fn cancel(&self) -> Callback<()> {
        let (step, tell_backend) = (self.step.dispatcher(), self.app.cancel_avatar());
        Callback::from(move |()| {
            step.dispatch(Action::Dropped);
            tell_backend.emit(());
        })
    }

    /// Removes the account's picture.
    pub(crate) fn remove(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| {
            let seen = this.current().map(str::to_owned);
            this.change(Action::RemovalAsked, RemoveAvatar { seen }, Action::Removed);
        })
    }

    /// Brings back the picture that was removed last.
    pub(crate) fn restore(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.change(Action::RestoreAsked, RestoreAvatar {}, Action::Restored))
    }

    fn change<C: Command<Answer = ()> + 'static>(&self, asked: Action, request: C, done: Action) {
        if self.step.is_busy() {
            return;
        }
        self.step.dispatch(asked);
        let step = self.step.clone();
        spawn_local(async move {
            step.dispatch(match ipc::call(request).await {
                Ok(()) => done,
                Err(error) => Action::Refused(error),
            });
        });
    }

    fn ask_for<C: Command<Answer = Option<ChosenPicture>> + 'static>(&self, request: C) {
        if self.step.is_busy() {
            return;
        }
        self.step.dispatch(Action::ChoiceAsked);
        let step = self.step.clone();
        spawn_local(async move { step.dispatch(chosen(ipc::call(request).await)) });
    }

    /// What is pasted while somebody types may be a text, which goes to its field: nothing is shown before it is known.
    fn paste(&self) {
        if browser::has_dialog() {
            return;
        }
        let is_typing = browser::is_typing();
        if !is_typing {
            return self.ask_for(PasteAvatar { is_typing });
        }
        if self.step.is_busy() {
            return;
        }
        let step = self.step.clone();
        spawn_local(async move {
            match ipc::call(PasteAvatar { is_typing }).await {
                Ok(None) => {}
                other => {
                    step.dispatch(Action::ChoiceAsked);
                    step.dispatch(chosen(other));
                }
            }
        });
    }

    async fn upload(&self) {
        let Some(id) = self.step.uploading().map(str::to_owned) else { return };
        self.app.dispatch(app_state::Action::UploadBegan);
        let outcome = ipc::call(UploadAvatar { id: id.clone() }).await;
        self.step.dispatch(match outcome {
            Ok(()) => Action::Uploaded(id),
            Err(error) => Action::UploadFailed(id, error),
        });
    }

    fn current(&self) -> Option<&str> {
        self.app.account()?.avatar_url.as_deref()
    }
}

fn chosen(answer: Result<Option<ChosenPicture>, CommandError>) -> Action {
    match answer {
        Ok(Some(picture)) => Action::Chosen(picture),
        Ok(None) => Action::ChoiceDropped,
        Err(error) => Action::Refused(error),
    }
}

/// The picture of the account that is signed in. Where it can be changed on the page that is shown, it is taken from the
/// clipboard and from what is dropped as well.
#[hook]
pub(crate) fn use_avatar(is_shown: bool) -> AvatarHandle {
    let handle = AvatarHandle { app: use_app(), step: use_reducer_eq(AvatarStep::default) };
    let newest = use_mut_ref(|| handle.clone());
    *newest.borrow_mut() = handle.clone();
    {
        let newest = newest.clone();
        use_effect_with(is_shown, move |is_shown| {
            let document = web_sys::window().and_then(|window| window.document()).filter(|_| *is_shown);
            let listener = document.map(|document| {
                EventListener::new(&document, "keydown", move |event| {
                    if event.dyn_ref().is_some_and(is_paste) {
                        let handle = newest.borrow().clone();
                        handle.paste();
                    }
                })
            });
            move || drop(listener)
        });
    }
    use_change(handle.app.state().drops, move || {
        if is_shown {
            let handle = newest.borrow().clone();
            handle.ask_for(TakeDroppedAvatar {});
        }
    });
    handle
}

fn is_paste(event: &KeyboardEvent) -> bool {
    shortcut::is_paste(&press(event), browser::is_mac()) && !event.shift_key() && !event.repeat()
}
