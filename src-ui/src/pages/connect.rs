//! The first start: which Supabase project?

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use crate::components::banner::alert_with_id;
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::field::Field;
use crate::components::icon::{Icon, icon};
use crate::hooks::{ConnectHandle, use_connect, use_focus_at_start};
use crate::model::connect_form::Trying;
use crate::model::problem::field_id;
use crate::text::t;

/// The id of the failure, which the fields name as the one that describes them.
const ERROR_REGION: &str = "connect-error-region";

/// The connect page.
#[component]
pub(crate) fn ConnectPage() -> Html {
    let form = use_connect();
    use_focus_at_start(field_id(FieldName::Url));
    let busy = form.trying().is_some();

    html! {
        <main class="centre">
            { brand() }
            <section class="card card-narrow" data-testid="connect-page">
                <h1>{ t("connect-title") }</h1>
                <p class="lead">{ t("connect-lead") }</p>
                { local_offer(&form) }
                <form class="form" novalidate=true onsubmit={form.submit()}>
                    { fields(&form) }
                    { alert_with_id(ERROR_REGION, "connect-error", form.problem().as_ref()) }
                    <Button
                        testid="connect-submit"
                        weight={Weight::Primary}
                        submit=true
                        wide=true
                        disabled={busy}
                        busy={form.trying() == Some(Trying::Remote)}
                    >
                        { t("connect-submit") }
                    </Button>
                </form>
            </section>
        </main>
    }
}

/// The local project, where one answered.
fn local_offer(form: &ConnectHandle) -> Html {
    let Some(local) = form.local() else { return Html::default() };
    html! {
        <div class="offer">
            { icon(Icon::Computer) }
            <div class="offer-text">
                <strong>{ t("connect-local-found") }</strong>
                <span class="address">{ &local.url }</span>
            </div>
            <Button
                testid="connect-local"
                disabled={form.trying().is_some()}
                busy={form.trying() == Some(Trying::Local)}
                onclick={form.use_local()}
            >
                { t("connect-local") }
            </Button>
        </div>
    }
}

fn fields(form: &ConnectHandle) -> Html {
    let wrong = |field| form.is_wrong(field).then_some(ERROR_REGION);
    html! {
        <>
            <Field
                field={FieldName::Url}
                label={t("connect-url")}
                kind="url"
                value={form.url()}
                autocomplete="url"
                placeholder={t("connect-url-example")}
                hint={t("connect-url-hint")}
                described_by={wrong(FieldName::Url)}
                on_type={form.on_type(FieldName::Url)}
            />
            <Field
                field={FieldName::Key}
                label={t("connect-key")}
                value={form.key()}
                autocomplete="off"
                placeholder={t("connect-key-example")}
                hint={t("connect-key-hint")}
                described_by={wrong(FieldName::Key)}
                on_type={form.on_type(FieldName::Key)}
            />
        </>
    }
}
