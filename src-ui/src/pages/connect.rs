//! The first start: the person names their Supabase project.

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use crate::components::banner::alert_with_id;
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::field::{Content, Field};
use crate::components::icon::{Icon, icon};
use crate::components::page_title::{PAGE_TITLE, PageTitle};
use crate::hooks::{ConnectHandle, use_connect, use_focus_at_start, use_menu_items};
use crate::model::form::connect::ConnectTarget;
use crate::model::input::Input;
use crate::model::menu::MenuItem;
use crate::model::problem::field_id;
use crate::text::{t, use_language};

/// The id of the failure, which the fields name in `aria-describedby`.
const ERROR_REGION: &str = "connect-error-region";

/// The connect page.
#[component]
pub(crate) fn ConnectPage() -> Html {
    use_language();
    let connect = use_connect();
    let form = &connect.form;
    let [url, key] = [FieldName::URL, FieldName::KEY].map(|field| form.input(field));
    let problem = url.problem.as_ref().or(key.problem.as_ref()).or(form.problem()).cloned();
    use_focus_at_start(field_id(FieldName::URL));
    let can_use_local = connect.local.is_some() && !form.is_busy();
    use_menu_items(vec![
        can_use_local.then(|| (MenuItem::LocalProject, form.send_for(ConnectTarget::Local))),
    ]);

    html! {
        <main class="centre">
            { brand() }
            <section class="card card-narrow" aria-labelledby={PAGE_TITLE} data-testid="connect-page">
                <PageTitle text={t("connect-title")} />
                <p class="lead">{ t("connect-lead") }</p>
                { local_offer(&connect) }
                <form class="form" novalidate=true onsubmit={form.submit_for(ConnectTarget::Remote)}>
                    { fields(url, key) }
                    { alert_with_id(ERROR_REGION, "connect-error", problem.as_ref()) }
                    <Button
                        testid="connect-submit"
                        weight={Weight::Primary}
                        submit=true
                        wide=true
                        disabled={form.is_busy()}
                        busy={form.is_on(&ConnectTarget::Remote)}
                    >
                        { t("connect-submit") }
                    </Button>
                </form>
            </section>
        </main>
    }
}

/// The local project, where one answered.
fn local_offer(connect: &ConnectHandle) -> Html {
    let Some(local) = &connect.local else { return Html::default() };
    let form = &connect.form;
    html! {
        <div class="offer">
            { icon(Icon::Computer) }
            <div class="offer-text">
                <strong>{ t("connect-local-found") }</strong>
                <span class="address">{ &local.url }</span>
            </div>
            <Button
                testid="connect-local"
                disabled={form.is_busy()}
                busy={form.is_on(&ConnectTarget::Local)}
                onclick={form.send_for(ConnectTarget::Local)}
            >
                { t("connect-local") }
            </Button>
        </div>
    }
}

fn fields(url: Input, key: Input) -> Html {
    html! {
        <>
            <Field
                input={url}
                label={t("connect-url")}
                content={Content::Url}
                autocomplete="url"
                placeholder={t("connect-url-example")}
                hint={t("connect-url-hint")}
                described_by={ERROR_REGION}
            />
            <Field
                input={key}
                label={t("connect-key")}
                placeholder={t("connect-key-example")}
                hint={t("connect-key-hint")}
                described_by={ERROR_REGION}
            />
        </>
    }
}
