//! What was measured, as a table for a terminal, which is one for Markdown too.

use std::fmt::Write;

use harness::{Fault, Outcome};

use crate::programs::Program;
use crate::results::{Figure, Record, Unit};

/// The record as tables, one of the windows and one of the servers: a line a subject, a column a program, and what ours is
/// of the others.
pub(crate) fn text(record: &Record) -> String {
    let machine = &record.machine;
    let [before, after] = machine.load;
    let about = format!(
        "{} on {} x {}, load {before:.1} before and {after:.1} after: medians, with the middle half of the runs\n",
        record.commit, machine.processors, machine.processor
    );
    let tables = groups(record).into_iter().map(|(programs, subjects)| {
        let names = programs.iter().map(|program| program.name().to_owned());
        let of = others(programs).iter().map(|other| format!("of {}", other.name()));
        let head = ["row", "what"].map(str::to_owned).into_iter().chain(names).chain(of);
        let lines = subjects.into_iter().map(|(row, what, unit)| {
            let cells = programs.iter().map(|program| {
                record.figure(row, what, *program).map_or_else(String::new, |figure| value(figure, unit))
            });
            let ratios = others(programs).iter().map(|other| {
                ratio(record, row, what, *other).map_or_else(String::new, |ratio| format!("{ratio:.2}"))
            });
            [row, what].map(str::to_owned).into_iter().chain(cells).chain(ratios).collect()
        });
        aligned(&std::iter::once(head.collect()).chain(lines).collect::<Vec<_>>())
    });
    format!("{about}{}{}", tables.collect::<Vec<_>>().join("\n"), notes(record))
}

/// A subject's row, what is measured and the unit.
type Subject<'a> = (&'a str, &'a str, Unit);

/// The subjects by the programs that they compare.
fn groups(record: &Record) -> Vec<(&'static [Program], Vec<Subject<'_>>)> {
    let mut groups: Vec<(&'static [Program], Vec<Subject<'_>>)> = Vec::new();
    for subject in record.subjects() {
        let programs = record.programs(subject.0, subject.1);
        match groups.iter_mut().find(|(known, _)| *known == programs) {
            Some((_, subjects)) => subjects.push(subject),
            None => groups.push((programs, vec![subject])),
        }
    }
    groups
}

/// All but ours, which is the last.
fn others(programs: &[Program]) -> &[Program] {
    programs.split_last().map_or(&[], |(_, others)| others)
}

/// Where the README has the figures.
const BEGIN: &str = "<!-- figures: written by `cargo xtask bench` -->\n";
const END: &str = "<!-- end of figures -->";

/// The README with the record's medians in place of those that were there.
///
/// # Errors
/// When it has no place for them.
pub(crate) fn readme(text: &str, record: Option<&Record>) -> Outcome<String> {
    let (before, rest) =
        text.split_once(BEGIN).ok_or_else(|| Fault::new("the README has no place for figures"))?;
    let (_, after) = rest.split_once(END).ok_or_else(|| Fault::new("the README's figures have no end"))?;
    Ok(format!("{before}{BEGIN}{}{END}{after}", record.map_or_else(String::new, medians)))
}

/// The medians of all subjects, in Markdown.
fn medians(record: &Record) -> String {
    let mut text = String::new();
    for (programs, subjects) in groups(record) {
        let Some((ours, peer)) =
            programs.split_last().and_then(|(ours, others)| Some((ours, others.last()?)))
        else {
            continue;
        };
        let names = programs.iter().map(|program| program.name()).collect::<Vec<_>>().join(" | ");
        let rules = "---|".repeat(programs.len() + 2);
        // Nothing can fail in writing to a text.
        let _ = writeln!(text, "\n| median | {names} | {} of {} |\n|{rules}", ours.name(), peer.name());
        let measured =
            |row, what| programs.iter().any(|program| record.median(row, what, *program).is_some());
        for (row, what, unit) in subjects.into_iter().filter(|(row, what, _)| measured(row, what)) {
            let cell = |program: &Program| match record.median(row, what, *program) {
                Some(median) => format!("{median:.0} {}", unit.sign()),
                None => "-".to_owned(),
            };
            let of =
                ratio(record, row, what, *peer).map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"));
            let cells = programs.iter().map(cell).collect::<Vec<_>>().join(" | ");
            let _ = writeln!(text, "| {what} | {cells} | {of} |");
        }
    }
    let machine = &record.machine;
    let busy = if machine.is_busy() { ", beside other work: the ratios say more than the times" } else { "" };
    let (commit, count, model) = (&record.commit, machine.processors, &machine.processor);
    let _ = writeln!(text, "\n`{commit}`, {count} x {model}, load {:.1}{busy}.\n", machine.load[0]);
    text
}

/// The median, and between which values half of the runs lie.
pub(crate) fn value(figure: &Figure, unit: Unit) -> String {
    let Some(summary) = figure.summary() else { return "-".to_owned() };
    let places = usize::from(summary.median < 10.0 && summary.median.fract() > 0.0);
    if figure.values.len() < 2 {
        return format!("{:.places$} {}", summary.median, unit.sign());
    }
    let (lower, upper) = (summary.lower, summary.upper);
    format!("{:.places$} {} ({lower:.places$} to {upper:.places$})", summary.median, unit.sign())
}

/// What the median of ours is of another program's.
pub(crate) fn ratio(record: &Record, row: &str, what: &str, other: Program) -> Option<f64> {
    let ours = *record.programs(row, what).last()?;
    let (ours, theirs) = (record.median(row, what, ours)?, record.median(row, what, other)?);
    (theirs > 0.0).then(|| ours / theirs)
}

fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let width =
        |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let cells = line.iter().enumerate().map(|(column, cell)| format!(" {cell:<0$} |", width(column)));
        // Nothing can fail in writing to a text.
        let _ = writeln!(text, "|{}", cells.collect::<String>());
        if at == 0 {
            let rule = (0..columns).map(|column| format!("{}|", "-".repeat(width(column) + 2)));
            let _ = writeln!(text, "|{}", rule.collect::<String>());
        }
    }
    text
}

fn notes(record: &Record) -> String {
    let noted = record.figures.iter().filter_map(|figure| Some((figure, figure.note.as_ref()?)));
    noted
        .map(|(figure, note)| {
            format!("row {}, {}, {}: {note}\n", figure.row, figure.program.name(), figure.what)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;
    use crate::results::Results;

    fn figure(program: Program, values: &[f64]) -> Figure {
        let mut figure = Figure::new("1", "painted", Unit::Milliseconds, program);
        values.iter().for_each(|value| figure.push(*value));
        figure
    }

    #[test]
    fn the_readme_shows_the_newest_figures_that_are_kept() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let text = std::fs::read_to_string(root.join("README.md")).expect("a README");
        let results = Results::read(&root.join("bench/results.json")).expect("results");
        let newest = results.records.last();

        assert!(readme(&text, newest).expect("a place") == text, "run `cargo xtask bench`");
        assert!(readme("nothing", newest).is_err());
    }

    #[test]
    fn a_table_has_medians_their_spread_and_what_foyer_is_of_the_others() {
        let mut unshown = figure(Program::Peer, &[]);
        unshown.note = Some("it never shows the picture".to_owned());
        let machine = Machine { processor: "p".into(), processors: 2, kernel: "k".into(), load: [0.25, 1.0] };
        let record = Record {
            commit: "abc".into(),
            taken: "2026-01-01T00:00:00Z".into(),
            machine,
            figures: vec![
                figure(Program::Floor, &[400.0, 402.0, 500.0]),
                unshown,
                figure(Program::Foyer, &[201.0, 201.0]),
            ],
        };

        let text = text(&record);

        assert!(text.contains("abc on 2 x p, load 0.2 before and 1.0 after"), "{text}");
        assert!(text.contains("| 402 ms (401 to 451) | -"), "{text}");
        assert!(text.contains("| 201 ms (201 to 201) | 0.50 "), "{text}");
        assert!(
            text.ends_with("row 1, React + supabase-js, painted: it never shows the picture\n"),
            "{text}"
        );
        let widths: Vec<_> = text.lines().skip(1).take(3).map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{text}");
    }
}
