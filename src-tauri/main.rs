//! The desktop app's executable. Everything is in the library, so that tests can reach it.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    account_app::run()
}
