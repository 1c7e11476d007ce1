//! A link that nobody here asked for: whom the link signs in, and whether that is wanted. No is the default.

use foyer_contract::view::ConsentView;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon, spinner};
use crate::components::isolated::isolated;
use crate::components::page_title::PageTitle;
use crate::hooks::{use_consent, use_focus_at_start, use_menu_items};
use crate::model::menu::MenuItem;
use crate::text::{t, use_language};

#[derive(Properties, PartialEq)]
pub(crate) struct ConsentPageProps {
    pub(crate) consent: ConsentView,
}

/// The consent page.
#[component]
pub(crate) fn ConsentPage(props: &ConsentPageProps) -> Html {
    use_language();
    let question = use_consent(&AttrValue::from(props.consent.id.clone()));
    use_focus_at_start("consent-cancel");
    use_menu_items(vec![Some((MenuItem::Cancel, question.decline()))]);

    html! {
        <main class="centre">
            { brand() }
            <section
                class="card card-narrow"
                data-testid="consent-page"
                aria-labelledby="consent-title"
                aria-busy={props.consent.is_checking.to_string()}
            >
                <div class="emblem">{ icon(Icon::Link) }</div>
                <PageTitle id="consent-title" text={t("consent-title")} />
                <div role="status">{ whom(&props.consent) }</div>
                { alert("error", question.problem()) }
                <div class="stack">
                    <Button testid="consent-cancel" id="consent-cancel" weight={Weight::Primary} wide=true onclick={question.decline()}>
                        { t("cancel") }
                    </Button>
                    <Button
                        testid="consent-continue"
                        wide=true
                        disabled={props.consent.is_checking}
                        busy={question.is_accepting()}
                        onclick={question.accept()}
                    >
                        { t("consent-continue") }
                    </Button>
                </div>
            </section>
        </main>
    }
}

fn whom(consent: &ConsentView) -> Html {
    if consent.is_checking {
        return html! { <p class="busy-line" data-testid="consent-checking">{ spinner() }{ t("consent-checking") }</p> };
    }
    html! {
        <>
            if let Some(email) = &consent.email {
                <p class="lead">
                    { t("consent-email") }{ " " }<strong class="address" data-testid="consent-email">{ isolated(email) }</strong>
                </p>
            } else {
                <p class="lead" data-testid="consent-unknown">{ t("consent-unknown") }</p>
            }
            <p class="lead">{ t("consent-question") }</p>
            if consent.is_invitation {
                <p class="lead" data-testid="consent-invitation">{ t("consent-invitation") }</p>
            }
        </>
    }
}
