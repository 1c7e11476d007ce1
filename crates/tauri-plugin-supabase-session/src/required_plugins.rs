//! The plugins that the app adds before this one. One that is missing, or added behind this one, is said in one sentence
//! when the app starts.

use std::cell::Cell;
use std::collections::HashMap;
use std::error::Error as StdError;

use serde_json::Value;
use tauri::plugin::Plugin;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_deep_link::DeepLink;
use tauri_plugin_store::StoreBuilder;

const DEEP_LINK: &str = "add `.plugin(tauri_plugin_deep_link::init())` to the Tauri builder, before tauri-plugin-supabase-session";
const STORE: &str = "add `.plugin(tauri_plugin_store::Builder::new().build())` to the Tauri builder, before \
                     tauri-plugin-supabase-session";
const SINGLE_INSTANCE: &str = "add `.plugin(tauri_plugin_single_instance::init(|_, _, _| {}))` to the Tauri builder, \
                               before all other plugins: without it each link starts the app once more";

/// The file that [`require_store`] reads: one that every system has, and in which nothing stands.
const EMPTY_FILE: &str = if cfg!(windows) { r"\\.\NUL" } else { "/dev/null" };

thread_local! {
    /// Whether [`deserialize`] was called on this thread.
    static IS_ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Links come back by tauri-plugin-deep-link.
///
/// # Errors
/// The sentence that says where to add it.
pub(crate) fn require_deep_link<R: Runtime>(app: &AppHandle<R>) -> Result<(), &'static str> {
    app.try_state::<DeepLink<R>>().map(drop).ok_or(DEEP_LINK)
}

/// The session is written by tauri-plugin-store, which panics in an app that has not added it, and whose state has a
/// private type. So one of our own is set up here. Tauri keeps the first state of a type: where the app has added that
/// plugin, ours changes nothing, and a file is read by the app's; where it has not, ours reads it and says so.
///
/// # Errors
/// The sentence that says where to add it.
pub(crate) fn require_store<R: Runtime>(app: &AppHandle<R>) -> Result<(), Box<dyn StdError>> {
    let mut ours = tauri_plugin_store::Builder::new().default_deserialize_fn(deserialize).build();
    ours.initialize(app, Value::Null)?;
    IS_ASKED.set(false);
    StoreBuilder::new(app, EMPTY_FILE).disable_auto_save().build()?.close_resource();
    if IS_ASKED.get() { Err(STORE.into()) } else { Ok(()) }
}

/// As tauri-plugin-store does it, but that [`IS_ASKED`] is set.
fn deserialize(bytes: &[u8]) -> Result<HashMap<String, Value>, Box<dyn StdError + Send + Sync>> {
    IS_ASKED.set(true);
    Ok(serde_json::from_slice(bytes)?)
}

/// A link starts the app once more; tauri-plugin-single-instance hands it to the app that runs. An app without that
/// plugin is only told so, as the plugin holds nothing that could be seen where there is no session bus (Linux).
pub(crate) fn warn_without_single_instance<R: Runtime>(app: &AppHandle<R>) {
    if has_single_instance(app) || !holds_a_lock() {
        return;
    }
    tracing::warn!("{SINGLE_INSTANCE}");
    // A new app has no log yet.
    #[cfg(debug_assertions)]
    say(SINGLE_INSTANCE);
}

/// That plugin keeps its lock among the app's resources, whose names are those of their types.
fn has_single_instance<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.resources_table().names().any(|(_, name)| name.starts_with("tauri_plugin_single_instance::"))
}

/// Whether tauri-plugin-single-instance holds a lock on this system, where the app has added it.
fn holds_a_lock() -> bool {
    #[cfg(target_os = "linux")]
    return crate::handover::bus::is_there();
    #[cfg(not(target_os = "linux"))]
    true
}

#[cfg(debug_assertions)]
#[allow(clippy::print_stderr, reason = "it is for whoever has started a debug build in a terminal")]
fn say(sentence: &str) {
    eprintln!("{sentence}");
}
