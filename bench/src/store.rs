//! Sessions in the app's store, sealed, without a window.

use std::fmt::Display;
use std::path::Path;

use harness::{Fault, Outcome};
use supabase_session::{Project, Secret, StoreError};
use supabase_session_contract::protection::Protection;
use tauri::App;
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tauri_plugin_supabase_session::store::PluginStore;

/// As long as a session is, in bytes.
pub const SESSION: usize = 2_500;

/// An app with tauri-plugin-store.
///
/// # Errors
/// When Tauri does not build it.
pub fn app() -> Outcome<App<MockRuntime>> {
    let builder = mock_builder().plugin(tauri_plugin_store::Builder::new().build());
    builder.build(mock_context(noop_assets())).map_err(|error| Fault::new(error.to_string()))
}

/// Opens the store in this folder, with its key in a file.
#[must_use]
pub fn open(app: &App<MockRuntime>, folder: &Path) -> PluginStore<MockRuntime> {
    PluginStore::new(app.handle().clone(), folder, Some(Protection::KeyFile))
}

/// One of many projects.
///
/// # Errors
/// When its address is none.
pub fn project(number: usize) -> Outcome<Project> {
    let url = format!("https://p{number}.supabase.co");
    Project::new(&url, "sb_publishable_bench").map_err(|error| Fault::new(error.to_string()))
}

/// A text as long as a session, another one for each number.
#[must_use]
pub fn session(number: impl Display) -> Secret<String> {
    Secret::from(format!("{number:0>SESSION$}"))
}

/// Why the store did not do what was asked of it.
#[must_use]
pub fn refused(error: StoreError) -> Fault {
    Fault::new(error.to_string())
}
