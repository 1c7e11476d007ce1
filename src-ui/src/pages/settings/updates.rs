//! The updates of the app: what is known, what is under way, and what can be done. Nothing, where the app's owner has switched
//! none on.

use foyer_contract::updates::{UpdateAction, UpdateStep, UpdatesView};
use yew::prelude::*;

use crate::browser;
use crate::components::banner::{Banner, Tone, alert};
use crate::components::button::{Button, Weight};
use crate::components::isolated::{isolated, with_isolated};
use crate::hooks::{PressHandle, UpdatesHandle};
use crate::model::updates::{is_told_otherwise, megabytes};
use crate::sentences;
use crate::text::{locale, t, t_with};

/// The id of the sentence that says how the updates stand.
const STATE: &str = "update-state";

/// The part of the section on the app that is about updates.
pub(super) fn updates_part(updates: &UpdatesHandle) -> Html {
    let Some(view) = &updates.view else { return Html::default() };
    let version = view.version.as_deref().unwrap_or_default();
    html! {
        <section class="updates" aria-labelledby="updates-title" data-testid="updates">
            <h3 id="updates-title">{ t("updates-title") }</h3>
            <div role="status">
                if !is_told_otherwise(view) {
                    <p id={STATE} data-testid="update-state">
                        { with_isolated(sentences::update_step(view.step), "version", version) }
                    </p>
                }
                if view.step == UpdateStep::Ready && updates.ends_session {
                    <p class="hint" data-testid="update-signs-out">{ t("updates-ready-memory") }</p>
                }
            </div>
            if let Some(checked) = view.checked {
                <p class="hint" data-testid="update-checked">
                    { t_with("updates-checked", [("day", browser::day(checked, locale()))]) }
                </p>
            }
            { notes(view) }
            { progress(view) }
            <div role="alert">
                if let Some(problem) = view.problem {
                    <Banner tone={Tone::Bad} testid="update-problem">{ sentences::update_problem(problem) }</Banner>
                }
            </div>
            { alert("update-error", updates.next.task.state().problem()) }
            <div class="button-row">{ button(view, updates.action, &updates.next) }</div>
        </section>
    }
}

/// What the owner wrote about the version: text, whatever is in it.
fn notes(view: &UpdatesView) -> Html {
    let Some(notes) = &view.notes else { return Html::default() };
    html! {
        <div class="update-notes" role="group" aria-labelledby="update-notes-title" tabindex="0" data-testid="update-notes">
            <p class="hint" id="update-notes-title">{ t("updates-notes") }</p>
            { for notes.lines().map(|line| html! { <p>{ isolated(line) }</p> }) }
        </div>
    }
}

/// How much has come; without a total a bar that says only that something is coming.
fn progress(view: &UpdatesView) -> Html {
    if view.step != UpdateStep::Downloading {
        return Html::default();
    }
    let received = ("received", megabytes(view.received));
    let words = match view.total {
        Some(total) => t_with("updates-received-of", [received, ("total", megabytes(total))]),
        None => t_with("updates-received", [received]),
    };
    html! {
        <div class="progress">
            <progress
                data-testid="update-progress"
                aria-labelledby={STATE}
                max={view.total.map(|total| total.max(1).to_string())}
                value={view.total.map(|_| view.received.to_string())}
            />
            <span class="hint">{ words }</span>
        </div>
    }
}

/// The button for what comes next. It stays the same element, so that it keeps the focus.
fn button(view: &UpdatesView, action: UpdateAction, next: &PressHandle) -> Html {
    use UpdateStep::{Available, Checking, Installing, Unknown};
    let (testid, words, weight) = match action {
        UpdateAction::Check => ("update-check", t("updates-check"), Weight::Plain),
        UpdateAction::Download => ("update-download", t("updates-download"), Weight::Primary),
        UpdateAction::Cancel => ("update-cancel", t("cancel"), Weight::Plain),
        UpdateAction::Install => ("update-install", t("updates-install"), Weight::Primary),
    };
    let is_again = view.problem.is_some() && matches!(view.step, Unknown | Available);
    let words = if is_again { t("try-again") } else { words };
    let busy = matches!(view.step, Checking | Installing) || next.task.is_running();
    html! { <Button {testid} {weight} {busy} onclick={next.press.clone()}>{ words }</Button> }
}
