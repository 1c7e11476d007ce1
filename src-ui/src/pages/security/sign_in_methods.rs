//! What the person can sign in with: identities that are linked, and providers that can be.

use foyer_contract::view::{IdentityView, WaitingKind};
use yew::prelude::*;

use super::{result, row_button, waiting_card};
use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon};
use crate::components::isolated::{isolated, with_isolated};
use crate::components::row::Row;
use crate::hooks::{SecurityHandle, use_app, use_link_provider, use_unlink_identity};
use crate::model::provider::{Removal, is_address_unlisted, is_single_sign_on, provider_name, removal};
use crate::model::security_rows::Row as Name;
use crate::text::{t, t_with, use_language};

#[derive(Properties, PartialEq)]
pub(super) struct SignInMethodsRowProps {
    pub(super) security: SecurityHandle,
    pub(super) identities: Vec<IdentityView>,
    /// The account's address.
    pub(super) email: Option<String>,
    /// The providers that the project allows.
    pub(super) offered: Vec<String>,
}

/// The row for the ways to sign in, with a provider that is being linked.
#[component]
pub(super) fn SignInMethodsRow(props: &SignInMethodsRowProps) -> Html {
    let app = use_app();
    let security = &props.security;
    let is_linked =
        |provider: &String| props.identities.iter().any(|identity| identity.provider == *provider);
    let open: Vec<_> = props.offered.iter().filter(|provider| !is_linked(provider)).collect();
    let is_empty = props.identities.is_empty() && open.is_empty();
    if is_empty && props.email.is_none() {
        return Html::default();
    }

    html! {
        <Row
            name={Name::SignInMethods.name()}
            icon={Icon::Link}
            title={t("identities-title")}
            state={state(&props.identities)}
            result={result(&app, Name::SignInMethods)}
            button={if is_empty { Html::default() } else { row_button(security, Name::SignInMethods, t("manage")) }}
            is_open={security.rows.is_open(Name::SignInMethods)}
            under_way={waiting_card(&app, WaitingKind::LinkProvider)}
        >
            <ul class="entries">
                { for props.identities.iter().enumerate().map(|(index, identity)| {
                    let key = identity.id.clone().unwrap_or_else(|| index.to_string());
                    html! { <IdentityEntry {key} identity={identity.clone()} /> }
                }) }
                { for open.into_iter().map(|provider| html! {
                    <OfferEntry key={provider.clone()} provider={provider.clone()} />
                }) }
            </ul>
            if let Some(email) = props.email.as_deref().filter(|it| is_address_unlisted(&props.identities, Some(it))) {
                <p class="hint" data-testid="identities-address">
                    { with_isolated("identities-address", "email", email) }
                </p>
            }
        </Row>
    }
}

/// How many ways there are, and which.
fn state(identities: &[IdentityView]) -> Html {
    if identities.is_empty() {
        return html! { <span data-testid="identities-none">{ t("identities-none") }</span> };
    }
    html! {
        <>
            { t_with("identities-count", [("count", identities.len())]) }{ " " }
            { for identities.iter().enumerate().map(|(index, identity)| html! {
                <>{ if index > 0 { " · " } else { "" } }<bdi>{ name(&identity.provider) }</bdi></>
            }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct IdentityEntryProps {
    identity: IdentityView,
}

#[component]
fn IdentityEntry(props: &IdentityEntryProps) -> Html {
    use_language();
    let identity = &props.identity;
    let unlink = use_unlink_identity(identity.id.clone().unwrap_or_default());
    let name = name(&identity.provider);

    html! {
        <li class="entry" data-testid={format!("identity-{}", identity.provider)}>
            { icon(Icon::Check) }
            <div class="entry-text">
                <span><bdi>{ &name }</bdi></span>
                if let Some(email) = &identity.email {
                    <span class="hint address">{ isolated(email) }</span>
                }
                { alert("identity-error", unlink.task.state().problem()) }
            </div>
            { match removal(identity) {
                Removal::Offered(_) => html! {
                    <Button
                        testid={format!("unlink-{}", identity.provider)}
                        weight={Weight::Quiet}
                        label={t_with("unlink-named", [("provider", name)])}
                        busy={unlink.task.is_running()}
                        onclick={unlink.press}
                    >
                        { t("remove") }
                    </Button>
                },
                Removal::OnlyOne => html! { <span class="hint">{ t("identity-only") }</span> },
                Removal::Unnamed => html! { <span class="hint">{ t("identity-unnamed") }</span> },
            } }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct OfferEntryProps {
    provider: String,
}

#[component]
fn OfferEntry(props: &OfferEntryProps) -> Html {
    use_language();
    let link = use_link_provider(props.provider.clone());
    let name = name(&props.provider);

    html! {
        <li class="entry">
            { icon(Icon::Link) }
            <div class="entry-text">
                <span>{ &name }</span>
                { alert("link-error", link.task.state().problem()) }
            </div>
            <Button
                testid={format!("link-{}", props.provider)}
                label={t_with("link-named", [("provider", name)])}
                busy={link.task.is_running()}
                onclick={link.press}
            >
                { t("link") }
            </Button>
        </li>
    }
}

fn name(provider: &str) -> String {
    match provider {
        "email" => t("email"),
        "phone" => t("phone"),
        "" => t("identity-unknown"),
        company if is_single_sign_on(company) => t("identity-sso"),
        _ => provider_name(provider),
    }
}
