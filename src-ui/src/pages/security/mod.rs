//! The security page: a list of what guards the account. Each row says how things are and has one thing to do; the form
//! for it opens under the row.

mod delete;
mod email;
mod password;
mod sessions;
mod sign_in_methods;
mod two_factor;

use foyer_contract::view::{SecurityView, UserView, WaitingKind, WaitingView};
use yew::prelude::*;

use crate::components::icon::{Icon, icon};
use crate::components::page_title::PageTitle;
use crate::components::row::{RowButton, rows};
use crate::components::skeleton::skeleton_of_rows;
use crate::hooks::{AppHandle, SecurityHandle, SignOutHandle, use_app, use_escape, use_news_in_rows};
use crate::model::security_rows::{Row as Name, row_of};
use crate::pages::waiting::content::{WaitingContent, emblem};
use crate::sentences;
use crate::text::{t, use_language};

#[derive(Properties, PartialEq)]
pub(crate) struct SecurityPageProps {
    pub(crate) security: SecurityHandle,
    pub(crate) sign_out: SignOutHandle,
    /// The person wants to see the settings.
    pub(crate) on_settings: Callback<MouseEvent>,
}

/// The security page.
#[component]
pub(crate) fn SecurityPage(props: &SecurityPageProps) -> Html {
    let app = use_app();
    use_news_in_rows();
    use_escape(props.security.rows.opened().is_some(), props.security.close_opened());
    let content = match (app.user(), app.security()) {
        (Some(user), Some(view)) => html! {
            <>
                { sign_in_rows(&app, &props.security, user, view) }
                { rows("sessions-rows-title", t("security-sessions"), html! {
                    <>
                        <sessions::SessionRow protection={app.protection()} on_settings={props.on_settings.clone()} />
                        <sessions::SessionsRow
                            security={props.security.clone()}
                            sign_out={props.sign_out.clone()}
                            last_sign_in_at={view.last_sign_in_at}
                        />
                    </>
                }) }
                { rows("account-rows-title", t("security-account"), html! { <delete::DeleteRow user={user.clone()} /> }) }
            </>
        },
        _ => skeleton_of_rows(&[4, 2, 1]),
    };
    let is_loading = app.user().is_none() || app.security().is_none();

    html! {
        <div class="page" data-testid="security-page" aria-busy={is_loading.then_some("true")}>
            <div class="page-head"><PageTitle id="security-title" text={t("security-title")} /></div>
            { content }
        </div>
    }
}

/// How the person signs in. Somebody without an address is asked for one first: the rest needs one. An anonymous person
/// has no second factor, as the server refuses to begin one.
fn sign_in_rows(app: &AppHandle, security: &SecurityHandle, user: &UserView, view: &SecurityView) -> Html {
    let is_anonymous = user.is_anonymous;
    let offered = app.project().and_then(|project| project.sign_in_methods.as_ref());
    let offered = offered.map(|methods| methods.providers.clone()).unwrap_or_default();
    let email = html! {
       <email::EmailRow
           key="email"
           security={security.clone()}
           user={user.clone()}
           new_email={view.new_email.clone()}
       />
    };
    rows(
        "sign-in-rows-title",
        t("security-sign-in"),
        html! {
            <>
                if is_anonymous { { email.clone() } }
                <password::PasswordRow
                    key="password"
                    security={security.clone()}
                    email={user.email.clone()}
                    {is_anonymous}
                />
                if !is_anonymous { { email } }
                if !is_anonymous {
                    <two_factor::TwoFactorRow security={security.clone()} factors={view.factors.clone()} />
                }
                <sign_in_methods::SignInMethodsRow
                    security={security.clone()}
                    identities={view.identities.clone()}
                    email={user.email.clone().filter(|_| !is_anonymous)}
                    {offered}
                />
            </>
        },
    )
}

/// The button that opens this row, with these words, and closes it again.
fn row_button(security: &SecurityHandle, row: Name, words: String) -> Html {
    let is_open = security.rows.is_open(row);
    let words = match (is_open, security.is_unfinished(row)) {
        (true, _) => t("close"),
        (false, true) => t("continue"),
        (false, false) => words,
    };
    html! {
        <RowButton
            name={row.name()}
            is_open={Some(is_open)}
            disabled={is_open && security.is_busy(row)}
            {words}
            onclick={security.toggle(row)}
        />
    }
}

/// What the backend said last, where it is about this row.
fn result(app: &AppHandle, row: Name) -> Html {
    let notice = app.view().and_then(|view| view.notice).filter(|notice| row_of(notice.code) == Some(row));
    let Some(notice) = notice else { return Html::default() };
    html! {
        <p class="good-line" data-testid="row-notice">{ icon(Icon::Check) }{ sentences::notice(notice.code) }</p>
    }
}

/// The flow of this kind that was begun last and waits for the person.
fn waiting_card(app: &AppHandle, kind: WaitingKind) -> Html {
    let flows = app.supabase().map(|view| view.waiting.as_slice()).unwrap_or_default();
    let Some(flow) = flows.iter().rfind(|flow| flow.kind == kind) else { return Html::default() };
    // The flow's id is the key: nothing typed for one flow is sent for another.
    html! { <WaitingCard key={flow.id.clone()} waiting={flow.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct WaitingCardProps {
    waiting: WaitingView,
}

/// A flow that was begun here and waits.
#[component]
fn WaitingCard(props: &WaitingCardProps) -> Html {
    use_language();
    let waiting = &props.waiting;
    let title_id = format!("waiting-title-{}", waiting.id);
    html! {
        <section
            class="row-panel waiting"
            data-testid="waiting-card"
            aria-labelledby={title_id.clone()}
            aria-busy={waiting.exchanging.to_string()}
        >
            <div class="waiting-head">
                { icon(emblem(waiting.kind)) }
                <h4 id={title_id}>{ sentences::waiting_title(waiting) }</h4>
            </div>
            <WaitingContent waiting={waiting.clone()} />
        </section>
    }
}
