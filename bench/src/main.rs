//! Measures Foyer beside a React page with supabase-js in the same kind of window, and beside an empty page. Every program
//! is a release build and runs in turn (A B C A B C) on a display of its own, with a round trip of 50 ms to the server.
//! What is painted is decided by what the display shows, so no program helps.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

#[cfg(target_os = "linux")]
mod arguments;
#[cfg(target_os = "linux")]
mod display;
#[cfg(target_os = "linux")]
mod instructions;
#[cfg(target_os = "linux")]
mod machine;
#[cfg(target_os = "linux")]
mod network;
#[cfg(target_os = "linux")]
mod programs;
#[cfg(target_os = "linux")]
mod report;
#[cfg(target_os = "linux")]
mod results;
#[cfg(target_os = "linux")]
mod rows;
#[cfg(target_os = "linux")]
mod run;
#[cfg(target_os = "linux")]
mod servers;
#[cfg(target_os = "linux")]
mod stage;
#[cfg(target_os = "linux")]
mod statistics;
#[cfg(target_os = "linux")]
mod table;

#[cfg(not(target_os = "linux"))]
fn main() -> std::process::ExitCode {
    eprintln!("What is painted is read from the memory of Xvfb, which only Linux has.");
    std::process::ExitCode::FAILURE
}

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> std::process::ExitCode {
    let arguments = <arguments::Arguments as clap::Parser>::parse();
    if arguments.check {
        return std::process::ExitCode::SUCCESS;
    }
    match run::run(arguments).await {
        Ok(true) => std::process::ExitCode::SUCCESS,
        Ok(false) => std::process::ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("bench: {fault}");
            std::process::ExitCode::FAILURE
        }
    }
}
