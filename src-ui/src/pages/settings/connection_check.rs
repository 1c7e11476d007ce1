//! Says what is right and wrong with the project's set-up and with this machine, a line a subject.

use foyer_contract::doctor::{CheckName, CheckResult, CheckState};
use yew::prelude::*;

use crate::components::banner::{alert, done};
use crate::components::button::{Button, Weight};
use crate::components::disclosure::Disclosure;
use crate::components::icon::{Icon, icon};
use crate::components::isolated::isolated;
use crate::hooks::{use_app, use_connection_check, use_copy_remedy};
use crate::sentences;
use crate::text::{t, t_with, use_language};

/// The section with the check; nothing while no project is connected.
#[component]
pub(super) fn ConnectionCheckSection() -> Html {
    let check = use_connection_check();
    if use_app().project().is_none() {
        return Html::default();
    }
    let (lines, is_running) = (check.lines(), check.is_running());
    let is_again = !lines.is_empty() && !is_running;
    html! {
        <section class="card" data-testid="settings-check" aria-labelledby="check-title">
            <div class="card-intro">
                <h2 id="check-title">{ t("doctor-title") }</h2>
                <p class="lead">{ t("doctor-lead") }</p>
            </div>
            <div class="button-row">
                <Button testid="check-start" busy={is_running} onclick={check.start()}>
                    { if is_again { t("doctor-again") } else { t("doctor-start") } }
                </Button>
                if is_running {
                    <Button testid="check-cancel" weight={Weight::Quiet} onclick={check.cancel()}>{ t("cancel") }</Button>
                } else if check.is_done() {
                    <Button
                        testid="check-copy"
                        weight={Weight::Quiet}
                        busy={check.copy.task.is_running()}
                        onclick={check.copy.press.clone()}
                    >
                        { t("doctor-copy") }
                    </Button>
                }
            </div>
            { alert("check-error", check.problem().or(check.copy.task.state().problem())) }
            { done("check-copied", check.copy.task.state().is_done(), t("doctor-copied")) }
            <p class="hint" role="status" data-testid="check-sum">{ sum(lines, is_running, check.is_done()) }</p>
            if !lines.is_empty() {
                <ul class="entries">{ for lines.iter().map(line) }</ul>
            }
        </section>
    }
}

/// How it stands, in one sentence for everybody who does not see the lines appear.
fn sum(lines: &[CheckResult], is_running: bool, is_done: bool) -> String {
    let problems = lines.iter().filter(|line| line.finding.state() == CheckState::Problem).count();
    match (is_running, is_done) {
        (true, _) => t("doctor-running"),
        (false, true) => t_with("doctor-sum", [("problems", problems)]),
        (false, false) if lines.is_empty() => String::new(),
        (false, false) => t("doctor-cancelled"),
    }
}

fn line(line: &CheckResult) -> Html {
    let state = line.finding.state();
    let (class, emblem) = match state {
        CheckState::Ok => (Some("check-ok"), Icon::Check),
        CheckState::Hint => (Some("check-hint"), Icon::Info),
        CheckState::Problem => (Some("check-problem"), Icon::Warning),
        CheckState::Unknown => (None, Icon::Eye),
    };
    html! {
        <li key={line.check.code()} class={classes!("check", class)} data-testid={format!("check-{}", line.check.code())}>
            { icon(emblem) }
            <div class="check-text">
                <p class="check-title">
                    { sentences::check_title(line.check) }
                    if state != CheckState::Ok {
                        <span class="check-state">{ sentences::check_state(state) }</span>
                    }
                </p>
                <p data-testid="check-finding">
                    { sentences::finding(line.finding) }
                    if let Some(figure) = &line.figure { { " " }{ isolated(figure) } }
                </p>
                if let Some(remedy) = &line.remedy {
                    <Remedy check={line.check} remedy={remedy.clone()} />
                }
            </div>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct RemedyProps {
    check: CheckName,
    remedy: String,
}

/// What to enter or to run, behind a line that opens it, with a button that copies it.
#[component]
fn Remedy(props: &RemedyProps) -> Html {
    use_language();
    let copying = use_copy_remedy(props.check);
    let outcome = copying.task.state();
    // A single entry needs no room for a whole migration.
    let rows = props.remedy.lines().count().clamp(1, 8).to_string();
    html! {
        <Disclosure testid="check-remedy" label={t("doctor-remedy")}>
            <textarea
                class="input"
                data-testid="check-remedy-text"
                aria-label={t("doctor-remedy")}
                dir="ltr"
                {rows}
                readonly=true
                value={props.remedy.clone()}
            />
            <div class="button-row">
                <Button testid="check-remedy-copy" busy={copying.task.is_running()} onclick={copying.press.clone()}>
                    { t("doctor-remedy-copy") }
                </Button>
            </div>
            { done("check-remedy-copied", outcome.is_done(), t("doctor-copied")) }
            { alert("check-remedy-error", outcome.problem()) }
        </Disclosure>
    }
}
