//! The picture, chosen, uploaded and removed through the backend. The picture's bytes never come into the page.

use foyer_contract::avatar::{AvatarProgress, ChooseAvatar, RemoveAvatar, UploadAvatar};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_app::{AppHandle, use_app};
use crate::model::avatar::{Action, AvatarStep};
use crate::{app_state, ipc};

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

    /// The bytes that have left; `None` before the first of them and while nothing is uploaded.
    pub(crate) fn progress(&self) -> Option<AvatarProgress> {
        self.app.state().upload.filter(|_| self.step.uploading().is_some())
    }

    /// Opens the file dialog and uploads what is chosen.
    pub(crate) fn choose(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| {
            if this.step.is_busy() {
                return;
            }
            this.step.dispatch(Action::ChoiceAsked);
            let this = this.clone();
            spawn_local(async move {
                match ipc::call(ChooseAvatar {}).await {
                    Ok(Some(preview)) => {
                        let before = this.current().map(str::to_owned);
                        this.step.dispatch(Action::Chosen(preview, before));
                        this.upload().await;
                    }
                    Ok(None) => this.step.dispatch(Action::ChoiceDropped),
                    Err(error) => this.step.dispatch(Action::Refused(error)),
                }
            });
        })
    }

    /// Uploads the same preview once more.
    pub(crate) fn retry(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| {
            this.step.dispatch(Action::RetryAsked);
            let this = this.clone();
            spawn_local(async move { this.upload().await });
        })
    }

    /// Cancels the choice or the upload; the old picture stays.
    pub(crate) fn cancel(&self) -> Callback<MouseEvent> {
        let (step, tell_backend) = (self.step.dispatcher(), self.app.cancel_avatar());
        Callback::from(move |event| {
            step.dispatch(Action::Dropped);
            tell_backend.emit(event);
        })
    }

    /// Removes the account's picture.
    pub(crate) fn remove(&self) -> Callback<MouseEvent> {
        let (step, seen) = (self.step.clone(), self.current().map(str::to_owned));
        Callback::from(move |_| {
            if step.is_busy() {
                return;
            }
            step.dispatch(Action::RemovalAsked);
            let (step, seen) = (step.clone(), seen.clone());
            spawn_local(async move {
                step.dispatch(match ipc::call(RemoveAvatar { seen }).await {
                    Ok(()) => Action::Removed,
                    Err(error) => Action::Refused(error),
                });
            });
        })
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

/// The picture of the account that is signed in.
#[hook]
pub(crate) fn use_avatar() -> AvatarHandle {
    AvatarHandle { app: use_app(), step: use_reducer_eq(AvatarStep::default) }
}
