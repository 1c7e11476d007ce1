//! Choosing a new password after a recovery or an invitation, before anything else.

use foyer_contract::Field as FieldName;
use foyer_contract::{ErrorCode, SessionErrorCode};
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon};
use crate::components::isolated::with_isolated;
use crate::components::page_title::{PAGE_TITLE, PageTitle};
use crate::components::password_fields::{new_password_fields, password_owner};
use crate::hooks::{
    SmallFormHandle, use_app, use_focus_at_start, use_menu_items, use_new_password_form,
    use_skip_new_password,
};
use crate::model::factors::{self, Prompt};
use crate::model::menu::MenuItem;
use crate::pages::second_factor::SecondFactorForm;
use crate::text::t;

/// The page for a new password.
#[component]
pub(crate) fn NewPasswordPage() -> Html {
    let app = use_app();
    let form = use_new_password_form();
    let skip = use_skip_new_password();
    use_focus_at_start("new-password");
    use_menu_items(vec![Some((MenuItem::SkipNewPassword, skip.press.clone()))]);
    let user = app.user();
    let email = user.and_then(|user| user.email.clone());
    // Where the account has a second factor, the server takes no new password before the factor was shown. Once it
    // was, the password that is typed here already is sent again.
    let is_needed = user.is_some_and(|user| user.second_factor_needed);
    let was_refused = form
        .problem()
        .is_some_and(|problem| problem.code == ErrorCode::Session(SessionErrorCode::SecondFactorNeeded));
    let factor_first = is_needed && was_refused;
    let prompt = app.security().map(|security| factors::prompt(&security.factors));
    let takes_code = matches!(prompt, Some(Prompt::Code(_)));
    {
        let send_again = form.send();
        use_effect_with(is_needed, move |is_needed| {
            if !is_needed && was_refused {
                send_again.emit(());
            }
        });
    }

    html! {
        <main class="centre">
            { brand() }
            <section class="card card-narrow" aria-labelledby={PAGE_TITLE} data-testid="new-password-page">
                <div class="emblem">{ icon(Icon::Key) }</div>
                <PageTitle text={t("new-password-title")} />
                <p class="lead">
                    { match email.clone() {
                        Some(email) => with_isolated("new-password-lead", "email", &email),
                        None => t("new-password-lead-nobody").into(),
                    } }
                </p>
                { password_form(&form, email.as_deref(), factor_first) }
                <div role="status">
                    if factor_first && takes_code {
                        <p class="lead" data-testid="factor-first">{ t("new-password-factor-first") }</p>
                    }
                </div>
                if factor_first {
                    <SecondFactorForm />
                }
                { alert("skip-error", skip.task.state().problem()) }
                <div class="card-links">
                    <Button testid="skip" weight={Weight::Quiet} busy={skip.task.is_running()} onclick={skip.press}>
                        { t("new-password-skip") }
                    </Button>
                </div>
            </section>
        </main>
    }
}

fn password_form(form: &SmallFormHandle, email: Option<&str>, factor_first: bool) -> Html {
    html! {
        <form class="form" novalidate=true onsubmit={form.submit()}>
            { password_owner(email) }
            { new_password_fields(
                form.input(FieldName::PASSWORD),
                form.input_if_there(FieldName::CURRENT_PASSWORD),
                form.input_if_there(FieldName::NONCE),
            ) }
            if !factor_first {
                { alert("error", form.problem()) }
            }
            <Button testid="submit" weight={Weight::Primary} submit=true wide=true busy={form.is_busy()}>
                { t("new-password-submit") }
            </Button>
            if form.input_if_there(FieldName::NONCE).is_some() {
                <Button
                    testid="nonce-again"
                    weight={Weight::Quiet}
                    wide=true
                    disabled={form.is_busy()}
                    onclick={form.send_without(FieldName::NONCE)}
                >
                    { t("nonce-again") }
                </Button>
            }
        </form>
    }
}
