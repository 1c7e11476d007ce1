//! The security page: what guards the account, and deleting it.

mod delete;
mod devices;
mod email;
mod password;
mod providers;
mod two_factor;

use foyer_contract::view::WaitingView;
use yew::prelude::*;

use crate::components::icon::icon;
use crate::components::page_title::PageTitle;
use crate::hooks::{SecurityHandle, SignOutHandle, use_app};
use crate::pages::waiting::content::{WaitingContent, emblem};
use crate::sentences;
use crate::text::t;

#[derive(Properties, PartialEq)]
pub(crate) struct SecurityPageProps {
    pub(crate) security: SecurityHandle,
    pub(crate) sign_out: SignOutHandle,
}

/// The security page. Somebody without an address is asked for one first: the rest needs one.
#[component]
pub(crate) fn SecurityPage(props: &SecurityPageProps) -> Html {
    let app = use_app();
    let (Some(user), Some(security)) = (app.user().cloned(), app.security().cloned()) else {
        return html! {
            <div class="page" data-testid="security-page" aria-busy="true">
                <PageTitle id="security-title" text={t("security-title")} />
                <p class="hint">{ t("loading") }</p>
            </div>
        };
    };
    let offered = app
        .project()
        .and_then(|project| project.sign_in_methods.as_ref())
        .map(|offers| offers.providers.clone());
    let waiting = app.waiting().cloned();
    let is_anonymous = user.is_anonymous;

    html! {
        <div class="page" data-testid="security-page">
            <div class="page-head"><PageTitle id="security-title" text={t("security-title")} /></div>
            if let Some(waiting) = waiting {
                // The flow's id is the key: nothing typed for one flow is sent for another.
                <WaitingCard key={waiting.id.clone()} waiting={waiting.clone()} />
            }
            if is_anonymous {
                <email::EmailCard key="email" form={props.security.email.clone()} user={user.clone()} />
            }
            <password::PasswordCard key="password" form={props.security.password.clone()} email={user.email.clone()} />
            if !is_anonymous {
                <email::EmailCard key="email" form={props.security.email.clone()} user={user.clone()} />
            }
            <two_factor::TwoFactorCard enrollment={props.security.enrollment.clone()} factors={security.factors} />
            <providers::ProvidersCard
                identities={security.identities}
                email={user.email.clone().filter(|_| !is_anonymous)}
                offered={offered.unwrap_or_default()}
            />
            <devices::DevicesCard protection={app.protection()} sign_out={props.sign_out.clone()} />
            <delete::DeleteCard {user} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct WaitingCardProps {
    waiting: WaitingView,
}

/// A flow that was begun here and waits.
#[component]
fn WaitingCard(props: &WaitingCardProps) -> Html {
    let waiting = &props.waiting;
    html! {
        <section
            class="card card-waiting"
            data-testid="waiting-card"
            aria-labelledby="waiting-title"
            aria-busy={waiting.exchanging.to_string()}
        >
            <div class="card-head">
                <div class="emblem">{ icon(emblem(waiting.kind)) }</div>
                <h2 id="waiting-title">{ sentences::waiting_title(waiting) }</h2>
            </div>
            <WaitingContent waiting={waiting.clone()} />
        </section>
    }
}
