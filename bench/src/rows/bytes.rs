//! Row 9: what is downloaded, installed and loaded.

use std::fs;
use std::path::{Path, PathBuf};

use harness::Outcome;

use super::Bench;
use crate::programs::{Program, size};
use crate::results::{Figure, Unit};

const ROW: &str = "9";

pub(super) fn measure(bench: &Bench) -> Outcome<Vec<Figure>> {
    let mut figures = Vec::new();
    for program in [Program::Peer, Program::Foyer] {
        figures.push(kilobytes("program", program, size(&bench.programs.file(program))?));
    }
    let pages = [(Program::Peer, "bench/peer/dist/assets"), (Program::Foyer, "src-ui/dist")];
    for (program, folder) in pages {
        let code = files(&bench.root.join(folder), &["js", "wasm"])?;
        figures.push(kilobytes("code of the page", program, total(&code)?));
    }
    let package = bench.programs.file(Program::Foyer).with_file_name("bundle").join("deb");
    match files(&package, &["deb"]).unwrap_or_default().last() {
        Some(package) => figures.push(kilobytes("package (.deb)", Program::Foyer, size(package)?)),
        None => {
            let mut none = Figure::new(ROW, "package (.deb)", Unit::Kilobytes, Program::Foyer);
            none.note = Some("`cargo xtask bundle` has made none".to_owned());
            figures.push(none);
        }
    }
    Ok(figures)
}

#[allow(clippy::cast_precision_loss)]
fn kilobytes(what: &str, program: Program, bytes: u64) -> Figure {
    let mut figure = Figure::new(ROW, what, Unit::Kilobytes, program);
    figure.push(bytes as f64 / 1000.0);
    figure
}

/// The files in a folder with one of these endings.
fn files(folder: &Path, endings: &[&str]) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)
        .map_err(|error| harness::Fault::new(format!("{}: {error}", folder.display())))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| {
        let ending = file.extension().unwrap_or_default().to_string_lossy();
        file.is_file() && endings.contains(&&*ending)
    });
    files.sort();
    Ok(files)
}

fn total(files: &[PathBuf]) -> Outcome<u64> {
    files.iter().map(|file| size(file)).sum()
}
