//! `torture --kills N --seed N`: kills a program that saves, and counts what it loses. What it does is `foyer_torture`.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use foyer_simulation::seed;
use foyer_torture::TortureError;
use foyer_torture::child::{self, ChildArguments, Keychain, WriterKind};
#[cfg(target_os = "linux")]
use foyer_torture::keyring::{self, Keyring};
use foyer_torture::kills::{self, Plan};
use foyer_torture::line::Line;
#[cfg(unix)]
use foyer_torture::power_cut;
use foyer_torture::report::Report;
use foyer_torture::save_times;

/// Kills a program at every instant of a save, starts it again and looks whether its session is there.
#[derive(Parser)]
#[command(name = "torture", args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// How many kills
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    kills: u64,
    /// How many kills for tauri-plugin-store alone, to compare with; a tenth if it is not given
    #[arg(long, value_name = "N")]
    bare: Option<u64>,
    /// Decides the steps and instants; from the clock if it is not given
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How many programs live at once; if it is not given, five a processor, as they wait for the disk, or two where they
    /// wait for a keyring
    #[arg(long, value_name = "N")]
    workers: Option<NonZeroU64>,
    /// Where the stores are made; the system's folder for temporary files if it is not given
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Work out what power cuts during so many changes may leave instead, and look for the session in it
    #[cfg(unix)]
    #[arg(long, value_name = "CHANGES", conflicts_with = "save_times")]
    power_cuts: Option<u64>,
    /// The keys lie in a real Secret Service: a gnome-keyring of its own on a session bus of its own
    #[cfg(target_os = "linux")]
    #[arg(long, conflicts_with = "save_times")]
    keyring: bool,
    /// Measure saves instead, beside a bare write and fsync of as many bytes
    #[arg(long)]
    save_times: bool,
}

#[derive(Subcommand)]
enum Command {
    /// The program that is killed
    #[command(hide = true)]
    Child(ChildArguments),
}

/// So many kills at most go step by step through the first changes on a new store.
const LONGEST_SWEEP: u64 = 400;

/// Saves that are measured.
const SAVES: usize = 500;

/// So many programs a processor wait for the disk most of their time.
const WAIT_FOR_DISK: usize = 5;

/// So many programs a processor keep a keyring busy, whose answers cost it and the program some arithmetic.
const WAIT_FOR_KEYRING: usize = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(Command::Child(arguments)) = &arguments.command {
        return as_child(arguments);
    }
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("torture: {error}");
            ExitCode::FAILURE
        }
    }
}

fn as_child(arguments: &ChildArguments) -> ExitCode {
    match child::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Its parent prints it. A parent that is gone has no use for it.
            let _gone = Line::Failed(error.to_string()).say();
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, TortureError> {
    let home = arguments.folder.clone().unwrap_or_else(std::env::temp_dir);
    let folder = tempfile::Builder::new()
        .prefix("torture-")
        .tempdir_in(&home)
        .map_err(|error| TortureError::Io("a folder is made", error))?;
    if arguments.save_times {
        println!("{}", save_times::measure(folder.path(), SAVES)?.lines());
        return Ok(true);
    }
    #[cfg(unix)]
    if let Some(changes) = arguments.power_cuts {
        return cut_power(folder.path(), changes);
    }
    #[cfg(target_os = "linux")]
    if arguments.keyring && !keyring::is_own_session() {
        return keyring::in_own_session(folder.path()).map(|status| status.success());
    }
    #[cfg(target_os = "linux")]
    let _keyring = arguments.keyring.then(Keyring::start).transpose()?;
    let plan = plan(arguments, folder.path())?;
    eprintln!("seed {}", plan.seed);
    let begun = Instant::now();
    let report = kills::run(&plan, &said_by_thousands)?;
    report.found.iter().for_each(|line| eprintln!("LOST: {line}"));
    println!("{}; {:.1} s", report.details(), begun.elapsed().as_secs_f64());
    if plan.keychain == Keychain::Folder {
        println!("{}", beside(&plan, arguments.bare.unwrap_or(arguments.kills / 10))?);
    }
    println!("{}", report.verdict());
    Ok(report.lost() == 0 && report.keys_left == 0)
}

#[cfg(unix)]
fn cut_power(folder: &Path, changes: u64) -> Result<bool, TortureError> {
    let cuts = power_cut::run(folder, WriterKind::Protected, changes)?;
    cuts.found.iter().for_each(|line| eprintln!("LOST: {line}"));
    println!("{}", cuts.verdict());
    Ok(cuts.lost == 0 && cuts.keys_left == 0)
}

fn plan(arguments: &Arguments, folder: &Path) -> Result<Plan, TortureError> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let keychain = keychain(arguments);
    let waiting = if keychain == Keychain::Folder { WAIT_FOR_DISK } else { WAIT_FOR_KEYRING };
    let workers = u64::try_from(processors * waiting).unwrap_or(1);
    Ok(Plan {
        program: std::env::current_exe().map_err(|error| TortureError::Io("this program is found", error))?,
        folder: folder.to_path_buf(),
        kills: arguments.kills,
        seed: arguments.seed.unwrap_or_else(seed::of_now),
        sweep: LONGEST_SWEEP.min(arguments.kills / 3 * 2),
        workers: arguments.workers.map_or(workers, NonZeroU64::get),
        writers: vec![WriterKind::Client, WriterKind::Stored, WriterKind::Protected],
        keychain,
    })
}

#[cfg(target_os = "linux")]
fn keychain(arguments: &Arguments) -> Keychain {
    if arguments.keyring { Keychain::SecretService } else { Keychain::Folder }
}

#[cfg(not(target_os = "linux"))]
fn keychain(_: &Arguments) -> Keychain {
    Keychain::Folder
}

/// The same with tauri-plugin-store alone: how much it loses is no failure of ours.
fn beside(plan: &Plan, kills: u64) -> Result<String, TortureError> {
    let with = |writer| kills::run(&Plan { kills, sweep: 0, writers: vec![writer], ..plan.clone() }, &|_| ());
    Ok(Report::beside(&with(WriterKind::BareSave)?, &with(WriterKind::BareAutosave)?))
}

fn said_by_thousands(kills: u64) {
    if kills > 0 && kills.is_multiple_of(1000) {
        eprintln!("{kills} kills");
    }
}
