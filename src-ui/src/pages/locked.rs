//! A session is on this computer, and the system's keychain does not give the key to it.

use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon};
use crate::components::page_title::PageTitle;
use crate::hooks::{use_app, use_restore_session, use_set_session_aside};
use crate::model::protection;
use crate::sentences;
use crate::text::t;

/// The page that asks to unlock the keychain.
#[component]
pub(crate) fn LockedPage() -> Html {
    let view = use_app().protection();
    let (restore, aside) = (use_restore_session(), use_set_session_aside());
    let is_busy = restore.task.is_running() || aside.task.is_running();
    let problem = restore.task.state().problem().or(aside.task.state().problem()).cloned();
    let Some(keychain) = protection::keychain_problem(&view) else { return Html::default() };

    html! {
        <main class="centre">
            { brand() }
            <section class="card card-narrow" data-testid="locked-page" aria-labelledby="locked-title">
                <div class="emblem">{ icon(Icon::Key) }</div>
                <PageTitle id="locked-title" text={sentences::locked_title(keychain)} />
                <p class="lead">{ sentences::locked_lead(keychain) }</p>
                { alert("locked-error", problem.as_ref()) }
                <Button
                    testid="locked-retry"
                    weight={Weight::Primary}
                    wide=true
                    disabled={is_busy}
                    busy={restore.task.is_running()}
                    onclick={restore.press.clone()}
                >
                    { t("try-again") }
                </Button>
                <Button
                    testid="sign-in-again"
                    wide=true
                    disabled={is_busy}
                    busy={aside.task.is_running()}
                    onclick={aside.press.clone()}
                >
                    { t("sign-in-again") }
                </Button>
                <p class="hint">{ t("sign-in-again-hint") }</p>
            </section>
        </main>
    }
}
