//! The project that the app talks to: how links come back from it, and the way to another one.

use foyer_contract::view::ProjectView;
use yew::prelude::*;

use crate::components::banner::{alert, done};
use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::isolated::isolated;
use crate::hooks::{use_app, use_copy_redirect_entry, use_leave_project, use_redirects};
use crate::model::redirects::reason;
use crate::sentences;
use crate::text::{t, use_language};

/// The section on the project; nothing where none is connected.
#[component]
pub(super) fn ConnectionSection() -> Html {
    let app = use_app();
    let Some(project) = app.project() else { return Html::default() };

    html! {
        <section class="card" aria-labelledby="connection-title" data-testid="settings-connection">
            <div class="card-intro">
                <h2 id="connection-title">{ t("connection-title") }</h2>
                <p class="lead">{ t("connection-lead") }</p>
            </div>
            <p class="state-line" data-testid="connection-project">
                { icon(Icon::Link) }<span class="address">{ isolated(&project.url) }</span>
            </p>
            <Redirects project={project.clone()} />
            <OtherProject project={project.clone()} is_signed_in={app.user().is_some()} />
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct RedirectsProps {
    project: ProjectView,
}

/// How links come back, why that way, and what would allow a better one.
#[component]
fn Redirects(props: &RedirectsProps) -> Html {
    use_language();
    let used = props.project.redirect_mode;
    let redirects = use_redirects(used);
    let copying = use_copy_redirect_entry();
    let reason = reason(used, redirects.known());
    let entry = redirects.known().filter(|_| reason.wants_entry()).map(|known| known.entry.clone());

    html! {
        <>
            <div role="status">
                <p data-testid="redirect-mode">{ sentences::redirect_mode(used) }</p>
                if let Some(words) = sentences::redirect_reason(reason) {
                    <p class="hint" data-testid="redirect-reason">{ words }</p>
                }
            </div>
            if let Some(entry) = entry {
                <div class="copyable">
                    <code class="address" dir="ltr" data-testid="redirect-entry">{ entry }</code>
                    <Button
                        testid="redirect-entry-copy"
                        busy={copying.task.is_running()}
                        onclick={copying.press.clone()}
                    >
                        { t("redirect-entry-copy") }
                    </Button>
                </div>
            }
            { done("redirect-entry-copied", copying.task.state().is_done(), t("redirect-entry-copied")) }
            { alert("redirect-entry-error", copying.task.state().problem()) }
            { alert("redirect-error", redirects.problem()) }
            { done("redirect-checked", redirects.is_checked(), t("redirect-checked")) }
            <div class="button-row">
                <Button testid="redirect-check" busy={redirects.is_checking()} onclick={redirects.check()}>
                    { t("redirect-check") }
                </Button>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OtherProjectProps {
    project: ProjectView,
    is_signed_in: bool,
}

/// The way to another project, where the environment does not name this one. What becomes of the session is said first.
#[component]
fn OtherProject(props: &OtherProjectProps) -> Html {
    use_language();
    let is_asking = use_state_eq(|| false);
    let leaving = use_leave_project();
    if props.project.is_fixed {
        return html! { <p class="hint" data-testid="project-fixed">{ t("project-fixed") }</p> };
    }
    let ask = |to: bool| {
        let is_asking = is_asking.clone();
        Callback::from(move |_: MouseEvent| is_asking.set(to))
    };
    let (stay, leave) = (ask(false), ask(false));
    let press = leaving.press.clone();
    let leave = Callback::from(move |event: MouseEvent| {
        leave.emit(event.clone());
        press.emit(event);
    });
    html! {
        <>
            { alert("project-leave-error", leaving.task.state().problem()) }
            <div class="button-row">
                <Button testid="project-leave" busy={leaving.task.is_running()} onclick={ask(true)}>
                    { t("project-leave") }
                </Button>
            </div>
            if *is_asking {
                <Dialog
                    testid="project-leave-dialog"
                    title={t("project-leave-title")}
                    on_close={let is_asking = is_asking.clone(); Callback::from(move |()| is_asking.set(false))}
                    buttons={html! {
                        <>
                            <Button testid="project-leave-cancel" onclick={stay}>{ t("cancel") }</Button>
                            <Button testid="project-leave-confirm" weight={Weight::Danger} onclick={leave}>
                                { t("project-leave-confirm") }
                            </Button>
                        </>
                    }}
                >
                    { if props.is_signed_in { t("project-leave-signed-in") } else { t("project-leave-signed-out") } }
                </Dialog>
            }
        </>
    }
}
