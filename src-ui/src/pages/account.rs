//! The account page: picture and profile.

use foyer_contract::ErrorCode;
use foyer_contract::Field as FieldName;
use foyer_contract::view::{AccountView, Freshness, Lacks};
use yew::prelude::*;

use crate::components::banner::{Banner, Tone, alert};
use crate::components::button::{Button, Weight};
use crate::components::disclosure::Disclosure;
use crate::components::field::Field;
use crate::components::icon::{Icon, icon};
use crate::components::isolated::isolated;
use crate::hooks::{AvatarHandle, ProfileFormHandle, use_app};
use crate::model::problem::Problem;
use crate::model::task::Task;
use crate::pages::edits::{ConflictCard, QueuedCard};
use crate::pages::picture::PictureCard;
use crate::sentences;
use crate::text::{t, t_with};

#[derive(Properties, PartialEq)]
pub(crate) struct AccountPageProps {
    pub(crate) form: ProfileFormHandle,
    pub(crate) avatar: AvatarHandle,
    /// The person wants to see the security page.
    pub(crate) on_security: Callback<MouseEvent>,
}

/// The account page.
#[component]
pub(crate) fn AccountPage(props: &AccountPageProps) -> Html {
    let app = use_app();
    let account = app.account().filter(|_| props.form.is_loaded());
    let is_offline = account.is_some_and(|account| account.freshness == Freshness::Offline);
    // With an account from the cache to show, the word about being offline is enough.
    let trouble = app.account_problem();
    let problem = trouble.clone().filter(|_| account.is_none());
    let stale = trouble.filter(|trouble| account.is_some() && trouble.code != ErrorCode::Offline);

    html! {
        <div class="page" data-testid="account-page" aria-busy={(account.is_none() && problem.is_none()).to_string()}>
            <div class="page-head">
                <h1 id="account-title" tabindex="-1">{ t("account-title") }</h1>
                { freshness(account.filter(|_| stale.is_none())) }
            </div>
            <div role="status">
                if is_offline {
                    <Banner
                        tone={Tone::Quiet}
                        testid="offline"
                        icon={Icon::Offline}
                        action={html! {
                            <Button testid="offline-retry" weight={Weight::Quiet} onclick={app.reload()}>
                                { t("try-again") }
                            </Button>
                        }}
                    >
                        { t("offline") }
                    </Banner>
                }
            </div>
            { alert("account-trouble", stale.as_ref()) }
            if app.user().is_some_and(|user| user.is_anonymous) {
                { anonymous_word(&props.on_security) }
            }
            if let Some(account) = account {
                { edits(account, &props.form) }
                { lacking(account.lacks.as_ref()) }
                if has(account, "avatar_url") {
                    <PictureCard avatar={props.avatar.clone()} account={account.clone()} />
                }
                <ProfileCard form={props.form.clone()} account={account.clone()} />
            } else if problem.is_none() {
                { skeleton() }
            }
            { load_failure(problem.as_ref(), app.reload()) }
        </div>
    }
}

/// What somebody without an address should know, and what to do about it.
fn anonymous_word(on_security: &Callback<MouseEvent>) -> Html {
    html! {
        <Banner
            tone={Tone::Warning}
            testid="anonymous-word"
            action={html! {
                <Button testid="anonymous-keep" weight={Weight::Quiet} onclick={on_security.clone()}>
                    { t("keep-account") }
                </Button>
            }}
        >
            { t("anonymous-word") }
        </Banner>
    }
}

/// Edits that are not the server's yet.
fn edits(account: &AccountView, form: &ProfileFormHandle) -> Html {
    let theirs = &account.profile;
    html! {
        <>
            if let Some(mine) = &account.conflict {
                <ConflictCard
                    mine={mine.clone()}
                    theirs={theirs.clone()}
                    version={account.version.clone()}
                    on_kept={form.kept()}
                    on_dropped={form.revert()}
                />
            }
            if let Some(mine) = &account.queued {
                <QueuedCard mine={mine.clone()} theirs={theirs.clone()} />
            }
        </>
    }
}

/// A word beside the title while the server is being asked. It comes late, so that a quick answer shows none.
fn freshness(account: Option<&AccountView>) -> Html {
    let asking = account.is_some_and(|account| account.freshness == Freshness::Cached);
    html! { if asking { <span class="checking" data-testid="checking">{ t("account-checking") }</span> } }
}

/// Whether the project has a place for this column of the table.
fn has(account: &AccountView, column: &str) -> bool {
    // Without the table there is what Auth keeps.
    account.lacks.as_ref().is_none_or(|lacks| {
        if lacks.table {
            column == "full_name"
        } else {
            lacks.columns.iter().all(|lacking| lacking != column)
        }
    })
}

/// What the project has no place for, and what its owner can run to change that.
fn lacking(lacks: Option<&Lacks>) -> Html {
    let Some(lacks) = lacks else { return Html::default() };
    let words = if lacks.table {
        t("lacks-table")
    } else {
        t_with("lacks-columns", [("columns", lacks.columns.join(", "))])
    };
    html! {
        <section class="card" data-testid="lacks">
            <p>{ words }</p>
            <Disclosure testid="lacks-open" label={t("lacks-open")}>
                <textarea
                    class="input"
                    data-testid="lacks-sql"
                    aria-label={t("lacks-open")}
                    rows="8"
                    readonly=true
                    value={lacks.sql.clone()}
                />
            </Disclosure>
        </section>
    }
}

/// Why there is no account to show.
fn load_failure(problem: Option<&Problem>, reload: Callback<MouseEvent>) -> Html {
    html! {
        <div role="alert">
            if let Some(problem) = problem {
                <section class="card" data-testid="account-error">
                    <div class="emblem emblem-bad">{ icon(Icon::Warning) }</div>
                    <h2>{ t("account-error-title") }</h2>
                    <p class="lead">{ sentences::problem(problem) }</p>
                    <div class="button-row">
                        <Button testid="account-retry" onclick={reload}>{ t("try-again") }</Button>
                    </div>
                </section>
            }
        </div>
    }
}

fn skeleton() -> Html {
    html! {
        <div data-testid="skeleton">
            <span class="visually-hidden">{ t("loading") }</span>
            <div class="card card-row" aria-hidden="true">
                <span class="bone bone-circle"></span>
                <div class="bones"><span class="bone bone-title"></span><span class="bone bone-line"></span></div>
            </div>
            <div class="card" aria-hidden="true">
                <div class="bones">
                    <span class="bone bone-title"></span>
                    <span class="bone bone-input"></span>
                    <span class="bone bone-input"></span>
                    <span class="bone bone-input"></span>
                </div>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ProfileCardProps {
    form: ProfileFormHandle,
    account: AccountView,
}

#[component]
fn ProfileCard(props: &ProfileCardProps) -> Html {
    let form = &props.form;
    // Only while the focus is in the form: Escape elsewhere means something else.
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
            unchecked={field == FieldName::FullName}
        />
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
                } else if form.is_changed() && !is_saving {
                    <span data-testid="unsaved">{ t("unsaved") }</span>
                }
            </div>
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
    }
}
