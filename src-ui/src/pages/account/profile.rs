//! The account page's card for the profile: the form, and the bar that saves it.

use foyer_contract::account::UsernameState;
use foyer_contract::view::AccountView;
use foyer_contract::{ErrorCode, Field as FieldName};
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::field::Field;
use crate::components::icon::{Icon, icon};
use crate::components::isolated::isolated;
use crate::hooks::ProfileFormHandle;
use crate::model::problem::Problem;
use crate::model::schema::has;
use crate::model::task::Task;
use crate::text::{t, use_language};

#[derive(Properties, PartialEq)]
pub(super) struct ProfileCardProps {
    pub(super) form: ProfileFormHandle,
    pub(super) account: AccountView,
}

/// The card for the profile.
#[component]
pub(super) fn ProfileCard(props: &ProfileCardProps) -> Html {
    use_language();
    let form = &props.form;
    // Escape reverts only while the focus is in the form: elsewhere it closes something else.
    let onkeydown = {
        let revert = form.revert();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.is_composing() {
                revert.emit(());
            }
        })
    };

    html! {
        <form class="card" novalidate=true onsubmit={form.submit()} {onkeydown} aria-labelledby="profile-title">
            <h2 id="profile-title">{ t("profile-title") }</h2>
            <div class="form">
                <div class="field field-plain">
                    <span class="label">{ t("email") }</span>
                    <span class="fixed address" data-testid="account-email">
                        { props.account.email.as_deref().map_or_else(|| t("account-no-email").into(), isolated) }
                    </span>
                </div>
                if has(&props.account, "full_name") {
                    { profile_field(form, FieldName::FullName, t("full-name"), "name", None) }
                }
                if has(&props.account, "username") {
                    { profile_field(form, FieldName::Username, t("username"), "nickname", Some(t("username-hint"))) }
                }
                if has(&props.account, "website") {
                    { profile_field(form, FieldName::Website, t("website"), "url", Some(t("website-hint"))) }
                }
            </div>
            { alert("error", failure(form, &props.account)) }
            { save_bar(form, props.account.queued.is_some()) }
        </form>
    }
}

fn profile_field(
    form: &ProfileFormHandle,
    field: FieldName,
    label: String,
    autocomplete: &'static str,
    hint: Option<String>,
) -> Html {
    html! {
        <Field
            input={form.input(field)}
            {label}
            {autocomplete}
            {hint}
            live={username_state(form).filter(|_| field == FieldName::Username)}
            is_live={field == FieldName::Username}
            unchecked={field == FieldName::FullName}
        />
    }
}

/// What the server says of the username while it is typed. Saving does not depend on it.
fn username_state(form: &ProfileFormHandle) -> Option<Html> {
    match form.username() {
        UsernameState::Unknown => None,
        UsernameState::Free => Some(html! {
            <span class="note-good" data-testid="username-free">{ icon(Icon::Check) }{ t("username-free") }</span>
        }),
        UsernameState::Taken => Some(html! {
            <span class="note-warning" data-testid="username-taken">
                { icon(Icon::Warning) }{ t("error-username-taken") }
            </span>
        }),
    }
}

/// Why saving failed; a conflict has a card of its own.
fn failure<'a>(form: &'a ProfileFormHandle, account: &AccountView) -> Option<&'a Problem> {
    match form.saving() {
        Task::Failed(problem) if problem.code == ErrorCode::Conflict && account.conflict.is_some() => None,
        Task::Failed(problem) => Some(problem),
        _ => None,
    }
}

fn save_bar(form: &ProfileFormHandle, is_queued: bool) -> Html {
    let is_saving = form.saving().is_running();
    html! {
        <div class="card-foot">
            <div class="card-foot-state" role="status">
                if form.saving().is_done() && is_queued {
                    <span class="later-line" data-testid="saved-later">{ icon(Icon::Clock) }{ t("saved-later") }</span>
                } else if form.saving().is_done() {
                    <span class="good-line" data-testid="saved">{ icon(Icon::Check) }{ t("saved") }</span>
                } else if form.can_restore() {
                    <span>{ t("reverted") }</span>
                    <Button
                        testid="restore"
                        weight={Weight::Quiet}
                        onclick={form.restore().reform(|_: MouseEvent| ())}
                    >
                        { t("restore") }
                    </Button>
                } else if form.is_restored() && !is_saving {
                    <span data-testid="restored">{ t("restored") }</span>
                } else if form.is_changed() && !is_saving {
                    <span data-testid="unsaved">{ t("unsaved") }</span>
                }
            </div>
            <div class="button-row">
                if form.is_changed() && !is_saving {
                    <Button testid="revert" onclick={form.revert().reform(|_: MouseEvent| ())}>{ t("revert") }</Button>
                }
                <Button
                    testid="save"
                    weight={Weight::Primary}
                    submit=true
                    disabled={!form.is_changed()}
                    busy={is_saving}
                >
                    { t("save") }
                </Button>
            </div>
        </div>
    }
}
