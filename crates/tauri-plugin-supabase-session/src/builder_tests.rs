//! The plugin in an app: what is missing is said in one sentence, and what is there can be used.

use supabase_session::{MemoryStore, State};
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tempfile::TempDir;

use super::*;
use crate::ext::SupabaseExt;

/// A plugin that keeps its files in this folder.
fn plugin(folder: &TempDir) -> Builder<MockRuntime> {
    Builder::new().scheme("com.acme.app").data_dir(folder.path())
}

/// How an app starts that was put together like this.
fn started(builder: tauri::Builder<MockRuntime>) -> Result<tauri::App<MockRuntime>, String> {
    let mut context = mock_context(noop_assets());
    context.config_mut().plugins.0.insert("deep-link".into(), serde_json::json!({}));
    builder.build(context).map_err(|error| error.to_string())
}

#[test]
fn a_plugin_that_is_missing_is_one_sentence_that_says_where_it_goes() {
    let folder = tempfile::tempdir().unwrap();

    let error = started(mock_builder().plugin(plugin(&folder).build())).unwrap_err();
    assert!(error.contains("add `.plugin(tauri_plugin_deep_link::init())`"), "{error}");

    let without_store = mock_builder().plugin(tauri_plugin_deep_link::init());
    let error = started(without_store.plugin(plugin(&folder).build())).unwrap_err();
    assert!(error.contains("add `.plugin(tauri_plugin_store::Builder::new().build())`"), "{error}");
}

#[test]
fn a_plugin_in_the_wrong_order_is_said_to_be_missing_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = mock_builder().plugin(plugin(&folder).build()).plugin(tauri_plugin_deep_link::init());

    let error = started(wrong).unwrap_err();

    assert!(error.contains("before tauri-plugin-supabase-session"), "{error}");
}

#[test]
fn a_command_of_the_app_reaches_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = plugin(&folder).project("http://127.0.0.1:9", crate::LOCAL_KEY).unwrap();
    let app = started(
        mock_builder()
            .plugin(tauri_plugin_deep_link::init())
            .plugin(plugin.store(Arc::new(MemoryStore::default())).build()),
    )
    .unwrap();

    assert_eq!(app.supabase().state(), State::SignedOut(None));
    assert!(app.supabase().rest().is_ok());
    let project = app.supabase().view().project.unwrap();
    assert!(project.is_fixed && project.is_local, "{project:?}");
    assert!(matches!(app.supabase().disconnect(), Err(crate::Error::ProjectFixed)));
}

#[test]
fn without_a_project_a_command_of_the_app_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = plugin(&folder).store(Arc::new(MemoryStore::default()));
    let app = started(mock_builder().plugin(tauri_plugin_deep_link::init()).plugin(plugin.build())).unwrap();

    assert!(matches!(app.supabase().client(), Err(crate::Error::NotConnected)));
    assert_eq!(app.supabase().view().project, None);
}
