//! How the updates of the app stand.

use foyer_contract::updates::{UpdateProblem, UpdateStep};

use crate::text::t;

/// The key of the sentence that says what is known and what is under way. In some of them the newer version has its place.
pub(crate) fn update_step(step: UpdateStep) -> &'static str {
    step_key(step)
}

/// Why something failed.
pub(crate) fn update_problem(problem: UpdateProblem) -> String {
    t(problem_key(problem))
}

keys! { step_key, UPDATE_STEP_KEYS, UpdateStep,
    Unknown => "updates-unknown",
    Checking => "updates-checking",
    Newest => "updates-newest",
    Available => "updates-available",
    Elsewhere => "updates-elsewhere",
    Downloading => "updates-downloading",
    Ready => "updates-ready",
    Installing => "updates-installing",
}

keys! { problem_key, UPDATE_PROBLEM_KEYS, UpdateProblem,
    Unreachable => "updates-unreachable",
    Unclear => "updates-unclear",
    NoBuild => "updates-no-build",
    BrokenOff => "updates-broken-off",
    TooLarge => "updates-too-large",
    NotSigned => "updates-not-signed",
    NotInstalled => "updates-not-installed",
}
