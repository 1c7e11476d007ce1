//! The window that Foyer is measured beside. `--page floor` shows an empty page in one colour: no window with a webview is
//! there sooner. `--page peer`, and no argument, shows React and supabase-js: what a person would build instead.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::{env, error};

use serde_json::json;
use tauri::{Manager, WebviewUrl, WebviewWindowBuilder};

fn main() -> Result<(), Box<dyn error::Error>> {
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            app.webview_windows().values().for_each(|window| drop(window.set_focus()));
        }))
        .plugin(tauri_plugin_deep_link::init())
        .setup(|app| {
            let is_floor = env::args().any(|argument| argument == "floor");
            let page = if is_floor { "floor.html" } else { "index.html" };
            let variable = |name| env::var(name).unwrap_or_default();
            let project = json!({ "url": variable("SUPABASE_URL"), "key": variable("SUPABASE_KEY") });
            WebviewWindowBuilder::new(app, "main", WebviewUrl::App(page.into()))
                .title("User management")
                // As large as Foyer's first window.
                .inner_size(920.0, 760.0)
                .initialization_script(format!("window.__PROJECT__ = {project}"))
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
