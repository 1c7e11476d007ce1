//! What one can sign in with: linked, and to be linked.

use foyer_contract::view::IdentityView;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon};
use crate::hooks::{use_link_provider, use_unlink_identity};
use crate::model::provider::provider_name;
use crate::text::{t, t_with};

#[derive(Properties, PartialEq)]
pub(super) struct ProvidersCardProps {
    pub(super) identities: Vec<IdentityView>,
    /// The providers that the project allows.
    pub(super) offered: Vec<String>,
}

/// The section for ways in.
#[component]
pub(super) fn ProvidersCard(props: &ProvidersCardProps) -> Html {
    let is_linked =
        |provider: &String| props.identities.iter().any(|identity| identity.provider == *provider);
    let open: Vec<_> = props.offered.iter().filter(|provider| !is_linked(provider)).collect();
    if props.identities.is_empty() && open.is_empty() {
        return Html::default();
    }

    html! {
        <section class="card" aria-labelledby="identities-title">
            <div class="card-intro">
                <h2 id="identities-title">{ t("identities-title") }</h2>
                <p class="lead">{ t("identities-lead") }</p>
            </div>
            <ul class="rows">
                { for props.identities.iter().map(|identity| html! {
                    <IdentityRow key={identity.id.clone()} identity={identity.clone()} />
                }) }
                { for open.into_iter().map(|provider| html! {
                    <OfferRow key={provider.clone()} provider={provider.clone()} />
                }) }
            </ul>
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
    let unlink = use_unlink_identity(identity.id.clone());
    let name = name(&identity.provider);

    html! {
        <li class="row" data-testid={format!("identity-{}", identity.provider)}>
            { icon(Icon::Check) }
            <div class="row-text">
                <span>{ &name }</span>
                if let Some(email) = &identity.email {
                    <span class="hint address">{ email }</span>
                }
                { alert("identity-error", unlink.task.state().problem()) }
            </div>
            if identity.removable {
                <Button
                    testid={format!("unlink-{}", identity.provider)}
                    weight={Weight::Quiet}
                    label={t_with("unlink-named", [("provider", name)])}
                    busy={unlink.task.is_running()}
                    onclick={unlink.press}
                >
                    { t("remove") }
                </Button>
            } else {
                <span class="hint">{ t("identity-only") }</span>
            }
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
        _ => provider_name(provider),
    }
}
