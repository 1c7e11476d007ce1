//! The account page: picture and profile.

mod crop;
mod edits;
mod missing;
mod picture;
mod profile;
mod public;

use foyer_contract::view::{AccountView, Freshness};
use foyer_contract::{ErrorCode, SessionErrorCode};
use yew::prelude::*;

use self::edits::{ConflictCard, QueuedCard};
use self::missing::missing;
use self::picture::PictureCard;
use self::profile::ProfileCard;
use self::public::PublicProfileCard;
use crate::components::banner::{Banner, Tone, alert};
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon};
use crate::components::page_title::PageTitle;
use crate::components::skeleton::skeleton_of_cards;
use crate::hooks::{AvatarHandle, ProfileFormHandle, use_app};
use crate::model::problem::Problem;
use crate::model::schema::keeps_picture;
use crate::sentences;
use crate::text::t;

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
    // With an account from the cache to show, the sentence about being offline is enough.
    let trouble = app.account_problem();
    let problem = trouble.clone().filter(|_| account.is_none());
    let stale = trouble
        .filter(|trouble| account.is_some() && trouble.code != ErrorCode::Session(SessionErrorCode::Offline));

    html! {
        <div class="page" data-testid="account-page" aria-busy={(account.is_none() && problem.is_none()).to_string()}>
            <div class="page-head">
                <PageTitle id="account-title" text={t("account-title")} />
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
                { missing(account.missing_schema.as_ref()) }
                if keeps_picture(Some(account)) {
                    <PictureCard avatar={props.avatar.clone()} account={account.clone()} />
                }
                <ProfileCard form={props.form.clone()} account={account.clone()} />
                if account.missing_schema.as_ref().is_none_or(|schema| !schema.table) {
                    <PublicProfileCard picture={account.avatar_url.clone()} />
                }
            } else if problem.is_none() {
                { skeleton_of_cards() }
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

/// Edits that the server does not have yet.
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

/// A word beside the title while the server is being asked. The stylesheet shows it late, so that a quick answer shows
/// none.
fn freshness(account: Option<&AccountView>) -> Html {
    let asking = account.is_some_and(|account| account.freshness == Freshness::Cached);
    html! { if asking { <span class="checking" data-testid="checking">{ t("account-checking") }</span> } }
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
