//! The shell around the page: the plugins, and which project it is.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::{env, error};

use tauri::Manager;
use tauri_plugin_supabase_session as supabase_session;

fn main() -> Result<(), Box<dyn error::Error>> {
    // Without them: the local Supabase of this repository (`cargo xtask local`).
    let url = env::var("SUPABASE_URL").unwrap_or_else(|_| "http://127.0.0.1:54321".to_owned());
    let key = env::var("SUPABASE_PUBLISHABLE_KEY")
        .unwrap_or_else(|_| "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH".to_owned());
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            app.webview_windows().values().for_each(|window| drop(window.set_focus()));
        }))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(supabase_session::Builder::new().project(&url, &key)?.build())
        .run(tauri::generate_context!())?;
    Ok(())
}
