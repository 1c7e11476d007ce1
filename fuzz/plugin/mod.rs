//! The plugin's parser of pasted texts, without the plugin, which needs Tauri and with it a webview.

// Only the parser's one entrance is used here.
#![allow(dead_code)]

pub(crate) mod loopback;
#[path = "../../crates/tauri-plugin-supabase-session/src/callback/pasted/mod.rs"]
pub(crate) mod pasted;
