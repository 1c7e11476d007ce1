//! What is typed after `cargo xtask bench`.

use std::path::PathBuf;

use clap::Parser;

use crate::rows::ROWS;

/// Measures Foyer beside React with supabase-js, and beside an empty page
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench", after_help = rows())]
pub(crate) struct Arguments {
    /// two runs of what is built for tests: shows that the bench works, and measures nothing
    #[arg(long)]
    pub(crate) quick: bool,
    /// how often each program runs, beside a first time that does not count
    #[arg(long, default_value_t = 15, value_name = "N")]
    pub(crate) runs: usize,
    /// reads what was typed and measures nothing: `cargo xtask bench` asks so before it builds for a quarter of an hour
    #[arg(long, hide = true)]
    pub(crate) check: bool,
    /// the folder with the built programs; the release builds in the target folder by themselves
    #[arg(long, value_name = "FOLDER")]
    pub(crate) programs: PathBuf,
    /// the rows; all without any
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(ROWS.iter().map(|row| row.id)))]
    pub(crate) rows: Vec<String>,
}

fn rows() -> String {
    let row = |row: &crate::rows::Row| format!("  {:>2}  {} ({})", row.id, row.title, row.takes);
    let rows: Vec<String> = ROWS.iter().map(row).collect();
    format!("Rows:\n{}", rows.join("\n"))
}
