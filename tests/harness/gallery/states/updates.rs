//! The updates of the app, in the settings.

use foyer_contract::updates::{ChangeUpdate, UpdateProblem, UpdateStep, UpdatesView};
use foyer_contract::view::{AppView, Protection};
use foyer_contract::{CommandError, SessionErrorCode};

use super::ground::{signed_in, with};
use super::{State, Step};

/// The 27th of November 2026.
const CHECKED: u64 = 1_795_780_800;

/// An owner who is not to be trusted with a page: markup, a direction turned around, a word without an end.
const HOSTILE_NOTES: &str = "<b>Faster</b> start <script>alert(1)</script>\n\u{202E}gnirts desrever\nسريع {brand}\n\
    https://example.com/averyveryverylongaddressthatendsnowhereandbreaksnowhereandgoesonandonandonandon";

pub(super) fn all() -> Vec<State> {
    let mut all = [quiet(), under_way(), failed()].concat();
    for state in &mut all {
        state.steps.insert(0, Step::Click("nav-settings"));
    }
    all
}

fn updates(step: UpdateStep) -> UpdatesView {
    let version = Some("0.2.0".to_owned());
    let notes = Some("The account page opens twice as fast.\nA picture can be pasted.".to_owned());
    let known = UpdatesView { step, checked: Some(CHECKED), ..UpdatesView::default() };
    match step {
        UpdateStep::Unknown | UpdateStep::Checking | UpdateStep::Newest => known,
        _ => UpdatesView { version, notes, ..known },
    }
}

fn having(updates: UpdatesView) -> AppView {
    AppView { updates: Some(updates), ..signed_in() }
}

fn quiet() -> Vec<State> {
    let hostile = UpdatesView {
        version: Some("0.2.0-rc.1+build.20261127".to_owned()),
        notes: Some(HOSTILE_NOTES.to_owned()),
        ..updates(UpdateStep::Available)
    };
    vec![
        State::new("updates-unknown", having(UpdatesView::default())),
        State::new("updates-of-yesterday", having(updates(UpdateStep::Unknown))),
        State::new("updates-checking", having(updates(UpdateStep::Checking))),
        State::new("updates-newest", having(updates(UpdateStep::Newest))),
        State::new("updates-available", having(updates(UpdateStep::Available))),
        State::new("updates-hostile-notes", having(hostile)),
        State::new("updates-elsewhere", having(updates(UpdateStep::Elsewhere))),
    ]
}

fn under_way() -> Vec<State> {
    let half =
        UpdatesView { received: 42_300_000, total: Some(87_654_321), ..updates(UpdateStep::Downloading) };
    let endless = UpdatesView { total: None, ..half.clone() };
    let in_memory = with(having(updates(UpdateStep::Ready)), |it| {
        it.protection.active = Some(Protection::Memory);
    });
    let unsaved = CommandError::new(SessionErrorCode::StoreUnwritable, "");
    vec![
        State::new("updates-downloading", having(half)),
        State::new("updates-downloading-no-total", having(endless)),
        State::new("updates-ready", having(updates(UpdateStep::Ready))),
        State::new("updates-ready-memory", in_memory),
        State::new("updates-ready-unsaved", having(updates(UpdateStep::Ready)))
            .fails::<ChangeUpdate>(unsaved)
            .click("update-install"),
        State::new("updates-installing", having(updates(UpdateStep::Installing))),
    ]
}

fn failed() -> Vec<State> {
    use UpdateProblem::{BrokenOff, NoBuild, NotInstalled, NotSigned, TooLarge, Unclear, Unreachable};
    let after = |name, step, problem| {
        State::new(name, having(UpdatesView { problem: Some(problem), ..updates(step) }))
    };
    vec![
        after("updates-unreachable", UpdateStep::Unknown, Unreachable),
        after("updates-unclear", UpdateStep::Unknown, Unclear),
        after("updates-no-build", UpdateStep::Unknown, NoBuild),
        after("updates-broken-off", UpdateStep::Available, BrokenOff),
        after("updates-too-large", UpdateStep::Available, TooLarge),
        after("updates-not-signed", UpdateStep::Available, NotSigned),
        after("updates-not-installed", UpdateStep::Ready, NotInstalled),
    ]
}
