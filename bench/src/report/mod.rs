//! The page with plots: one file that needs no other, in light and dark.

mod plots;

use std::fmt::Write;

use harness::{Fault, Outcome};

use crate::programs::Program;
use crate::results::{Record, Results, Unit};
use crate::table::{ratio, value};
use plots::{Bar, distribution, history};

const STYLE: &str = include_str!("style.css");

/// The page.
///
/// # Errors
/// When nothing was ever measured.
pub(crate) fn html(results: &Results) -> Outcome<String> {
    let newest = results.records.last().ok_or_else(|| Fault::new("nothing was measured yet"))?;
    let mut page = String::new();
    write!(
        page,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Foyer, measured</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>{STYLE}</style></head><body>\
         <main><h1>Foyer, measured</h1>{}",
        about(newest)
    )?;
    for (row, what, unit) in newest.subjects() {
        page += &subject(results, newest, row, what, unit)?;
    }
    page += "</main></body></html>\n";
    Ok(page)
}

fn about(record: &Record) -> String {
    let machine = &record.machine;
    let [before, after] = machine.load;
    format!(
        "<p>Foyer beside a page of React and supabase-js in the same kind of window, and beside a window with an empty \
         page; its local server beside the one from npm. Release builds, run in turn, 50 ms round trip to the server. What is painted is decided by the display. \
         Commit <code>{}</code>, {}, {} &times; {}, Linux {}, load {before:.1} before and {after:.1} after.</p>\
         <p class=\"legend\">{}</p>",
        escaped(&record.commit),
        escaped(&record.taken),
        machine.processors,
        escaped(&machine.processor),
        escaped(&machine.kernel),
        Program::ALL
            .iter()
            .chain(&Program::SERVERS)
            .map(|it| format!("<span class=\"{}\">&#9679; {}</span>", it.word(), it.name()))
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// A subject of the newest record, with its history.
fn subject(results: &Results, newest: &Record, row: &str, what: &str, unit: Unit) -> Outcome<String> {
    let mut text = format!("<section><h2>{row}. {}</h2>", escaped(what));
    let programs = newest.programs(row, what);
    let bars: Vec<Bar<'_>> = programs
        .iter()
        .filter_map(|program| newest.figure(row, what, *program))
        .map(|figure| Bar { program: figure.program, values: &figure.values })
        .collect();
    text += &distribution(&bars, unit)?;
    text += "<table>";
    for program in programs {
        let Some(figure) = newest.figure(row, what, *program) else { continue };
        let ours = programs.last().filter(|ours| *ours != program);
        let of = ours.zip(ratio(newest, row, what, *program));
        let of = of.map_or_else(String::new, |(ours, ratio)| format!("{} is {ratio:.2} of it", ours.name()));
        let note = figure.note.as_deref().map(escaped).unwrap_or_default();
        write!(
            text,
            "<tr><th>{}</th><td>{}</td><td>{of}</td><td>{note}</td></tr>",
            program.name(),
            value(figure, unit)
        )?;
    }
    text += "</table>";
    let medians = results.records.iter().map(|record| {
        let of_all = programs.iter().map(|program| (*program, record.median(row, what, *program)));
        (&*record.commit, of_all.collect())
    });
    text += &history(&medians.collect::<Vec<_>>(), programs, unit)?;
    Ok(text + "</section>\n")
}

/// A text as HTML has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;
    use crate::results::Figure;

    fn record(commit: &str, value: f64) -> Record {
        let machine =
            Machine { processor: "<p>".into(), processors: 2, kernel: "k".into(), load: [0.1, 0.2] };
        let mut figures = Vec::new();
        for (program, factor) in Program::ALL.into_iter().zip([1.0, 2.0, 0.5]) {
            let mut figure = Figure::new("1", "painted & shown", Unit::Milliseconds, program);
            (0..5_u8).for_each(|run| figure.push(value * factor + f64::from(run)));
            figures.push(figure);
        }
        Record { commit: commit.into(), taken: "2026-01-01T00:00:00Z".into(), machine, figures }
    }

    #[test]
    fn the_page_has_a_plot_a_subject_a_history_and_nothing_from_elsewhere() {
        let results = Results { records: vec![record("a", 400.0), record("b", 380.0)] };

        let page = html(&results).expect("a page");

        assert_eq!(page.matches("<svg").count(), 2, "one plot of the newest, one of all");
        assert!(page.contains("painted &amp; shown") && page.contains("&lt;p&gt;"));
        assert!(page.contains("Foyer is 0.50 of it"), "{page}");
        assert!(["http", "src=", "url(", "@import"].iter().all(|outside| !page.contains(outside)));
    }

    #[test]
    fn one_record_has_no_history_and_none_no_page() {
        let page = html(&Results { records: vec![record("a", 400.0)] }).expect("a page");

        assert_eq!(page.matches("<svg").count(), 1);
        assert!(html(&Results::default()).is_err());
    }
}
