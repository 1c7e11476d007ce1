//! The program that is killed: it says what it finds in its store, then makes one change after the other.

mod bare;
mod client;
mod death;
mod protected;
mod server;
mod stored;
pub(crate) mod writer;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use supabase_session::Project;
use tauri::App;
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tauri_plugin_supabase_session::contract::protection::Protection;
use tauri_plugin_supabase_session::store::PluginStore;

use crate::TortureError;
use crate::line::Line;
use crate::model::{Change, judge};
use bare::BareWriter;
use client::ClientWriter;
use protected::ProtectedWriter;
use stored::StoredWriter;
use writer::Writer;

/// What a child is told on its command line.
#[derive(Debug, Clone, Args)]
pub struct ChildArguments {
    /// Where its store is
    #[arg(long)]
    pub folder: PathBuf,
    /// Who writes
    #[arg(long)]
    pub writer: WriterKind,
    /// All changes up to this number are in the store
    #[arg(long)]
    pub acknowledged: u64,
    /// Die right after so many steps
    #[arg(long, conflicts_with = "look")]
    pub die_after: Option<u64>,
    /// End after so many changes
    #[arg(long, conflicts_with = "look")]
    pub changes: Option<u64>,
    /// Only say what is in the store
    #[arg(long)]
    pub look: bool,
}

/// Who writes to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum WriterKind {
    /// The client, on the plugin's store: what an app has
    Client,
    /// The plugin's store alone: more writes in less time
    Stored,
    /// The plugin's store alone, with another choice of what holds the keys before every third change
    Protected,
    /// tauri-plugin-store alone, its autosave off, `save()` after each change
    BareSave,
    /// tauri-plugin-store alone as it comes: `set()`, and its autosave writes 100 ms later
    BareAutosave,
}

impl WriterKind {
    /// As it is named on a command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Stored => "stored",
            Self::Protected => "protected",
            Self::BareSave => "bare-save",
            Self::BareAutosave => "bare-autosave",
        }
    }
}

/// Says what is in the store, then changes it until somebody kills this process. Returns only when it was asked for no
/// more than that, or when something is wrong.
///
/// # Errors
/// What is wrong.
pub fn run(arguments: &ChildArguments) -> Result<(), TortureError> {
    if let Some(steps) = arguments.die_after {
        death::after(steps);
    }
    let app = app()?;
    let mut writer = writer(&app, arguments.writer, &arguments.folder)?;
    let changes = arguments.changes.unwrap_or(u64::MAX);
    tauri::async_runtime::block_on(async move {
        let found = writer.found().await?;
        say(&Line::Found(found.clone()))?;
        if arguments.look {
            return writer.tidy().await;
        }
        // What is not as it must be is the parent's to judge, who has heard enough.
        let Ok(last) = judge(arguments.acknowledged, &found) else { return Ok(()) };
        for number in (last + 1..=u64::MAX).zip(0..changes).map(|(number, _)| number) {
            writer.change(number, Change::numbered(number)).await?;
        }
        Ok(())
    })
}

/// An app without a window.
pub(crate) fn app() -> Result<App<MockRuntime>, TortureError> {
    mock_builder()
        .plugin(tauri_plugin_store::Builder::new().build())
        .build(mock_context(noop_assets()))
        .map_err(|error| TortureError::Child(format!("the app cannot be built: {error}")))
}

/// Where the keychain of a store lies: files in the place of the system's.
#[must_use]
pub fn keychain(folder: &Path) -> PathBuf {
    folder.join("keychain")
}

/// The plugin's store in this folder, as an app opens it that asks no keychain.
pub(crate) fn store(app: &App<MockRuntime>, folder: &Path) -> PluginStore<MockRuntime> {
    PluginStore::new(app.handle().clone(), folder, Some(Protection::KeyFile))
}

/// A project that nobody serves.
pub(crate) fn project() -> Result<Project, TortureError> {
    Project::new("https://torture.supabase.co", "sb_publishable_torture")
        .map_err(|error| TortureError::Child(error.to_string()))
}

/// The writer of this kind, in this folder.
///
/// # Errors
/// When it cannot begin there.
pub(crate) fn writer(
    app: &App<MockRuntime>,
    kind: WriterKind,
    folder: &Path,
) -> Result<Box<dyn Writer>, TortureError> {
    Ok(match kind {
        WriterKind::Client => Box::new(ClientWriter::new(project()?, store(app, folder))),
        WriterKind::Stored => Box::new(StoredWriter::new(&project()?, store(app, folder))),
        WriterKind::Protected => Box::new(ProtectedWriter::new(&project()?, app, folder)?),
        WriterKind::BareSave => Box::new(BareWriter::saving(app.handle(), folder)?),
        WriterKind::BareAutosave => Box::new(BareWriter::autosaving(app.handle(), folder)?),
    })
}

fn say(line: &Line) -> Result<(), TortureError> {
    line.say().map_err(TortureError::io("the parent is told"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_is_found_by_its_name() {
        for writer in WriterKind::value_variants() {
            assert_eq!(WriterKind::from_str(writer.name(), false).as_ref(), Ok(writer));
        }
    }
}
