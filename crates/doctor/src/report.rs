//! All lines of a check, as text for people and as JSON for programs.

use std::fmt::Write;

use foyer_contract::doctor::{CheckResult, CheckState};
use serde::Serialize;

use crate::english;

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    results: Vec<CheckResult>,
}

/// The JSON. Fields may be added; those that are there keep their names and meanings under this number.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Json<'a> {
    version: u32,
    problems: usize,
    hints: usize,
    checks: Vec<JsonLine<'a>>,
}

#[derive(Serialize)]
struct JsonLine<'a> {
    #[serde(flatten)]
    result: &'a CheckResult,
    state: CheckState,
    /// The check's name, in English.
    title: &'static str,
    /// What the finding means and what to do, in English.
    meaning: &'static str,
}

impl Report {
    pub(crate) fn new(results: Vec<CheckResult>) -> Self {
        Self { results }
    }

    /// The lines, in their order.
    #[must_use]
    pub fn results(&self) -> &[CheckResult] {
        &self.results
    }

    /// How many lines are in this state.
    #[must_use]
    pub fn count(&self, state: CheckState) -> usize {
        self.results.iter().filter(|line| line.finding.state() == state).count()
    }

    /// Whether something does not work until somebody mends it.
    #[must_use]
    pub fn has_problems(&self) -> bool {
        self.count(CheckState::Problem) > 0
    }

    /// The lines as English text, one paragraph each, and how many are in which state.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text: String = self.results.iter().map(line).collect();
        let count = |state| self.count(state);
        // A `String` takes every text.
        let _written = writeln!(
            text,
            "{} in order, {} hints, {} problems, {} unknown",
            count(CheckState::Ok),
            count(CheckState::Hint),
            count(CheckState::Problem),
            count(CheckState::Unknown)
        );
        text
    }

    /// The lines as JSON: `version`, `problems`, `hints` and `checks`, each with `check`, `finding`, `figure`, `remedy`,
    /// `state`, `title` and `meaning`.
    ///
    /// # Errors
    /// Never in practice: every part of it is text.
    pub fn json(&self) -> serde_json::Result<String> {
        let checks = self.results.iter().map(|result| JsonLine {
            result,
            state: result.finding.state(),
            title: english::title(result.check),
            meaning: english::meaning(result.finding),
        });
        serde_json::to_string_pretty(&Json {
            version: VERSION,
            problems: self.count(CheckState::Problem),
            hints: self.count(CheckState::Hint),
            checks: checks.collect(),
        })
    }
}

/// One line as text, with its remedy indented below it.
pub(crate) fn line(line: &CheckResult) -> String {
    let state = match line.finding.state() {
        CheckState::Ok => "ok",
        CheckState::Hint => "hint",
        CheckState::Problem => "PROBLEM",
        CheckState::Unknown => "unknown",
    };
    let figure = line.figure.as_ref().map(|figure| format!(" ({figure})")).unwrap_or_default();
    let (title, meaning) = (english::title(line.check), english::meaning(line.finding));
    let mut text = format!("{state:<8} {title}: {meaning}{figure}\n");
    for row in line.remedy.iter().flat_map(|remedy| remedy.lines()) {
        text.push_str(if row.is_empty() { "" } else { "             " });
        text.push_str(row);
        text.push('\n');
    }
    text
}
