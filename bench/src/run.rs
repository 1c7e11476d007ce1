//! Measures the rows that were asked for, and keeps and shows what came of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use harness::{Fault, Outcome};

use crate::arguments::Arguments;
use crate::machine::{self, Machine};
use crate::programs::Programs;
use crate::report;
use crate::results::{Figure, Record, Results};
use crate::rows::{self, Bench, ROWS, Row};
use crate::table;

/// Runs of each program that show that the bench works.
const QUICK: usize = 1;

/// Measures; `false` where a row could not be measured.
///
/// # Errors
/// When what is kept can be neither read nor written.
pub(crate) async fn run(arguments: Arguments) -> Outcome<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let shown = root.join("target").join("bench");
    fs::create_dir_all(&shown)?;
    let bench = Bench {
        programs: Programs::in_folder(arguments.programs),
        root: root.clone(),
        pictures: shown.clone(),
        runs: if arguments.quick { QUICK } else { arguments.runs },
        is_quick: arguments.quick,
    };
    let mut machine = Machine::look()?;
    let (figures, failed) = measure(&bench, &arguments.rows).await;
    machine.look_again()?;
    let (commit, taken) = (machine::commit(&root)?, machine::now()?);
    let record = Record { commit, taken, machine, figures };
    print!("\n{}", table::text(&record));
    if bench.is_quick {
        fs::write(shown.join("quick.html"), report::html(&Results { records: vec![record] })?)?;
        println!("\nTwo runs of builds for tests: these numbers say that the bench works, and nothing else.");
    } else {
        keep(&root, &shown, record)?;
    }
    for (row, fault) in &failed {
        eprintln!("row {row} was not measured: {fault}");
    }
    let rows = asked_for(&arguments.rows).len();
    println!("bench: {} of {rows} rows measured", rows - failed.len());
    Ok(failed.is_empty())
}

/// The rows that were asked for.
fn asked_for(wanted: &[String]) -> Vec<&'static Row> {
    let is_wanted = |row: &&Row| wanted.is_empty() || wanted.iter().any(|id| id == row.id);
    ROWS.iter().filter(is_wanted).collect()
}

async fn measure(bench: &Bench, wanted: &[String]) -> (Vec<Figure>, Vec<(&'static str, Fault)>) {
    let (mut figures, mut failed) = (Vec::new(), Vec::new());
    for row in asked_for(wanted) {
        let about = if bench.is_quick { "" } else { row.takes };
        println!("row {}: {} {about}", row.id, row.title);
        let begun = Instant::now();
        match rows::measure(row.id, bench).await {
            Ok(measured) => figures.extend(measured),
            Err(fault) => failed.push((row.id, fault)),
        }
        println!("       {:.0} s", begun.elapsed().as_secs_f64());
    }
    figures.sort_by_key(|figure| figure.row.parse::<u32>().unwrap_or(u32::MAX));
    (figures, failed)
}

fn keep(root: &Path, shown: &Path, record: Record) -> Outcome {
    let file = root.join("bench").join("results.json");
    let mut results = Results::read(&file)?;
    let is_busy = record.machine.is_busy();
    results.add(record);
    let readme = root.join("README.md");
    fs::write(&readme, table::readme(&fs::read_to_string(&readme)?, results.records.last())?)?;
    let page = shown.join("report.html");
    fs::write(&file, results.json()?)?;
    fs::write(&page, report::html(&results)?)?;
    if is_busy {
        println!("\nThe machine had other work: the ratios say more than the times.");
    }
    println!("\nKept in {} and in the README; plots: {}", relative(root, &file).display(), page.display());
    Ok(())
}

fn relative(root: &Path, file: &Path) -> PathBuf {
    file.strip_prefix(root).unwrap_or(file).to_owned()
}
