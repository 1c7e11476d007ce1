//! What protects the session on this computer, and the choice.

use foyer_contract::view::Protection;
use yew::prelude::*;

use crate::components::banner::{Banner, Tone, alert};
use crate::components::button::{Button, Weight};
use crate::components::choice::Choice;
use crate::components::icon::{Icon, icon};
use crate::hooks::{use_app, use_protection, use_restore_session};
use crate::model::protection::{self, KeychainProblem};
use crate::sentences;
use crate::text::{t, use_language};

/// The section on the session at rest.
#[component]
pub(super) fn SecuritySection() -> Html {
    let view = use_app().protection();
    let choose = use_protection();
    let choices = [Protection::Keychain, Protection::KeyFile, Protection::Memory];

    html! {
        <section class="card" aria-labelledby="protection-title" data-testid="settings-security">
            <div class="card-intro">
                <h2 id="protection-title">{ t("protection-title") }</h2>
                <p class="lead">{ t("protection-lead") }</p>
            </div>
            <div role="status">
                <p class="state-line" data-testid="protection-active">
                    { icon(emblem(view.active)) }<span>{ sentences::protection(&view) }</span>
                </p>
                if !view.file_modes {
                    <p class="hint" data-testid="protection-no-modes">{ t("protection-no-modes") }</p>
                }
            </div>
            if let Some(problem) = protection::keychain_problem(&view) {
                <KeychainNote {problem} />
            }
            <div
                class="choices"
                role="group"
                aria-labelledby="protection-title"
                aria-busy={choose.is_running().to_string()}
                data-testid="protection"
            >
                { for choices.map(|choice| html! {
                    <Choice
                        key={testid(choice)}
                        testid={testid(choice)}
                        title={sentences::protection_choice(choice)}
                        hint={sentences::protection_hint(choice)}
                        is_chosen={protection::chosen(&view) == Some(choice)}
                        is_busy={choose.is_setting(choice)}
                        onclick={choose.set(choice)}
                    />
                }) }
            </div>
            { alert("protection-error", choose.problem()) }
        </section>
    }
}

fn emblem(active: Option<Protection>) -> Icon {
    match active {
        Some(Protection::Keychain) => Icon::Shield,
        Some(Protection::KeyFile) => Icon::Warning,
        Some(Protection::Memory) => Icon::Clock,
        None => Icon::Info,
    }
}

fn testid(protection: Protection) -> &'static str {
    match protection {
        Protection::Keychain => "protection-keychain",
        Protection::KeyFile => "protection-key-file",
        Protection::Memory => "protection-memory",
    }
}

#[derive(Properties, PartialEq)]
struct KeychainNoteProps {
    problem: KeychainProblem,
}

/// What is wrong with the system's keychain, and what the person can do.
#[component]
fn KeychainNote(props: &KeychainNoteProps) -> Html {
    use_language();
    let restore = use_restore_session();
    let tone = match props.problem {
        KeychainProblem::Locked | KeychainProblem::Unanswered => Tone::Warning,
        KeychainProblem::Absent => Tone::Quiet,
    };
    html! {
        <>
            <Banner
                {tone}
                testid="keychain-state"
                action={html! {
                    <Button
                        testid="keychain-retry"
                        weight={Weight::Quiet}
                        busy={restore.task.is_running()}
                        onclick={restore.press.clone()}
                    >
                        { t("try-again") }
                    </Button>
                }}
            >
                { sentences::keychain_problem(props.problem) }
            </Banner>
            { alert("keychain-error", restore.task.state().problem()) }
        </>
    }
}
