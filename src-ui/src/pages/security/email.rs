//! A new address; for somebody without an address, the first one, with which the account can be kept.

use foyer_contract::Field as FieldName;
use foyer_contract::view::UserView;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::field::{Content, Field};
use crate::components::isolated::with_isolated;
use crate::hooks::SmallFormHandle;
use crate::text::t;

#[derive(Properties, PartialEq)]
pub(super) struct EmailCardProps {
    pub(super) form: SmallFormHandle,
    pub(super) user: UserView,
}

/// The section for a new address.
#[component]
pub(super) fn EmailCard(props: &EmailCardProps) -> Html {
    let form = &props.form;
    let user = &props.user;
    let (title, lead, submit) = if user.is_anonymous {
        (t("keep-account-title"), t("keep-account-lead").into(), t("keep-account"))
    } else {
        let lead = match &user.email {
            Some(email) => with_isolated("change-email-lead", "email", email),
            None => t("change-email-lead-none").into(),
        };
        (t("email"), lead, t("change-email"))
    };

    html! {
        <form class="card" novalidate=true onsubmit={form.submit()} aria-labelledby="email-title">
            <div class="card-intro">
                <h2 id="email-title">{ title }</h2>
                <p class="lead">{ lead }</p>
            </div>
            <div class="form">
                <Field
                    input={form.input(FieldName::EMAIL)}
                    label={t("new-email")}
                    content={Content::Email}
                    autocomplete="email"
                />
            </div>
            { alert("email-error", form.problem()) }
            <div class="button-row">
                <Button
                    testid="change-email"
                    weight={if user.is_anonymous { Weight::Primary } else { Weight::Plain }}
                    submit=true
                    busy={form.is_busy()}
                >
                    { submit }
                </Button>
            </div>
        </form>
    }
}
