//! A Supabase session for Tauri apps: it signs in and out, keeps the session fresh and stores it, and no token ever
//! reaches a page.

mod builder;
mod ext;

pub use builder::Builder;
pub use ext::{NotConnected, Supabase, SupabaseExt};
/// The client that owns the session.
pub use supabase_session;
/// What crosses the line between a page and the plugin.
pub use supabase_session_contract as contract;
