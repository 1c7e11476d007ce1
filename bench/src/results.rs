//! What was measured, as it is kept: `bench/results.json`, one entry a commit, a line a figure.

use std::fs;
use std::path::Path;

use harness::{Fault, Outcome};
use serde::{Deserialize, Serialize};

use crate::machine::Machine;
use crate::programs::Program;
use crate::statistics::Summary;

/// All that was ever measured and kept, the newest last.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Results {
    /// One entry a commit.
    pub(crate) records: Vec<Record>,
}

/// What was measured of one commit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// The commit; with a `+` where files were changed since.
    pub(crate) commit: String,
    /// When the last of it was measured (RFC 3339).
    pub(crate) taken: String,
    /// Where.
    pub(crate) machine: Machine,
    /// A figure a row, program and subject.
    pub(crate) figures: Vec<Figure>,
}

/// What was measured of one program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figure {
    /// The row's number.
    pub(crate) row: String,
    /// What of it.
    pub(crate) what: String,
    /// In which unit.
    pub(crate) unit: Unit,
    /// Whose it is.
    pub(crate) program: Program,
    /// One value a run; none where it could not be measured.
    pub(crate) values: Vec<f64>,
    /// Why it could not be measured, or what else is to be known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

/// Units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Unit {
    /// Milliseconds.
    #[serde(rename = "ms")]
    Milliseconds,
    /// Mebibytes (1,048,576 bytes), as memory is counted.
    #[serde(rename = "MiB")]
    Mebibytes,
    /// Kilobytes (1,000 bytes), as files are counted.
    #[serde(rename = "KB")]
    Kilobytes,
    /// Requests.
    #[serde(rename = "requests")]
    Requests,
    /// Millions of a processor's instructions.
    #[serde(rename = "million")]
    Millions,
    /// Times a minute.
    #[serde(rename = "a minute")]
    PerMinute,
    /// Times a second.
    #[serde(rename = "a second")]
    PerSecond,
}

impl Unit {
    /// Its sign behind a number.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::Mebibytes => "MiB",
            Self::Kilobytes => "KB",
            Self::Requests => "requests",
            Self::Millions => "million",
            Self::PerMinute => "a minute",
            Self::PerSecond => "a second",
        }
    }
}

impl Figure {
    /// A figure without values yet.
    pub(crate) fn new(row: &str, what: &str, unit: Unit, program: Program) -> Self {
        Self { row: row.to_owned(), what: what.to_owned(), unit, program, values: Vec::new(), note: None }
    }

    /// The same with one more value, kept with one decimal.
    pub(crate) fn push(&mut self, value: f64) {
        self.values.push((value * 10.0).round() / 10.0);
    }

    /// Its values together.
    pub(crate) fn summary(&self) -> Option<Summary> {
        Summary::of(&self.values)
    }
}

impl Record {
    /// The subjects in their order: row, what, unit.
    pub(crate) fn subjects(&self) -> Vec<(&str, &str, Unit)> {
        let mut subjects = Vec::new();
        for figure in &self.figures {
            let subject = (&*figure.row, &*figure.what, figure.unit);
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        subjects
    }

    /// The programs that are compared in a subject, ours last.
    pub(crate) fn programs(&self, row: &str, what: &str) -> &'static [Program] {
        let figure = self.figures.iter().find(|it| it.row == row && it.what == what);
        figure.map_or(&[], |figure| figure.program.compared())
    }

    /// A program's figure for a subject.
    pub(crate) fn figure(&self, row: &str, what: &str, program: Program) -> Option<&Figure> {
        self.figures.iter().find(|it| it.row == row && it.what == what && it.program == program)
    }

    /// The middle of a program's values for a subject.
    pub(crate) fn median(&self, row: &str, what: &str, program: Program) -> Option<f64> {
        Some(self.figure(row, what, program)?.summary()?.median)
    }

    /// Takes the figures of a later measurement of the same commit: those of a subject take the place of its earlier ones.
    fn take(&mut self, later: Self) {
        let is_subject = |old: &Figure, new: &Figure| (&old.row, &old.what) == (&new.row, &new.what);
        self.figures.retain(|old| later.figures.iter().all(|new| !is_subject(old, new)));
        self.figures.extend(later.figures);
        self.sort();
        (self.taken, self.machine) = (later.taken, later.machine);
    }

    /// Puts the figures into the order of the rows' numbers.
    pub(crate) fn sort(&mut self) {
        self.figures.sort_by_key(|figure| figure.row.parse::<u32>().unwrap_or(u32::MAX));
    }
}

impl Results {
    /// Those in this file; none where there is no such file yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn read(file: &Path) -> Outcome<Self> {
        if !file.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(file)?;
        serde_json::from_str(&text).map_err(|error| Fault::new(format!("{}: {error}", file.display())))
    }

    /// Adds what was measured.
    pub(crate) fn add(&mut self, record: Record) {
        match self.records.last_mut().filter(|last| last.commit == record.commit) {
            Some(last) => last.take(record),
            None => self.records.push(record),
        }
    }

    /// As JSON with one line a figure, so that a change of one figure is a change of one line.
    ///
    /// # Errors
    /// When a number is none.
    pub(crate) fn json(&self) -> Outcome<String> {
        let mut records = Vec::new();
        for record in &self.records {
            let figures: Vec<String> =
                record.figures.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
            let head = serde_json::to_string(&Record { figures: Vec::new(), ..record.clone() })?;
            let head = head.strip_suffix("]}").unwrap_or(&head).to_owned();
            records.push(format!("{head}\n{}\n]}}", figures.join(",\n")));
        }
        Ok(format!("{{\"records\":[\n{}\n]}}\n", records.join(",\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn record(commit: &str, figures: Vec<Figure>) -> Record {
        let machine = Machine { processor: "p".into(), processors: 2, kernel: "k".into(), load: [0.1, 0.2] };
        Record { commit: commit.into(), taken: "2026-01-01T00:00:00Z".into(), machine, figures }
    }

    fn figure(row: &str, value: f64) -> Figure {
        subject(row, "painted", value)
    }

    fn subject(row: &str, what: &str, value: f64) -> Figure {
        let mut figure = Figure::new(row, what, Unit::Milliseconds, Program::Foyer);
        figure.push(value);
        figure
    }

    #[test]
    fn what_is_kept_is_read_again_with_a_line_a_figure() {
        let mut results = Results::default();
        results.add(record("a", vec![figure("1", 1.04), figure("2", 2.0)]));

        let json = results.json().expect("JSON");

        assert_eq!(serde_json::from_str::<Results>(&json).expect("results"), results);
        assert_eq!(json.lines().filter(|line| line.contains("painted")).count(), 2, "{json}");
        assert!(json.contains("[1.0]"), "{json}");
    }

    #[test]
    fn what_is_measured_with_another_row_leaves_the_rest_of_its_own() {
        let mut results = Results::default();
        results.add(record("a", vec![subject("1", "painted", 1.0), subject("8", "memory, signed out", 2.0)]));
        results.add(record("a", vec![subject("2", "painted", 3.0), subject("8", "memory, signed in", 4.0)]));

        let record = &results.records[0];
        let median = |what| record.median("8", what, Program::Foyer);
        assert_eq!(median("memory, signed out"), Some(2.0));
        assert_eq!(median("memory, signed in"), Some(4.0));
    }

    #[test]
    fn a_row_that_is_measured_again_takes_the_place_of_its_earlier_figures_and_no_others() {
        let mut results = Results::default();
        results.add(record("a", vec![figure("1", 1.0), figure("10", 3.0)]));
        results.add(record("b", vec![figure("1", 5.0), figure("10", 6.0)]));
        results.add(record("b", vec![figure("2", 8.0), figure("1", 7.0)]));

        let medians = |at: usize| {
            let record = &results.records[at];
            ["1", "2", "10"].map(|row| record.median(row, "painted", Program::Foyer))
        };
        assert_eq!(medians(0), [Some(1.0), None, Some(3.0)]);
        assert_eq!(medians(1), [Some(7.0), Some(8.0), Some(6.0)]);
        let rows: Vec<_> = results.records[1].subjects().iter().map(|subject| subject.0.to_owned()).collect();
        assert_eq!(rows, ["1", "2", "10"]);
    }
}
