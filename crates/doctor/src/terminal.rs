//! What the programs that check in a terminal print, and how they end.

// For terminal programs: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use foyer_text::Language;

use crate::Report;

/// The exit status where there was nothing to ask.
const NOTHING_ASKED: u8 = 2;

/// Prints a report as text in this language or as JSON. The exit status is 0 without problems and 1 with problems.
#[must_use]
pub fn print(report: &Report, json: bool, language: Language) -> ExitCode {
    match if json { report.json() } else { Ok(report.text(language)) } {
        Ok(text) => println!("{}", text.trim_end()),
        Err(error) => return refuse(&error.to_string()),
    }
    ExitCode::from(u8::from(report.has_problems()))
}

/// Says why nothing can be asked.
#[must_use]
pub fn refuse(reason: &str) -> ExitCode {
    eprintln!("{reason}");
    ExitCode::from(NOTHING_ASKED)
}
