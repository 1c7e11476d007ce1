//! A Supabase session for Tauri apps: it signs in and out, keeps the session fresh and stores it, and no token ever
//! reaches a page.
//!
//! ```no_run
//! use tauri_plugin_supabase_session::{Builder, SupabaseExt};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let builder = tauri::Builder::<tauri::Wry>::new()
//!     .plugin(tauri_plugin_single_instance::init(|_, _, _| {}))
//!     .plugin(tauri_plugin_deep_link::init())
//!     .plugin(tauri_plugin_store::Builder::new().build())
//!     .plugin(
//!         Builder::new()
//!             .project("https://abcd.supabase.co", "sb_publishable_...")?
//!             .scheme("com.acme.app")
//!             .build(),
//!     );
//! # drop(builder);
//! # Ok(())
//! # }
//!
//! #[tauri::command]
//! async fn todos(app: tauri::AppHandle) -> Result<Option<serde_json::Value>, String> {
//!     let rest = app.supabase().rest().map_err(|error| error.to_string())?;
//!     rest.select_one("todos", "id,title", &[("id", "1")]).await.map_err(|error| error.to_string())
//! }
//! ```
//!
//! * [`Builder`] what an app says when it adds the plugin, [`SupabaseExt`] the session for its own commands
//! * `flows` signing in and out, `project` the connected project, `callback` how links come back
//! * `captcha` a captcha in the browser, `local_server` the web server for captchas and for links that come back
//! * [`store`] the sealed store on tauri-plugin-store, [`data_dir`] the folder of all files
//! * `commands` what a page may ask, [`channel`] how it is told, `view` what it is told
//! * `required_plugins` the plugins that the app adds before this one
//! * [`guards`] what a session must be for a command
//! * [`handover`] one app for one data folder, on Linux
//! * [`machine`] what a check of this machine asks
//!
//! No token, code verifier or auth code is handled here: the client of [`supabase_session`] owns them.

mod builder;
mod callback;
mod captcha;
pub mod channel;
mod commands;
pub mod data_dir;
mod desktop;
pub mod error;
mod ext;
mod fetch;
mod flows;
pub mod guards;
#[cfg(target_os = "linux")]
pub mod handover;
mod local_server;
pub mod machine;
mod project;
mod protection;
mod qr;
mod required_plugins;
pub mod store;
mod supabase;
#[cfg(test)]
mod test_app;
#[cfg(test)]
mod test_server;
mod view;

pub use builder::{Builder, NAME};
pub use callback::{LinkOutcome, deep_link};
pub use captcha::{Captcha, CaptchaInvalid, CaptchaProvider};
pub use desktop::{Desktop, SystemDesktop, raise_window};
pub use error::Error;
pub use ext::SupabaseExt;
pub use project::{Connection, LOCAL_KEY, LOCAL_URL};
pub use supabase::{Change, Redirects, Supabase};
/// The client that owns the session.
pub use supabase_session;
/// What crosses the line between a page and the plugin.
pub use supabase_session_contract as contract;

/// Compiles what the README shows.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Compiles what the book's chapter shows.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/plugin.md")]
struct Chapter;
