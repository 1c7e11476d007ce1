//! The program that is killed: it says what it finds in its store, then makes one change after the other.

mod bare;
mod client;
mod death;
mod keychain;
mod protected;
mod server;
mod stored;
pub(crate) mod writer;
mod writer_kind;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use supabase_session::Project;
use tauri::App;
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tauri_plugin_supabase_session::store::PluginStore;

use crate::TortureError;
use crate::line::Line;
use crate::model::{Change, judge};
use bare::BareWriter;
use client::ClientWriter;
pub(crate) use keychain::keys_in;
pub use keychain::{Keychain, keychain};
use protected::ProtectedWriter;
use stored::StoredWriter;
use writer::Writer;
pub use writer_kind::WriterKind;

/// A keychain that has not answered after this hangs. One that is asked by many programs at once takes its time.
const KEYCHAIN_PATIENCE: Duration = Duration::from_secs(20);

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
    /// What its store has for a keychain
    #[arg(long, default_value = "folder")]
    pub keychain: Keychain,
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

/// Says what is in the store, then changes it until somebody kills this process. Returns only when it was asked for no
/// more than that, or when something is wrong.
///
/// # Errors
/// What is wrong.
pub fn run(arguments: &ChildArguments) -> Result<(), TortureError> {
    if let Some(steps) = arguments.die_after {
        death::after(steps);
    }
    let app = app(&arguments.folder)?;
    let changes = arguments.changes.unwrap_or(u64::MAX);
    tauri::async_runtime::block_on(async move {
        let mut writer = writer(&app, arguments.writer, &arguments.folder, arguments.keychain).await?;
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

/// An app without a window, with an identifier of its own for each folder: what its keychain has for it is of that folder.
pub(crate) fn app(folder: &Path) -> Result<App<MockRuntime>, TortureError> {
    let mut context = mock_context(noop_assets());
    context.config_mut().identifier = keychain::identifier(folder);
    mock_builder()
        .plugin(tauri_plugin_store::Builder::new().build())
        .build(context)
        .map_err(|error| TortureError::Child(format!("the app cannot be built: {error}")))
}

/// A project that nobody serves.
pub(crate) fn project() -> Result<Project, TortureError> {
    Project::new("https://torture.supabase.co", "sb_publishable_torture")
        .map_err(|error| TortureError::Child(error.to_string()))
}

/// The writer of this kind, in this folder, once its keys are there.
///
/// # Errors
/// When it cannot begin there.
pub(crate) async fn writer(
    app: &App<MockRuntime>,
    kind: WriterKind,
    folder: &Path,
    keychain: Keychain,
) -> Result<Box<dyn Writer>, TortureError> {
    Ok(match kind {
        WriterKind::Client => {
            Box::new(ClientWriter::new(project()?, asked(app, kind, folder, keychain).await?))
        }
        WriterKind::Stored => {
            Box::new(StoredWriter::new(&project()?, asked(app, kind, folder, keychain).await?))
        }
        WriterKind::Protected => {
            Box::new(ProtectedWriter::new(&project()?, asked(app, kind, folder, keychain).await?))
        }
        WriterKind::BareSave => Box::new(BareWriter::saving(app.handle(), folder)?),
        WriterKind::BareAutosave => Box::new(BareWriter::autosaving(app.handle(), folder)?),
    })
}

/// The store, once whatever holds its keys has answered.
async fn asked(
    app: &App<MockRuntime>,
    kind: WriterKind,
    folder: &Path,
    keychain: Keychain,
) -> Result<PluginStore<MockRuntime>, TortureError> {
    let store = keychain.store(app, folder, kind)?;
    // Keys that cannot be had are no error here: the store says so when it is read, as it would to an app.
    let _refused = store.keys_had(KEYCHAIN_PATIENCE).await;
    Ok(store)
}

fn say(line: &Line) -> Result<(), TortureError> {
    line.say().map_err(TortureError::io("the parent is told"))
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn a_writer_and_a_keychain_are_found_by_their_names() {
        for writer in WriterKind::value_variants() {
            assert_eq!(WriterKind::from_str(writer.name(), false).as_ref(), Ok(writer));
        }
        for keychain in Keychain::value_variants() {
            assert_eq!(Keychain::from_str(keychain.name(), false).as_ref(), Ok(keychain));
        }
    }
}
