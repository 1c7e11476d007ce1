//! The session, for the app's own commands.

use std::marker::PhantomData;

use supabase_session::{Client, Rest};
use tauri::{Manager, Runtime};

/// The session that the plugin keeps.
pub struct Supabase<R: Runtime> {
    client: Option<Client>,
    runtime: PhantomData<fn() -> R>,
}

/// No project is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no project is connected")]
pub struct NotConnected;

impl<R: Runtime> Supabase<R> {
    pub(crate) fn new(client: Option<Client>) -> Self {
        Self { client, runtime: PhantomData }
    }

    /// The client of the project that is connected.
    ///
    /// # Errors
    /// When none is.
    pub fn client(&self) -> Result<Client, NotConnected> {
        self.client.clone().ok_or(NotConnected)
    }

    /// The project's tables, as whoever is signed in may see them.
    ///
    /// # Errors
    /// When no project is connected.
    pub fn rest(&self) -> Result<Rest, NotConnected> {
        Ok(self.client()?.rest())
    }
}

/// Gives every manager of a Tauri app (the app, a handle, a window) the session: `app.supabase()`.
pub trait SupabaseExt<R: Runtime> {
    /// The session.
    fn supabase(&self) -> &Supabase<R>;
}

impl<R: Runtime, M: Manager<R>> SupabaseExt<R> for M {
    fn supabase(&self) -> &Supabase<R> {
        self.state::<Supabase<R>>().inner()
    }
}
