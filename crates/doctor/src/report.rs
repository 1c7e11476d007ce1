//! All lines of a check, as text for people and as JSON for programs.

use foyer_contract::doctor::{CheckName, CheckResult, CheckState, Finding};
use foyer_text::{Language, Sentences, Value};
use serde::Serialize;

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
    title: String,
    /// What the finding means and what to do, in English.
    meaning: String,
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

    /// The lines as text in this language, one paragraph each, and how many are in which state.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let sentences = Sentences::of(language);
        let states = STATES.map(|state| sentences.get(state_key(state)).chars().count());
        let width = states.into_iter().max().unwrap_or_default();
        let mut text: String = self.results.iter().map(|result| line(result, &sentences, width)).collect();
        let count = |state| Value::from(self.count(state));
        let values = [
            ("ok", count(CheckState::Ok)),
            ("hints", count(CheckState::Hint)),
            ("problems", count(CheckState::Problem)),
            ("unknown", count(CheckState::Unknown)),
        ];
        text.push_str(&sentences.format("doctor-counts", &values, &|number| number.to_string()));
        text.push('\n');
        text
    }

    /// The lines as JSON: `version`, `problems`, `hints` and `checks`, each with `check`, `finding`, `figure`, `remedy`,
    /// `state`, `title` and `meaning`.
    ///
    /// # Errors
    /// Never in practice: every part of it is text.
    pub fn json(&self) -> serde_json::Result<String> {
        let english = Sentences::of(Language::English);
        let checks = self.results.iter().map(|result| JsonLine {
            result,
            state: result.finding.state(),
            title: english.get(&check_key(result.check)),
            meaning: english.get(&finding_key(result.finding)),
        });
        serde_json::to_string_pretty(&Json {
            version: VERSION,
            problems: self.count(CheckState::Problem),
            hints: self.count(CheckState::Hint),
            checks: checks.collect(),
        })
    }
}

/// The states, in the order of how good they are.
const STATES: [CheckState; 4] = [CheckState::Ok, CheckState::Hint, CheckState::Problem, CheckState::Unknown];

/// The key of a state's name.
fn state_key(state: CheckState) -> &'static str {
    match state {
        CheckState::Ok => "doctor-state-ok",
        CheckState::Hint => "doctor-state-hint",
        CheckState::Problem => "doctor-state-problem",
        CheckState::Unknown => "doctor-state-unknown",
    }
}

/// The key of what was looked at.
fn check_key(check: CheckName) -> String {
    format!("check-{}", check.code().replace('_', "-"))
}

/// The key of what the finding means, and what to do.
fn finding_key(finding: Finding) -> String {
    format!("finding-{}", finding.code().replace('_', "-"))
}

/// One line as text, with its remedy indented below it. The state's name takes `width` characters.
fn line(line: &CheckResult, sentences: &Sentences, width: usize) -> String {
    let state = sentences.get(state_key(line.finding.state()));
    let [title, meaning] = [check_key(line.check), finding_key(line.finding)].map(|key| sentences.get(&key));
    let figure = line.figure.as_ref().map(|figure| format!(" {figure}")).unwrap_or_default();
    let mut text = format!("{state:<width$}  {title}: {meaning}{figure}\n");
    for row in line.remedy.iter().flat_map(|remedy| remedy.lines()) {
        text.push_str(if row.is_empty() { "" } else { "             " });
        text.push_str(row);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use foyer_text::LANGUAGES;

    use super::*;

    #[test]
    fn each_code_has_a_sentence_of_its_own_in_every_language() {
        let checks = CheckName::ALL.iter().map(|check| check_key(*check));
        let findings = Finding::ALL.iter().map(|finding| finding_key(*finding));
        let states = STATES.map(|state| state_key(state).to_owned());
        let keys: Vec<String> = checks.chain(findings).chain(states).collect();
        for language in LANGUAGES {
            let sentences = Sentences::of(language);
            let said: BTreeSet<String> = keys.iter().map(|key| sentences.get(key)).collect();

            assert_eq!(said.len(), keys.len(), "{language:?}: two codes have the same sentence");
            let missing: Vec<_> = keys.iter().filter(|key| said.contains(*key)).collect();
            assert!(missing.is_empty(), "{language:?}: {missing:?}");
        }
    }

    #[test]
    fn a_report_is_read_in_the_language_of_the_person() {
        let found = |check, finding, figure: Option<&str>, remedy: Option<&str>| CheckResult {
            check,
            finding,
            figure: figure.map(str::to_owned),
            remedy: remedy.map(str::to_owned),
        };
        let report = Report::new(vec![
            found(CheckName::Server, Finding::Good, None, None),
            found(CheckName::Certificate, Finding::CertificateEnds, Some("5"), None),
            found(CheckName::Profiles, Finding::TableMissing, None, Some("create\n\ntable")),
        ]);

        let english = report.text(Language::English);
        assert!(english.starts_with("In order  Project: In order.\nHint      Encryption: "), "{english}");
        assert!(english.contains(" Days left: 5\n"), "{english}");
        assert!(english.contains("\n             create\n\n             table\n"), "{english}");
        assert!(english.ends_with("In order: 1, hints: 1, problems: 1, unknown: 0\n"), "{english}");
        for language in LANGUAGES.into_iter().filter(|language| *language != Language::English) {
            let text = report.text(language);
            assert_eq!(text.lines().count(), english.lines().count(), "{text}");
            assert!(!text.contains("In order") && !text.contains("Encryption"), "{text}");
        }
        assert!(
            report.json().unwrap().contains("\"title\": \"Project\""),
            "a program reads the same anywhere"
        );
    }
}
