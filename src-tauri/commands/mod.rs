//! The commands: decode, one call, map the error. What a command means stands in `foyer-contract`.

pub mod account;
pub mod avatar;
pub mod desktop;
pub mod diagnostics;
pub mod doctor;
pub mod preferences;
pub mod security;
pub mod session;
pub mod updates;
pub mod window;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tauri::State;

use crate::app::App;
use crate::error::Failure;

/// What every command gets: the one app.
pub type TheApp<'a> = State<'a, Arc<App>>;

/// What every command answers.
pub type Answer<T> = Result<T, Failure>;
