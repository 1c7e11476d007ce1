//! What the person can sign in with: identities that are linked, and providers that can be.

use foyer_contract::view::IdentityView;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon};
use crate::components::isolated::{isolated, with_isolated};
use crate::hooks::{use_link_provider, use_unlink_identity};
use crate::model::provider::{Removal, is_address_unlisted, is_single_sign_on, provider_name, removal};
use crate::text::{t, t_with};

#[derive(Properties, PartialEq)]
pub(super) struct ProvidersCardProps {
    pub(super) identities: Vec<IdentityView>,
    /// The account's address.
    pub(super) email: Option<String>,
    /// The providers that the project allows.
    pub(super) offered: Vec<String>,
}

/// The section for identities.
#[component]
pub(super) fn ProvidersCard(props: &ProvidersCardProps) -> Html {
    let is_linked =
        |provider: &String| props.identities.iter().any(|identity| identity.provider == *provider);
    let open: Vec<_> = props.offered.iter().filter(|provider| !is_linked(provider)).collect();
    if props.identities.is_empty() && props.email.is_none() && open.is_empty() {
        return Html::default();
    }
    let unlisted = props.email.clone().filter(|email| is_address_unlisted(&props.identities, Some(email)));

    html! {
        <section class="card" aria-labelledby="identities-title">
            <div class="card-intro">
                <h2 id="identities-title">{ t("identities-title") }</h2>
                <p class="lead">{ t("identities-lead") }</p>
            </div>
            <ul class="rows">
                { for props.identities.iter().enumerate().map(|(index, identity)| {
                    let key = identity.id.clone().unwrap_or_else(|| index.to_string());
                    html! { <IdentityRow {key} identity={identity.clone()} /> }
                }) }
                { for open.into_iter().map(|provider| html! {
                    <OfferRow key={provider.clone()} provider={provider.clone()} />
                }) }
            </ul>
            if props.identities.is_empty() {
                <p class="hint" data-testid="identities-none">{ t("identities-none") }</p>
            }
            if let Some(email) = unlisted {
                <p class="hint" data-testid="identities-address">
                    { with_isolated("identities-address", "email", &email) }
                </p>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct IdentityRowProps {
    identity: IdentityView,
}

#[component]
fn IdentityRow(props: &IdentityRowProps) -> Html {
    let identity = &props.identity;
    let unlink = use_unlink_identity(identity.id.clone().unwrap_or_default());
    let name = name(&identity.provider);

    html! {
        <li class="row" data-testid={format!("identity-{}", identity.provider)}>
            { icon(Icon::Check) }
            <div class="row-text">
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
struct OfferRowProps {
    provider: String,
}

#[component]
fn OfferRow(props: &OfferRowProps) -> Html {
    let link = use_link_provider(props.provider.clone());
    let name = name(&props.provider);

    html! {
        <li class="row">
            { icon(Icon::Link) }
            <div class="row-text">
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
