//! The plugin in an app: what is missing is said in one sentence, and what is there can be used.

use std::sync::atomic::{AtomicUsize, Ordering};

use supabase_session::{MemoryStore, State};
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};
use tempfile::TempDir;

use super::*;
use crate::ext::SupabaseExt;

/// A plugin that keeps its files in this folder, and asks no keychain.
fn plugin(folder: &TempDir) -> Builder<MockRuntime> {
    Builder::new().scheme("com.acme.app").protection(Protection::KeyFile).data_dir(folder.path())
}

/// How an app starts that was put together like this.
fn started(builder: tauri::Builder<MockRuntime>) -> Result<tauri::App<MockRuntime>, String> {
    let mut context = mock_context(noop_assets());
    context.config_mut().identifier = "com.acme.app".into();
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

/// Apps that end at a panic (`panic = "abort"`) would end without the sentence.
#[test]
fn a_missing_plugin_is_found_without_a_panic() {
    static PANICS: AtomicUsize = AtomicUsize::new(0);
    let (folder, this_test) = (tempfile::tempdir().unwrap(), std::thread::current().id());
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(usize::from(std::thread::current().id() == this_test), Ordering::Relaxed);
        usual(panic);
    }));

    let without_store = mock_builder().plugin(tauri_plugin_deep_link::init()).plugin(plugin(&folder).build());

    assert!(started(without_store).is_err());
    assert_eq!(PANICS.load(Ordering::Relaxed), 0);
}

#[test]
fn the_apps_own_store_plugin_stays_as_the_app_has_set_it_up() {
    let (folder, file) = (tempfile::tempdir().unwrap(), tempfile::NamedTempFile::new().unwrap());
    let store = tauri_plugin_store::Builder::new()
        .default_deserialize_fn(|_| Ok([("own".to_owned(), serde_json::Value::Bool(true))].into()));
    let plugins = mock_builder().plugin(tauri_plugin_deep_link::init()).plugin(store.build());

    let app = started(plugins.plugin(plugin(&folder).build())).unwrap();

    let read = tauri_plugin_store::StoreBuilder::new(&app, file.path()).build().unwrap();
    assert_eq!(read.get("own"), Some(serde_json::Value::Bool(true)));
}

#[test]
fn a_store_plugin_in_the_wrong_order_is_said_to_be_missing_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let plugins = mock_builder().plugin(tauri_plugin_deep_link::init()).plugin(plugin(&folder).build());

    let error = started(plugins.plugin(tauri_plugin_store::Builder::new().build())).unwrap_err();

    assert!(error.contains("tauri_plugin_store::Builder") && error.contains("before"), "{error}");
}

#[test]
fn a_plugin_in_the_wrong_order_is_said_to_be_missing_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = mock_builder().plugin(plugin(&folder).build()).plugin(tauri_plugin_deep_link::init());

    let error = started(wrong).unwrap_err();

    assert!(error.contains("before tauri-plugin-supabase-session"), "{error}");
}

/// A process of its own with a session bus of its own, as tests share their environment.
#[cfg(target_os = "linux")]
#[test]
fn an_app_without_single_instance_is_told_so_where_there_is_a_session_bus() {
    const IS_INSIDE: &str = "TEST_IS_IN_A_SESSION";
    const NAME: &str =
        "builder::tests::an_app_without_single_instance_is_told_so_where_there_is_a_session_bus";
    if let Ok(single_instance) = std::env::var(IS_INSIDE) {
        let folder = tempfile::tempdir().unwrap();
        let mut builder = mock_builder();
        if single_instance == "with" {
            builder = builder.plugin(tauri_plugin_single_instance::init(|_, _, _| {}));
        }
        builder = builder.plugin(tauri_plugin_deep_link::init());
        let plugin = plugin(&folder).store(Arc::new(MemoryStore::default()));
        started(builder.plugin(plugin.build())).unwrap();
        return;
    }
    let said = |single_instance: &str| {
        let mut inside = std::process::Command::new("dbus-run-session");
        inside.arg("--").arg(std::env::current_exe().unwrap()).args(["--exact", NAME, "--nocapture"]);
        let output = inside.env(IS_INSIDE, single_instance).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap().contains("add `.plugin(tauri_plugin_single_instance::init")
    };

    assert_eq!([said("without"), said("with")], [true, false]);
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

#[test]
fn nothing_is_given_up_that_belongs_to_somebody_else() {
    let folder = tempfile::tempdir().unwrap();
    let plugins = mock_builder().plugin(tauri_plugin_deep_link::init());
    let plugins = plugins.plugin(tauri_plugin_store::Builder::new().build());
    let app = started(plugins.plugin(plugin(&folder).build())).unwrap();
    let supabase = app.supabase().clone();
    let set = |protection| tauri::async_runtime::block_on(supabase.set_protection(protection));
    set(Protection::KeyFile).unwrap();

    supabase.keeps_files_of_others(|| true);
    assert!(matches!(set(Protection::Memory), Err(crate::Error::FilesOfOthers)));
    assert_eq!(supabase.protection().active, Some(Protection::KeyFile));
    set(Protection::KeyFile).unwrap();

    supabase.keeps_files_of_others(|| false);
    set(Protection::Memory).unwrap();
    assert_eq!(supabase.protection().active, Some(Protection::Memory));
}
