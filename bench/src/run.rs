//! Measures the rows that were asked for, and keeps and shows what came of it.

use std::fs;
use std::path::Path;
use std::time::Instant;

use harness::Outcome;

use crate::arguments::Arguments;
use crate::machine::{self, Machine};
use crate::programs::Programs;
use crate::report;
use crate::results::{Figure, Record, Results};
use crate::rows::{self, Bench, ROWS, Row};
use crate::table;

/// Runs of each program that show that the bench works.
const QUICK: usize = 1;

/// Where all that was ever measured is kept, in the checkout.
const RESULTS: &str = "bench/results.json";

/// The plots, in the folder of pictures.
const REPORT: &str = "report.html";

/// Measures; `false` where a row could not be measured. What a row gave is kept before the next row begins.
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
    let (commit, taken) = (machine::commit(&root)?, machine::now()?);
    let mut measured = Record { commit, taken, machine: Machine::look()?, figures: Vec::new() };
    let mut failed = Vec::new();
    let rows = asked_for(&arguments.rows);
    for row in &rows {
        match one(&bench, row).await {
            Ok(figures) => {
                measured.machine.look_again()?;
                measured.taken = machine::now()?;
                if !bench.is_quick {
                    keep(&root, &shown, Record { figures: figures.clone(), ..measured.clone() })?;
                }
                measured.figures.extend(figures);
            }
            Err(fault) => failed.push((row.id, fault)),
        }
    }
    measured.sort();
    print!("\n{}", table::text(&measured));
    if bench.is_quick {
        fs::write(shown.join("quick.html"), report::html(&Results { records: vec![measured] })?)?;
        println!("\nTwo runs of builds for tests: these numbers say that the bench works, and nothing else.");
    } else {
        if measured.machine.is_busy() {
            println!("\nThe machine had other work: the ratios say more than the times.");
        }
        println!("\nKept in {RESULTS} and in the README; plots: {}", shown.join(REPORT).display());
    }
    for (row, fault) in &failed {
        eprintln!("row {row} was not measured: {fault}");
    }
    println!("bench: {} of {} rows measured", rows.len() - failed.len(), rows.len());
    Ok(failed.is_empty())
}

/// The rows that were asked for.
fn asked_for(wanted: &[String]) -> Vec<&'static Row> {
    let is_wanted = |row: &&Row| wanted.is_empty() || wanted.iter().any(|id| id == row.id);
    ROWS.iter().filter(is_wanted).collect()
}

/// Measures one row, and says how long that took.
async fn one(bench: &Bench, row: &Row) -> Outcome<Vec<Figure>> {
    let about = if bench.is_quick { "" } else { row.takes };
    println!("row {}: {} {about}", row.id, row.title);
    let begun = Instant::now();
    let figures = rows::measure(row.id, bench).await;
    println!("       {:.0} s", begun.elapsed().as_secs_f64());
    figures
}

/// Adds what was measured to what is kept, and shows it in the README and as plots.
fn keep(root: &Path, shown: &Path, record: Record) -> Outcome {
    let file = root.join(RESULTS);
    let mut results = Results::read(&file)?;
    results.add(record);
    let readme = root.join("README.md");
    fs::write(&readme, table::readme(&fs::read_to_string(&readme)?, results.records.last())?)?;
    fs::write(&file, results.json()?)?;
    fs::write(shown.join(REPORT), report::html(&results)?)?;
    Ok(())
}
