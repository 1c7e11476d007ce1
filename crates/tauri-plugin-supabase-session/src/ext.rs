//! The session, for the app's own commands.

use tauri::{Manager, Runtime};

use crate::supabase::Supabase;

/// Gives every manager of a Tauri app (the app, a handle, a window) the session: `app.supabase()`.
pub trait SupabaseExt<R: Runtime> {
    /// The session.
    fn supabase(&self) -> &Supabase;
}

impl<R: Runtime, M: Manager<R>> SupabaseExt<R> for M {
    fn supabase(&self) -> &Supabase {
        self.state::<Supabase>().inner()
    }
}
