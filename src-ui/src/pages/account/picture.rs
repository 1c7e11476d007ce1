//! The account page's card for the picture.

use foyer_contract::view::AccountView;
use yew::prelude::*;

use super::crop::CropDialog;
use crate::components::avatar::Avatar;
use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon};
use crate::hooks::{AvatarHandle, use_kept_focus};
use crate::model::avatar::{AvatarStep, kilobytes};
use crate::model::person;
use crate::sentences::size;
use crate::text::{t, t_with, use_language};

/// The id of the row of buttons.
const ACTIONS: &str = "picture-actions";

#[derive(Properties, PartialEq)]
pub(super) struct PictureCardProps {
    pub(super) avatar: AvatarHandle,
    pub(super) account: AccountView,
}

/// The card for the picture.
#[component]
pub(super) fn PictureCard(props: &PictureCardProps) -> Html {
    use_language();
    let avatar = &props.avatar;
    let account = &props.account;
    let initials = person::initials(&account.profile.full_name, account.email.as_deref());
    use_kept_focus(ACTIONS, (avatar.step().clone(), avatar.can_restore(), avatar.has_picture()));

    html! {
        <section class="card card-row" aria-labelledby="picture-title">
            <Avatar
                url={avatar.shown()}
                {initials}
                is_coming={account.is_picture_coming}
                alt={t("avatar-alt")}
                large=true
                testid="avatar-image"
            />
            <div class="card-row-text">
                <h2 id="picture-title">{ t("avatar-title") }</h2>
                <p class="hint" id="avatar-limits">{ t("avatar-limits") }</p>
                if let Some(limit) = account.picture_limit {
                    <p class="hint" data-testid="avatar-limit">
                        { t_with("avatar-limit", [("size", size(limit))]) }
                    </p>
                }
                { upload_progress(avatar) }
                <div role="status">
                    if avatar.can_restore() {
                        <p data-testid="avatar-removed">{ t("avatar-removed") }</p>
                    } else if matches!(avatar.step(), AvatarStep::Arrived(_)) {
                        <p class="good-line" data-testid="avatar-done">{ icon(Icon::Check) }{ t("avatar-done") }</p>
                    }
                </div>
                { alert("avatar-error", avatar.step().problem()) }
                <div class="button-row" id={ACTIONS}>{ buttons(avatar) }</div>
            </div>
            if let Some(picture) = avatar.step().cropping() {
                <CropDialog
                    key={picture.id.clone()}
                    picture={picture.clone()}
                    is_preparing={avatar.step().is_preparing()}
                    on_keep={avatar.keep()}
                    on_cancel={avatar.cancel()}
                />
            }
            if avatar.is_dragged_over() {
                <div class="drop-target" data-testid="avatar-drop" onmousemove={avatar.end_drag()}>
                    <p>{ icon(Icon::Person) }{ t("avatar-drop") }</p>
                </div>
            }
        </section>
    }
}

fn buttons(avatar: &AvatarHandle) -> Html {
    let step = avatar.step();
    let cancel = avatar.cancel().reform(|_: MouseEvent| ());
    if step.uploading().is_some() {
        return html! { <Button testid="avatar-cancel" onclick={cancel}>{ t("cancel") }</Button> };
    }
    if step.can_retry() {
        return html! {
            <>
                <Button testid="avatar-retry" weight={Weight::Primary} onclick={avatar.retry()}>
                    { t("try-again") }
                </Button>
                <Button testid="avatar-choose" onclick={avatar.choose()}>{ t("avatar-choose-other") }</Button>
                <Button testid="avatar-cancel" weight={Weight::Quiet} onclick={cancel}>{ t("cancel") }</Button>
            </>
        };
    }
    let choose = if avatar.has_picture() { t("avatar-replace") } else { t("avatar-choose") };
    html! {
        <>
            if avatar.can_restore() {
                <Button
                    testid="avatar-undo"
                    disabled={step.is_busy()}
                    busy={*step == AvatarStep::Restoring}
                    onclick={avatar.restore()}
                >
                    { t("avatar-undo") }
                </Button>
            }
            <Button
                testid="avatar-choose"
                disabled={step.is_busy()}
                busy={step.is_choosing()}
                onclick={avatar.choose()}
            >
                { choose }
            </Button>
            if step.is_choosing() {
                <Button testid="avatar-cancel" weight={Weight::Quiet} onclick={cancel}>{ t("cancel") }</Button>
            } else if avatar.has_picture() {
                <Button
                    testid="avatar-remove"
                    weight={Weight::Quiet}
                    disabled={step.is_busy()}
                    busy={*step == AvatarStep::Removing}
                    onclick={avatar.remove()}
                >
                    { t("avatar-remove") }
                </Button>
            }
        </>
    }
}

/// The progress of the upload in bytes that have left; before the first of them, an indeterminate bar.
fn upload_progress(avatar: &AvatarHandle) -> Html {
    if avatar.step().uploading().is_none() {
        return Html::default();
    }
    let progress = avatar.progress();
    let words = progress.map_or_else(
        || t("avatar-uploading"),
        |progress| {
            t_with("avatar-sent", [("sent", kilobytes(progress.sent)), ("total", kilobytes(progress.total))])
        },
    );
    html! {
        <div class="progress">
            <progress
                data-testid="avatar-progress"
                aria-label={t("avatar-uploading")}
                max={progress.map(|progress| progress.total.max(1).to_string())}
                value={progress.map(|progress| progress.sent.to_string())}
            />
            <span class="hint">{ words }</span>
        </div>
    }
}
